//! What proves that the person at the keyboard is still the one who logged in.
//!
//! Forms of guarded operations take it in with `#[form(flatten)] pub sudo: SudoVerification`;
//! operations without another field use it as their body.

use crate::{Form, Json, Optional, Str, identity::Password, text_enum};

text_enum! {
    /// A second factor.
    pub enum MfaMethod {
        Totp = "totp",
        Sms = "sms",
        Webauthn = "webauthn",
    }
}

/// Password or second factor, for operations guarded by sudo mode.
#[derive(Debug, Clone, Default, Form)]
pub struct SudoVerification {
    /// Current password; only accounts without a second factor are asked for it.
    pub password: Optional<Password>,
    pub mfa_method: Optional<MfaMethod>,
    /// Code of the method, or a backup code.
    pub mfa_code: Optional<Str<1, 32>>,
    /// Assertion of a passkey.
    pub webauthn_response: Optional<Json>,
    /// Challenge the assertion answers.
    pub webauthn_challenge: Optional<Str<1, 256>>,
}
