//! The configuration of a rack: flags above the environment above `fluxrig.toml` above defaults.
//!
//! Every value knows where it came from, so that a complaint can say it. Unknown keys are
//! warnings, or errors where the caller is strict. Pure but for reading the one file.

mod keys;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use keys::{KEYS, Key, Kind};
use platform_kernel::Environment;

use crate::console::Usage;

/// The file that is read when none is named.
const FILE: &str = "fluxrig.toml";
/// Variables with the prefix that are no keys.
const NO_KEYS: &[&str] = &["FLUXRIG_CONFIG", "FLUXRIG_API_URL", "FLUXRIG_API_TOKEN"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    Default,
    File(String),
    Variable(String),
    Flag,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => f.write_str(path),
            Self::Variable(name) => f.write_str(name),
            Self::Flag => f.write_str("the command line"),
        }
    }
}

/// All keys with their values as text.
#[derive(Clone, Debug)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Origin)>,
    /// What is odd, and no failure.
    pub warnings: Vec<String>,
}

/// What was said on the command line, by key.
pub type Flags = Vec<(&'static str, String)>;

impl Config {
    /// Reads `file` (it has to be there), or what FLUXRIG_CONFIG names, or `fluxrig.toml` where that is.
    pub fn load(
        file: Option<&Path>,
        environment: &Environment,
        flags: Flags,
        strict: bool,
    ) -> anyhow::Result<Self> {
        let named = file.map(Path::to_owned).or_else(|| environment.get("FLUXRIG_CONFIG").map(PathBuf::from));
        let path = match named {
            Some(path) => Some(path),
            None => Path::new(FILE).exists().then(|| PathBuf::from(FILE)),
        };
        let text = match &path {
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| Usage::error(format!("{}: {error}", path.display())))?;
                Some((path.display().to_string(), text))
            }
            None => None,
        };
        Self::of(text, environment, flags, strict)
    }

    fn of(
        file: Option<(String, String)>,
        environment: &Environment,
        flags: Flags,
        strict: bool,
    ) -> anyhow::Result<Self> {
        let mut values: BTreeMap<_, _> =
            KEYS.iter().map(|key| (key.name, (key.default.to_owned(), Origin::Default))).collect();
        let mut warnings = Vec::new();
        let mut problems = Vec::new();
        let mut put = |key: &'static Key, value: String, origin: Origin| match checked(key, &value) {
            Ok(()) => {
                values.insert(key.name, (value, origin));
            }
            Err(wanted) => problems.push(format!("{} (from {origin}): `{value}` is not {wanted}", key.name)),
        };
        if let Some((path, text)) = &file {
            let table: toml::Table = text.parse().with_context(|| path.clone())?;
            let mut written = Vec::new();
            flatten("", &table, &mut written);
            for (name, value) in written {
                match keys::find(&name) {
                    Some(key) => put(key, value, Origin::File(path.clone())),
                    None => warnings.push(unknown(path, &name)),
                }
            }
        }
        for (name, value) in environment.iter().filter(|(name, _)| name.starts_with("FLUXRIG_")) {
            match keys::of_variable(name) {
                _ if NO_KEYS.contains(&name) || name.starts_with("FLUXRIG_SECRET_") || value.is_empty() => {}
                Some(key) => put(key, value.to_owned(), Origin::Variable(name.to_owned())),
                None => warnings.push(format!("the variable {name} names no key")),
            }
        }
        for (name, value) in flags {
            if let Some(key) = keys::find(name) {
                put(key, value, Origin::Flag);
            }
        }
        if strict {
            problems.append(&mut warnings);
        }
        match problems.is_empty() {
            true => Ok(Self { values, warnings }),
            false => Err(Usage::error(problems.join("\n       "))),
        }
    }

    pub fn text(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |(value, _)| value)
    }
    /// None where it is empty.
    pub fn named(&self, key: &str) -> Option<&str> {
        Some(self.text(key)).filter(|text| !text.is_empty())
    }
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.text(key), "1" | "true")
    }
    // Values are checked when they come in: the defaults below are never seen.
    pub fn number(&self, key: &str) -> usize {
        self.text(key).parse().unwrap_or_default()
    }
    pub fn fraction(&self, key: &str) -> f64 {
        self.text(key).parse().unwrap_or_default()
    }
    pub fn duration(&self, key: &str) -> Duration {
        rig_scenario::parse_duration(self.text(key)).unwrap_or_default()
    }
    /// Every key that does something here or was set: name, value (secrets hidden), where it came
    /// from, what it is for.
    pub fn all(&self) -> impl Iterator<Item = [String; 4]> {
        KEYS.iter().filter_map(|key| {
            let (value, origin) = self.values.get(key.name)?;
            let hidden = matches!(key.name, "rack.bootstrap_secret" | "observability.otlp.headers");
            let shown = if hidden && !value.is_empty() { "***" } else { value };
            let about = if key.of_mixer { "only with a Mixer" } else { key.about };
            (!key.of_mixer || *origin != Origin::Default)
                .then(|| [key.name.into(), shown.into(), origin.to_string(), about.into()])
        })
    }
    /// A path, `~/` being the home folder.
    pub fn path(&self, key: &str, environment: &Environment) -> PathBuf {
        at_home(self.text(key), environment)
    }
}

/// `~/` at the beginning is the home folder.
pub fn at_home(path: &str, environment: &Environment) -> PathBuf {
    match (path.strip_prefix("~/"), environment.get("HOME")) {
        (Some(rest), Some(home)) => Path::new(home).join(rest),
        (Some(rest), None) => PathBuf::from(rest),
        (None, _) => PathBuf::from(path),
    }
}

