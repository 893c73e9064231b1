//! What a `codec_iso8583` gear can be told.

use serde::Deserialize;
use serde_json::json;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Decode what has raw bytes, encode everything else.
    #[default]
    Auto,
    Encode,
    Decode,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnError {
    Reject,
    #[default]
    Drop,
    Kill,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    #[default]
    Off,
    Warn,
    Enforce,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A file, `name:tag`, a hash, or a table that is built in.
    #[serde(alias = "spec")]
    pub spec_path: String,
    #[serde(default)]
    pub direction: Direction,
    #[serde(default)]
    pub on_error: OnError,
    #[serde(default)]
    pub validation: Mode,
}

pub fn schema() -> serde_json::Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "anyOf": [{"required": ["spec_path"]}, {"required": ["spec"]}],
        "properties": {
            "spec_path": {
                "type": "string",
                "description": "a file beside the scenario, name:tag or hash of a stored specification, \
                                iso8583-v87-ascii, or a table that is built in"
            },
            "spec": {"type": "string", "description": "an older name of spec_path"},
            "direction": {"enum": ["auto", "encode", "decode"], "default": "auto"},
            "on_error": {"enum": ["reject", "drop", "kill"], "default": "drop"},
            "validation": {"enum": ["off", "warn", "enforce"], "default": "off"}
        }
    })
}
