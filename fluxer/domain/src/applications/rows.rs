//! Tables of applications and OAuth2.

use fluxer_wire::{ApplicationId, UserId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

#[derive(Table, Clone, Debug)]
#[table(name = "applications")]
pub struct ApplicationRow {
    /// Also the id of its bot user.
    #[partition]
    pub application_id: ApplicationId,
    pub owner_user_id: UserId,
    pub name: String,
    pub bot_user_id: Option<UserId>,
    pub bot_is_public: bool,
    pub bot_require_code_grant: bool,
    #[json]
    pub redirect_uris: Vec<String>,
    pub client_secret_hash: String,
    pub client_secret_created_at: Timestamp,
    pub bot_token_hash: Option<String>,
    /// First characters of the token, to tell tokens apart.
    pub bot_token_preview: Option<String>,
    pub bot_token_created_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

#[derive(Table, Clone, Debug)]
#[table(name = "applications_by_owner")]
pub struct ApplicationByOwnerRow {
    #[partition]
    pub owner_user_id: UserId,
    #[cluster(desc)]
    pub application_id: ApplicationId,
}

/// Ten minutes, used once.
#[derive(Table, Clone, Debug)]
#[table(name = "oauth2_authorization_codes", ttl = 600)]
pub struct AuthorizationCodeRow {
    #[partition]
    pub code: String,
    pub application_id: ApplicationId,
    pub user_id: UserId,
    pub redirect_uri: String,
    #[json]
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
}

/// Seven days.
#[derive(Table, Clone, Debug)]
#[table(name = "oauth2_access_tokens", ttl = 604800)]
pub struct AccessTokenRow {
    /// SHA-256 of the token, base64url.
    #[partition]
    pub token_hash: String,
    pub application_id: ApplicationId,
    pub user_id: UserId,
    #[json]
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
}

#[derive(Table, Clone, Debug)]
#[table(name = "oauth2_access_tokens_by_user", ttl = 604800)]
pub struct AccessTokenByUserRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub token_hash: String,
    pub application_id: ApplicationId,
}

/// Thirty days.
#[derive(Table, Clone, Debug)]
#[table(name = "oauth2_refresh_tokens", ttl = 2592000)]
pub struct RefreshTokenRow {
    #[partition]
    pub token_hash: String,
    pub application_id: ApplicationId,
    pub user_id: UserId,
    #[json]
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
}

#[derive(Table, Clone, Debug)]
#[table(name = "oauth2_refresh_tokens_by_user", ttl = 2592000)]
pub struct RefreshTokenByUserRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub token_hash: String,
    pub application_id: ApplicationId,
    #[json]
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![
        ApplicationRow::SCHEMA,
        ApplicationByOwnerRow::SCHEMA,
        AuthorizationCodeRow::SCHEMA,
        AccessTokenRow::SCHEMA,
        AccessTokenByUserRow::SCHEMA,
        RefreshTokenRow::SCHEMA,
        RefreshTokenByUserRow::SCHEMA,
    ]
}