fn unknown(path: &str, name: &str) -> String {
    let closest = KEYS
        .iter()
        .map(|key| (strsim::damerau_levenshtein(name, key.name), key.name))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    match closest {
        Some((_, meant)) => format!("{path}: there is no key `{name}` (did you mean `{meant}`?)"),
        None => format!("{path}: there is no key `{name}`"),
    }
}

fn flatten(prefix: &str, table: &toml::Table, written: &mut Vec<(String, String)>) {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&name, inner, written),
            toml::Value::String(text) => written.push((name, text.clone())),
            toml::Value::Integer(number) => written.push((name, number.to_string())),
            toml::Value::Float(number) => written.push((name, number.to_string())),
            toml::Value::Boolean(flag) => written.push((name, flag.to_string())),
            // Neither fits any key: the complaint shows what it is.
            toml::Value::Datetime(_) | toml::Value::Array(_) => {
                written.push((name, format!("a {}", value.type_str())));
            }
        }
    }
}

/// Whether the value is of the key's kind; otherwise what would be.
fn checked(key: &Key, value: &str) -> Result<(), String> {
    let (fits, wanted) = match key.kind {
        Kind::Text => (true, String::new()),
        Kind::Flag => (matches!(value, "1" | "0" | "true" | "false"), "true or false".to_owned()),
        Kind::Number => (value.parse::<usize>().is_ok(), "a whole number".to_owned()),
        Kind::Fraction => (value.parse::<f64>().is_ok_and(f64::is_finite), "a number".to_owned()),
        Kind::Duration => {
            (rig_scenario::parse_duration(value).is_ok(), "a duration, for example 500ms or 1m30s".to_owned())
        }
        Kind::Choice(choices) => (choices.contains(&value), format!("one of {}", choices.join(", "))),
    };
    if fits { Ok(()) } else { Err(wanted) }
}

/// All keys, as the documentation has them.
#[cfg(test)]
fn reference() -> String {
    let mut page = String::from("| Key | Default | What it is |\n|---|---|---|\n");
    for key in KEYS.iter().filter(|key| !key.of_mixer) {
        let default = if key.default.is_empty() { "–".to_owned() } else { format!("`{}`", key.default) };
        let choices = match key.kind {
            Kind::Choice(choices) => format!(" ({})", choices.join(", ")),
            _ => String::new(),
        };
        page.push_str(&format!("| `{}` | {default} | {}{choices} |\n", key.name, key.about));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, variables: &[(&str, &str)], flags: Flags, strict: bool) -> anyhow::Result<Config> {
        let environment = variables.iter().copied().collect();
        Config::of(Some(("fluxrig.toml".into(), file.into())), &environment, flags, strict)
    }

    #[test]
    fn defaults_fit_their_kinds() {
        for key in KEYS.iter().filter(|key| !key.of_mixer) {
            assert_eq!(checked(key, key.default), Ok(()), "{}", key.name);
        }
    }

    #[test]
    fn the_documentation_has_the_keys() {
        let page = include_str!("../../../docs/rig/running.md");
        assert!(page.contains(&reference()), "docs/rig/running.md should have:\n{}", reference());
    }

    #[test]
    fn the_nearer_wins() {
        let file = "[rack]\ndrain_timeout = \"1s\"\nlane_queue_size = 7\n[logging]\nlevel = \"debug\"\n";
        let variables = [("FLUXRIG_RACK_DRAIN_TIMEOUT", "2s"), ("FLUXRIG_LOGGING_LEVEL", "warn")];
        let config = load(file, &variables, vec![("logging.level", "error".into())], true).unwrap();
        assert_eq!(config.duration("rack.drain_timeout"), Duration::from_secs(2));
        assert_eq!((config.number("rack.lane_queue_size"), config.text("logging.level")), (7, "error"));
        assert_eq!(config.duration("rack.cleanup_timeout"), Duration::from_secs(2));
    }

    #[test]
    fn flat_and_older_names() {
        for (variable, key) in [
            ("FLUXRIG_LOGGING_THROTTLING_RATE", "logging.throttling.rate"),
            ("FLUXRIG_TRACE", "logging.trace"),
            ("FLUXRIG_DISABLE_TELEMETRY", "telemetry.disabled"),
            ("FLUXRIG_BUS_URL", "snake.url"),
            ("FLUXRIG_RACK_BUS_URL", "snake.url"),
            ("FLUXRIG_RACK_NAME", "base.name"),
            ("FLUXRIG_RACK_NAME_PREFIX", "rack.name_prefix"),
        ] {
            assert_eq!(keys::of_variable(variable).map(|key| key.name), Some(key), "{variable}");
        }
        let config = load("[rack]\nname = \"a\"\n[rack.bus]\nurl = \"nats://x\"", &[], vec![], true).unwrap();
        assert_eq!((config.text("base.name"), config.text("snake.url")), ("a", "nats://x"));
    }

    #[test]
    fn what_is_unknown_or_wrong_is_told() {
        let config = load("[rack]\ndrain_timout = \"1s\"", &[("FLUXRIG_NOPE", "1")], vec![], false).unwrap();
        assert!(config.warnings[0].contains("did you mean `rack.drain_timeout`"), "{:?}", config.warnings);
        assert!(config.warnings[1].contains("FLUXRIG_NOPE"));
        assert!(load("[rack]\ndrain_timout = \"1s\"", &[], vec![], true).is_err());
        let error =
            load("[rack]\ndrain_timeout = 5", &[("FLUXRIG_DEBUG", "yes")], vec![], false).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("rack.drain_timeout (from fluxrig.toml): `5` is not a duration"), "{text}");
        assert!(text.contains("logging.debug (from FLUXRIG_DEBUG)"), "{text}");
        assert!(load("not toml", &[], vec![], false).is_err());
    }
}
