//! Forgotten passwords: a mailed token in place of the old one.

use fluxer_wire::{
    auth::{ForgotPasswordRequest, LoginAnswer, ResetPasswordRequest},
    code, flags, invalid,
};

use super::{
    Origin, emails,
    flow::{self, MINUTE},
    login, password, sessions,
    tokens::{self, Purpose},
};
use crate::{
    App, Error, Result, fail,
    mails::{self, Template},
};

/// `POST /auth/forgot`. Whether the address is known is not told.
pub async fn forgot(app: &App, form: ForgotPasswordRequest, origin: &Origin) -> Result<()> {
    flow::count(app, &format!("forgot:ip:{}", origin.ip), 20, 30 * MINUTE).await?;
    flow::count(app, &format!("forgot:email:{}", form.email.lower()), 5, 30 * MINUTE).await?;
    if !emails::is_deliverable(app, &form.email).await {
        return Err(Error::field("email", invalid::INVALID_EMAIL_ADDRESS));
    }
    let Some(user) = emails::owner(app, &form.email).await? else { return Ok(()) };
    if user.bot {
        return fail(code::BOT_USER_AUTH_ENDPOINT_ACCESS_DENIED);
    }
    let Some(email) = &user.email else { return Ok(()) };
    let token = tokens::issue(app, Purpose::ResetPassword, user.user_id, email).await?;
    mails::send(app, &user, Template::PasswordReset { token }).await
}

/// `POST /auth/reset`: the new password, every session ended, and a login without the check
/// of the address, since the mail was read.
pub async fn reset(app: &App, form: ResetPasswordRequest, origin: &Origin) -> Result<LoginAnswer> {
    let refused = || Error::field("token", invalid::INVALID_OR_EXPIRED_RESET_TOKEN);
    let Some(row) = tokens::find(app, Purpose::ResetPassword, &form.token).await? else {
        return Err(refused());
    };
    let Some(user) = app.find_user(row.user_id).await? else { return Err(refused()) };
    // Whoever reads an address the account no longer has is not its owner for that.
    let current = user.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&row.email));
    if user.has(flags::user::DELETED) || !current {
        return Err(refused());
    }
    let user = login::admit(app, user).await?;
    let hash = password::hash_new(app, "password", form.password.as_str()).await?;
    if !tokens::consume(app, Purpose::ResetPassword, &form.token).await? {
        return Err(refused());
    }
    let now = app.clock.now();
    let changed = app
        .update_user(user.user_id, |row| {
            row.password_hash = Some(hash.clone());
            row.password_last_changed_at = Some(now);
        })
        .await?;
    let user = changed.unwrap_or(user);
    sessions::revoke_all(app, user.user_id).await?;
    if user.has_mfa() {
        return login::mfa_required(app, &user).await.map(LoginAnswer::Mfa);
    }
    Ok(LoginAnswer::In(sessions::log_in(app, &user, origin).await?))
}
