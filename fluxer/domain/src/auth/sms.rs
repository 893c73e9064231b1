//! Codes by text message, from a provider if one is configured. In test mode nobody is
//! texted: one fixed code is good for every number.

use fluxer_wire::code;
use platform_outbound::SmsError;
use subtle::ConstantTimeEq;

use crate::{App, Error, Result, fail};

const TEST_CODE: &str = "123456";

/// Whether codes can be sent at all.
pub fn is_available(app: &App) -> bool {
    app.settings.test_mode || app.outbound.sms().is_some()
}

/// Starts a verification of the number.
pub async fn send(app: &App, phone: &str) -> Result<()> {
    if app.settings.test_mode {
        return Ok(());
    }
    match app.outbound.sms() {
        Some(sms) => sms.send(phone).await.map_err(refusal),
        None => fail(code::SMS_VERIFICATION_UNAVAILABLE),
    }
}

/// Whether `given` is the code that was sent to the number.
pub async fn verify(app: &App, phone: &str, given: &str) -> Result<bool> {
    let given = given.trim();
    if app.settings.test_mode {
        return Ok(given.as_bytes().ct_eq(TEST_CODE.as_bytes()).into());
    }
    match app.outbound.sms() {
        Some(sms) => sms.check(phone, given).await.map_err(refusal),
        None => fail(code::SMS_VERIFICATION_UNAVAILABLE),
    }
}

fn refusal(error: SmsError) -> Error {
    match error {
        SmsError::NoNumber => code::INVALID_PHONE_NUMBER.into(),
        other => {
            tracing::error!(error = %other, "A number could not be verified.");
            code::SMS_VERIFICATION_UNAVAILABLE.into()
        }
    }
}
