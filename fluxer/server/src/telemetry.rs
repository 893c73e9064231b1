//! Logs, metrics and traces of the process. Installed once, before anything else runs; what
//! other crates say with `tracing` and `metrics` ends up here.

pub mod logs;
pub mod metrics;
pub mod traces;

use std::io::IsTerminal;

use platform_kernel::Environment;
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    build_info::Build,
    config::{Config, Env, LogFormat},
};

/// Everything that has to be flushed at the end.
#[derive(Debug)]
pub struct Telemetry {
    traces: Option<traces::Exporter>,
}

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// Installs the log lines and, if configured, the export of traces. Needs the runtime.
pub fn install(config: &Config, environment: &Environment, build: &Build) -> anyhow::Result<Telemetry> {
    let exporter = traces::Exporter::open(config, build)?;
    let level =
        environment.get("LOGGER_LEVEL").or(config.native.logs.level.as_deref()).unwrap_or(match config.env {
            Env::Development => "info,fluxer=debug,platform=debug",
            Env::Production | Env::Test => "info",
        });
    let filter = EnvFilter::builder().parse(level).map_err(|error| {
        anyhow::anyhow!(
            "the log level {level:?} is not understood ({error}); try info or info,fluxer_gateway=debug"
        )
    })?;
    // It calls every refusal of a client an error; what is one, platform_s3 says.
    let filter = if level.contains("s3s") { filter } else { filter.add_directive("s3s=off".parse()?) };
    let terminal = std::io::stdout().is_terminal();
    let json = match config.native.logs.format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => config.env == Env::Production && !terminal,
    };
    let lines: Boxed = if json {
        logs::JsonLines::new(config, build, exporter.is_some()).boxed()
    } else {
        tracing_subscriber::fmt::layer().compact().with_ansi(terminal).boxed()
    };
    let mut layers = vec![lines];
    layers.extend(exporter.as_ref().map(traces::Exporter::layer));
    tracing_subscriber::registry().with(layers).with(filter).try_init()?;
    Ok(Telemetry { traces: exporter })
}

impl Telemetry {
    /// Sends what is waiting; takes at most two seconds.
    pub async fn flush(self) {
        if let Some(traces) = self.traces {
            traces.flush().await;
        }
    }
}
