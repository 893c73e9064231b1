//! What an `http` gear can be told.

use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    ConfigError,
    config::{duration, duration_schema, parse},
    net::{TlsConfig, tls_schema},
};

/// Which side of HTTP the gear is on.
#[derive(Clone, Debug)]
pub enum Config {
    Server(ServerConfig),
    Client(ClientConfig),
}

/// When a request is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// With the message that comes back for it.
    #[default]
    Reply,
    /// At once, when the message is on its way: 202.
    Accepted,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerConfig {
    mode: String,
    pub bind: String,
    /// Paths that are served; one that ends in `*` stands for all that begin so.
    pub paths: Vec<String>,
    pub methods: Vec<String>,
    pub answer: Answer,
    /// How long a reply may take; then 504.
    #[serde(with = "duration")]
    pub timeout: Duration,
    /// How long a request may take to arrive.
    #[serde(with = "duration")]
    pub read_timeout: Duration,
    /// How long a connection may stay without a request.
    #[serde(with = "duration")]
    pub idle_timeout: Duration,
    /// Bodies are JSON objects and become the data.
    pub json: bool,
    /// Headers of requests that become metadata.
    pub headers: Vec<String>,
    pub max_body: usize,
    pub max_connections: usize,
    /// Requests that may wait for their replies.
    pub max_waiting: usize,
    pub tls: Option<TlsConfig>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            mode: "server".into(),
            bind: String::new(),
            paths: vec!["/*".into()],
            methods: vec!["POST".into()],
            answer: Answer::default(),
            timeout: Duration::from_secs(30),
            read_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            json: false,
            headers: Vec::new(),
            max_body: 1024 * 1024,
            max_connections: 4096,
            max_waiting: 4096,
            tls: None,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientConfig {
    mode: String,
    /// With places for fields in its path: `{data.id}`, `{meta.conn.id}`.
    pub url: String,
    pub method: String,
    pub headers: BTreeMap<String, String>,
    /// What is sent: `auto`, `raw`, `data`, `none` or `data.<path>`.
    pub body: String,
    /// Where in the data the answer goes; none: it is the message's new content.
    pub into: Option<String>,
    /// Answers are JSON.
    pub json: bool,
    /// For one attempt, from the connection to the last byte of the answer.
    #[serde(with = "duration")]
    pub timeout: Duration,
    pub retries: u32,
    #[serde(with = "duration")]
    pub retry_wait: Duration,
    /// Statuses that are no failure: numbers, or `2xx`.
    pub success: Vec<Value>,
    pub max_in_flight: usize,
    pub max_response: usize,
    pub tls: Option<TlsConfig>,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            mode: "client".into(),
            url: String::new(),
            method: "POST".into(),
            headers: BTreeMap::new(),
            body: "auto".into(),
            into: None,
            json: false,
            timeout: Duration::from_secs(5),
            retries: 0,
            retry_wait: Duration::from_millis(500),
            success: vec!["2xx".into()],
            max_in_flight: 64,
            max_response: 1024 * 1024,
            tls: None,
        }
    }
}

pub fn read(config: Value) -> Result<Config, ConfigError> {
    match config.get("mode").and_then(Value::as_str) {
        Some("server") => {
            let config = parse::<ServerConfig>(config)?;
            if config.bind.is_empty() {
                return Err(ConfigError::new("a server needs `bind`, for example \"127.0.0.1:8000\""));
            }
            if let Some(path) = config.paths.iter().find(|path| !path.starts_with('/')) {
                return Err(ConfigError::new(format!("paths: `{path}` does not begin with `/`")));
            }
            Ok(Config::Server(config))
        }
        Some("client") => {
            let config = parse::<ClientConfig>(config)?;
            if config.url.is_empty() {
                return Err(ConfigError::new("a client needs `url`"));
            }
            Ok(Config::Client(config))
        }
        Some(other) => Err(ConfigError::new(format!("mode: there is no `{other}`; write server or client"))),
        None => Err(ConfigError::new("`mode` is missing: write server or client")),
    }
}

