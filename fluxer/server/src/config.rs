//! Every setting of fluxer, with its default, meaning and schema: one declaration each. Owns
//! the rules between settings and the derivation of public addresses. Knows no engine: the
//! command that starts a role picks engines from these values.

mod auth;
mod domain;
mod endpoints;
mod instance;
mod integrations;
mod native;
mod rules;
mod services;
mod settings;
mod telemetry;

use platform_kernel::{
    Environment,
    config::{self, Loaded, Problems},
};

pub use domain::{Endpoints as EndpointOverrides, Scheme};
pub use instance::DeploymentMode;
pub use integrations::{CsamProvider, EmailProvider, PhotoDna, Smtp};
pub use native::{JobsBackend, LogFormat, SearchBackend};
pub use settings::settings;

/// The variable that names the file, and the prefix of those that override it.
pub const VARIABLE: &str = "FLUXER_CONFIG";

platform_kernel::choices! {
    /// What the instance is for.
    pub enum Env { Production = "production", Development = "development", Test = "test" }
}

platform_kernel::choices! {
    /// Where data lives.
    pub enum Backend { Sqlite = "sqlite", Cassandra = "cassandra" }
}

platform_kernel::section! {
    /// Configuration of a fluxer instance. Everything has a working default.
    pub struct Config {
        /// What the instance is for: decides log format and level, and whether test routes may exist.
        env: Env,
        /// Compute an expiry for attachments and delete them when it has passed.
        attachment_decay_enabled: bool = true,
        /// Hours between a request to delete an account and its deletion.
        deletion_grace_period_hours: f64 = 72.0,
        /// Days without activity after which an account may be deleted for inactivity.
        inactivity_deletion_threshold_days: f64 = 365.0,
        domain: domain::Domain,
        endpoint_overrides: domain::Endpoints,
        internal: Internal,
        database: Database,
        s3: S3,
        services: services::Services,
        auth: auth::Auth,
        cookie: auth::Cookie,
        integrations: integrations::Integrations,
        instance: instance::Instance,
        federation: instance::Federation,
        discovery: instance::Discovery,
        csam: instance::Csam,
        dev: instance::Dev,
        geoip: instance::Geoip,
        proxy: instance::Proxy,
        alerts: instance::Alerts,
        telemetry: telemetry::Telemetry,
        sentry: telemetry::Sentry,
        app_public: telemetry::AppPublic,
        native: native::Native,
    }

    /// Other servers that a distributed deployment uses; a monolith needs none.
    pub struct Internal {
        /// Valkey or Redis, for cache, locks and counters.
        kv: Option<String> => "\"redis://localhost:6379/0\"",
        /// Base URL of the HTTP queue.
        queue: Option<String> => "\"http://localhost:8088/queue\"",
        /// Base URL of the media proxy for calls between servers.
        media_proxy: Option<String> => "\"http://localhost:8088/media\"",
    }

    /// The database.
    pub struct Database {
        backend: Backend,
        /// Database file. Unset: `fluxer.db` in the data folder.
        sqlite_path: Option<String> => "\"/var/lib/fluxer/fluxer.db\"",
        cassandra: Option<Cassandra>,
    }

    /// A Cassandra cluster.
    pub struct Cassandra {
        /// Contact points.
        hosts: Vec<String> => "[\"10.0.0.1\"]",
        /// Keyspace, usually `fluxer`.
        keyspace: String => "\"fluxer\"",
        /// Data centre whose nodes are asked.
        local_dc: String => "\"dc1\"",
        username: String,
        password: config::Secret,
    }

    /// Object storage.
    pub struct S3 {
        /// S3 server that keeps the objects, path-style. Unset, or this server's own `/s3`: they
        /// are kept in the data folder.
        endpoint: Option<String> => "\"https://s3.example.com\"",
        /// Base of presigned URLs, for a CDN in front. Unset: the endpoint, or this server's `/s3`.
        presigned_url_base: Option<String>,
        region: String = "local".into(),
        /// Access key, as a client and for the built-in server. Unset: made at the first start.
        access_key_id: config::Secret,
        /// Secret key. Unset: made at the first start.
        secret_access_key: config::Secret,
        buckets: Buckets,
    }

    /// Names of the buckets.
    pub struct Buckets {
        /// Avatars, icons, banners, emoji, stickers, attachments, themes.
        cdn: String = "fluxer".into(),
        /// Uploads on their way, stream previews.
        uploads: String = "fluxer-uploads".into(),
        /// Files of the desktop client.
        downloads: String = "fluxer-downloads".into(),
        /// Report snapshots.
        reports: String = "fluxer-reports".into(),
        /// Data exports.
        harvests: String = "fluxer-harvests".into(),
        /// Served by the media proxy in static mode.
        r#static: String = "fluxer-static".into(),
    }
}

/// Loads the configuration and checks the rules between settings.
pub fn load(environment: &Environment) -> Result<Loaded<Config>, Problems> {
    let mut loaded: Loaded<Config> = config::load(VARIABLE, environment)?;
    loaded.warnings.extend(rules::unused(&loaded.value));
    let problems = rules::check(&loaded.value, &loaded.origins);
    if problems.is_empty() { Ok(loaded) } else { Err(Problems(problems)) }
}

impl Config {
    /// The port that clients connect to: as set, else what the scheme and the listener suggest.
    pub fn public_port(&self, listening: u16) -> u16 {
        self.domain.public_port.unwrap_or(match self.domain.public_scheme {
            Scheme::Https => 443,
            Scheme::Http => listening,
        })
    }
}

#[cfg(test)]
mod tests;
