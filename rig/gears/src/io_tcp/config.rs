//! What an `io_tcp` gear can be told.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::core::{Delimiter, Position, Tcp};
use crate::{
    ConfigError,
    config::{self, duration_schema, parse},
    net::{Role, Settings, TlsConfig, off, tls_schema},
};

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Server,
    Client,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
enum Framing {
    #[default]
    #[serde(rename = "delimiter")]
    Delimiter,
    #[serde(rename = "length_prefix2")]
    LengthPrefix2,
    #[serde(rename = "length_prefix4")]
    LengthPrefix4,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    mode: Mode,
    #[serde(default = "bind")]
    bind: String,
    connect: Option<String>,
    #[serde(default)]
    framing: Framing,
    #[serde(default = "newline")]
    delimiter: String,
    #[serde(default)]
    delimiter_include: bool,
    #[serde(default)]
    delimiter_append: bool,
    #[serde(default)]
    delimiter_position: Position,
    #[serde(default = "a_minute", with = "config::duration")]
    idle_timeout: Duration,
    #[serde(default = "many")]
    max_connections: usize,
    #[serde(default = "a_thousand")]
    max_buffered_messages: usize,
    #[serde(default = "largest")]
    max_message_size: usize,
    #[serde(default = "yes")]
    read_responses: bool,
    #[serde(default = "five_seconds", with = "config::duration")]
    connect_timeout: Duration,
    #[serde(default = "five_seconds", with = "config::duration")]
    reconnect_wait: Duration,
    #[serde(default = "two_seconds", with = "config::duration")]
    write_timeout: Duration,
    tls: Option<TlsConfig>,
}

fn bind() -> String {
    ":8080".into()
}
fn newline() -> String {
    "\n".into()
}
const fn yes() -> bool {
    true
}
const fn many() -> usize {
    4096
}
const fn a_thousand() -> usize {
    1000
}
const fn largest() -> usize {
    64 * 1024
}
const fn two_seconds() -> Duration {
    Duration::from_secs(2)
}
const fn five_seconds() -> Duration {
    Duration::from_secs(5)
}
const fn a_minute() -> Duration {
    Duration::from_secs(60)
}

/// What an envelope can carry at most.
const LIMIT: usize = 2 * 1024 * 1024;

/// Reads a configuration.
pub fn read(config: serde_json::Value) -> Result<(Settings, Tcp), ConfigError> {
    // A client's link does not go down because nobody says anything, unless that is asked for.
    let idle_asked = config.get("idle_timeout").is_some();
    let config = parse::<Config>(config)?;
    if !(1..=LIMIT).contains(&config.max_message_size) {
        return Err(ConfigError::new("`max_message_size` is 1 to 2097152 bytes"));
    }
    if config.write_timeout.is_zero() {
        return Err(ConfigError::new(
            "`write_timeout`: a peer that never reads would stop the gear; it cannot be 0",
        ));
    }
    let (framing, largest) = match config.framing {
        Framing::Delimiter => {
            let text = unescaped(&config.delimiter)?;
            if text.is_empty() {
                return Err(ConfigError::new("`delimiter` is at least one character"));
            }
            let delimiter = Delimiter {
                text,
                include: config.delimiter_include,
                append: config.delimiter_append,
                position: config.delimiter_position,
            };
            (super::core::Framing::Delimiter(delimiter), config.max_message_size)
        }
        Framing::LengthPrefix2 => (super::core::Framing::Length(2), config.max_message_size.min(0xFFFF)),
        Framing::LengthPrefix4 => (super::core::Framing::Length(4), config.max_message_size),
    };
    let idle = off(config.idle_timeout);
    let (role, idle_timeout) = match config.mode {
        Mode::Server => (Role::Server { bind: config.bind, max_connections: config.max_connections }, idle),
        Mode::Client => {
            let Some(connect) = config.connect else {
                return Err(ConfigError::new("a client needs `connect`, for example \"host:9000\""));
            };
            let (connect_timeout, reconnect_wait) = (config.connect_timeout, config.reconnect_wait);
            (Role::Client { connect, connect_timeout, reconnect_wait }, idle.filter(|_| idle_asked))
        }
    };
    let is_server = matches!(role, Role::Server { .. });
    let settings = Settings {
        role,
        tls: config.tls,
        idle_timeout,
        // A line that has begun gets as much time as one that has not.
        read_timeout: idle,
        write_timeout: config.write_timeout,
        close_on_invalid: true,
        strict: true,
        reads: is_server || config.read_responses,
        backlog: config.max_buffered_messages,
    };
    Ok((settings, Tcp { framing, largest }))
}

