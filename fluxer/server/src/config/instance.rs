//! What kind of instance it is, and its smaller sections.

use platform_kernel::config::Secret;

platform_kernel::choices! {
    /// One process with everything inside, or roles on their own.
    pub enum DeploymentMode { Monolith = "monolith", Microservices = "microservices" }
}

platform_kernel::section! {
    /// What kind of instance this is.
    pub struct Instance {
        deployment_mode: DeploymentMode,
        /// Hides payments and gives everyone the premium limits.
        self_hosted: bool = true,
        /// Invite that every new account accepts.
        auto_join_invite_code: String,
        visionaries_guild_id: String,
        operators_guild_id: String,
        /// x25519 key for federation; made if the file is absent. Empty: one for each start.
        private_key_path: String,
    }

    /// Federation with other instances.
    pub struct Federation {
        enabled: bool,
        instance_domain: String,
        instance_public_key: String,
        instance_private_key: Secret,
    }

    /// The public list of guilds.
    pub struct Discovery {
        enabled: bool = true,
        /// Members a guild needs to apply.
        min_member_count: i64 = 1,
    }

    /// Handling of abuse material.
    pub struct Csam {
        evidence_retention_days: u32 = 730,
        job_retention_days: u32 = 365,
        cleanup_batch_size: u32 = 100,
        queue: CsamQueue,
    }

    /// Scans waiting.
    pub struct CsamQueue {
        timeout_ms: u32 = 30_000,
        max_entries_per_batch: u32 = 5,
        consumer_lock_ttl_seconds: u32 = 5,
    }

    /// For developing and testing; never in production.
    pub struct Dev {
        relax_registration_rate_limits: bool,
        disable_rate_limits: bool,
        /// Test routes, recorded mail, shorter delays. Refused with `env` production.
        test_mode_enabled: bool,
        /// Bearer token of the test routes; empty means none.
        test_harness_token: Secret,
    }

    /// Locations of addresses.
    pub struct Geoip {
        /// MaxMind City file; empty: locations are unknown.
        maxmind_db_path: String,
    }

    /// The reverse proxy in front.
    pub struct Proxy {
        /// Take the client's address from `CF-Connecting-IP`.
        trust_cf_connecting_ip: bool,
    }

    /// Alerts for operators.
    pub struct Alerts {
        /// Receives crash alerts.
        webhook_url: Option<String>,
    }
}
