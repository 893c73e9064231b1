//! A compiled program, and one run of it on a message.

use parking_lot::Mutex;
use rig_envelope::{Message, Text};
use rig_gears::GearError;
use vrl::{
    compiler::{
        CompileConfig, ExpressionError, TimeZone, compile_with_external,
        runtime::{Runtime, Terminate},
        state::ExternalEnv,
    },
    path::{OwnedTargetPath, OwnedValuePath},
    value::{Kind, kind::Collection},
};

use crate::{
    config::RawMode,
    error::{diagnostics, failed},
    functions,
    plan::{Own, Plan},
    target::Event,
    write_back::write_back,
};

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outputs {
    /// The program named no port.
    Default,
    Named(Vec<Text>),
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Goes(Outputs),
    /// The program said `abort`.
    Aborted,
}

/// A program, ready to run. Shared by all that run it.
pub struct Program {
    program: vrl::compiler::Program,
    source: String,
    timezone: TimeZone,
    plan: Plan,
    /// Used before and not in use now: their tables of variables are there.
    idle: Mutex<Vec<Runtime>>,
}

impl Program {
    /// Compiles a source. With it comes what the compiler warns of, if anything. The error says
    /// line and column and shows the place.
    pub fn compile(source: &str, timezone: &str) -> Result<(Self, Option<String>), String> {
        let timezone =
            TimeZone::parse(timezone).ok_or_else(|| format!("there is no timezone called `{timezone}`"))?;
        let mut config = CompileConfig::default();
        let mut meta = Collection::any();
        for (name, own) in Own::ALL {
            if own.is_read_only() {
                let path = OwnedTargetPath::metadata(OwnedValuePath::single_field(name));
                config.set_read_only_path(path, true);
            }
            match own {
                Own::FluxId | Own::Input | Own::Raw => meta = meta.with_known(name, Kind::bytes()),
                Own::Ts => meta = meta.with_known(name, Kind::integer()),
                Own::RefFluxId | Own::TraceId => {
                    meta = meta.with_known(name, Kind::bytes().or_null().or_undefined());
                }
                Own::Output => {}
            }
        }
        let external = ExternalEnv::new_with_kind(Kind::object(Collection::any()), Kind::object(meta));
        let compiled = compile_with_external(source, &functions::all(), &external, config)
            .map_err(|list| diagnostics(source, list))?;
        let warnings = (!compiled.warnings.is_empty()).then(|| diagnostics(source, compiled.warnings));
        let plan = Plan::new(compiled.program.info());
        let program = Self {
            program: compiled.program,
            source: source.to_owned(),
            timezone,
            plan,
            idle: Mutex::default(),
        };
        Ok((program, warnings))
    }

    /// Whether the program can fail or drop a message: whether it uses `!` or `abort`.
    pub fn can_fail(&self) -> bool {
        self.program.info().fallible
    }

    /// Runs on a message that came in by `input`. On an error and after `abort` the message is as
    /// it was.
    pub fn run(&self, message: &mut Message, input: &str, raw: RawMode) -> Result<Ended, GearError> {
        let mut event = Event::new(self.plan.data(message), self.plan.meta(message, input));
        let mut runtime = self.idle.lock().pop().unwrap_or_default();
        let outcome = runtime.resolve(&mut event, &self.program, &self.timezone);
        runtime.clear();
        self.idle.lock().push(runtime);
        match outcome {
            Ok(_) => write_back(&event, message, raw).map(Ended::Goes),
            Err(Terminate::Abort(ExpressionError::Abort { .. })) => Ok(Ended::Aborted),
            Err(other) => Err(failed(&self.source, &other.get_expression_error())),
        }
    }

    #[cfg(test)]
    pub(crate) fn reading_everything(self) -> Self {
        Self { plan: Plan::all(), ..self }
    }
}
