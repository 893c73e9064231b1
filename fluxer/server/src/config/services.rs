//! The roles: where each listens and how it is tuned. A monolith uses `services.server` for
//! all of them.

use platform_kernel::config::Secret;

platform_kernel::section! {
    /// The roles of an instance.
    pub struct Services {
        server: Server,
        api: Api,
        gateway: Gateway,
        media_proxy: MediaProxy,
        admin: Admin,
        marketing: Marketing,
        s3: S3,
        queue: Queue,
        nats: Option<Nats>,
        app_proxy: AppProxy,
        relay: Option<Relay>,
    }

    /// The one listener of a monolith.
    pub struct Server {
        /// Address of the interface; `::` is every interface, IPv4 and IPv6.
        host: String = "0.0.0.0".into() => "\"0.0.0.0\"",
        /// TCP port; 0 takes a free one.
        port: u16 = 8080 => "8080",
        /// Folder with a built web client (`web/dist`), for working on it: read anew at every request.
        /// Unset: the one inside the program.
        static_dir: Option<String> => "\"/usr/share/fluxer/web\"",
    }

    /// The API role.
    pub struct Api {
        host: String = "0.0.0.0".into(),
        port: u16 = 8080,
        /// Hosts whose links are never unfurled.
        unfurl_ignored_hosts: Vec<String> = vec!["localhost".into(), "127.0.0.1".into()],
    }

    /// The gateway role.
    pub struct Gateway {
        port: u16 = 8771,
        /// Authorises reload calls of the admin panel. Unset: made at the first start.
        admin_reload_secret: Secret,
        /// Address of the media proxy in push notifications. Unset: derived.
        media_proxy_endpoint: Option<String>,
        /// Limit how often a client may identify.
        identify_rate_limit_enabled: bool,
        /// Deliver Web Push notifications.
        push_enabled: bool = true,
        push_user_guild_settings_cache_mb: u32 = 1024,
        push_subscriptions_cache_mb: u32 = 1024,
        push_blocked_ids_cache_mb: u32 = 1024,
        push_badge_counts_cache_mb: u32 = 256,
        push_badge_counts_cache_ttl_seconds: u32 = 60,
        /// Log level of the gateway.
        logger_level: String = "info".into(),
        /// Name of this gateway in a cluster.
        release_node: String = "fluxer_gateway@gateway".into(),
        gateway_metrics_enabled: bool,
        gateway_metrics_report_interval_ms: u32 = 30_000,
        presence_cache_shards: u32 = 1,
        presence_bus_shards: u32 = 1,
        presence_shards: u32 = 1,
        guild_shards: u32 = 1,
        session_shards: u32 = 1,
        push_dispatcher_max_inflight: u32 = 16,
        push_dispatcher_max_queue: u32 = 2048,
        gateway_http_push_connect_timeout_ms: u32 = 3000,
        gateway_http_push_recv_timeout_ms: u32 = 5000,
        gateway_http_rpc_max_concurrency: u32 = 512,
        gateway_http_push_max_concurrency: u32 = 256,
        gateway_http_failure_threshold: u32 = 6,
        gateway_http_recovery_timeout_ms: u32 = 15_000,
        gateway_http_cleanup_interval_ms: u32 = 30_000,
        gateway_http_cleanup_max_age_ms: u32 = 300_000,
    }

    /// The media role.
    pub struct MediaProxy {
        host: String = "0.0.0.0".into(),
        port: u16 = 8080,
        /// Signs external URLs and authorises internal calls. Unset: made at the first start.
        secret_key: Secret,
        /// Accept only requests that come through Cloudflare.
        require_cloudflare_edge: bool,
        /// Serve the static bucket only.
        static_mode: bool,
        rate_limit: Option<RateLimit>,
    }

    /// The admin panel.
    pub struct Admin {
        port: u16 = 3001,
        /// Key of session and CSRF cookies. Unset: made at the first start.
        secret_key_base: Secret,
        base_path: String = "/admin".into(),
        /// Secret of the panel's own OAuth2 application. Unset: made at the first start.
        oauth_client_secret: Secret,
        rate_limit: Option<RateLimit>,
    }

    /// The public pages.
    pub struct Marketing {
        enabled: bool,
        port: u16 = 8774,
        host: String = "0.0.0.0".into(),
        /// Key of cookies and forms. Unset: made at the first start.
        secret_key_base: Secret,
        base_path: String = "/marketing".into(),
    }

    /// The built-in S3 server.
    pub struct S3 {
        host: String = "0.0.0.0".into(),
        port: u16 = 3900,
        /// Folder of the objects. Unset: `s3` in the data folder.
        data_dir: Option<String>,
        /// Milliseconds.
        export_timeout: u32 = 30_000,
        rate_limit: Option<RateLimit>,
    }

    /// The job queue.
    pub struct Queue {
        port: u16 = 8088,
        /// Jobs of one kind at the same time.
        concurrency: u32 = 1,
        /// Folder of snapshots.
        data_dir: Option<String>,
        default_visibility_timeout_ms: u32 = 30_000,
        snapshot_every_ms: u32 = 60_000,
        snapshot_after_ops: u32 = 10_000,
        snapshot_zstd_level: u32 = 3,
        /// Bearer token; empty means none is asked for.
        secret: Secret,
    }

    /// NATS servers of a distributed deployment.
    pub struct Nats {
        /// Requests and events between roles.
        core_url: String = "nats://127.0.0.1:4222".into(),
        /// Durable jobs.
        jetstream_url: String = "nats://127.0.0.1:4223".into(),
        auth_token: Secret,
    }

    /// The role that serves only the web client.
    pub struct AppProxy {
        port: u16 = 8773,
        /// Origin of assets that the content security policy allows.
        static_cdn_endpoint: String,
        assets_dir: String = "./assets".into(),
    }

    /// The federation relay.
    pub struct Relay {
        port: u16 = 8090,
        upstream_api_host: String = "localhost:8080".into(),
        upstream_gateway_host: String = "localhost:8081".into(),
        upstream_use_tls: bool,
        allowed_origins: Vec<String>,
        max_connections_per_instance: u32 = 1000,
        connection_timeout_ms: u32 = 30_000,
        idle_timeout_ms: u32 = 120_000,
        logger_level: String = "info".into(),
    }

    /// Requests in a window; the limiter is off unless both are set.
    pub struct RateLimit {
        limit: Option<u32>,
        window_ms: Option<u32>,
    }
}
