//! `fluxer serve`: start the roles, serve until told to stop, stop in order.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Args;
use fluxer_domain::App;
use fluxer_gateway::Gateway;
use platform_kernel::{Clock, Environment, Rng, Shutdown, config::Loaded, shutdown::Trigger};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
};

use super::{Folder, load};
use crate::{
    build_info::Build,
    config::{self, Config},
    data::{Data, Lock, Mark},
    edge::Trust,
    front::{Front, Page},
    health::Health,
    keys::Keys,
    limits::OpenFiles,
    listener, notices,
    objects::{self, Objects},
    platform,
    roles::{NAMES, Roles},
    telemetry::{self, metrics::Metrics},
};

/// Requests that were begun may take this long to finish.
const GRACE: Duration = Duration::from_secs(10);
/// Then whatever still runs is cut off.
const HARD_LIMIT: Duration = Duration::from_secs(30);
const MARK_INTERVAL: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    folder: Folder,
    /// TCP port to listen on; 0 takes a free one [default: services.server.port, 8080]
    #[arg(long)]
    port: Option<u16>,
    /// Address of the interface to listen on [default: services.server.host, 0.0.0.0]
    #[arg(long)]
    host: Option<String>,
    /// Roles to run, separated by commas: api, gateway, worker, media [default: native.roles, all]
    #[arg(long, value_delimiter = ',', alias = "role")]
    roles: Vec<String>,
}

