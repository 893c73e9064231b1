//! The wiring: engines behind the ports, as the configuration says. The only place that
//! names them.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fluxer_domain::{App, Parts, Settings, attachments::Spool, push, safety::Hooks};
use fluxer_media::{Edge, Media};
use fluxer_web::{Client, Origins};
use platform_blobs::{Blobs, S3Options};
use platform_bus::Bus;
use platform_cache::Cache;
use platform_imaging::Imaging;
use platform_kernel::{Clock, Generator, Network, Rng, Shutdown};
use platform_mail::{Encryption, Mailer, SmtpOptions};
use platform_outbound::{
    FetchOptions, Fetcher, Outbound, PurgeOptions, Purger, PushOptions, Pusher, Shield, ShieldOptions, Sms,
    SmsOptions, clamd,
};
use platform_queue::{JetStream, Queue};
use platform_search::{Elasticsearch, Meilisearch, Search};
use platform_store::{Store, sqlite};

use crate::{
    config::{Config, CsamProvider, EmailProvider, Env, JobsBackend, PhotoDna, SearchBackend, Smtp},
    data::Data,
    objects::Objects,
    roles::Roles,
};

/// Opens the database of the instance, making its tables where missing.
pub fn store(config: &Config, data: &Data, clock: Clock) -> anyhow::Result<Store> {
    let path = data.database(config);
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let tables = fluxer_domain::tables();
    let options = sqlite::Options { path: path.clone(), tables: &tables, ..sqlite::Options::default() };
    sqlite::open(options, clock).with_context(|| format!("cannot open the database {}", path.display()))
}

/// How mail leaves this instance.
pub fn mailer(config: &Config, clock: Clock) -> anyhow::Result<Mailer> {
    let mail = &config.integrations.email;
    if config.dev.test_mode_enabled {
        return Ok(Mailer::recording(clock));
    }
    let smtp = mail.smtp.as_ref().filter(|_| mail.enabled && mail.provider == EmailProvider::Smtp);
    let Some(smtp) = smtp else { return Ok(Mailer::disabled()) };
    let options = SmtpOptions {
        host: smtp.host.clone(),
        port: smtp.port,
        encryption: encryption(smtp),
        credentials: (!smtp.username.is_empty())
            .then(|| (smtp.username.clone(), smtp.password.expose().to_owned())),
        from_email: mail.from_email.clone(),
        from_name: mail.from_name.clone(),
        timeout: Duration::from_secs(15),
    };
    Mailer::smtp(options).context("integrations.email cannot be used")
}

const fn encryption(smtp: &Smtp) -> Encryption {
    match (smtp.secure, smtp.port) {
        (true, 465) => Encryption::Implicit,
        (true, _) => Encryption::StartTls,
        (false, _) => Encryption::Opportunistic,
    }
}

/// The internet is asked where people use the instance, and wherever captchas are wanted.
fn outbound(config: &Config) -> anyhow::Result<Outbound> {
    let test = config.dev.test_mode_enabled;
    let wanted = config.env == Env::Production || config.integrations.captcha.enabled;
    let outbound = if wanted && !test { Outbound::online(&Default::default()) } else { Outbound::offline() };
    let sms = &config.integrations.sms;
    if !sms.enabled || test {
        return Ok(outbound);
    }
    let options = SmsOptions {
        url: config.native.sms_service_url.clone(),
        account_sid: sms.account_sid.clone(),
        auth_token: sms.auth_token.expose().to_owned(),
        service_sid: sms.verify_service_sid.clone(),
    };
    Ok(outbound.texting(Sms::new(options).context("integrations.sms cannot be used")?))
}

/// What gets the pages and pictures that people link to.
fn fetcher(config: &Config, settings: &Settings) -> anyhow::Result<Fetcher> {
    let allowed = &config.native.outbound.allowed_networks;
    Fetcher::new(FetchOptions {
        allowed_networks: allowed.iter().filter_map(|network| Network::parse(network)).collect(),
        user_agent: format!("Mozilla/5.0 (compatible; Fluxerbot/1.0; +{})", settings.endpoints.app),
        ..FetchOptions::default()
    })
    .context("links cannot be fetched")
}

/// Where is searched.
fn search(config: &Config, data: &Data, rng: Rng) -> anyhow::Result<Search> {
    let own = &config.native.search;
    let engine = match (own.backend, &config.integrations.search) {
        (SearchBackend::Embedded, _) => Ok(Search::embedded(&data.search(), rng)),
        (SearchBackend::Meilisearch, section) => {
            let section = section.clone().unwrap_or_default();
            let url = if own.url.is_empty() { &section.url } else { &own.url };
            Meilisearch::new(url, section.api_key.expose(), &own.index_prefix).map(Search::meilisearch)
        }
        (SearchBackend::Elasticsearch, _) => {
            let password = own.password.expose();
            let basic = || format!("Basic {}", STANDARD.encode(format!("{}:{password}", own.username)));
            let authorization = match (own.username.is_empty(), password.is_empty()) {
                (false, _) => Some(basic()),
                (true, false) => Some(format!("ApiKey {password}")),
                (true, true) => None,
            };
            Elasticsearch::new(&own.url, authorization, &own.index_prefix).map(Search::elasticsearch)
        }
    };
    engine.context("native.search cannot be used")
}

