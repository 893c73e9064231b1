//! Every key of `fluxrig.toml`: its kind, its default, what it is for. One table, from which come
//! the names in the environment, the checks, and the page in the documentation.

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Flag,
    Number,
    Fraction,
    Duration,
    /// One of these.
    Choice(&'static [&'static str]),
}

#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub default: &'static str,
    pub about: &'static str,
    /// Known, but only a rack that belongs to a mixer does something with it.
    pub of_mixer: bool,
}

const fn key(name: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Key {
    Key { name, kind, default, about, of_mixer: false }
}

/// Keys of a rack that belongs to a mixer; accepted, so that one file serves both.
const fn mixer(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, default: "", about: "", of_mixer: true }
}

pub const LEVELS: &[&str] = &["trace", "debug", "info", "warn", "error"];
pub const FORMATS: &[&str] = &["auto", "json", "pretty"];

use Kind::{Choice, Duration, Flag, Fraction, Number, Text};

#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    key("base.name", Text, "", "name of the rack; empty: the only rack of the scenario, or one that is made up"),
    key("base.state_dir", Text, "./data", "`secrets/` in it holds what `${secret:NAME}` stands for, a file each"),
    key("rack.scenario", Text, "", "the scenario to run: a file, or name:version of the store; the command line wins"),
    key("rack.name_prefix", Text, "node-", "beginning of a name that is made up"),
    key("rack.handshake_interval", Duration, "500ms", "between two probes of a wire"),
    key("rack.convergence_timeout", Duration, "5s", "how long wires are probed before gears start"),
    key("rack.drain_timeout", Duration, "35s", "how long gears may finish what was begun"),
    key("rack.cleanup_timeout", Duration, "2s", "how long gears may take to let go"),
    key("rack.lane_queue_size", Number, "1024", "messages that may wait on one wire"),
    key("rack.lane_send_timeout", Duration, "5s", "how long a gear waits for room on a wire"),
    key("rack.reload_interval", Duration, "1s", "how often the scenario's file is looked at; 0: only on SIGHUP"),
    key("store.dir", Text, "~/.fluxrig/store", "the store of specifications and scenarios"),
    key("logging.level", Choice(LEVELS), "info", "the least that is logged"),
    key("logging.format", Choice(FORMATS), "auto", "auto: pretty on a terminal, json elsewhere"),
    key("logging.trace", Flag, "false", "level trace"),
    key("logging.debug", Flag, "false", "level debug"),
    key("logging.throttling.enabled", Flag, "true", "limits the lines of one gear"),
    key("logging.throttling.rate", Fraction, "500.0", "lines a second and gear"),
    key("logging.throttling.burst", Number, "50", "lines above that at once"),
    key("observability.listen", Text, "", "address of /metrics, /health and /ready, for example 127.0.0.1:9464; empty: none"),
    key("observability.sampling_ratio", Fraction, "1.0", "the share of traces that is exported"),
    key("observability.otlp.endpoint", Text, "", "a collector for spans and metrics, for example http://127.0.0.1:4318; empty: none"),
    key("observability.otlp.headers", Text, "", "sent with every export: name=value, name=value"),
    key("observability.otlp.timeout", Duration, "10s", "how long the collector may take"),
    key("telemetry.service_name", Text, "flux.rack", "what the rack is called at the collector"),
    key("telemetry.batch_interval", Duration, "5s", "between two exports"),
    key("telemetry.max_batch_size", Number, "512", "spans of one export"),
    key("telemetry.disabled", Flag, "false", "no metrics and no traces"),
    mixer("base.state_file", Text),
    mixer("base.scenario_file", Text),
    mixer("rack.ip", Text),
    mixer("rack.max_hops", Number),
    mixer("rack.max_payload_size", Number),
    mixer("rack.enrollment_timeout", Duration),
    mixer("rack.enrollment_interval", Duration),
    mixer("rack.heartbeat_interval", Duration),
    mixer("rack.bootstrap_secret", Text),
    mixer("store.wal_max_size_mb", Number),
    mixer("logging.filename", Text),
    mixer("logging.max_size_mb", Number),
    mixer("logging.max_backups", Number),
    mixer("logging.compress", Flag),
    mixer("snake.url", Text),
    mixer("snake.domain", Text),
    mixer("snake.stream_name", Text),
    mixer("snake.connect_timeout", Duration),
    mixer("snake.reconnect_wait", Duration),
    mixer("snake.operation_timeout", Duration),
    mixer("snake.convergence_delay", Duration),
    mixer("snake.subscription_retry_wait", Duration),
    mixer("snake.subscription_retry_attempts", Number),
    mixer("snake.initial_retry_wait", Duration),
    mixer("snake.initial_retry_attempts", Number),
    mixer("snake.offline_start_timeout", Duration),
    mixer("snake.offline_retry_interval", Duration),
    mixer("snake.inactive_threshold", Duration),
    mixer("snake.root_ca_file", Text),
    mixer("snake.insecure_skip_verify", Flag),
    mixer("telemetry.base_subject", Text),
    mixer("telemetry.stream_name", Text),
    mixer("telemetry.metrics.host_enabled", Flag),
    mixer("telemetry.metrics.runtime_enabled", Flag),
    mixer("telemetry.metrics.bento_enabled", Flag),
];

/// Older and shorter names: what is written, what is meant.
pub const ALIASES: &[(&str, &str)] = &[
    ("store.state_file", "base.state_file"),
    ("store.scenario_file", "base.scenario_file"),
    ("rack.name", "base.name"),
];

/// Beginnings of older names.
pub const OLD_TABLES: &[(&str, &str)] = &[("rack.bus.", "snake."), ("bus.", "snake.")];

/// The key of a dotted name, older names included.
pub fn find(name: &str) -> Option<&'static Key> {
    let now = ALIASES.iter().find(|(old, _)| *old == name).map_or(name, |(_, now)| now);
    let moved = OLD_TABLES
        .iter()
        .find_map(|(old, now)| name.strip_prefix(old).map(|rest| format!("{now}{rest}")))
        .unwrap_or_else(|| now.to_owned());
    KEYS.iter().find(|key| key.name == moved)
}

/// The key a variable stands for: `FLUXRIG_RACK_DRAIN_TIMEOUT` is `rack.drain_timeout`.
pub fn of_variable(variable: &str) -> Option<&'static Key> {
    let flat = variable.strip_prefix("FLUXRIG_")?.to_ascii_lowercase();
    let short = match &*flat {
        "trace" => Some("logging.trace"),
        "debug" => Some("logging.debug"),
        "disable_telemetry" => Some("telemetry.disabled"),
        _ => None,
    };
    if let Some(name) = short {
        return find(name);
    }
    let flattened = |name: &str| name.replace('.', "_") == flat;
    KEYS.iter().find(|key| flattened(key.name)).or_else(|| {
        let old = ALIASES.iter().find(|(old, _)| flattened(old)).map(|(_, now)| *now);
        let moved = OLD_TABLES.iter().find_map(|(table, now)| {
            let rest = flat.strip_prefix(&*table.replace('.', "_"))?;
            KEYS.iter()
                .find(|key| key.name.strip_prefix(now).is_some_and(|name| name.replace('.', "_") == rest))
        });
        moved.or_else(|| find(old?))
    })
}
