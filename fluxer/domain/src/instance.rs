//! What the instance says of itself to clients that have just found it.

use fluxer_wire::instance as wire;

use crate::{App, auth::sms, gifs, limits};

/// The discovery document.
pub fn well_known(app: &App) -> wire::WellKnown {
    let settings = &app.settings;
    let endpoints = &settings.endpoints;
    let captcha = &settings.captcha;
    wire::WellKnown {
        api_code_version: 1,
        endpoints: wire::WellKnownEndpoints {
            api: endpoints.api_client.clone(),
            api_client: endpoints.api_client.clone(),
            api_public: endpoints.api.clone(),
            gateway: endpoints.gateway.clone(),
            media: endpoints.media.clone(),
            static_cdn: endpoints.static_cdn.clone(),
            marketing: endpoints.marketing.clone(),
            admin: endpoints.admin.clone(),
            invite: endpoints.invite.clone(),
            gift: endpoints.gift.clone(),
            webapp: endpoints.app.clone(),
        },
        captcha: wire::WellKnownCaptcha {
            provider: captcha.provider.clone(),
            hcaptcha_site_key: captcha.hcaptcha.as_ref().map(|keys| keys.site_key.clone()),
            turnstile_site_key: captcha.turnstile.as_ref().map(|keys| keys.site_key.clone()),
        },
        features: wire::WellKnownFeatures {
            sms_mfa_enabled: sms::is_available(app),
            voice_enabled: settings.voice_enabled,
            stripe_enabled: false,
            self_hosted: settings.self_hosted,
            manual_review_enabled: false,
        },
        gif: wire::WellKnownGif { provider: settings.gif_provider.clone(), enabled: gifs::is_available(app) },
        sso: wire::WellKnownSso {
            enabled: false,
            enforced: false,
            display_name: None,
            redirect_uri: format!("{}/auth/sso/callback", endpoints.app),
        },
        limits: limit_config(settings.self_hosted),
        push: wire::WellKnownPush { public_vapid_key: settings.vapid_public_key.clone() },
        app_public: wire::WellKnownApp { sentry_dsn: String::new() },
    }
}

fn limit_config(self_hosted: bool) -> wire::LimitConfig {
    let premium =
        limits::premium_overrides().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let rule = |id: &str, filters, overrides| wire::LimitRule { id: id.into(), filters, overrides };
    let rules = if self_hosted {
        vec![rule("default", None, premium)]
    } else {
        let filter = wire::LimitFilter { traits: vec!["premium".into()], guild_features: Vec::new() };
        vec![rule("premium", Some(filter), premium), rule("default", None, Default::default())]
    };
    wire::LimitConfig {
        version: 2,
        trait_definitions: if self_hosted { Vec::new() } else { vec!["premium".into()] },
        rules,
        defaults_hash: limits::defaults_hash(),
    }
}

/// What a bot library asks before it connects.
pub fn gateway_bot(app: &App) -> wire::GatewayBot {
    wire::GatewayBot {
        url: app.settings.endpoints.gateway.clone(),
        shards: 1,
        session_start_limit: wire::SessionStartLimit {
            total: 1000,
            remaining: 999,
            reset_after: 14_400_000,
            max_concurrency: 1,
        },
    }
}