/// The engine for pictures and video.
fn imaging(config: &Config, data: &Data) -> anyhow::Result<Imaging> {
    let native = &config.native;
    let nsfw = native.nsfw_model_path.as_ref().map(|model| platform_imaging::Model {
        model: model.into(),
        runtime: native.onnxruntime_path.clone().into(),
    });
    // What a killed process left lies in the spool's folder, which is emptied at the start.
    let temporary = data.folder.join(spool_name(data));
    Imaging::new(platform_imaging::Options {
        memory: native.media.memory_bytes,
        nsfw,
        ffmpeg: native.media.ffmpeg.clone().into(),
        ffprobe: native.media.ffprobe.clone().into(),
        temporary,
        ..Default::default()
    })
    .context("pictures cannot be worked on")
}

/// The virus scanner, if there is one.
fn scanner(config: &Config) -> Option<clamd::Scanner> {
    let clamav = &config.integrations.clamav;
    let options = clamd::Options {
        host: clamav.host.clone(),
        port: clamav.port,
        fail_open: clamav.fail_open,
        ..clamd::Options::default()
    };
    clamav.enabled.then(|| clamd::Scanner::new(options))
}

/// What recognises known abuse material, if anything does.
fn safety(config: &Config) -> anyhow::Result<Option<Hooks>> {
    let integrations = &config.integrations;
    let millis = |number: u32| Duration::from_millis(number.into());
    let photo_dna = |dna: &PhotoDna| ShieldOptions::PhotoDna {
        hash_service_url: dna.hash_service_url.clone(),
        hash_timeout: millis(dna.hash_service_timeout_ms),
        match_endpoint: dna.match_endpoint.clone(),
        subscription_key: dna.subscription_key.expose().to_owned(),
        enhance: dna.match_enhance,
        rate: dna.rate_limit_rps,
    };
    let options = match &integrations.csam_integration {
        Some(csam) if !csam.enabled => None,
        Some(csam) => Some(match csam.provider {
            CsamProvider::PhotoDna => photo_dna(&csam.photo_dna),
            CsamProvider::ArachnidShield => ShieldOptions::ArachnidShield {
                endpoint: csam.arachnid_shield.endpoint.clone(),
                username: csam.arachnid_shield.username.clone(),
                password: csam.arachnid_shield.password.expose().to_owned(),
                timeout: millis(csam.arachnid_shield.timeout_ms),
                max_retries: csam.arachnid_shield.max_retries,
                backoff: millis(csam.arachnid_shield.retry_backoff_ms),
            },
        }),
        None => integrations.photo_dna.enabled.then(|| photo_dna(&integrations.photo_dna)),
    };
    let Some(options) = options else { return Ok(None) };
    let shield = Shield::new(options).context("integrations.csam_integration cannot be used")?;
    Ok(Some(Hooks { shield, evidence_retention_days: config.csam.evidence_retention_days }))
}

/// Who is told of deleted objects, where somebody is.
pub fn purger(config: &Config) -> anyhow::Result<Option<Purger>> {
    let cloudflare = &config.integrations.cloudflare;
    if !cloudflare.purge_enabled {
        return Ok(None);
    }
    let options = PurgeOptions {
        api_url: cloudflare.api_url.clone(),
        zone_id: cloudflare.zone_id.clone(),
        api_token: cloudflare.api_token.expose().to_owned(),
    };
    Ok(Some(Purger::new(&options).context("integrations.cloudflare cannot be used")?))
}

/// Opening a spool empties it: a command beside a running server must not open the server's.
fn spool_name(data: &Data) -> &'static str {
    let other = data.server().filter(|process| u32::try_from(*process) != Ok(std::process::id()));
    if other.is_some() { "spool.command" } else { "spool" }
}

/// The media proxy. What only makes sense when it stands alone is off beside the other roles.
pub fn media(
    config: &Config,
    app: &Arc<App>,
    data: &Data,
    roles: Roles,
    shutdown: Shutdown,
) -> anyhow::Result<Arc<Media>> {
    let (alone, proxy) = (roles.only_media(), &config.services.media_proxy);
    let edge = (alone && proxy.require_cloudflare_edge).then(|| {
        let edge = Edge::new(&config.native.media.edge_lists);
        tokio::spawn(edge.clone().refresh(app.fetcher.clone(), shutdown));
        edge
    });
    let folder = data.cache().join("media");
    let options = fluxer_media::Options {
        folder: folder.clone(),
        cache_bytes: config.native.media.cache_bytes,
        internal: alone,
        static_mode: alone && proxy.static_mode,
        edge,
        telemetry: config.telemetry.enabled,
    };
    Media::new(app.clone(), options).with_context(|| format!("cannot use the folder {}", folder.display()))
}

