//! Rules between settings, and what this version cannot do yet: refused by name rather than
//! ignored.

use std::net::IpAddr;

use platform_kernel::config::{Origins, Problem};

use super::{Backend, Config, DeploymentMode, EmailProvider, Env, JobsBackend, SearchBackend};

struct Checker<'a> {
    origins: &'a Origins,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn refuse(&mut self, bad: bool, key: &str, message: &str, example: &str) {
        if bad {
            let (origin, key) = (self.origins.of(key), key.to_owned());
            self.problems.push(Problem { key, origin, message: message.into(), example: example.into() });
        }
    }
}

pub(super) fn check(config: &Config, origins: &Origins) -> Vec<Problem> {
    let mut rules = Checker { origins, problems: Vec::new() };
    modes(config, &mut rules);
    addresses(config, &mut rules);
    integrations(config, &mut rules);
    let ratio = config.telemetry.trace_sampling_ratio;
    rules.refuse(
        !(0.0..=1.0).contains(&ratio),
        "telemetry.trace_sampling_ratio",
        "must be from 0 to 1",
        "0.1",
    );
    for (key, value) in [
        ("deletion_grace_period_hours", config.deletion_grace_period_hours),
        ("inactivity_deletion_threshold_days", config.inactivity_deletion_threshold_days),
    ] {
        rules.refuse(!(0.0..1e6).contains(&value), key, "must be a duration, not negative", "72");
    }
    rules.problems
}

fn modes(config: &Config, rules: &mut Checker<'_>) {
    rules.refuse(
        config.dev.test_mode_enabled && config.env == Env::Production,
        "dev.test_mode_enabled",
        "test mode is refused in production, because it opens every account to anyone; \
         set env to test, or switch test mode off",
        "{\"env\": \"test\", \"dev\": {\"test_mode_enabled\": true}}",
    );
    rules.refuse(
        config.database.backend == Backend::Cassandra,
        "database.backend",
        "this version stores in SQLite only",
        "\"sqlite\"",
    );
    rules.refuse(
        config.instance.deployment_mode == DeploymentMode::Microservices,
        "instance.deployment_mode",
        "this version runs as a monolith only",
        "\"monolith\"",
    );
    rules.refuse(
        config.native.tls.is_some() || config.native.acme.is_some(),
        if config.native.tls.is_some() { "native.tls" } else { "native.acme" },
        "this version does not speak TLS itself; put a reverse proxy in front and set \
         domain.public_scheme to https",
        "",
    );
}

/// Set, but without effect in a monolith. Upstream's monolith needs them, so its example files
/// name them: a warning, not a refusal.
pub(super) fn unused(config: &Config) -> Vec<String> {
    [
        (config.internal.kv.is_some(), "internal.kv"),
        (config.internal.queue.is_some(), "internal.queue"),
        (config.internal.media_proxy.is_some(), "internal.media_proxy"),
        (
            config.services.nats.is_some() && config.native.jobs.backend != JobsBackend::JetStream,
            "services.nats",
        ),
        (
            config.integrations.search.is_some()
                && config.native.search.backend != SearchBackend::Meilisearch,
            "integrations.search",
        ),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .map(|(_, key)| format!("{key} is set but not used: a monolith has its own engine inside"))
    .collect()
}

fn addresses(config: &Config, rules: &mut Checker<'_>) {
    let host = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'[' | b']' | b':'))
    };
    let domain = &config.domain;
    rules.refuse(
        !host(&domain.base_domain) || domain.base_domain.contains("://"),
        "domain.base_domain",
        "must be a host name only: no scheme, no port, no path",
        "\"chat.example.com\"",
    );
    for (key, value) in [
        ("domain.static_cdn_domain", &domain.static_cdn_domain),
        ("domain.invite_domain", &domain.invite_domain),
        ("domain.gift_domain", &domain.gift_domain),
    ] {
        rules.refuse(!value.is_empty() && !host(value), key, "must be a host name only", "\"fluxr.example\"");
    }
    rules.refuse(
        config.services.server.host.parse::<IpAddr>().is_err(),
        "services.server.host",
        "must be the address of an interface",
        "\"0.0.0.0\"",
    );
    let overrides = &config.endpoint_overrides;
    for (name, value) in overrides.each() {
        let Some(value) = value else { continue };
        let schemes: &[&str] =
            if name == "gateway" { &["ws://", "wss://"] } else { &["http://", "https://"] };
        rules.refuse(
            !schemes.iter().any(|scheme| value.starts_with(scheme)) || value.contains(char::is_whitespace),
            &format!("endpoint_overrides.{name}"),
            &format!("must be a URL starting with {}", schemes.join(" or ")),
            if name == "gateway" {
                "\"wss://chat.example.com/gateway\""
            } else {
                "\"https://chat.example.com\""
            },
        );
    }
    for proxy in &config.native.trusted_proxies {
        rules.refuse(
            platform_kernel::Network::parse(proxy).is_none(),
            "native.trusted_proxies",
            &format!("{proxy:?} is neither an address nor a network"),
            "[\"10.0.0.0/8\", \"192.0.2.7\"]",
        );
    }
    for network in &config.native.outbound.allowed_networks {
        rules.refuse(
            platform_kernel::Network::parse(network).is_none(),
            "native.outbound.allowed_networks",
            &format!("{network:?} is neither an address nor a network"),
            "[\"10.20.0.0/16\"]",
        );
    }
    for role in &config.native.roles {
        rules.refuse(
            !crate::roles::known(role),
            "native.roles",
            &format!(
                "{role:?} is not a role of this version; the roles are {}",
                crate::roles::NAMES.join(", ")
            ),
            "[\"api\", \"gateway\"]",
        );
    }
}

