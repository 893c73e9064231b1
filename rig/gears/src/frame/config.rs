//! Reading a gear's configuration.
//!
//! Each gear has a struct with `#[serde(deny_unknown_fields, default)]`; durations are
//! [`Duration`]s with `#[serde(with = "config::duration")]`. Errors name the key.

use std::{path::Path, time::Duration};

use serde::{Deserialize, Deserializer, de, de::DeserializeOwned};
use serde_json::Value;

/// What is wrong with a gear's configuration, for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl ConfigError {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Reads a configuration. `ports` and `log_level`, which every gear may have, are taken out first.
pub fn parse<T: DeserializeOwned>(mut config: Value) -> Result<T, ConfigError> {
    if config.is_null() {
        config = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(fields) = &mut config {
        fields.remove("ports");
        fields.remove("log_level");
    }
    serde_json::from_value(config).map_err(|error| ConfigError(error.to_string()))
}

/// A path of the configuration: relative ones are looked for beside the scenario.
pub fn path(base: &Path, path: &str) -> std::path::PathBuf {
    base.join(path)
}

fn read_duration<E: de::Error>(value: &Value) -> Result<Duration, E> {
    match value {
        Value::String(text) => rig_scenario::parse_duration(text).map_err(E::custom),
        Value::Number(number) => {
            Err(E::custom(format!("a duration needs a unit: write \"{number}s\" or \"{number}ms\"")))
        }
        _ => Err(E::custom("a duration is a text, for example \"5s\"")),
    }
}

/// For `#[serde(with = "config::duration")]`.
pub mod duration {
    use super::*;

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        read_duration(&Value::deserialize(deserializer)?)
    }
}

/// The same where the duration may be left out.
pub mod opt_duration {
    use super::*;

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            value => read_duration(&value).map(Some),
        }
    }
}

/// The JSON Schema of a duration, for manifests.
pub fn duration_schema(default: &str, description: &str) -> Value {
    serde_json::json!({
        "type": "string",
        "pattern": "^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$",
        "default": default,
        "description": description,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Example {
        #[serde(with = "duration")]
        wait: Duration,
        #[serde(default, with = "opt_duration")]
        end: Option<Duration>,
    }

    #[test]
    fn durations_and_unknown_keys() {
        let read = |config| parse::<Example>(config).map_err(|error| error.0);
        assert_eq!(
            read(json!({"wait": "1m30s", "ports": {}})),
            Ok(Example { wait: Duration::from_secs(90), end: None })
        );
        for (config, wanted) in [
            (json!({"wait": 5}), "needs a unit"),
            (json!({"wait": "5"}), "no unit"),
            (json!({}), "missing field `wait`"),
            (json!({"wait": "1s", "wiat": 1}), "unknown field `wiat`"),
        ] {
            let error = read(config).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
