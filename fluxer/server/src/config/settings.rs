//! The configuration as the rules of the chat see it: [`fluxer_domain::Settings`]. Secrets
//! that were not configured come from the key file.

use std::collections::BTreeMap;

use fluxer_domain::settings::{Captcha, CaptchaKeys, GifService, Settings, Unfurl};
use platform_kernel::config::{Json, Secret, Value};

use super::{Config, Env, endpoints, integrations};
use crate::keys::Keys;

/// `listening` is the port of the open listener.
pub fn settings(config: &Config, keys: &Keys, listening: u16) -> Settings {
    let test_mode = config.dev.test_mode_enabled;
    let integrations = &config.integrations;
    let captcha = &integrations.captcha;
    Settings {
        test_mode,
        development: test_mode || config.env == Env::Development,
        test_harness_token: config.dev.test_harness_token.expose().to_owned(),
        disable_rate_limits: config.dev.disable_rate_limits,
        relax_registration_rate_limits: config.dev.relax_registration_rate_limits,
        require_forwarded_for: !test_mode && !trusts_peer(config),
        self_hosted: config.instance.self_hosted,
        base_domain: config.domain.base_domain.clone(),
        endpoints: endpoints::derive(config, listening),
        auto_join_invite_code: config.instance.auto_join_invite_code.clone(),
        attachment_decay: config.attachment_decay_enabled,
        deletion_grace_period_hours: if test_mode { 0.01 } else { config.deletion_grace_period_hours },
        sudo_secret: or(&config.auth.sudo_mode_secret, &keys.sudo_mode_secret),
        media_proxy_secret: or(&config.services.media_proxy.secret_key, &keys.media_proxy_secret_key),
        cookie_domain: config.cookie.domain.clone(),
        cookie_secure: config.cookie.secure,
        vapid_public_key: Some(if config.auth.vapid.public_key.is_empty() {
            keys.vapid.public_key.clone()
        } else {
            config.auth.vapid.public_key.clone()
        }),
        captcha: Captcha {
            enabled: captcha.enabled,
            provider: captcha.provider.as_str().into(),
            hcaptcha: captcha.hcaptcha.as_ref().map(keys_of),
            turnstile: captcha.turnstile.as_ref().map(keys_of),
        },
        voice_enabled: integrations.voice.enabled,
        gif_provider: integrations.gif.provider.as_str().into(),
        klipy: GifService {
            api_url: integrations.klipy.api_url.clone(),
            api_key: integrations.klipy.api_key.expose().to_owned(),
        },
        tenor: GifService {
            api_url: integrations.tenor.api_url.clone(),
            api_key: integrations.tenor.api_key.expose().to_owned(),
        },
        discovery_enabled: config.discovery.enabled,
        discovery_min_member_count: config.discovery.min_member_count,
        identify_rate_limit: config.services.gateway.identify_rate_limit_enabled,
        unfurl: Unfurl {
            // Tests look only at pages of their own.
            enabled: config.native.unfurl.enabled
                && !(test_mode && config.native.outbound.allowed_networks.is_empty()),
            ignored_hosts: config.services.api.unfurl_ignored_hosts.clone(),
            youtube_key: integrations.youtube.api_key.expose().to_owned(),
        },
        other: other(config, keys),
    }
}

fn keys_of(keys: &integrations::CaptchaKeys) -> CaptchaKeys {
    CaptchaKeys { site_key: keys.site_key.clone(), secret_key: keys.secret_key.expose().to_owned() }
}

/// Whether a request without forwarded headers is its peer's own.
pub fn trusts_peer(config: &Config) -> bool {
    config.native.trust_peer_as_client.unwrap_or(config.native.trusted_proxies.is_empty())
}

fn or(configured: &Secret, made: &str) -> String {
    if configured.is_empty() { made.to_owned() } else { configured.expose().to_owned() }
}

/// Every plain setting by its dotted key, and the secrets that operations sign with.
fn other(config: &Config, keys: &Keys) -> BTreeMap<String, String> {
    let mut other = BTreeMap::new();
    flatten("", &config.print(), &mut other);
    let services = &config.services;
    for (key, value) in [
        (
            "auth.connection_initiation_secret",
            or(&config.auth.connection_initiation_secret, &keys.connection_initiation_secret),
        ),
        ("services.admin.secret_key_base", or(&services.admin.secret_key_base, &keys.admin_secret_key_base)),
        (
            "services.gateway.admin_reload_secret",
            or(&services.gateway.admin_reload_secret, &keys.gateway_admin_reload_secret),
        ),
        ("integrations.email.webhook_secret", config.integrations.email.webhook_secret.expose().to_owned()),
        ("auth.vapid.private_key", or(&config.auth.vapid.private_key, &keys.vapid.private_key)),
        (
            "auth.passkeys.rp_id",
            config.auth.passkeys.rp_id.clone().unwrap_or_else(|| config.domain.base_domain.clone()),
        ),
    ] {
        other.insert(key.to_owned(), value);
    }
    other
}

/// Hidden and unset values are left out.
fn flatten(key: &str, value: &Json, into: &mut BTreeMap<String, String>) {
    let text = match value {
        Json::Object(object) => {
            let join = platform_kernel::config::join;
            return object.iter().for_each(|(name, value)| flatten(&join(key, name), value, into));
        }
        Json::Null => return,
        Json::String(text) if text == HIDDEN => return,
        Json::String(text) => text.clone(),
        Json::Array(list) if list.iter().all(Json::is_string) => {
            list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    };
    into.insert(key.to_owned(), text);
}

/// How secrets are printed.
const HIDDEN: &str = "********";
