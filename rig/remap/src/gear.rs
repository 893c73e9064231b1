//! The `remap` gear.

use async_trait::async_trait;
use metrics::Counter;
use rig_envelope::{Message, Text};
use rig_gears::{ConfigError, Emitter, Gear, GearContext, GearError, GearType, config::parse};
use rig_scenario::{Category, Manifest, Ports, Status, Terminus};
use serde_json::Value;

use crate::{
    config::{self, Config, OnError},
    program::{Ended, Outputs, Program},
};

pub struct RemapType(Manifest);

impl Default for RemapType {
    fn default() -> Self {
        Self(Manifest {
            gear_type: "remap".into(),
            category: Category::Logic,
            status: Status::Stable,
            summary: "Changes, routes or drops messages by a program in VRL.".into(),
            ports: Ports::new(&["in", "in_<name>"], &["out", "out_<name>", "error"]),
            config: config::schema(),
            terminus: Terminus::Transparent,
            doc: "remap".into(),
        })
    }
}

impl RemapType {
    pub fn new() -> Self {
        Self::default()
    }
}

impl GearType for RemapType {
    fn manifest(&self) -> &Manifest {
        &self.0
    }
    fn build(&self, config: Value, context: &GearContext) -> Result<Box<dyn Gear>, ConfigError> {
        let output = default_output(&config);
        let config = parse::<Config>(config)?;
        let (source, name) = match (&config.source, &config.file) {
            (Some(source), None) => (source.clone(), "source".to_owned()),
            (None, Some(file)) => {
                let path = context.base.join(file);
                let source = std::fs::read_to_string(&path)
                    .map_err(|error| ConfigError::new(format!("file: {}: {error}", path.display())))?;
                (source, file.clone())
            }
            _ => return Err(ConfigError::new("a remap gear has a `source` or a `file`")),
        };
        let (program, warnings) = Program::compile(&source, &config.timezone)
            .map_err(|text| ConfigError::new(format!("{name}: {}", text.trim_start())))?;
        if let Some(warnings) = warnings {
            tracing::warn!(gear = &*context.name, "{name}: {}", warnings.trim_start());
        }
        let dropped = metrics::counter!("flux.remap.dropped", "flux.name" => context.name.to_string());
        Ok(Box::new(Remap { program, config, output, context: context.clone(), dropped }))
    }
}

/// `out`, or the first declared output where there is no `out`.
fn default_output(config: &Value) -> Text {
    let declared = config.pointer("/ports/outputs").and_then(Value::as_array);
    let names = || declared.into_iter().flatten().filter_map(Value::as_str);
    if names().any(|name| name == "out") {
        return "out".into();
    }
    names().find(|name| *name != "error").unwrap_or("out").into()
}

struct Remap {
    program: Program,
    config: Config,
    output: Text,
    context: GearContext,
    dropped: Counter,
}

impl Remap {
    async fn send(&self, outputs: &Outputs, message: Message, emit: &Emitter) -> Result<(), GearError> {
        let names = match outputs {
            Outputs::Default => return Ok(emit.emit(&self.output, message).await?),
            Outputs::Named(names) => names,
        };
        let Some((last, others)) = names.split_last() else {
            self.dropped.increment(1);
            return Ok(());
        };
        let mut outcome = Ok(());
        for name in others {
            outcome = outcome.and(emit.emit(name, message.clone()).await);
        }
        outcome = outcome.and(emit.emit(last, message).await);
        Ok(outcome?)
    }
}

#[async_trait]
impl Gear for Remap {
    async fn process(&self, port: &str, mut message: Message, emit: &Emitter) -> Result<(), GearError> {
        let error = match self.program.run(&mut message, port, self.config.raw) {
            Ok(Ended::Goes(outputs)) => return self.send(&outputs, message, emit).await,
            Ok(Ended::Aborted) => {
                self.dropped.increment(1);
                return Ok(());
            }
            Err(error) => error,
        };
        match self.config.on_error {
            OnError::Error => emit.fail(message, error).await,
            OnError::Drop => Err(error),
            OnError::Pass => {
                self.context.failed(&error);
                message.meta.insert("error.reason", &*error.reason);
                message.meta.insert("error.detail", error.detail);
                self.send(&Outputs::Default, message, emit).await
            }
        }
    }
}
