use platform_kernel::config::Value;
use serde_json::json;

use super::*;
use crate::keys::Keys;

fn set(variables: &[(&str, &str)]) -> Result<Loaded<Config>, Problems> {
    load(&variables.iter().map(|(key, value)| (format!("FLUXER_CONFIG__{key}"), *value)).collect())
}

fn told(variables: &[(&str, &str)]) -> String {
    set(variables).unwrap_err().to_string()
}

#[test]
fn nothing_configured_is_a_working_instance_on_8080() {
    let config = set(&[]).unwrap().value;
    assert_eq!((config.services.server.host.as_str(), config.services.server.port), ("0.0.0.0", 8080));
    let settings = settings(&config, &Keys::default(), 8080);
    assert_eq!(settings.endpoints.api, "http://localhost:8080/api");
    assert_eq!(settings.endpoints.gateway, "ws://localhost:8080/gateway");
    assert!(!settings.test_mode && !settings.development && !settings.require_forwarded_for);
}

#[test]
fn addresses_follow_from_the_domain() {
    let https = [("DOMAIN__BASE_DOMAIN", "chat.example.com"), ("DOMAIN__PUBLIC_SCHEME", "https")];
    let config = set(&https).unwrap().value;
    let endpoints = settings(&config, &Keys::default(), 8080).endpoints;
    assert_eq!(endpoints.api, "https://chat.example.com/api");
    assert_eq!(endpoints.gateway, "wss://chat.example.com/gateway");
    assert_eq!(endpoints.static_cdn, "https://fluxerstatic.com");
    let config = set(&[
        ("DOMAIN__PUBLIC_PORT", "8088"),
        ("DOMAIN__INVITE_DOMAIN", "flx.gg"),
        ("ENDPOINT_OVERRIDES__MEDIA", "https://cdn.example/m/"),
    ]);
    let endpoints = settings(&config.unwrap().value, &Keys::default(), 1).endpoints;
    assert_eq!(endpoints.gateway, "ws://localhost:8088/gateway");
    assert_eq!(endpoints.invite, "http://flx.gg:8088/invite");
    assert_eq!(endpoints.media, "https://cdn.example/m");
}

#[test]
fn test_mode_is_refused_in_production() {
    let refused = told(&[("DEV__TEST_MODE_ENABLED", "true")]);
    assert!(refused.contains("dev.test_mode_enabled: test mode is refused in production"), "{refused}");
    assert!(refused.contains("environment variable FLUXER_CONFIG__DEV__TEST_MODE_ENABLED"), "{refused}");
    let config = set(&[("DEV__TEST_MODE_ENABLED", "true"), ("ENV", "test")]).unwrap().value;
    let settings = settings(&config, &Keys::default(), 1);
    assert!(settings.test_mode && settings.development);
    assert!(settings.deletion_grace_period_hours < 0.1);
}

#[test]
fn all_broken_rules_are_told_at_once() {
    let told = told(&[
        ("DATABASE__BACKEND", "cassandra"),
        ("DOMAIN__BASE_DOMAIN", "https://chat.example.com/"),
        ("SERVICES__SERVER__HOST", "everywhere"),
        ("ENDPOINT_OVERRIDES__GATEWAY", "https://x"),
        ("NATIVE__TRUSTED_PROXIES", "[\"10.0.0.0/40\"]"),
        ("NATIVE__OUTBOUND__ALLOWED_NETWORKS", "[\"10.0.0.0/8x\"]"),
        ("NATIVE__ROLES", "[\"voice\"]"),
        ("INTEGRATIONS__EMAIL", "{\"enabled\": true, \"provider\": \"smtp\"}"),
        ("TELEMETRY__TRACE_SAMPLING_RATIO", "7"),
        ("AUTH__VAPID__PUBLIC_KEY", "x"),
    ]);
    for key in [
        "database.backend",
        "domain.base_domain",
        "services.server.host",
        "endpoint_overrides.gateway",
        "native.trusted_proxies",
        "native.outbound.allowed_networks",
        "native.roles",
        "integrations.email.smtp.host",
        "integrations.email.from_email",
        "telemetry.trace_sampling_ratio",
        "auth.vapid",
    ] {
        assert!(told.contains(&format!("\n  {key}: ")), "{key} is missing in {told}");
    }
}

#[test]
fn files_of_upstream_are_accepted() {
    let folder = crate::data::tests::Temporary::new("config");
    let path = folder.0.join("config.json");
    let file = json!({
        "env": "production",
        "domain": {"base_domain": "chat.example.com", "public_scheme": "https", "public_port": 443},
        "database": {"backend": "sqlite", "sqlite_path": "./data/fluxer.db"},
        "internal": {"kv": "redis://valkey:6379/0", "queue": "http://x/queue", "media_proxy": "http://x/media"},
        "s3": {"access_key_id": "a", "secret_access_key": "b"},
        "services": {
            "server": {"port": 8080},
            "media_proxy": {"secret_key": "c"},
            "admin": {"secret_key_base": "d", "oauth_client_secret": "e"},
            "gateway": {"port": 8082, "admin_reload_secret": "f", "media_proxy_endpoint": "http://x/media"},
            "nats": {"core_url": "nats://x:4222"},
        },
        "auth": {
            "sudo_mode_secret": "hush-hush", "connection_initiation_secret": "h",
            "vapid": {"public_key": "i", "private_key": "j"},
            "unknown": 1,
        },
    });
    std::fs::write(&path, file.to_string()).unwrap();
    let environment = Environment::from_iter([(VARIABLE, path.to_str().unwrap())]);
    let loaded = load(&environment).unwrap();
    let settings = settings(&loaded.value, &Keys::default(), 8080);
    assert_eq!(settings.sudo_secret, "hush-hush");
    assert_eq!(settings.vapid_public_key.as_deref(), Some("i"));
    assert_eq!(settings.other["s3.buckets.cdn"], "fluxer");
    assert_eq!(settings.other["auth.passkeys.rp_id"], "chat.example.com");
    let warnings = loaded.warnings.join("\n");
    assert!(
        warnings.contains("auth.unknown") && warnings.contains("internal.kv is set but not used"),
        "{warnings}"
    );
    assert!(!format!("{:?}{}", loaded.value, loaded.value.print()).contains("hush"));
}

#[test]
fn every_setting_is_described_in_the_schema_once() {
    let schema = config::schema::<Config>("t");
    let roots = schema["properties"].as_object().unwrap();
    assert_eq!(roots.len(), 25 + 1);
    assert!(roots.values().all(|root| root["type"].is_string()));
}