fn integrations(config: &Config, rules: &mut Checker<'_>) {
    let all = &config.integrations;
    let mail = &all.email;
    if mail.enabled && mail.provider == EmailProvider::Smtp {
        let smtp = mail.smtp.as_ref();
        rules.refuse(
            smtp.is_none_or(|smtp| smtp.host.is_empty()),
            "integrations.email.smtp.host",
            "is needed because mail is enabled with provider smtp",
            "\"smtp.example.com\"",
        );
        rules.refuse(
            !mail.from_email.contains('@'),
            "integrations.email.from_email",
            "must be the address that mail comes from",
            "\"noreply@example.com\"",
        );
    }
    let needs: &[(bool, bool, &str, &str)] = &[
        (all.sms.enabled, all.sms.account_sid.is_empty(), "integrations.sms.account_sid", "SMS is enabled"),
        (all.sms.enabled, all.sms.auth_token.is_empty(), "integrations.sms.auth_token", "SMS is enabled"),
        (
            all.sms.enabled,
            all.sms.verify_service_sid.is_empty(),
            "integrations.sms.verify_service_sid",
            "SMS is enabled",
        ),
        (
            all.stripe.enabled,
            all.stripe.secret_key.is_empty(),
            "integrations.stripe.secret_key",
            "payments are enabled",
        ),
        (
            all.stripe.enabled,
            all.stripe.webhook_secret.is_empty(),
            "integrations.stripe.webhook_secret",
            "payments are enabled",
        ),
        (
            all.voice.enabled && all.voice.default_region.is_some(),
            all.voice.api_key.is_empty(),
            "integrations.voice.api_key",
            "voice has a default region",
        ),
        (
            all.voice.enabled && all.voice.default_region.is_some(),
            all.voice.api_secret.is_empty(),
            "integrations.voice.api_secret",
            "voice has a default region",
        ),
        (
            config.telemetry.enabled,
            !config.telemetry.otlp_endpoint.starts_with("http"),
            "telemetry.otlp_endpoint",
            "telemetry is enabled",
        ),
    ];
    for (enabled, missing, key, reason) in needs {
        let example = if key.ends_with("endpoint") { "\"http://127.0.0.1:4318\"" } else { "" };
        rules.refuse(*enabled && *missing, key, &format!("is needed because {reason}"), example);
    }
    let search = &config.native.search;
    rules.refuse(
        search.backend == SearchBackend::Elasticsearch && !search.url.starts_with("http"),
        "native.search.url",
        "is needed because native.search.backend is elasticsearch",
        "\"https://search.example.com:9200\"",
    );
    rules.refuse(
        search.index_prefix.bytes().any(|b| !matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-')),
        "native.search.index_prefix",
        "must be of lower-case letters, digits, _ and -",
        "\"chat_\"",
    );
    let (public, private) = (&config.auth.vapid.public_key, &config.auth.vapid.private_key);
    rules.refuse(
        public.is_empty() != private.is_empty(),
        "auth.vapid",
        "public_key and private_key belong together: set both or neither",
        "",
    );
}
