//! Settings that upstream does not have; under one root so that they can never collide.

use platform_kernel::config::Secret;

platform_kernel::choices! {
    /// How log lines look. `auto` is text on a terminal and outside production, else JSON.
    pub enum LogFormat { Auto = "auto", Json = "json", Text = "text" }
}
platform_kernel::choices! {
    /// Where messages are searched.
    pub enum SearchBackend { Embedded = "embedded", Meilisearch = "meilisearch", Elasticsearch = "elasticsearch" }
}
platform_kernel::choices! {
    /// Where jobs are kept.
    pub enum JobsBackend { Embedded = "embedded", JetStream = "jetstream" }
}

platform_kernel::section! {
    /// Settings of this implementation.
    pub struct Native {
        /// Roles to run; empty means all.
        roles: Vec<String> => "[\"api\", \"gateway\"]",
        /// Take the socket address as the client's when `X-Forwarded-For` is absent, instead of
        /// refusing. Unset: yes, unless `trusted_proxies` is set.
        trust_peer_as_client: Option<bool>,
        /// Addresses and networks whose forwarded headers are believed. Empty: private ranges.
        trusted_proxies: Vec<String> => "[\"10.0.0.0/8\"]",
        logs: Logs,
        metrics: Metrics,
        sqlite: Sqlite,
        search: Search,
        cassandra: Cassandra,
        backup: Backup,
        compression: Compression,
        outbound: Outbound,
        media: Media,
        unfurl: Unfurl,
        jobs: Jobs,
        /// ONNX model; absent: detection is off.
        nsfw_model_path: Option<String>,
        /// The ONNX runtime that runs it: `libonnxruntime.so`, by name or path.
        onnxruntime_path: String = "libonnxruntime.so".into(),
        /// Address people may write to, named in mails. Empty: none is named.
        contact_email: String => "\"help@example.com\"",
        /// Where Twilio Verify, or a service that speaks like it, is reached.
        sms_service_url: String = "https://verify.twilio.com".into(),
        tls: Option<Tls>,
        acme: Option<Acme>,
    }

    /// Log lines on standard output.
    pub struct Logs {
        format: LogFormat,
        /// Filter such as `info` or `info,fluxer_gateway=debug`. Unset: `info`, or `debug` of the
        /// product's own code in development. `LOGGER_LEVEL` wins.
        level: Option<String> => "\"info\"",
    }

    /// `/metrics`, in Prometheus format.
    pub struct Metrics {
        enabled: bool = true,
        /// Bearer token for scrapers on other machines. Empty: only this machine may read them.
        token: Secret,
    }

    /// Pragmas of SQLite.
    pub struct Sqlite {
        cache_size_kib: u32 = 65_536,
        mmap_bytes: u64 = 268_435_456,
        wal_autocheckpoint: u32 = 1000,
        busy_timeout_ms: u32 = 5000,
    }

    /// Searching messages and members.
    pub struct Search {
        backend: SearchBackend,
        /// Elasticsearch's address; Meilisearch's, if it is not `integrations.search.url`.
        url: String => "\"https://search.example.com:9200\"",
        username: String,
        /// Of the user, or without a user an API key.
        password: Secret,
        /// Stands before the names of indexes, for a server that several instances share.
        index_prefix: String => "\"chat_\"",
    }

    /// How Cassandra is asked.
    pub struct Cassandra {
        consistency: String = "LOCAL_QUORUM".into(),
        serial_consistency: String = "LOCAL_SERIAL".into(),
        request_timeout_ms: u32 = 12_000,
    }

    /// Scheduled backups.
    pub struct Backup {
        enabled: bool,
        interval_s: u32 = 3600,
        keep: u32 = 168,
        age_recipient: Option<String>,
        s3: Option<BackupS3>,
    }

    /// Where backups go.
    pub struct BackupS3 {
        endpoint: String,
        region: String,
        bucket: String,
        access_key_id: Secret,
        secret_access_key: Secret,
    }

    /// Compression of responses.
    pub struct Compression {
        enabled: bool = true,
        min_bytes: u32 = 1024,
        level: u32 = 6,
    }

    /// Requests to other servers on behalf of people: links, pictures.
    pub struct Outbound {
        /// Networks that links may lead to although they are not public, for example that of an
        /// internal wiki. Everything in them becomes readable to anyone who may post a link.
        allowed_networks: Vec<String> => "[\"10.20.0.0/16\"]",
    }

    /// Background work.
    pub struct Jobs {
        /// What keeps the jobs. `jetstream` is the NATS server of `services.nats.jetstream_url`.
        backend: JobsBackend,
        /// Jobs that run at the same time, of all kinds together.
        concurrency: u32 = 5,
    }

    /// The media proxy.
    pub struct Media {
        /// Bytes on disk for pictures in the sizes and formats asked for; 0 keeps none.
        cache_bytes: u64 = 536_870_912,
        /// Bytes that decoding pictures may hold in memory, all of it together. A picture that
        /// needs more is left to ffmpeg.
        memory_bytes: u64 = 167_772_160,
        /// The programs that read video and AVIF: paths, or names in the usual folders.
        ffmpeg: String = "ffmpeg".into(),
        ffprobe: String = "ffprobe".into(),
        /// Where the CDN publishes its networks, one a line, for
        /// `services.media_proxy.require_cloudflare_edge`.
        edge_lists: Vec<String> = vec![
            "https://www.cloudflare.com/ips-v4".into(),
            "https://www.cloudflare.com/ips-v6".into(),
        ],
    }

    /// Previews of links in messages.
    pub struct Unfurl {
        /// Look at the pages people link to.
        enabled: bool = true,
    }

    /// TLS by the program itself.
    pub struct Tls {
        cert: String,
        key: String,
    }

    /// Certificates by ACME.
    pub struct Acme {
        email: String,
        domains: Vec<String>,
    }
}
