//! Proving that an e-mail address is its owner's.

use fluxer_wire::{auth::VerifyEmailRequest, flags, invalid};

use super::{
    flow::{self, MINUTE},
    tokens::{self, Purpose},
};
use crate::{
    Actor, App, Error, Result,
    account::announce,
    mails::{self, Template},
    rows::UserRow,
};

/// Suspicious-activity bits that ask for a telephone number alone; every other one is
/// settled by a verified address.
const PHONE_ONLY: i32 = 4 | 8;
/// Bits that ask a verified address to be verified again.
const REVERIFY: i32 = 2 | 32 | 64 | 128;

/// What remains of the suspicion once the address is verified.
pub const fn without_email_suspicion(flags: i32) -> i32 {
    flags & PHONE_ONLY
}

/// Mails a verification link.
pub async fn send(app: &App, user: &UserRow) -> Result<()> {
    let Some(email) = &user.email else { return Ok(()) };
    let token = tokens::issue(app, Purpose::VerifyEmail, user.user_id, email).await?;
    mails::send(app, user, Template::EmailVerification { token }).await
}

/// `POST /auth/verify`.
pub async fn verify(app: &App, form: VerifyEmailRequest) -> Result<()> {
    let refused = || Error::field("token", invalid::INVALID_OR_EXPIRED_VERIFICATION_TOKEN);
    let Some(row) = tokens::find(app, Purpose::VerifyEmail, &form.token).await? else {
        return Err(refused());
    };
    let Some(user) = app.find_user(row.user_id).await? else { return Err(refused()) };
    // A token for an address the account no longer has proves nothing about the new one.
    let current = user.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&row.email));
    if user.has(flags::user::DELETED) || !current {
        return Err(refused());
    }
    if !tokens::consume(app, Purpose::VerifyEmail, &form.token).await? {
        return Err(refused());
    }
    let changed = app
        .update_user(user.user_id, |row| {
            row.email_verified = true;
            row.email_bounced = false;
            row.suspicious_activity_flags = without_email_suspicion(row.suspicious_activity_flags);
        })
        .await?;
    if let Some(user) = changed {
        announce(app, &user).await;
    }
    Ok(())
}

/// `POST /auth/verify/resend`.
pub async fn resend(app: &App, actor: &Actor) -> Result<()> {
    let user = &actor.user;
    let Some(email) = &user.email else { return Ok(()) };
    if user.email_verified && user.suspicious_activity_flags & REVERIFY == 0 {
        return Ok(());
    }
    flow::count(app, &format!("verify:{}", email.to_lowercase()), 3, 15 * MINUTE).await?;
    send(app, user).await
}
