//! The instance's own description: what a client reads before anything else.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Reply;

/// `GET /.well-known/fluxer`.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "WellKnownFluxerResponse")]
pub struct WellKnown {
    pub api_code_version: i64,
    pub endpoints: WellKnownEndpoints,
    pub captcha: WellKnownCaptcha,
    pub features: WellKnownFeatures,
    pub gif: WellKnownGif,
    pub sso: WellKnownSso,
    pub limits: LimitConfig,
    pub push: WellKnownPush,
    pub app_public: WellKnownApp,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownEndpoints {
    pub api: String,
    pub api_client: String,
    pub api_public: String,
    pub gateway: String,
    pub media: String,
    pub static_cdn: String,
    pub marketing: String,
    pub admin: String,
    pub invite: String,
    pub gift: String,
    pub webapp: String,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownCaptcha {
    /// `hcaptcha`, `turnstile` or `none`.
    pub provider: String,
    pub hcaptcha_site_key: Option<String>,
    pub turnstile_site_key: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownFeatures {
    pub sms_mfa_enabled: bool,
    pub voice_enabled: bool,
    pub stripe_enabled: bool,
    pub self_hosted: bool,
    pub manual_review_enabled: bool,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownGif {
    pub provider: String,
    /// Whether the service can be asked; without a key for it, it cannot.
    pub enabled: bool,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownSso {
    pub enabled: bool,
    pub enforced: bool,
    pub display_name: Option<String>,
    pub redirect_uri: String,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct LimitConfig {
    pub version: i64,
    #[serde(rename = "traitDefinitions")]
    pub trait_definitions: Vec<String>,
    pub rules: Vec<LimitRule>,
    #[serde(rename = "defaultsHash")]
    pub defaults_hash: String,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "LimitRuleResponse")]
pub struct LimitRule {
    pub id: String,
    #[opt]
    pub filters: Option<LimitFilter>,
    /// Values that differ from the free ones.
    pub overrides: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "LimitFilterResponse")]
pub struct LimitFilter {
    #[opt]
    #[serde(default)]
    pub traits: Vec<String>,
    #[opt]
    #[serde(default, rename = "guildFeatures")]
    pub guild_features: Vec<String>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownPush {
    pub public_vapid_key: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct WellKnownApp {
    pub sentry_dsn: String,
}

/// `GET /gateway/bot`.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "GatewayBotResponse")]
pub struct GatewayBot {
    pub url: String,
    pub shards: i64,
    pub session_start_limit: SessionStartLimit,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct SessionStartLimit {
    pub total: i64,
    pub remaining: i64,
    /// Milliseconds.
    pub reset_after: i64,
    pub max_concurrency: i64,
}
