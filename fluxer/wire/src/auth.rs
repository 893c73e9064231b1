//! Logging in and out: requests and answers of `/auth`.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::{
    Definitions, Describe, Form, Json, List, Optional, Property, Reply, Str, Timestamp, UserId,
    identity::{DateOfBirth, Email, GlobalName, Password, Username},
    sudo::{MfaMethod, SudoVerification},
};

/// A ticket, token or code.
pub type Ticket = Str<1, 256>;
/// A token that was mailed.
pub type MailToken = Str<64, 64>;

#[derive(Debug, Clone, Form)]
pub struct RegisterRequest {
    /// Agreement to terms and privacy policy.
    pub consent: bool,
    pub date_of_birth: DateOfBirth,
    pub email: Optional<Email>,
    pub global_name: Optional<GlobalName>,
    /// An invite to accept for the new account.
    pub invite_code: Option<Str<0, 256>>,
    /// Without one the account is unclaimed.
    pub password: Optional<Password>,
    pub username: Optional<Username>,
}

#[derive(Debug, Clone, Form)]
pub struct UsernameSuggestionsRequest {
    pub global_name: GlobalName,
}

#[derive(Debug, Clone, Form)]
pub struct LoginRequest {
    pub email: Email,
    pub password: Password,
    pub invite_code: Option<Str<0, 256>>,
}

#[derive(Debug, Clone, Form)]
pub struct MfaTotpRequest {
    pub code: Ticket,
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct MfaSmsRequest {
    pub code: Ticket,
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct MfaTicketRequest {
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct WebAuthnMfaRequest {
    pub response: Json,
    pub challenge: Ticket,
    pub ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct WebAuthnAuthenticateRequest {
    pub response: Json,
    pub challenge: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct LogoutAuthSessionsRequest {
    pub session_id_hashes: List<Str<1, 256>, 100>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct AuthorizeIpRequest {
    pub token: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct VerifyEmailRequest {
    pub token: MailToken,
}

#[derive(Debug, Clone, Form)]
pub struct ForgotPasswordRequest {
    pub email: Email,
}

#[derive(Debug, Clone, Form)]
pub struct ResetPasswordRequest {
    pub token: MailToken,
    pub password: Password,
}

#[derive(Debug, Clone, Form)]
pub struct EmailRevertRequest {
    pub token: MailToken,
    pub password: Password,
}

#[derive(Debug, Clone, Form)]
pub struct HandoffCompleteRequest {
    pub code: Ticket,
    pub token: Ticket,
    pub user_id: Ticket,
}

#[derive(Debug, Clone, Form)]
pub struct SsoStartRequest {
    pub redirect_to: Option<Str<1, 2048>>,
}

#[derive(Debug, Clone, Form)]
pub struct SsoCompleteRequest {
    pub code: Ticket,
    pub state: Ticket,
}

/// A session's token, given out once.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuthTokenWithUserIdResponse")]
pub struct LoggedIn {
    pub token: String,
    pub user_id: UserId,
}

/// The password was right; a second factor is wanted.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuthMfaRequiredResponse")]
pub struct MfaRequired {
    /// Always true.
    pub mfa: bool,
    pub ticket: String,
    pub allowed_methods: Vec<MfaMethod>,
    /// The end of the telephone number, if there is one.
    pub sms_phone_hint: Option<String>,
    pub sms: bool,
    pub totp: bool,
    pub webauthn: bool,
}

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum LoginAnswer {
    In(LoggedIn),
    Mfa(MfaRequired),
}

impl Serialize for LoginAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::In(answer) => answer.serialize(serializer),
            Self::Mfa(answer) => answer.serialize(serializer),
        }
    }
}
impl Describe for LoginAnswer {
    fn schema(defs: &mut Definitions) -> Value {
        json!({"anyOf": [LoggedIn::schema(defs), MfaRequired::schema(defs)]})
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "UsernameSuggestionsResponse")]
pub struct UsernameSuggestions {
    pub suggestions: Vec<String>,
}

/// A login, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuthSessionResponse")]
pub struct AuthSession {
    pub id_hash: String,
    /// The same as `id_hash`, for older clients.
    pub id: String,
    pub client_info: Option<ClientInfo>,
    pub approx_last_used_at: Option<Timestamp>,
    /// Whether it is the session that asks.
    pub current: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuthSessionClientInfo")]
pub struct ClientInfo {
    pub platform: Option<String>,
    pub os: Option<String>,
    pub browser: Option<String>,
    pub location: Option<ClientLocation>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "AuthSessionLocation")]
pub struct ClientLocation {
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "IpAuthorizationPollResponse")]
pub struct IpAuthorizationPoll {
    pub completed: bool,
    #[opt]
    pub token: Option<String>,
    #[opt]
    pub user_id: Option<UserId>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "HandoffInitiateResponse")]
pub struct HandoffInitiated {
    pub code: String,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "HandoffStatusResponse")]
pub struct HandoffStatus {
    /// `pending`, `completed` or `expired`.
    pub status: String,
    #[opt]
    pub token: Option<String>,
    #[opt]
    pub user_id: Option<UserId>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "SsoStatusResponse")]
pub struct SsoStatus {
    pub enabled: bool,
    pub enforced: bool,
    pub display_name: Option<String>,
    pub redirect_uri: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "SsoStartResponse")]
pub struct SsoStarted {
    pub authorization_url: String,
    pub redirect_uri: String,
    pub state: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "SsoCompleteResponse")]
pub struct SsoCompleted {
    pub redirect_to: String,
    pub token: String,
    pub user_id: UserId,
}

/// AUTH_SESSION_CHANGE: the token a client has to go on with.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct AuthSessionChange {
    pub old_auth_session_id_hash: String,
    pub new_auth_session_id_hash: String,
    pub new_token: String,
}

/// What the browser's WebAuthn calls are asked, in the shape the standard gives it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct PasskeyOptions(pub Value);

impl Describe for PasskeyOptions {
    fn schema(defs: &mut Definitions) -> Value {
        let doc = "Options for a WebAuthn ceremony; see the standard for the other keys.";
        defs.object::<Self>("WebAuthnChallengeResponse", doc, |_| {
            vec![Property {
                key: "challenge",
                doc: "Unpadded base64url.",
                required: true,
                schema: json!({"type": "string"}),
            }]
        })
    }
}
