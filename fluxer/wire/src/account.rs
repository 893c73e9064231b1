//! An account in the hands of its owner: requests and answers below `/users/@me`.

use serde::Deserialize;

use crate::{
    Base64Image, Color, Form, Json, Optional, Patch, Reply, Str, Timestamp,
    auth::Ticket,
    identity::{Discriminator, Email, GlobalName, Password, Phone, Username},
    sudo::SudoVerification,
};

/// The largest picture, decoded.
const MAX_IMAGE: usize = 10 * 1024 * 1024;

/// `PATCH /users/@me`.
#[derive(Debug, Clone, Form)]
pub struct UserUpdateWithVerificationRequest {
    pub username: Optional<Username>,
    pub discriminator: Optional<Discriminator>,
    pub global_name: Patch<GlobalName>,
    pub avatar: Patch<Base64Image<MAX_IMAGE>>,
    pub banner: Patch<Base64Image<MAX_IMAGE>>,
    pub bio: Patch<Str<1, 320>>,
    pub pronouns: Patch<Str<1, 40>>,
    pub accent_color: Patch<Color>,
    pub premium_badge_hidden: Optional<bool>,
    pub premium_badge_masked: Optional<bool>,
    pub premium_badge_timestamp_hidden: Optional<bool>,
    pub premium_badge_sequence_hidden: Optional<bool>,
    pub premium_enabled_override: Optional<bool>,
    pub has_dismissed_premium_onboarding: Optional<bool>,
    pub has_unread_gift_inventory: Optional<bool>,
    pub used_mobile_client: Optional<bool>,
    /// Always refused: see `email_token`.
    pub email: Optional<Email>,
    /// What the e-mail change flow ended with.
    pub email_token: Optional<Str<1, 256>>,
    pub new_password: Optional<Password>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Default, Form)]
pub struct EmptyBodyRequest {}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeTicketRequest {
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeVerifyOriginalRequest {
    pub ticket: Ticket,
    pub code: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeRequestNewRequest {
    pub ticket: Ticket,
    pub new_email: Email,
    pub original_proof: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeVerifyNewRequest {
    pub ticket: Ticket,
    pub code: Ticket,
    pub original_proof: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeBouncedRequestNewRequest {
    pub new_email: Email,
}

#[derive(Debug, Clone, Form)]
pub struct EmailChangeBouncedVerifyNewRequest {
    pub ticket: Ticket,
    pub code: Ticket,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "EmailChangeStartResponse")]
pub struct EmailChangeStarted {
    pub ticket: String,
    /// Whether a code was sent to the present address and must be given back.
    pub require_original: bool,
    pub original_email: Option<String>,
    pub original_proof: Option<String>,
    pub original_code_expires_at: Option<Timestamp>,
    pub resend_available_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "EmailChangeVerifyOriginalResponse")]
pub struct OriginalVerified {
    pub original_proof: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "EmailChangeRequestNewResponse")]
pub struct NewEmailRequested {
    pub ticket: String,
    pub new_email: String,
    pub new_code_expires_at: Timestamp,
    pub resend_available_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "EmailTokenResponse")]
pub struct EmailToken {
    pub email_token: String,
}

#[derive(Debug, Clone, Form)]
pub struct PasswordChangeTicketRequest {
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct PasswordChangeVerifyRequest {
    pub ticket: Ticket,
    pub code: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct PasswordChangeCompleteRequest {
    pub ticket: Ticket,
    pub verification_proof: Ticket,
    pub new_password: Password,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "PasswordChangeStartResponse")]
pub struct PasswordChangeStarted {
    pub ticket: String,
    pub code_expires_at: Timestamp,
    pub resend_available_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "PasswordChangeVerifyResponse")]
pub struct PasswordChangeVerified {
    pub verification_proof: String,
}

#[derive(Debug, Clone, Form)]
pub struct EnableMfaTotpRequest {
    /// Base32.
    pub secret: Str<1, 256>,
    pub code: Str<1, 32>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct DisableTotpRequest {
    pub code: Str<1, 32>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct MfaBackupCodesRequest {
    pub regenerate: bool,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MfaBackupCodesResponse")]
pub struct BackupCodes {
    pub backup_codes: Vec<BackupCode>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MfaBackupCodeResponse")]
pub struct BackupCode {
    pub code: String,
    pub consumed: bool,
}

#[derive(Debug, Clone, Form)]
pub struct PhoneSendVerificationRequest {
    pub phone: Phone,
}

#[derive(Debug, Clone, Form)]
pub struct PhoneVerifyRequest {
    pub phone: Phone,
    pub code: Str<1, 32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "PhoneVerifyResponse")]
pub struct PhoneVerified {
    pub phone_token: String,
}

#[derive(Debug, Clone, Form)]
pub struct PhoneAddRequest {
    pub phone_token: Ticket,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

/// How the caller can prove who they are.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "SudoMfaMethodsResponse")]
pub struct SudoMfaMethods {
    pub totp: bool,
    pub sms: bool,
    pub webauthn: bool,
    pub has_mfa: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "WebAuthnCredentialResponse")]
pub struct WebAuthnCredential {
    pub id: String,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Form)]
pub struct WebAuthnRegisterRequest {
    pub response: Json,
    pub challenge: Str<1, 1024>,
    pub name: Str<1, 100>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct WebAuthnCredentialUpdateRequest {
    pub name: Str<1, 100>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "SuccessResponse")]
pub struct Success {
    pub success: bool,
}