/// Which statuses are no failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statuses(Vec<(u16, u16)>);

impl Statuses {
    pub fn read(entries: &[Value]) -> Result<Self, ConfigError> {
        let range = |entry: &Value| -> Option<(u16, u16)> {
            if let Some(status) = entry.as_u64() {
                let status = u16::try_from(status).ok().filter(|status| (100..600).contains(status))?;
                return Some((status, status));
            }
            let text = entry.as_str()?;
            let Some(class) = text.strip_suffix("xx") else {
                let status = text.parse().ok().filter(|status| (100..600).contains(status))?;
                return Some((status, status));
            };
            let class: u16 = class.parse().ok().filter(|class| (1..6).contains(class))?;
            Some((class * 100, class * 100 + 99))
        };
        entries
            .iter()
            .map(|entry| {
                range(entry).ok_or_else(|| {
                    ConfigError::new(format!("success: {entry} is no status; write 204 or \"2xx\""))
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
    pub fn has(&self, status: u16) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&status))
    }
}

pub fn schema() -> Value {
    let names = |default: &[&str], text: &str| json!({"type": "array", "items": {"type": "string"}, "default": default, "description": text});
    let size = |default: usize, text: &str| json!({"type": "integer", "minimum": 1, "default": default, "description": text});
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "required": ["mode"],
        "properties": {
            "mode": {"enum": ["server", "client"]},
            "tls": tls_schema(),
            "json": {"type": "boolean", "default": false, "description": "server: bodies are JSON objects and become the data, or 400; client: the answer is JSON"},
            "timeout": duration_schema("30s", "server: how long a reply may take, then 504; client (5s): one attempt, from the connection to the last byte"),
            "bind": {"type": "string", "description": "server: where it listens, host:port"},
            "paths": names(&["/*"], "server: paths that are served, with a `*` at the end for all that begin so; 404 for others"),
            "methods": names(&["POST"], "server: 405 for others"),
            "answer": {"enum": ["reply", "accepted"], "default": "reply", "description": "server: answer with the message that comes back, or with 202 at once"},
            "read_timeout": duration_schema("10s", "server: how long a request may take to arrive"),
            "idle_timeout": duration_schema("60s", "server: how long a connection may stay without a request"),
            "max_body": size(1024 * 1024, "server: bytes; 413 for more"),
            "max_connections": size(4096, "server: more are closed at once"),
            "max_waiting": size(4096, "server: requests that may wait for replies; 503 for more"),
            "url": {"type": "string", "description": "client: with places for fields in its path, for example http://host/cards/{data.id}"},
            "method": {"type": "string", "default": "POST", "description": "client"},
            "headers": {
                "description": "server: names of request headers that become metadata http.header.<name>; client: headers that are sent, with places for fields",
                "oneOf": [
                    {"type": "array", "items": {"type": "string"}},
                    {"type": "object", "additionalProperties": {"type": "string"}}
                ]
            },
            "body": {"type": "string", "default": "auto", "description": "client: raw, data (as JSON), none, data.<path>; auto: raw where there is any, else data"},
            "into": {"type": "string", "description": "client: the path in the data where the answer goes, the rest of the message staying as it is; without it the answer is the new content"},
            "retries": {"type": "integer", "minimum": 0, "default": 0, "description": "client: further attempts after none, a broken or a refused answer"},
            "retry_wait": duration_schema("500ms", "client: between two attempts"),
            "success": {"type": "array", "default": ["2xx"], "description": "client: statuses that are no failure, for example [200, 404, 503]"},
            "max_in_flight": size(64, "client: requests at once"),
            "max_response": size(1024 * 1024, "client: bytes of an answer"),
            "ports": {"type": "object"},
            "log_level": {"type": "string"}
        }
    })
}
