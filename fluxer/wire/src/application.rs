//! Applications, their bots, and the OAuth2 they take part in.

use serde::Deserialize;

use crate::{
    ApplicationId, At, Base64Image, Definitions, Field, Form, GuildId, Int, List, Optional, Patch, Reply,
    Str, Timestamp, UserId, Value, invalid, scalar::string, text_enum, user::UserPartial,
};

/// An application as its owner sees it. Secrets are there only when they were just made.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "ApplicationResponse")]
pub struct Application {
    pub id: ApplicationId,
    pub name: String,
    pub redirect_uris: Vec<String>,
    pub bot_public: bool,
    pub bot_require_code_grant: bool,
    #[opt]
    pub client_secret: Option<String>,
    #[opt]
    pub bot: Option<ApplicationBot>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "ApplicationBotResponse")]
pub struct ApplicationBot {
    pub id: UserId,
    pub username: String,
    pub discriminator: String,
    pub avatar: Option<String>,
    pub banner: Option<String>,
    pub bio: Option<String>,
    pub flags: i32,
    #[opt]
    pub token: Option<String>,
    #[opt]
    pub mfa_enabled: Option<bool>,
    #[opt]
    pub authenticator_types: Option<Vec<i32>>,
}

/// What anybody may know of an application.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "ApplicationPublicResponse")]
pub struct ApplicationPublic {
    pub id: ApplicationId,
    pub name: String,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: Vec<String>,
    pub bot_public: bool,
    pub bot: Option<ApplicationBot>,
}

/// An application as its own bot sees it.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "ApplicationsMeResponse")]
pub struct ApplicationSelf {
    pub id: ApplicationId,
    pub name: String,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub bot_public: bool,
    pub bot_require_code_grant: bool,
    pub flags: i32,
    #[opt]
    pub bot: Option<ApplicationBot>,
}

#[derive(Debug, Clone, Form)]
pub struct ApplicationCreateRequest {
    pub name: Str<1, 100>,
    pub redirect_uris: Option<List<LoopbackOrHttps, 10>>,
    pub bot_public: Optional<bool>,
    pub bot_require_code_grant: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct ApplicationUpdateRequest {
    pub name: Optional<Str<1, 100>>,
    pub redirect_uris: Patch<List<HttpUri, 10>>,
    pub bot_public: Optional<bool>,
    pub bot_require_code_grant: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct BotProfileUpdateRequest {
    pub username: Optional<crate::identity::Username>,
    pub discriminator: Optional<crate::identity::Discriminator>,
    pub avatar: Patch<Base64Image<{ 10 * 1024 * 1024 }>>,
    pub banner: Patch<Base64Image<{ 10 * 1024 * 1024 }>>,
    pub bio: Patch<Str<0, 1024>>,
    pub bot_flags: Optional<Int<0, { i32::MAX as i64 }>>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "BotProfileResponse")]
pub struct BotProfile {
    pub id: UserId,
    pub username: String,
    pub discriminator: String,
    pub avatar: Option<String>,
    pub banner: Option<String>,
    pub bio: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "BotTokenResetResponse")]
pub struct BotTokenReset {
    pub token: String,
    pub bot: ApplicationBot,
}

/// `https:`, or `http:` on this machine: what may be registered when an application is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoopbackOrHttps(pub String);

/// Any `http:` or `https:` address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpUri(pub String);

fn uri(value: Value, at: &mut At, allowed: fn(&str) -> bool) -> Option<String> {
    let text = string(value, at)?.trim().to_owned();
    if !(1..=256).contains(&crate::text::length(&text)) {
        return at.refuse(invalid::URL_LENGTH_INVALID);
    }
    if allowed(&text) { Some(text) } else { at.refuse(invalid::INVALID_URL_FORMAT) }
}

/// Host of an address with one of the schemes, without user-info and port.
fn host<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(scheme)?.strip_prefix("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    if authority.is_empty() || authority.contains('@') || text.contains(char::is_whitespace) {
        return None;
    }
    if let Some(end) = authority.find(']') {
        return Some(&authority[..=end]);
    }
    Some(authority.split(':').next().unwrap_or(authority)).filter(|host| !host.is_empty())
}

fn is_http(text: &str) -> bool {
    host(text, "https").or_else(|| host(text, "http")).is_some()
}

fn is_https_or_loopback(text: &str) -> bool {
    let local =
        |host: &str| matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    host(text, "https").is_some() || host(text, "http").is_some_and(local)
}

impl Field for LoopbackOrHttps {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        uri(value, at, is_https_or_loopback).map(Self)
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "format": "uri", "minLength": 1, "maxLength": 256})
    }
}
impl Field for HttpUri {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        uri(value, at, is_http).map(Self)
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "format": "uri", "minLength": 1, "maxLength": 256})
    }
}

#[derive(Debug, Clone, Form)]
pub struct AuthorizeConsentRequest {
    pub client_id: ApplicationId,
    pub scope: Str<1, 256>,
    pub response_type: Optional<String>,
    pub redirect_uri: Optional<Str<1, 256>>,
    pub state: Optional<Str<1, 256>>,
    pub permissions: Optional<String>,
    pub guild_id: Optional<GuildId>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "OAuth2ConsentResponse")]
