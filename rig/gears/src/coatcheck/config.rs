//! What a coat check is told. One type of gear in three modes.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::key::Normalize;
use crate::{ConfigError, config};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    Store,
    Restore,
    Daemon,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnMissing {
    #[default]
    Error,
    Drop,
    Forward,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub mode: Mode,
    pub bucket: String,
    /// `meta.<key>`, `data.<path>` or a path in the data.
    #[serde(default)]
    pub key_fields: Vec<String>,
    #[serde(default)]
    pub key_normalize: Normalize,
    /// What is parked; without it everything.
    pub value_fields: Option<Vec<String>>,
    /// A bucket in memory is written at once: these two change nothing there.
    #[serde(rename = "await_store")]
    _await_store: Option<bool>,
    #[serde(default, rename = "store_timeout", with = "config::opt_duration")]
    _store_timeout: Option<Duration>,
    #[serde(default)]
    pub merge_strategy: String,
    #[serde(default)]
    pub on_missing: OnMissing,
    pub storage: Option<String>,
    /// Of a stored bucket; memory is there once.
    #[serde(rename = "replicas")]
    _replicas: Option<u32>,
    #[serde(default = "minute", with = "config::duration")]
    pub default_ttl: Duration,
    #[serde(default = "five_minutes", with = "config::duration")]
    pub max_ttl: Duration,
    #[serde(default)]
    pub include_values: bool,
}

fn minute() -> Duration {
    Duration::from_mins(1)
}

fn five_minutes() -> Duration {
    Duration::from_mins(5)
}

impl Config {
    /// Reads the configuration, or says what is wrong with it.
    pub fn read(value: serde_json::Value) -> Result<Self, ConfigError> {
        let config: Self = config::parse(value)?;
        if config.bucket.is_empty() {
            return Err(ConfigError::new("`bucket` is empty"));
        }
        match config.mode {
            Mode::Store | Mode::Restore if config.key_fields.is_empty() => {
                Err(ConfigError::new("`key_fields` needs at least one field"))
            }
            Mode::Daemon => match config.storage.as_deref() {
                None | Some("memory" | "rack") => Ok(config),
                Some("file") => Err(ConfigError::new(
                    "`storage: file` needs a bus, which a rack without a mixer has not; `memory` and `rack` keep the bucket in the rack's memory",
                )),
                Some(other) => {
                    Err(ConfigError::new(format!("there is no storage `{other}`; there are memory and rack")))
                }
            },
            Mode::Store | Mode::Restore => Ok(config),
        }
    }

    /// Whether what the message has already is replaced by what was parked.
    pub fn overwrites(&self) -> bool {
        self.merge_strategy == "overwrite"
    }
}

/// JSON Schema of the above.
pub fn schema() -> serde_json::Value {
    let fields = |about: &str| json!({"type": "array", "items": {"type": "string"}, "description": about});
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "required": ["mode", "bucket"],
        "properties": {
            "mode": {"enum": ["store", "restore", "daemon"]},
            "bucket": {"type": "string", "minLength": 1},
            "key_fields": fields("meta.<key> or data.<path>, in order; store and restore"),
            "key_normalize": {"enum": ["trim", "numeric", "none"], "default": "trim"},
            "value_fields": fields("what is parked; without it everything"),
            "await_store": {"type": "boolean", "default": true},
            "store_timeout": config::duration_schema("5s", "of a write that is not waited for"),
            "merge_strategy": {"type": "string", "default": "preserve", "description": "overwrite: what was parked wins"},
            "on_missing": {"enum": ["error", "drop", "forward"], "default": "error"},
            "storage": {"enum": ["memory", "rack"], "default": "memory", "description": "daemon; both are the rack's memory"},
            "replicas": {"type": "integer", "minimum": 1},
            "default_ttl": config::duration_schema("1m", "daemon: how long something is kept"),
            "max_ttl": config::duration_schema("5m", "daemon: the most that `coatcheck.ttl` of a message may ask for"),
            "include_values": {"type": "boolean", "default": false, "description": "daemon: the timeout event holds what was parked"},
        },
    })
}
