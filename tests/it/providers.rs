//! What the mail provider reports (`jobs.md` §6.3). The key is the one of `scripts/with-server`.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use tests::{Account, Client, Response, json, near};

const KEY: &[u8] = b"the suite's webhook key";

/// The server's time in seconds, as it stands in an id it just made.
fn now(account: &Account) -> u64 {
    let id: u64 = account.id.parse().expect("an id");
    ((id >> 22) + 1_420_070_400_000) / 1000
}

async fn report(key: &[u8], sent: u64, body: &str) -> Response {
    let id = tests::unique::word();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key");
    mac.update(format!("{id}.{sent}.{body}").as_bytes());
    let call = Client::anonymous().call("POST", "/webhooks/sweego").raw("application/json", body);
    call.header("webhook-id", id)
        .header("webhook-timestamp", sent.to_string())
        .header("webhook-signature", STANDARD.encode(mac.finalize().into_bytes()))
        .await
}

#[tokio::test]
async fn bounces_stop_mail_until_the_address_is_proven_again() {
    let account = Account::new().await;
    let (now, mut session) = (now(&account), account.online().await);
    // Spaces and order are part of what is signed.
    let body =
        format!(r#"{{ "recipient": "{}",  "event_type":"hard_bounce" }}"#, account.email.to_uppercase());
    report(b"another key", now, &body).await.err(401, "UNAUTHORIZED");
    report(KEY, now - 600, &body).await.err(401, "UNAUTHORIZED");
    Client::anonymous().post("/webhooks/sweego", json!({})).await.err(401, "UNAUTHORIZED");
    for harmless in [
        format!(r#"{{"recipient":"{}","event_type":"delivered"}}"#, account.email),
        r#"{"recipient":"nobody@example.com","event_type":"complaint"}"#.to_owned(),
        "not JSON".to_owned(),
    ] {
        report(KEY, now, &harmless).await.ok();
    }
    account.get("/users/@me").await.ok();
    report(KEY, now, &body).await.ok();
    let told = session.expect("USER_UPDATE", near("email_bounced", true)).await;
    assert_eq!(told["verified"], false);
    account.get("/users/@me/relationships").await.err(403, "ACCOUNT_SUSPICIOUS_ACTIVITY");
    let mails = account.mails("password_reset").await.len();
    Client::anonymous().post("/auth/forgot", json!({"email": account.email})).await.no_content();
    assert_eq!(account.mails("password_reset").await.len(), mails, "nothing is sent there any more");
}
