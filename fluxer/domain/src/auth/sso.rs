//! Logging in through somebody else. No provider can be configured yet, and that is what
//! every operation says.

use fluxer_wire::{
    auth::{SsoCompleteRequest, SsoCompleted, SsoStartRequest, SsoStarted, SsoStatus},
    code,
};

use crate::{App, Error, Result, fail};

/// `GET /auth/sso/status`.
pub fn status(app: &App) -> SsoStatus {
    SsoStatus {
        enabled: false,
        enforced: false,
        display_name: None,
        redirect_uri: format!("{}/auth/sso/callback", app.settings.endpoints.app),
    }
}

/// `POST /auth/sso/start`.
pub fn start(_app: &App, _form: SsoStartRequest) -> Result<SsoStarted> {
    fail(code::FEATURE_TEMPORARILY_DISABLED)
}

/// `POST /auth/sso/complete`: no login was started, so no state can be right.
pub fn complete(_app: &App, _form: SsoCompleteRequest) -> Result<SsoCompleted> {
    Err(Error::plain("state", "This login was not started here or has expired."))
}
