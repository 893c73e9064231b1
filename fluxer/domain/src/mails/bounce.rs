//! What the mail provider reports about letters: addresses that do not exist any more and
//! readers who complain. Such an account gets no more mail until its address is proven again.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use fluxer_wire::code;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

use crate::{App, Result, account, auth::emails, fail, rows::UserRow};

/// A report may be this old, or this far ahead.
const TOLERANCE_S: i64 = 300;
/// `REQUIRE_REVERIFIED_EMAIL`.
const REVERIFY: i32 = 2;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How a report proves where it is from: three headers of the request.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    pub id: &'a str,
    pub timestamp: &'a str,
    pub signature: &'a str,
}

#[derive(Debug, Deserialize)]
struct Report {
    event_type: String,
    recipient: Option<String>,
}

/// Takes a report; 401 unless the configured key signed exactly this body.
pub async fn report(app: &App, proof: Proof<'_>, body: &str) -> Result<()> {
    let secret = app.settings.other.get("integrations.email.webhook_secret").map(String::as_str);
    if !is_signed(secret.unwrap_or_default(), proof, body, app.clock.now().seconds()) {
        return fail(code::UNAUTHORIZED);
    }
    let Ok(report) = serde_json::from_str::<Report>(body) else { return Ok(()) };
    metrics::counter!("fluxer.sweego.webhooks.received").increment(1);
    if !matches!(report.event_type.as_str(), "hard_bounce" | "hard-bounce" | "complaint") {
        return Ok(());
    }
    let Some(recipient) = report.recipient else { return Ok(()) };
    let Some(user) = emails::owner(app, recipient.trim()).await? else { return Ok(()) };
    let change = |row: &mut UserRow| {
        row.email_bounced = true;
        row.email_verified = false;
        row.suspicious_activity_flags |= REVERIFY;
    };
    if let Some(changed) = app.update_user(user.user_id, change).await? {
        tracing::info!(user = %changed.user_id, event = report.event_type, "Mail does not reach this account.");
        account::announce(app, &changed).await;
    }
    Ok(())
}

fn is_signed(secret: &str, proof: Proof<'_>, body: &str, now: i64) -> bool {
    let secret = secret.strip_prefix("whsec_").unwrap_or(secret);
    let Some(key) = BASE64.decode(secret).ok().filter(|key| !key.is_empty()) else { return false };
    let fresh =
        proof.timestamp.parse::<i64>().is_ok_and(|sent| now.abs_diff(sent) <= TOLERANCE_S.unsigned_abs());
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
    mac.update(format!("{}.{}.{body}", proof.id, proof.timestamp).as_bytes());
    // Some senders name the version of the scheme, and list more than one signature.
    fresh
        && proof.signature.split_whitespace().any(|signature| {
            let signature = signature.strip_prefix("v1,").unwrap_or(signature);
            BASE64.decode(signature).is_ok_and(|given| mac.clone().verify_slice(&given).is_ok())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(key: &[u8], id: &str, timestamp: &str, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        BASE64.encode(mac.finalize().into_bytes())
    }

    #[test]
    fn only_the_key_signs_only_this_body_only_now() {
        let secret = BASE64.encode(b"a key");
        let signature = sign(b"a key", "msg_1", "1000", "{}");
        let proof = Proof { id: "msg_1", timestamp: "1000", signature: &signature };
        assert!(is_signed(&secret, proof, "{}", 1000) && is_signed(&secret, proof, "{}", 1300));
        let listed = format!("v2,AAAA v1,{signature}");
        assert!(is_signed(&secret, Proof { signature: &listed, ..proof }, "{}", 1000));
        assert!(!is_signed(&secret, proof, "{} ", 1000), "another body");
        assert!(
            !is_signed(&secret, proof, "{}", 1301) && !is_signed(&secret, proof, "{}", 699),
            "another time"
        );
        assert!(!is_signed(&secret, Proof { id: "msg_2", ..proof }, "{}", 1000), "another id");
        assert!(
            !is_signed(&BASE64.encode(b"no key"), proof, "{}", 1000) && !is_signed("", proof, "{}", 1000)
        );
        assert!(!is_signed(&secret, Proof { signature: "", ..proof }, "{}", 1000));
    }
}
