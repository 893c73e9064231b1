//! Captchas. There is no way to ask a provider yet, so where one is demanded no answer is
//! believed; test mode believes any.

use fluxer_wire::code;

use crate::{App, Result, fail};

/// Passes if no captcha is wanted or `token` solves it. That there is a token was checked.
pub fn verify(app: &App) -> Result<()> {
    if !app.settings.captcha.enabled || app.settings.test_mode {
        return Ok(());
    }
    tracing::error!("Captchas are switched on, but this version cannot verify them: switch them off.");
    fail(code::INVALID_CAPTCHA)
}
