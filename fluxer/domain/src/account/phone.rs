//! Telephone numbers, unique among accounts by a row inserted only if absent.

use std::time::Duration;

use fluxer_wire::{
    UserId,
    account::{PhoneSendVerificationRequest, PhoneVerified, PhoneVerifyRequest},
    code,
};
use serde::{Deserialize, Serialize};

use super::{announce, contacts};
use crate::{
    Actor, App, Result,
    auth::{
        mfa::{self, Authenticator},
        rows::UserByPhoneRow,
        sms,
    },
    fail,
};

const TOKEN_LIFE: Duration = Duration::from_secs(900);
/// Suspicious-activity bits a verified number settles.
const PHONE_SUSPICION: i32 = 4 | 8 | 16 | 32 | 64 | 128;

#[derive(Serialize, Deserialize)]
struct Verified {
    user_id: UserId,
    phone: String,
}

fn token_key(token: &str) -> String {
    format!("phone-token:{token}")
}

async fn require_free(app: &App, actor: &Actor, phone: &str) -> Result<()> {
    match app.store.get::<UserByPhoneRow>((phone.to_owned(),)).await? {
        Some(row) if row.user_id != actor.id() => fail(code::PHONE_ALREADY_USED),
        _ => Ok(()),
    }
}

/// `POST /users/@me/phone/send-verification`.
pub async fn send_verification(app: &App, actor: &Actor, form: PhoneSendVerificationRequest) -> Result<()> {
    require_free(app, actor, &form.phone).await?;
    sms::send(app, &form.phone).await
}

/// `POST /users/@me/phone/verify`.
pub async fn verify(app: &App, actor: &Actor, form: PhoneVerifyRequest) -> Result<PhoneVerified> {
    if !sms::verify(app, &form.phone, &form.code).await? {
        return fail(code::INVALID_PHONE_VERIFICATION_CODE);
    }
    let token = app.rng.alphanumeric(64);
    let verified = Verified { user_id: actor.id(), phone: form.phone.into_inner() };
    app.cache.set_json(&token_key(&token), &verified, TOKEN_LIFE).await?;
    Ok(PhoneVerified { phone_token: token })
}

/// `POST /users/@me/phone`; sudo is the caller's to require.
pub async fn add(app: &App, actor: &Actor, token: &str) -> Result<()> {
    let verified: Option<Verified> = app.cache.get_json(&token_key(token)).await?;
    let Some(Verified { phone, .. }) = verified.filter(|verified| verified.user_id == actor.id()) else {
        return fail(code::PHONE_VERIFICATION_REQUIRED);
    };
    let row = UserByPhoneRow { phone: phone.clone(), user_id: actor.id() };
    if !app.store.insert_if_absent(&row).await? {
        require_free(app, actor, &phone).await?;
    }
    app.cache.delete(&token_key(token)).await?;
    let changed = app
        .update_user(actor.id(), |user| {
            user.phone = Some(phone.clone());
            user.suspicious_activity_flags &= !PHONE_SUSPICION;
        })
        .await?;
    let Some(changed) = changed else { return fail(code::UNKNOWN_USER) };
    if let Some(old) = actor.user.phone.as_ref().filter(|old| **old != phone) {
        app.store.delete::<UserByPhoneRow>((old.clone(),)).await?;
    }
    contacts::log(app, &actor.user, &changed, "user_requested").await;
    announce(app, &changed).await;
    Ok(())
}

/// `DELETE /users/@me/phone`; sudo is the caller's to require.
pub async fn remove(app: &App, actor: &Actor) -> Result<()> {
    if mfa::has(&actor.user, Authenticator::Sms) {
        return fail(code::SMS_MFA_NOT_ENABLED);
    }
    let Some(phone) = actor.user.phone.clone() else { return Ok(()) };
    let Some(changed) = app.update_user(actor.id(), |user| user.phone = None).await? else {
        return fail(code::UNKNOWN_USER);
    };
    app.store.delete::<UserByPhoneRow>((phone,)).await?;
    contacts::log(app, &actor.user, &changed, "user_requested").await;
    announce(app, &changed).await;
    Ok(())
}