pub struct OAuth2Consent {
    pub redirect_to: String,
}

text_enum! {
    pub enum GrantType {
        AuthorizationCode = "authorization_code",
        RefreshToken = "refresh_token",
    }
}

#[derive(Debug, Clone, Form)]
pub struct TokenRequest {
    pub grant_type: GrantType,
    pub code: Optional<Str<1, 256>>,
    pub redirect_uri: Optional<Str<1, 256>>,
    pub refresh_token: Optional<Str<1, 256>>,
    pub client_id: Option<ApplicationId>,
    pub client_secret: Option<Str<1, 256>>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "OAuth2TokenResponse")]
pub struct OAuth2Token {
    pub access_token: String,
    pub token_type: String,
    /// Seconds.
    pub expires_in: i32,
    pub refresh_token: String,
    pub scope: String,
}

#[derive(Debug, Clone, Form)]
pub struct IntrospectRequestForm {
    pub token: Str<1, 256>,
    pub client_id: Option<ApplicationId>,
    pub client_secret: Option<Str<1, 256>>,
}

#[derive(Debug, Clone, Default, Deserialize, Reply)]
#[reply(name = "OAuth2IntrospectResponse")]
pub struct OAuth2Introspect {
    pub active: bool,
    #[opt]
    pub scope: Option<String>,
    #[opt]
    pub client_id: Option<ApplicationId>,
    #[opt]
    pub username: Option<String>,
    #[opt]
    pub token_type: Option<String>,
    /// Unix seconds.
    #[opt]
    pub exp: Option<i64>,
    #[opt]
    pub iat: Option<i64>,
    #[opt]
    pub sub: Option<UserId>,
}

text_enum! {
    pub enum TokenTypeHint {
        AccessToken = "access_token",
        RefreshToken = "refresh_token",
    }
}

#[derive(Debug, Clone, Form)]
pub struct RevokeRequestForm {
    pub token: Str<1, 256>,
    pub token_type_hint: Option<TokenTypeHint>,
    pub client_id: Option<ApplicationId>,
    pub client_secret: Option<Str<1, 256>>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "OAuth2UserInfoResponse")]
pub struct OAuth2UserInfo {
    pub sub: UserId,
    pub id: UserId,
    pub username: String,
    pub discriminator: String,
    pub global_name: Option<String>,
    pub avatar: Option<String>,
    pub avatar_color: Option<i32>,
    pub flags: i32,
    #[opt]
    #[serde(default)]
    pub bot: bool,
    #[opt]
    #[serde(default)]
    pub system: bool,
    pub acls: Vec<String>,
    pub email: Option<String>,
    #[opt]
    pub verified: Option<bool>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "OAuth2MeResponse")]
pub struct OAuth2Me {
    pub application: OAuth2MeApplication,
    pub scopes: Vec<String>,
    pub expires: Timestamp,
    #[opt]
    pub user: Option<OAuth2MeUser>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct OAuth2MeApplication {
    pub id: ApplicationId,
    pub name: String,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub bot_public: bool,
    pub bot_require_code_grant: bool,
    pub flags: i32,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct OAuth2MeUser {
    pub id: UserId,
    pub username: String,
    pub discriminator: String,
    pub global_name: Option<String>,
    pub avatar: Option<String>,
    pub avatar_color: Option<i32>,
    #[opt]
    #[serde(default)]
    pub bot: bool,
    #[opt]
    #[serde(default)]
    pub system: bool,
    pub flags: i32,
    #[opt]
    pub email: Option<String>,
    #[opt]
    pub verified: Option<bool>,
}

impl OAuth2MeUser {
    pub fn new(user: UserPartial, email: Option<String>, verified: Option<bool>) -> Self {
        let UserPartial {
            id,
            username,
            discriminator,
            global_name,
            avatar,
            avatar_color,
            bot,
            system,
            flags,
        } = user;
        Self {
            id,
            username,
            discriminator,
            global_name,
            avatar,
            avatar_color,
            bot,
            system,
            flags,
            email,
            verified,
        }
    }
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "OAuth2AuthorizationResponse")]
pub struct OAuth2Authorization {
    pub application: OAuth2AuthorizationApplication,
    pub scopes: Vec<String>,
    pub authorized_at: Timestamp,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct OAuth2AuthorizationApplication {
    pub id: ApplicationId,
    pub name: String,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub bot_public: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_uris_are_https_or_local() {
        for good in
            ["https://a.example/cb", "http://localhost:3000/x", "http://app.localhost", "http://[::1]:9/"]
        {
            assert!(is_https_or_loopback(good), "{good}");
        }
        for bad in [
            "http://a.example",
            "ftp://localhost",
            "https://",
            "https://user@a.example",
            "javascript:alert(1)",
        ] {
            assert!(!is_https_or_loopback(bad), "{bad}");
        }
        assert!(is_http("http://a.example"));
    }
}
