//! `fluxrig run`: a rack in this process, from start to the end without loss.
//!
//! SIGTERM or SIGINT drains and ends; a second one ends at once. SIGHUP, or a changed file, changes
//! the running scenario by difference; a new one that does not hold is refused with the reasons,
//! and the old one runs on.

mod signals;
mod watch;

use std::{collections::BTreeSet, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use parking_lot::Mutex;
use platform_kernel::{Clock, Environment, Rng};
use rig_envelope::Uuid;
use rig_gears::{Registry, Services, Specs};
use rig_rack::{Applied, Host, Options, Rack};
use rig_scenario::Scenario;

use self::{signals::Signals, watch::Watch};
use crate::{
    Outcome,
    check::told,
    config::{Config, Flags},
    console::{Colour, Console, Usage},
    document::{Document, rack_of},
    registry::registry,
    store::Store,
    telemetry::{
        logs,
        metrics::Metrics,
        otlp::Otlp,
        status::{self, Shared, Status},
    },
    values::Values,
};

/// How often histograms are folded.
const UPKEEP: Duration = Duration::from_secs(5);

#[derive(clap::Args)]
pub struct Args {
    /// A file, or name:version of the store
    scenario: Option<String>,
    /// Configuration [default: fluxrig.toml, where there is one]
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Which rack of the scenario this is
    #[arg(long)]
    name: Option<String>,
    /// The least that is logged: trace, debug, info, warn, error
    #[arg(long)]
    level: Option<String>,
    /// auto, json or pretty
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
    /// Address of /metrics, /health and /ready
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The store of specifications and scenarios
    #[arg(long, value_name = "DIR")]
    store_dir: Option<String>,
    /// Unknown keys of the configuration are errors
    #[arg(long)]
    strict_config: bool,
}

pub fn run(args: Args, console: &Console, environment: &Environment) -> Outcome {
    let flags: Flags = [
        ("rack.scenario", args.scenario),
        ("base.name", args.name),
        ("logging.level", args.level),
        ("logging.format", args.log_format),
        ("observability.listen", args.listen),
        ("store.dir", args.store_dir),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect();
    let config = Config::load(args.config.as_deref(), environment, flags, args.strict_config)?;
    let Some(reference) = config.named("rack.scenario") else {
        return Err(Usage::error(
            "which scenario? `fluxrig run scenario.yaml`, or `rack.scenario` in fluxrig.toml",
        ));
    };
    let store = Store::open(Some(&config.path("store.dir", environment)), environment);
    let secrets = config.path("base.state_dir", environment).join("secrets");
    let values = Arc::new(Values { environment: environment.clone(), secrets });
    let registry = registry();
    let document = Document::open(reference, &store)?;
    let scenario = match document.scenario(&registry, &*values) {
        Ok(scenario) => scenario,
        Err(problems) => {
            for problem in problems {
                console.complain(&told(console, &document.name, &problem, Colour::Red, "error"));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let rack = rack_of(&scenario, config.named("base.name")).map_err(Usage::error)?;
    let given = config.named("base.name").map(str::to_owned);
    let name = rack.unwrap_or_else(|| {
        let number = Rng::system().bytes::<3>().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        format!("{}{number}", config.text("rack.name_prefix"))
    });
    logs::install(&config, &name, !console.colours())?;
    for warning in &config.warnings {
        tracing::warn!("configuration: {warning}");
    }
    let metrics = if config.flag("telemetry.disabled") { None } else { Some(Metrics::install()?) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let running = Running { config, store, values, registry, document, name, given };
    runtime.block_on(running.serve(scenario, metrics))
}

/// A rack with what it is made from.
struct Running {
    config: Config,
    store: Store,
    values: Arc<Values>,
    registry: Registry,
    document: Document,
    name: String,
    /// What the configuration calls the rack.
    given: Option<String>,
}

impl Running {
    async fn serve(self, scenario: Scenario, metrics: Option<Metrics>) -> Outcome {
        let signals = Signals::listen()?;
        let status = Shared::default();
        status.lock().rack.clone_from(&self.name);
        if let Some(address) = self.config.named("observability.listen") {
            let bound = status::serve(address, metrics.clone(), status.clone()).await?;
            tracing::info!(%bound, "metrics and health are served");
        }
        let otlp = match &metrics {
            Some(metrics) => Otlp::open(&self.config, &self.name, metrics.clone())?,
            None => None,
        };
        if let Some(metrics) = metrics {
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(UPKEEP).await;
                    metrics.upkeep();
                }
            });
        }
        let services = Services::default();
        services.put::<Specs>(Mutex::new(self.store.specs()?));
        let rack = Rack::new(self.options(), self.host(&services, otlp.clone()));
        tracing::info!(
            version = env!("CARGO_PKG_VERSION"),
            scenario = scenario.name,
            from = self.document.name,
            "rack {} is starting",
            self.name
        );
        if let Err(error) = rack.apply(&self.part(&scenario)).await {
            tracing::error!("the scenario does not run: {error}");
            rack.shutdown().await;
            return Ok(ExitCode::FAILURE);
        }
        self.say_where(&scenario);
        is_running(&rack, &scenario, &status).await;
        tracing::info!(
            scenario = scenario.name,
            version = scenario.version,
            gears = scenario.gears.len(),
            wires = scenario.wires.len(),
            "rack {} is running",
            self.name
        );
        self.until_told(&rack, scenario, &services, &status, &signals).await;
        status.lock().is_ready = false;
        tracing::info!("draining; once more to end at once");
        rack.shutdown().await;
        if let Some(otlp) = otlp {
            otlp.flush().await;
        }
        tracing::info!("rack {} has ended", self.name);
        Ok(ExitCode::SUCCESS)
    }

    /// Reloads when asked to, until the end is asked for.
    async fn until_told(
        &self,
        rack: &Rack,
        mut scenario: Scenario,
        services: &Services,
        status: &Shared,
        signals: &Signals,
    ) {
        let mut watch = Watch::new(self.document.path.clone(), self.config.duration("rack.reload_interval"));
        loop {
            tokio::select! {
                () = signals.ended() => return,
                () = signals.hung_up() => {}
                () = watch.changed() => {}
            }
            match self.reloaded(rack, &scenario, services).await {
                Ok(None) => {}
                Ok(Some((new, applied))) => {
                    tracing::info!(
                        started = applied.started.join(","),
                        restarted = applied.restarted.join(","),
                        stopped = applied.stopped.join(","),
                        kept = applied.kept.len(),
                        version = new.version,
                        "the scenario was changed"
                    );
                    counted("changed");
                    scenario = new;
                    is_running(rack, &scenario, status).await;
                }
                Err(reasons) => {
                    for reason in &reasons {
                        tracing::error!("the new scenario is refused, the old one runs on: {reason}");
                    }
                    counted("refused");
                    status.lock().refused = reasons.join("\n");
                }
            }
        }
    }

    /// Reads the scenario again and brings it up; none where it is the same. Otherwise why not.
    async fn reloaded(
        &self,
        rack: &Rack,
        before: &Scenario,
        services: &Services,
    ) -> Result<Option<(Scenario, Applied)>, Vec<String>> {
        let one = |error: &dyn std::fmt::Display| vec![error.to_string()];
        let document = match &self.document.path {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| one(&error))?;
                Document { text, ..self.document.clone() }
            }
            None => self.document.clone(),
        };
        let scenario = document
            .scenario(&self.registry, &*self.values)
            .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        if scenario.hash == before.hash {
            tracing::info!("the scenario is the same: nothing was changed");
            return Ok(None);
        }
        let name = rack_of(&scenario, self.given.as_deref()).map_err(|error| vec![error])?;
        if name.is_some_and(|name| name != self.name) {
            return Err(vec![format!("it is not for the rack {}", self.name)]);
        }
        services.put::<Specs>(Mutex::new(self.store.specs().map_err(|error| one(&error))?));
        let applied = rack.apply(&self.part(&scenario)).await.map_err(|error| one(&error))?;
        Ok(Some((scenario, applied)))
    }

    /// What of the scenario is this rack's.
    fn part(&self, scenario: &Scenario) -> Scenario {
        if scenario.racks.is_empty() {
            return scenario.clone();
        }
        rig_scenario::projected(scenario, &self.name, &BTreeSet::new())
    }

    fn options(&self) -> Options {
        Options {
            lane_queue_size: self.config.number("rack.lane_queue_size").max(1),
            lane_send_timeout: self.config.duration("rack.lane_send_timeout"),
            handshake_interval: self.config.duration("rack.handshake_interval"),
            convergence_timeout: self.config.duration("rack.convergence_timeout"),
            drain_timeout: self.config.duration("rack.drain_timeout"),
            cleanup_timeout: self.config.duration("rack.cleanup_timeout"),
        }
    }

    fn host(&self, services: &Services, otlp: Option<Arc<Otlp>>) -> Host {
        Host {
            clock: Clock::system(),
            rng: Rng::system(),
            machine: Uuid::nil(),
            registry: self.registry.clone(),
            services: services.clone(),
            values: self.values.clone(),
            base: self.document.base.clone(),
            hops: otlp.map(|otlp| otlp as Arc<dyn rig_rack::Hops>),
        }
    }

    /// Says which gear listens where, and where the others connect to.
    fn say_where(&self, scenario: &Scenario) {
        for gear in &scenario.gears {
            let config = serde_json::Value::Object(gear.config.clone());
            let Ok(config) = rig_scenario::expand(&config, &*self.values) else { continue };
            let text = |key: &str| config.get(key).and_then(serde_json::Value::as_str);
            let kind = &*gear.gear_type;
            if let Some(address) = text("bind").or_else(|| text("listen")) {
                tracing::info!(gear = gear.name, gear_type = kind, address, "listens");
            } else if let Some(address) = text("connect") {
                tracing::info!(gear = gear.name, gear_type = kind, address, "connects");
            }
        }
    }
}

async fn is_running(rack: &Rack, scenario: &Scenario, status: &Shared) {
    let gears = rack.gears().await;
    let mut status = status.lock();
    let rack = std::mem::take(&mut status.rack);
    *status = Status {
        rack,
        scenario: scenario.name.clone(),
        version: scenario.version.clone(),
        hash: scenario.hash.clone(),
        gears,
        is_ready: true,
        refused: String::new(),
    };
}

fn counted(outcome: &'static str) {
    metrics::counter!("flux.rack.reloads", "outcome" => outcome).increment(1);
}