pub fn run(options: Options, environment: &Environment, build: &Build) -> anyhow::Result<ExitCode> {
    let mut loaded = load(environment)?;
    let server = &mut loaded.value.services.server;
    if let Some(port) = options.port {
        server.port = port;
    }
    if let Some(host) = options.host {
        server.host = host;
    }
    if !options.roles.is_empty() {
        loaded.value.native.roles = options.roles;
    }
    let folder = options.folder.path(environment);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(64)
        .build()
        .context("cannot start the runtime")?;
    let code = runtime.block_on(serve(loaded, folder, environment, build));
    // Blocking work that outlived the shutdown must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

async fn serve(
    loaded: Loaded<Config>,
    folder: PathBuf,
    environment: &Environment,
    build: &Build,
) -> anyhow::Result<ExitCode> {
    // First of all: a signal during the start must not kill half-made files.
    let mut signals = Signals::listen()?;
    let config = loaded.value;
    let telemetry = telemetry::install(&config, environment, build)?;
    let started = start(config, folder, build).await;
    let code = match started {
        Ok(running) => {
            signals.recv().await;
            tracing::info!("stopping: sessions are told to reconnect, requests finish");
            let stopping = tokio::time::timeout(HARD_LIMIT, running.stop());
            tokio::select! {
                stopped = stopping => match stopped {
                    Ok(()) => {
                        tracing::info!("stopped");
                        ExitCode::SUCCESS
                    }
                    Err(_) => {
                        tracing::error!("not stopped within {} s; giving up", HARD_LIMIT.as_secs());
                        ExitCode::FAILURE
                    }
                },
                () = signals.recv() => {
                    tracing::warn!("second signal: stopping at once");
                    ExitCode::FAILURE
                }
            }
        }
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    };
    telemetry.flush().await;
    Ok(code)
}

/// SIGTERM and SIGINT.
struct Signals(Signal, Signal);

impl Signals {
    fn listen() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("cannot listen for signals");
        Ok(Self(listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?))
    }
    async fn recv(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

/// A started instance.
struct Running {
    app: Arc<App>,
    gateway: Option<Arc<Gateway>>,
    worker: Option<JoinHandle<()>>,
    trigger: Trigger,
    listener: JoinHandle<()>,
    marks: JoinHandle<Mark>,
    _lock: Lock,
}

async fn start(config: Config, folder: PathBuf, build: &Build) -> anyhow::Result<Running> {
    let roles = Roles::parse(config.native.roles.iter().map(String::as_str))
        .map_err(|name| anyhow::anyhow!("{name:?} is not a role; the roles are {}", NAMES.join(", ")))?;
    let files = OpenFiles::raise();
    let data = Data::open(&folder)?;
    let lock = data.lock()?;
    let first_start = !data.database(&config).exists();
    let (clock, rng) = (Clock::system(), Rng::system());
    let keys = Keys::open(&data.folder, &rng)?;
    let server = &config.services.server;
    let socket = listener::bind(&server.host, server.port)?;
    let port = socket.local_addr()?.port();
    let settings = config::settings(&config, &keys, port);
    let (ids, mark) = data.snowflakes(clock.clone())?;
    let store = platform::store(&config, &data, clock.clone())?;
    let address = settings.endpoints.app.clone();
    let page = Page::new(
        &settings.base_domain,
        &build.version(),
        &[
            ("API", &settings.endpoints.api),
            ("Gateway", &settings.endpoints.gateway),
            ("Web client", "not built into this program; `make run` builds it"),
        ],
    );
    let metrics = Metrics::install(clock.clone(), &build.version())?;
    let objects = Objects::new(&config, &keys, &settings.endpoints.app);
    let blobs = platform::blobs(&config, &data, &objects, clock.clone())?;
    objects.prepare(&blobs).await?;
    let app = platform::app(&config, settings, &data, store, ids, blobs).await?;
    if roles.worker {
        fluxer_domain::search::resume(&app).await?;
    }
    let client = roles.api.then(|| platform::web_client(&config, &app, rng.clone())).flatten();
    let (trigger, shutdown) = Shutdown::new();
    if roles.api && config.services.gateway.push_enabled {
        platform::start_pushing(&config, &app, shutdown.clone())?;
    }
    let media =
        roles.media.then(|| platform::media(&config, &app, &data, roles, shutdown.clone())).transpose()?;
    let gateway = roles.gateway.then(|| fluxer_gateway::start(app.clone()));
    // The lock on the folder says that nobody else works on it: what was leased is nobody's.
    let recovered = app.queue.recover().await?;
    if recovered > 0 {
        tracing::info!(jobs = recovered, "jobs that were cut off run again");
    }
    let options =
        fluxer_jobs::Options { concurrency: jobs_at_a_time(&config), purger: platform::purger(&config)? };
    let worker = roles.worker.then(|| {
        let worker = fluxer_media::unfurl::jobs(&app, fluxer_jobs::worker(&app, options));
        tokio::spawn(worker.run(shutdown.clone()))
    });
    tokio::spawn(fluxer_jobs::gauges(app.clone(), shutdown.clone()));
    let front = Front {
        trust: Trust::new(
            &config.native.trusted_proxies,
            config.proxy.trust_cf_connecting_ip,
            config.dev.test_mode_enabled,
        ),
        api: if roles.api { fluxer_http_api::router(app.clone()) } else { axum::Router::new() },
        gateway: gateway.clone(),
        queue: fluxer_jobs::service(
            app.queue.clone(),
            config.services.queue.secret.expose().to_owned(),
            config.services.queue.default_visibility_timeout_ms,
        ),
        media,
        media_at_root: roles.only_media(),
        objects: objects.service(&config, &app.blobs),
        health: Health {
            store: app.store.clone(),
            blobs: app.blobs.clone(),
            queue: app.queue.clone(),
            clock: clock.clone(),
            build: build.clone(),
            metrics: Some(metrics.clone()),
            shutdown: shutdown.clone(),
            api: roles.api,
            gateway: roles.gateway,
            media: roles.media,
        },
        metrics: config.native.metrics.enabled.then(|| metrics.clone()),
        metrics_token: config.native.metrics.token.expose().to_owned(),
        client,
        page,
        traced: config.telemetry.enabled,
        untraced: config.telemetry.ignore_incoming_paths.clone(),
    };
    tokio::spawn(notices::listen(app.clone(), data.folder.clone(), shutdown.clone())?);
    tokio::spawn(objects::sweep(app.blobs.clone(), shutdown.clone()));
    let marks = tokio::spawn(keep_marks(app.clone(), mark, metrics, shutdown.clone()));
    let listening = tokio::spawn(listener::serve(socket, Arc::new(front), shutdown));
    tracing::info!(
        port,
        open_files = files.text(),
        data = %data.folder.display(),
        version = build.version(),
        "fluxer is ready at {address}"
    );
    if config.dev.test_mode_enabled {
        tracing::warn!("test mode: every account is open to anyone who can reach this server");
    } else if first_start {
        tracing::info!("this is a new instance: the first account registered at {address} becomes its owner");
    }
    Ok(Running { app, gateway, worker, trigger, listener: listening, marks, _lock: lock })
}

fn jobs_at_a_time(config: &Config) -> usize {
    usize::try_from(config.native.jobs.concurrency).unwrap_or(usize::MAX)
}

/// Writes the mark of the newest snowflake and folds the metrics, until the shutdown.
async fn keep_marks(app: Arc<App>, mut mark: Mark, metrics: Metrics, shutdown: Shutdown) -> Mark {
    while !shutdown.is_requested() {
        tokio::select! {
            () = tokio::time::sleep(MARK_INTERVAL) => {}
            () = shutdown.requested() => {}
        }
        metrics.upkeep();
        mark = save(&app, mark).await;
    }
    mark
}

async fn save(app: &App, mut mark: Mark) -> Mark {
    let high_water = app.ids().high_water();
    let saved = tokio::task::spawn_blocking(move || {
        if let Err(error) = mark.save(high_water) {
            tracing::error!("the mark of the newest snowflake cannot be written: {error:#}");
        }
        mark
    });
    saved.await.expect("writing the mark does not panic")
}

impl Running {
    async fn stop(self) {
        self.trigger.request(GRACE);
        let drained = async {
            if let Some(gateway) = &self.gateway {
                gateway.drain(GRACE).await;
            }
        };
        let (finished, ()) = tokio::join!(self.listener, drained);
        if let Err(error) = finished {
            tracing::error!(%error, "the listener failed");
        }
        if let Some(worker) = self.worker
            && let Err(error) = worker.await
        {
            tracing::error!(%error, "the worker failed");
        }
        self.app.bus.close();
        if let Ok(mark) = self.marks.await {
            save(&self.app, mark).await;
        }
        if let Err(error) = self.app.store.close().await {
            tracing::error!(%error, "the database did not close cleanly; nothing acknowledged is lost");
        }
    }
}
