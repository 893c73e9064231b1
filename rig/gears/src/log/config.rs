//! What a `log` gear can be told.

use serde::Deserialize;
use serde_json::json;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Debug,
    #[default]
    Info,
    Warn,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub level: Level,
    /// Stands in every line.
    pub label: String,
    /// `meta.<key>` or `data.<path>`.
    pub fields: Vec<String>,
}

pub fn schema() -> serde_json::Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "level": {"enum": ["debug", "info", "warn"], "default": "info"},
            "label": {"type": "string", "default": "", "description": "stands in every line"},
            "fields": {
                "type": "array", "items": {"type": "string"}, "default": [],
                "description": "what to show: meta.<key> or data.<path>; long runs of digits are masked"
            }
        }
    })
}
