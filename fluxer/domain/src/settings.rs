//! What the operator decided, as far as the rules need to know it. The server makes this
//! from the configuration; tests make it from `Settings::default()` and change a field.

use std::collections::BTreeMap;

/// Plain settings of the chat platform.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `dev.test_mode_enabled`: test routes, no outbound calls, cheap hashing.
    pub test_mode: bool,
    /// `env` is `development` (or test mode is on): `/test` routes answer, new accounts are staff.
    pub development: bool,
    pub test_harness_token: String,
    pub disable_rate_limits: bool,
    pub relax_registration_rate_limits: bool,
    /// Refuse requests that no trusted proxy forwarded.
    pub require_forwarded_for: bool,
    /// Everyone has the premium values of the limits.
    pub self_hosted: bool,
    pub base_domain: String,
    pub endpoints: Endpoints,
    pub auto_join_invite_code: String,
    /// Attachments expire.
    pub attachment_decay: bool,
    pub deletion_grace_period_hours: f64,
    /// HS256 key of sudo tokens.
    pub sudo_secret: String,
    /// Signs addresses of the media proxy and opens its internal operations.
    pub media_proxy_secret: String,
    pub cookie_domain: String,
    pub cookie_secure: bool,
    pub vapid_public_key: Option<String>,
    pub captcha: Captcha,
    pub voice_enabled: bool,
    pub gif_provider: String,
    pub klipy: GifService,
    pub tenor: GifService,
    pub discovery_enabled: bool,
    pub discovery_min_member_count: i64,
    pub identify_rate_limit: bool,
    pub unfurl: Unfurl,
    /// Rest of `config.json` that only some operation needs, by dotted key.
    pub other: BTreeMap<String, String>,
}

/// Previews of links.
#[derive(Clone)]
pub struct Unfurl {
    pub enabled: bool,
    /// Hosts whose links are never previewed.
    pub ignored_hosts: Vec<String>,
    /// Empty: videos are previewed as other pages are.
    pub youtube_key: String,
}

impl Default for Unfurl {
    fn default() -> Self {
        let ignored_hosts = vec!["localhost".into(), "127.0.0.1".into()];
        Self { enabled: true, ignored_hosts, youtube_key: String::new() }
    }
}

impl std::fmt::Debug for Unfurl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unfurl").field("enabled", &self.enabled).finish_non_exhaustive()
    }
}

/// Where GIFs are looked for.
#[derive(Clone, Default)]
pub struct GifService {
    pub api_url: String,
    /// Empty: nobody is asked.
    pub api_key: String,
}

impl std::fmt::Debug for GifService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GifService").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

/// Public addresses, without a trailing slash.
#[derive(Debug, Clone)]
pub struct Endpoints {
    pub api: String,
    pub api_client: String,
    pub app: String,
    pub gateway: String,
    pub media: String,
    pub static_cdn: String,
    pub admin: String,
    pub marketing: String,
    pub invite: String,
    pub gift: String,
}

#[derive(Debug, Clone, Default)]
pub struct Captcha {
    pub enabled: bool,
    /// `hcaptcha`, `turnstile` or `none`.
    pub provider: String,
    pub hcaptcha: Option<CaptchaKeys>,
    pub turnstile: Option<CaptchaKeys>,
}

/// What a captcha provider knows the instance by.
#[derive(Clone, Default)]
pub struct CaptchaKeys {
    pub site_key: String,
    pub secret_key: String,
}

impl std::fmt::Debug for CaptchaKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaptchaKeys").field("site_key", &self.site_key).finish_non_exhaustive()
    }
}

impl Endpoints {
    /// What everything is called when only the host is known.
    pub fn derive(scheme: &str, host: &str, port: Option<u16>) -> Self {
        let authority = match port {
            Some(port) if !matches!((scheme, port), ("http", 80) | ("https", 443)) => {
                format!("{host}:{port}")
            }
            _ => host.to_owned(),
        };
        let base = format!("{scheme}://{authority}");
        let ws = if scheme == "https" { "wss" } else { "ws" };
        Self {
            api: format!("{base}/api"),
            api_client: format!("{base}/api"),
            app: base.clone(),
            gateway: format!("{ws}://{authority}/gateway"),
            media: format!("{base}/media"),
            static_cdn: base.clone(),
            admin: format!("{base}/admin"),
            marketing: format!("{base}/marketing"),
            invite: format!("{base}/invite"),
            gift: format!("{base}/gift"),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            test_mode: false,
            development: false,
            test_harness_token: String::new(),
            disable_rate_limits: false,
            relax_registration_rate_limits: false,
            require_forwarded_for: false,
            self_hosted: true,
            base_domain: "localhost".into(),
            endpoints: Endpoints::derive("http", "localhost", Some(8080)),
            auto_join_invite_code: String::new(),
            attachment_decay: true,
            deletion_grace_period_hours: 72.0,
            sudo_secret: String::new(),
            media_proxy_secret: String::new(),
            cookie_domain: String::new(),
            cookie_secure: false,
            vapid_public_key: None,
            captcha: Captcha { provider: "none".into(), ..Captcha::default() },
            voice_enabled: false,
            gif_provider: "klipy".into(),
            klipy: GifService::default(),
            tenor: GifService::default(),
            discovery_enabled: true,
            discovery_min_member_count: 1,
            identify_rate_limit: false,
            unfurl: Unfurl::default(),
            other: BTreeMap::new(),
        }
    }
}
