//! The second step of a login: a ticket from the first, and proof by one of the factors. A
//! ticket outlives wrong codes and ends with the right one.

use std::sync::Arc;

use fluxer_wire::{
    Value,
    auth::{
        LoggedIn, MfaSmsRequest, MfaTicketRequest, MfaTotpRequest, WebAuthnAuthenticateRequest,
        WebAuthnMfaRequest,
    },
    code, invalid,
};

use super::{
    Origin,
    flow::{self, MINUTE},
    login,
    mfa::{self, Authenticator},
    sessions, sms, webauthn,
};
use crate::{App, Error, Result, fail, rows::UserRow};

const TIMEOUT: &str = "Session timeout. Please log in again.";

async fn ticket(app: &App, ticket: &str, path: &str) -> Result<Arc<UserRow>> {
    match login::find_ticket(app, ticket).await? {
        Some(user) => Ok(user),
        None => Err(Error::plain(path, TIMEOUT)),
    }
}

/// Codes are short: guessing is bounded by account, however many addresses guess.
async fn bound_guesses(app: &App, user: &UserRow) -> Result<()> {
    if app.settings.test_mode || app.settings.disable_rate_limits {
        return Ok(());
    }
    flow::count(app, &format!("mfa:{}", user.user_id), 20, 15 * MINUTE).await
}

async fn finish(app: &App, user: &UserRow, ticket: &str, origin: &Origin, path: &str) -> Result<LoggedIn> {
    if !login::drop_ticket(app, ticket).await? {
        return Err(Error::plain(path, TIMEOUT));
    }
    sessions::log_in(app, user, origin).await
}

/// `POST /auth/login/mfa/totp`.
pub async fn totp(app: &App, form: MfaTotpRequest, origin: &Origin) -> Result<LoggedIn> {
    let user = ticket(app, &form.ticket, "code").await?;
    bound_guesses(app, &user).await?;
    let enabled = mfa::has(&user, Authenticator::Totp) && user.totp_secret.is_some();
    if !enabled || !mfa::verify_totp_or_backup(app, &user, &form.code).await? {
        return Err(Error::field("code", invalid::INVALID_CODE));
    }
    finish(app, &user, &form.ticket, origin, "code").await
}

/// `POST /auth/login/mfa/sms/send`.
pub async fn send_sms(app: &App, form: MfaTicketRequest) -> Result<()> {
    let user = ticket(app, &form.ticket, "ticket").await?;
    send_code(app, &user).await
}

/// Sends a code to an account's phone.
pub async fn send_code(app: &App, user: &UserRow) -> Result<()> {
    if !mfa::has(user, Authenticator::Sms) {
        return fail(code::SMS_MFA_NOT_ENABLED);
    }
    match &user.phone {
        Some(phone) => sms::send(app, phone).await,
        None => fail(code::PHONE_REQUIRED_FOR_SMS_MFA),
    }
}

/// `POST /auth/login/mfa/sms`.
pub async fn sms(app: &App, form: MfaSmsRequest, origin: &Origin) -> Result<LoggedIn> {
    let user = ticket(app, &form.ticket, "code").await?;
    bound_guesses(app, &user).await?;
    if !mfa::verify_sms(app, &user, &form.code).await? {
        return Err(Error::field("code", invalid::INVALID_CODE));
    }
    finish(app, &user, &form.ticket, origin, "code").await
}

/// `POST /auth/login/mfa/webauthn/authentication-options`.
pub async fn passkey_options(app: &App, form: MfaTicketRequest) -> Result<Value> {
    let user = ticket(app, &form.ticket, "ticket").await?;
    if webauthn::passkeys(app, user.user_id).await?.is_empty() {
        return fail(code::NO_PASSKEYS_REGISTERED);
    }
    let context = webauthn::Context::Mfa { user: user.user_id, ticket: form.ticket.into() };
    webauthn::request_options(app, &context).await
}

/// `POST /auth/login/mfa/webauthn`.
pub async fn passkey(app: &App, form: WebAuthnMfaRequest, origin: &Origin) -> Result<LoggedIn> {
    let user = ticket(app, &form.ticket, "ticket").await?;
    let context = webauthn::Context::Mfa { user: user.user_id, ticket: form.ticket.as_str().to_owned() };
    match webauthn::verify_assertion(app, &context, &form.response.0, &form.challenge).await? {
        Some(_) => finish(app, &user, &form.ticket, origin, "ticket").await,
        None => fail(code::PASSKEY_AUTHENTICATION_FAILED),
    }
}

/// `POST /auth/webauthn/authentication-options`.
pub async fn passwordless_options(app: &App) -> Result<Value> {
    webauthn::request_options(app, &webauthn::Context::Passwordless).await
}

/// `POST /auth/webauthn/authenticate`: a passkey in place of everything else.
pub async fn passwordless(app: &App, form: WebAuthnAuthenticateRequest, origin: &Origin) -> Result<LoggedIn> {
    let context = webauthn::Context::Passwordless;
    let owner = webauthn::verify_assertion(app, &context, &form.response.0, &form.challenge).await?;
    let user = match owner {
        Some(id) => app.find_user(id).await?,
        None => None,
    };
    let Some(user) = user else { return fail(code::PASSKEY_AUTHENTICATION_FAILED) };
    let user = login::admit(app, user).await?;
    sessions::log_in(app, &user, origin).await
}
