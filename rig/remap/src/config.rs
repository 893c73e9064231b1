//! What a `remap` gear can be told.

use serde::Deserialize;
use serde_json::json;

/// What becomes of a message whose program failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnError {
    /// Leaves by `error`, as it came, with the reason in its metadata.
    #[default]
    Error,
    Drop,
    /// Goes on as it came, with the reason in its metadata.
    Pass,
}

/// What `raw` holds after the data was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawMode {
    /// `empty` for what a codec decoded (its encoder writes the bytes), `json` for everything else.
    #[default]
    Auto,
    /// The data as compact JSON.
    Json,
    Empty,
    /// The bytes as they came.
    Keep,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub source: Option<String>,
    /// Instead of `source`.
    pub file: Option<String>,
    pub on_error: OnError,
    pub raw: RawMode,
    pub timezone: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            source: None,
            file: None,
            on_error: OnError::default(),
            raw: RawMode::default(),
            timezone: "UTC".into(),
        }
    }
}

pub fn schema() -> serde_json::Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "oneOf": [{"required": ["source"]}, {"required": ["file"]}],
        "properties": {
            "source": {
                "type": "string",
                "description": "the program, in VRL: `.` is the data, `%` the metadata"
            },
            "file": {
                "type": "string",
                "description": "a file with the program, relative to the scenario; read when the gear is made"
            },
            "on_error": {
                "enum": ["error", "drop", "pass"], "default": "error",
                "description": "a message whose program failed leaves by `error`, is dropped, or goes on; always as it came"
            },
            "raw": {
                "enum": ["auto", "json", "empty", "keep"], "default": "auto",
                "description": "the raw bytes after the data changed: compact JSON, none, or as they came; auto is empty for what a codec decoded and json for the rest"
            },
            "timezone": {
                "type": "string", "default": "UTC",
                "description": "of timestamps without one, for example Europe/Berlin"
            },
            "ports": {"type": "object", "description": "`outputs`: where the program may send messages by `%output`"},
            "log_level": {"type": "string"}
        }
    })
}
