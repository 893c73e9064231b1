//! Second factors: which ones an account has, and whether a code is good.

use std::time::Duration;

use fluxer_wire::{int_enum, sudo::MfaMethod};

use super::{rows::BackupCodeRow, sms, totp};
use crate::{App, Result, rows::UserRow};

int_enum! {
    /// Kinds of `authenticator_types`.
    pub enum Authenticator {
        Totp = 0,
        Sms = 1,
        Webauthn = 2,
    }
}

/// A code is good once: no longer than any of its window's steps.
const REPLAY_WINDOW: Duration = Duration::from_secs(90);

pub fn has(user: &UserRow, kind: Authenticator) -> bool {
    user.authenticator_types.contains(&kind.number())
}

pub fn add(user: &mut UserRow, kind: Authenticator) {
    if !has(user, kind) {
        user.authenticator_types.push(kind.number());
        user.authenticator_types.sort_unstable();
    }
}

pub fn remove(user: &mut UserRow, kind: Authenticator) {
    user.authenticator_types.retain(|held| *held != kind.number());
}

/// The methods a login or sudo may be proven by, in the order they are offered.
pub fn methods(user: &UserRow, passkeys: bool) -> Vec<MfaMethod> {
    let mut methods = Vec::new();
    if has(user, Authenticator::Totp) {
        methods.push(MfaMethod::Totp);
    }
    if has(user, Authenticator::Sms) {
        methods.push(MfaMethod::Sms);
    }
    if passkeys {
        methods.push(MfaMethod::Webauthn);
    }
    methods
}

/// Whether `code` is good for `secret` now and was not used before.
pub async fn verify_totp(app: &App, user: &UserRow, secret: &str, code: &str) -> Result<bool> {
    if !totp::verify(secret, code, app.clock.now().seconds()) {
        return Ok(false);
    }
    if app.settings.test_mode {
        return Ok(true);
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let key = format!("totp:{}:{digits}", user.user_id);
    Ok(app.cache.set_if_absent(&key, "1", REPLAY_WINDOW).await?)
}

/// Whether `code` is the authenticator's, or a backup code, which is then consumed.
pub async fn verify_totp_or_backup(app: &App, user: &UserRow, code: &str) -> Result<bool> {
    if let Some(secret) = &user.totp_secret
        && verify_totp(app, user, secret, code).await?
    {
        return Ok(true);
    }
    consume_backup_code(app, user, code).await
}

async fn consume_backup_code(app: &App, user: &UserRow, code: &str) -> Result<bool> {
    let mut first = false;
    let key = (user.user_id, code.trim().to_lowercase());
    app.store
        .try_update::<BackupCodeRow, _, std::convert::Infallible>(key, |row| {
            first = !row.consumed;
            row.consumed = true;
            Ok(first)
        })
        .await?
        .ok();
    Ok(first)
}

/// Whether `code` is the one sent to the account's phone.
pub async fn verify_sms(app: &App, user: &UserRow, code: &str) -> Result<bool> {
    match &user.phone {
        Some(phone) if has(user, Authenticator::Sms) => sms::verify(app, phone, code).await,
        _ => Ok(false),
    }
}