/// The web client inside the program, or in the folder that is named instead.
pub fn web_client(config: &Config, app: &Arc<App>, rng: Rng) -> Option<Client> {
    let folder = config.services.server.static_dir.as_deref().filter(|folder| !folder.is_empty());
    let endpoints = &app.settings.endpoints;
    let origins = Origins::new(
        &[&endpoints.api_client, &endpoints.api, &endpoints.gateway],
        &[&endpoints.media],
        &app.settings.captcha.provider,
    );
    let app = app.clone();
    let discovery = move || {
        serde_json::to_string(&fluxer_domain::instance::well_known(&app))
            .expect("wire types have string keys and encode")
    };
    Client::open(folder.map(Into::into), origins, Box::new(discovery), rng)
}

/// Where objects are kept: in the data folder, or on the S3 server that is named.
pub fn blobs(config: &Config, data: &Data, objects: &Objects, clock: Clock) -> anyhow::Result<Blobs> {
    let blobs = match objects.elsewhere(config) {
        Some(endpoint) => Blobs::s3(
            S3Options {
                endpoint: endpoint.to_owned(),
                region: config.s3.region.clone(),
                access_key_id: objects.access_key_id.clone(),
                secret_access_key: objects.secret_access_key.clone(),
                buckets: objects.buckets.clone(),
                virtual_hosted: false,
            },
            clock,
        )
        .with_context(|| format!("s3.endpoint {endpoint} cannot be used"))?,
        None => {
            let folder = data.objects(config);
            Blobs::filesystem(&folder, clock)
                .with_context(|| format!("cannot keep objects in {}", folder.display()))?
        }
    };
    Ok(blobs.with_links(objects.links(config)))
}

/// Where jobs are kept.
async fn queue(config: &Config, store: &Store, clock: Clock, rng: Rng) -> anyhow::Result<Queue> {
    match config.native.jobs.backend {
        JobsBackend::Embedded => Ok(Queue::embedded(store.clone(), clock, rng)),
        JobsBackend::JetStream => {
            let nats = config.services.nats.clone().unwrap_or_default();
            let options = JetStream { url: nats.jetstream_url, token: nats.auth_token.expose().to_owned() };
            let queue = Queue::jetstream(store.clone(), options, clock, rng).await;
            queue.context("services.nats.jetstream_url cannot be used")
        }
    }
}

/// The chat's rules on top of all engines.
pub async fn app(
    config: &Config,
    settings: Settings,
    data: &Data,
    store: Store,
    ids: Generator,
    blobs: Blobs,
) -> anyhow::Result<Arc<App>> {
    let (clock, rng) = (Clock::system(), Rng::system());
    let spool = data.folder.join(spool_name(data));
    let spool = Spool::open(&spool).with_context(|| format!("cannot keep uploads in {}", spool.display()))?;
    Ok(App::new(Parts {
        fetcher: fetcher(config, &settings)?,
        settings,
        bus: Bus::local(),
        cache: Cache::local(clock.clone(), rng.clone()),
        queue: queue(config, &store, clock.clone(), rng.clone()).await?,
        blobs,
        spool,
        imaging: imaging(config, data)?,
        scanner: scanner(config),
        safety: safety(config)?,
        mailer: mailer(config, clock.clone())?,
        outbound: outbound(config)?,
        search: search(config, data, rng.clone())?,
        store,
        clock,
        rng,
        ids,
    }))
}

/// Web Push, from now on until the shutdown.
pub fn start_pushing(config: &Config, app: &Arc<App>, shutdown: Shutdown) -> anyhow::Result<()> {
    let (gateway, vapid) = (&config.services.gateway, &config.auth.vapid);
    let made = |key: &str| app.settings.other.get(key).cloned().unwrap_or_default();
    let contact = if vapid.email.is_empty() {
        format!("support@{}", app.settings.base_domain)
    } else {
        vapid.email.clone()
    };
    let millis = |number: u32| Duration::from_millis(number.into());
    let options = PushOptions {
        public_key: app.settings.vapid_public_key.clone().unwrap_or_default(),
        private_key: made("auth.vapid.private_key"),
        contact,
        timeout: millis(gateway.gateway_http_push_connect_timeout_ms)
            + millis(gateway.gateway_http_push_recv_timeout_ms),
        concurrency: gateway.gateway_http_push_max_concurrency as usize,
        failure_threshold: gateway.gateway_http_failure_threshold,
        recovery: millis(gateway.gateway_http_recovery_timeout_ms),
    };
    let pusher = Pusher::new(options, app.fetcher.clone(), app.clock.clone(), app.rng.clone())
        .context("auth.vapid cannot be used")?;
    let options = push::Options {
        inflight: gateway.push_dispatcher_max_inflight as usize,
        queue: gateway.push_dispatcher_max_queue as usize,
    };
    push::start(app, pusher, &options, shutdown);
    Ok(())
}