/// `\n`, `\r`, `\t`, `\0`, `\\` and `\x03` as the bytes they stand for.
fn unescaped(text: &str) -> Result<Vec<u8>, ConfigError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let (byte, length) = match rest.as_bytes().first() {
            Some(b'n') => (Some(b'\n'), 1),
            Some(b'r') => (Some(b'\r'), 1),
            Some(b't') => (Some(b'\t'), 1),
            Some(b'0') => (Some(0), 1),
            Some(b'\\') => (Some(b'\\'), 1),
            Some(b'x') => {
                let digits = rest.get(1..3).filter(|two| two.bytes().all(|c| c.is_ascii_hexdigit()));
                (digits.and_then(|two| u8::from_str_radix(two, 16).ok()), 3)
            }
            _ => (None, 0),
        };
        let Some(byte) = byte else {
            return Err(ConfigError::new(
                "`delimiter`: after a backslash comes n, r, t, 0, x and two hexadecimal digits, or another one",
            ));
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// JSON Schema of the configuration.
pub fn schema() -> serde_json::Value {
    let time = duration_schema;
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": false,
        "required": ["mode"],
        "properties": {
            "mode": {"enum": ["server", "client"]},
            "bind": {"type": "string", "default": ":8080", "description": "server: where to listen, `host:port`; `:8080` is every address of the machine"},
            "connect": {"type": "string", "description": "client: whom to call, `host:port`"},
            "framing": {"enum": ["delimiter", "length_prefix2", "length_prefix4"], "default": "delimiter", "description": "where a message ends: at a delimiter, or after a big-endian length of 2 or 4 bytes in front of it"},
            "delimiter": {"type": "string", "minLength": 1, "default": "\n", "description": "also \\n, \\r, \\t, \\0, \\x03 as written"},
            "delimiter_include": {"type": "boolean", "default": false, "description": "leave it in the message"},
            "delimiter_append": {"type": "boolean", "default": false, "description": "add it to what is written"},
            "delimiter_position": {"enum": ["suffix", "prefix"], "default": "suffix", "description": "after a message or in front of it; in front, a message ends where the next begins or the connection ends"},
            "idle_timeout": time("60s", "a connection on which no message begins for this long, or one that has begun does not end, is closed; a client keeps a quiet connection unless this is set; 0: for ever"),
            "max_connections": {"type": "integer", "minimum": 0, "default": 4096, "description": "server: more are closed at once; 0: as many as come"},
            "max_buffered_messages": {"type": "integer", "minimum": 0, "default": 1000, "description": "server: messages without conn.id that wait for someone to connect"},
            "max_message_size": {"type": "integer", "minimum": 1, "maximum": LIMIT, "default": 65536, "description": "bytes; a longer message ends the connection"},
            "read_responses": {"type": "boolean", "default": true, "description": "client: false sends only"},
            "connect_timeout": time("5s", "client: how long a call may take"),
            "reconnect_wait": time("5s", "client: pause before the next call"),
            "write_timeout": time("2s", "how long a peer may take to accept what is written"),
            "tls": tls_schema()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (text, wanted) in [
            ("\n", &b"\n"[..]),
            (r"\r\n", b"\r\n"),
            (r"\x03", b"\x03"),
            (r"a\\b", b"a\\b"),
            (r"\xFFz", b"\xFFz"),
            ("§", "§".as_bytes()),
        ] {
            assert_eq!(unescaped(text).unwrap(), wanted, "{text}");
        }
        for text in [r"\", r"\q", r"\x1", r"\x+1", r"\x§"] {
            assert!(unescaped(text).is_err(), "{text}");
        }
    }

    #[test]
    fn defaults_and_mistakes() {
        let (settings, _) = read(json!({"mode": "server"})).unwrap();
        assert!(matches!(&settings.role, Role::Server { bind, .. } if bind == ":8080"));
        assert_eq!((settings.idle_timeout, settings.backlog), (Some(a_minute()), 1000));
        let client = json!({"mode": "client", "connect": "h:1", "read_responses": false});
        let (settings, _) = read(client).unwrap();
        assert!(settings.idle_timeout.is_none() && !settings.reads);
        for (config, wanted) in [
            (json!({"mode": "client"}), "a client needs `connect`"),
            (json!({"mode": "server", "delimiter": ""}), "at least one character"),
            (json!({"mode": "server", "max_message_size": 0}), "1 to 2097152"),
            (json!({"mode": "server", "framing": "length_prefix3"}), "length_prefix3"),
        ] {
            let error = read(config).map(|_| ()).unwrap_err().0;
            assert!(error.contains(wanted), "{error}");
        }
    }
}
