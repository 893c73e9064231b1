//! What a switch is told.

use std::{collections::BTreeSet, time::Duration};

use serde::Deserialize;
use serde_json::json;

use super::{routes::Match, tree::Destination};
use crate::{ConfigError, config};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Fields whose values together identify a request and its reply.
    pub correlation_key: Vec<String>,
    /// The first that holds counts.
    pub routes: Vec<Route>,
    /// The switch's name among switches that hand requests to each other.
    pub origin: Option<String>,
    /// Whose requests are taken; without it everybody's.
    pub known_origins: Option<BTreeSet<String>>,
    /// Left out of what is sent, and put back into the reply.
    #[serde(default)]
    pub park_fields: Vec<String>,
    #[serde(default)]
    pub valet: Valet,
    pub breaker: Option<Breaker>,
    /// Requests under way at one destination; more are taken elsewhere, or refused.
    pub max_in_flight: Option<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    pub name: Option<String>,
    /// Without one the route takes everything.
    #[serde(rename = "match")]
    pub condition: Option<Match>,
    pub destination: Destination,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Valet {
    pub store: Store,
    /// How long a reply is waited for.
    #[serde(with = "config::duration")]
    pub default_ttl: Duration,
    /// How long the same request gets the same reply again.
    #[serde(with = "config::duration")]
    pub retain_after_close: Duration,
}

impl Default for Valet {
    fn default() -> Self {
        Self {
            store: Store::Memory,
            default_ttl: Duration::from_mins(1),
            retain_after_close: Duration::from_secs(5),
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Store {
    Memory,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Breaker {
    pub trip_after: u32,
    #[serde(with = "config::duration")]
    pub cooldown: Duration,
    pub half_open_probes: u32,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { trip_after: 5, cooldown: Duration::from_secs(10), half_open_probes: 3 }
    }
}

impl Config {
    /// Reads the configuration, or says what is wrong with it.
    pub fn read(value: serde_json::Value) -> Result<Self, ConfigError> {
        let config: Self = config::parse(value)?;
        let wrong = [
            (config.correlation_key.is_empty(), "`correlation_key` needs at least one field"),
            (config.routes.is_empty(), "`routes` needs at least one route"),
            (config.valet.default_ttl.is_zero(), "`valet.default_ttl` must be longer than nothing"),
            (
                config
                    .breaker
                    .as_ref()
                    .is_some_and(|breaker| breaker.trip_after == 0 || breaker.half_open_probes == 0),
                "`breaker.trip_after` and `breaker.half_open_probes` are at least 1",
            ),
            (config.max_in_flight == Some(0), "`max_in_flight` is at least 1"),
        ];
        match wrong.into_iter().find(|(is_wrong, _)| *is_wrong) {
            Some((_, text)) => Err(ConfigError::new(text)),
            None => Ok(config),
        }
    }
}

/// JSON Schema of the above.
pub fn schema() -> serde_json::Value {
    let texts = json!({"type": "array", "items": {"type": "string"}});
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "required": ["correlation_key", "routes"],
        "definitions": {
            "destination": {"anyOf": [
                {"type": "string", "pattern": "^out", "description": "an output"},
                {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": {
                    "failover": {"$ref": "#/definitions/destinations", "description": "the first that is available"},
                    "round_robin": {"$ref": "#/definitions/destinations", "description": "one after the other"},
                    "least_loaded": {"$ref": "#/definitions/destinations", "description": "the one with the fewest requests under way"},
                }},
            ]},
            "destinations": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/destination"}},
        },
        "properties": {
            "correlation_key": {"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "fields or aliases whose values identify a request and its reply"},
            "routes": {"type": "array", "minItems": 1, "description": "the first that holds counts", "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["destination"],
                "properties": {
                    "name": {"type": "string"},
                    "match": {
                        "type": "object",
                        "additionalProperties": false,
                        "required": ["field"],
                        "minProperties": 2,
                        "maxProperties": 2,
                        "description": "without it the route takes everything",
                        "properties": {
                            "field": {"type": "string"},
                            "prefix": {"type": "string"},
                            "equals": {"type": "string"},
                            "in": texts,
                            "range": {"type": "array", "items": {"type": "string", "pattern": "^[0-9]+$"}, "minItems": 2, "maxItems": 2, "description": "two numbers of as many digits; compared with the field's first digits"},
                            "regex": {"type": "string"},
                        },
                    },
                    "destination": {"$ref": "#/definitions/destination"},
                },
            }},
            "origin": {"type": "string", "description": "the switch's name among switches"},
            "known_origins": texts,
            "park_fields": texts,
            "valet": {"type": "object", "additionalProperties": false, "properties": {
                "store": {"enum": ["memory"], "default": "memory"},
                "default_ttl": config::duration_schema("1m", "how long a reply is waited for"),
                "retain_after_close": config::duration_schema("5s", "how long the same request gets the same reply again"),
            }},
            "breaker": {"type": "object", "additionalProperties": false, "properties": {
                "trip_after": {"type": "integer", "minimum": 1, "default": 5, "description": "timeouts in a row"},
                "cooldown": config::duration_schema("10s", "how long the destination is left alone"),
                "half_open_probes": {"type": "integer", "minimum": 1, "default": 3, "description": "requests that try it again; all have to be answered"},
            }},
            "max_in_flight": {"type": "integer", "minimum": 1, "description": "requests under way at one destination"},
        },
    })
}
