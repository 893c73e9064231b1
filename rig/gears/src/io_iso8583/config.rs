//! What an `io_iso8583` gear can be told.

use std::time::Duration;

use rig_iso8583::framing::{Endian, LengthPrefix, Text, VisaHeader};
use serde::Deserialize;
use serde_json::json;

use super::core::{Iso, Tpdu};
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

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Encoding {
    Ascii,
    Ebcdic,
    Bcd,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ByteOrder {
    #[default]
    Big,
    Little,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Variant {
    #[default]
    Generic,
    Visa,
    Mastercard,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    mode: Mode,
    bind: Option<String>,
    connect: Option<String>,
    #[serde(default = "five_seconds", with = "config::duration")]
    connect_timeout: Duration,
    #[serde(default = "five_seconds", with = "config::duration")]
    reconnect_wait: Duration,
    encoding: Option<Encoding>,
    #[serde(default = "two")]
    frame_length_size: u8,
    #[serde(default)]
    frame_length_endian: ByteOrder,
    #[serde(default)]
    frame_includes_header: bool,
    #[serde(default = "yes")]
    heuristic_validation: bool,
    #[serde(default, with = "config::opt_duration")]
    idle_timeout: Option<Duration>,
    #[serde(default = "five_seconds", with = "config::duration")]
    read_timeout: Duration,
    #[serde(default = "two_seconds", with = "config::duration")]
    write_timeout: Duration,
    #[serde(default = "many")]
    max_connections: usize,
    #[serde(default)]
    preserve_headers: bool,
    #[serde(default)]
    protocol_header_size: usize,
    #[serde(default = "yes")]
    strict_connection_routing: bool,
    tls: Option<TlsConfig>,
    #[serde(default)]
    tpdu_enabled: bool,
    #[serde(default = "tpdu_length")]
    tpdu_length: usize,
    #[serde(default = "yes")]
    tpdu_swap: bool,
    #[serde(default)]
    tpdu_value: String,
    #[serde(default)]
    unsafe_raw_frame_log: bool,
    #[serde(default)]
    variant: Variant,
    #[serde(default)]
    visa_src_id: String,
    #[serde(default)]
    visa_dst_id: String,
}

const fn yes() -> bool {
    true
}
const fn two() -> u8 {
    2
}
const fn tpdu_length() -> usize {
    5
}
const fn many() -> usize {
    4096
}
const fn two_seconds() -> Duration {
    Duration::from_secs(2)
}
const fn five_seconds() -> Duration {
    Duration::from_secs(5)
}

/// A header longer than this is a mistake.
const LONGEST_HEADER: usize = 256;

/// Reads a configuration; `gear` is the gear's name.
pub fn read(config: serde_json::Value, gear: &str) -> Result<(Settings, Iso), ConfigError> {
    let config = parse::<Config>(config)?;
    let bad = |text: &str| Err(ConfigError::new(text));
    let endian = match config.frame_length_endian {
        ByteOrder::Big => Endian::Big,
        ByteOrder::Little => Endian::Little,
    };
    let prefix = LengthPrefix::new(config.frame_length_size, endian, config.frame_includes_header)
        .map_err(|error| ConfigError(format!("`frame_length_size`: {error}")))?;
    if config.protocol_header_size > LONGEST_HEADER || config.tpdu_length > LONGEST_HEADER {
        return bad("`protocol_header_size` and `tpdu_length` are at most 256");
    }
    if config.write_timeout.is_zero() {
        return bad("`write_timeout`: a peer that never reads would stop the gear; it cannot be 0");
    }
    let tpdu = if config.tpdu_enabled { Some(tpdu(&config)?) } else { None };
    let station = |key: &str, id: &str| {
        VisaHeader::station(id).map_err(|error| ConfigError(format!("`{key}`: {error}")))
    };
    let stations =
        (station("visa_dst_id", &config.visa_dst_id)?, station("visa_src_id", &config.visa_src_id)?);
    let visa = (config.variant == Variant::Visa).then_some(stations);
    let text = match (config.encoding, config.variant) {
        (Some(Encoding::Ascii), _) | (None, Variant::Generic | Variant::Mastercard) => Text::Ascii,
        (Some(Encoding::Ebcdic), _) | (None, Variant::Visa) => Text::Ebcdic,
        (Some(Encoding::Bcd), _) => Text::Bcd,
    };
    // A link to a host that is quiet at night must not go down for it: only where it is asked for.
    let idle = config.idle_timeout;
    let (role, idle) = match config.mode {
        Mode::Server => {
            let Some(bind) = config.bind else { return bad("a server needs `bind`, for example \":8583\"") };
            let role = Role::Server { bind, max_connections: config.max_connections };
            (role, off(idle.unwrap_or(Duration::from_secs(15))))
        }
        Mode::Client => {
            let Some(connect) = config.connect else {
                return bad("a client needs `connect`, for example \"host:8583\"");
            };
            let (connect_timeout, reconnect_wait) = (config.connect_timeout, config.reconnect_wait);
            (Role::Client { connect, connect_timeout, reconnect_wait }, idle.and_then(off))
        }
    };
    let settings = Settings {
        close_on_invalid: matches!(role, Role::Server { .. }),
        role,
        tls: config.tls,
        idle_timeout: idle,
        read_timeout: off(config.read_timeout),
        write_timeout: config.write_timeout,
        strict: config.strict_connection_routing,
        reads: true,
        backlog: 0,
    };
    let iso = Iso {
        gear: gear.to_owned(),
        prefix,
        tpdu,
        header: config.protocol_header_size,
        preserve: config.preserve_headers,
        visa,
        inspect: config.heuristic_validation.then_some(text),
        log_raw: config.unsafe_raw_frame_log,
    };
    Ok((settings, iso))
}

fn tpdu(config: &Config) -> Result<Tpdu, ConfigError> {
    let length = config.tpdu_length;
    if length == 0 {
        return Err(ConfigError::new("`tpdu_length` is at least 1"));
    }
    let mut value = rig_envelope::Meta::new();
    value.insert("value", config.tpdu_value.as_str());
    let own = match value.get_bytes("value") {
        Some(bytes) if bytes.is_empty() => {
            let mut bytes = vec![0; length];
            bytes[0] = 0x60;
            bytes
        }
        Some(bytes) if bytes.len() == length => bytes,
        _ => return Err(ConfigError(format!("`tpdu_value` is {length} bytes in hexadecimal digits"))),
    };
    Ok(Tpdu { length, swap: config.tpdu_swap, own })
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
            "bind": {"type": "string", "description": "server: where to listen, `host:port`; `:8583` is every address of the machine"},
            "connect": {"type": "string", "description": "client: whom to call, `host:port`"},
            "connect_timeout": time("5s", "client: how long a call may take"),
            "reconnect_wait": time("5s", "client: pause before the next call"),
            "encoding": {"enum": ["ascii", "ebcdic", "bcd"], "default": "ascii", "description": "how the message type is written; only heuristic_validation looks at it. The visa variant has ebcdic"},
            "frame_length_size": {"enum": [2, 4], "default": 2, "description": "bytes of the length in front of a frame"},
            "frame_length_endian": {"enum": ["big", "little"], "default": "big"},
            "frame_includes_header": {"type": "boolean", "default": false, "description": "the length counts its own bytes"},
            "heuristic_validation": {"type": "boolean", "default": true, "description": "look whether a frame can be a message; if not, a server closes the connection and a client skips the frame"},
            "idle_timeout": time("15s", "a connection on which no frame begins for this long is closed; a client keeps it unless this is set"),
            "read_timeout": time("5s", "how long a frame that has begun may take to come; 0: for ever"),
            "write_timeout": time("2s", "how long a peer may take to accept what is written"),
            "max_connections": {"type": "integer", "minimum": 0, "default": 4096, "description": "server: more are closed at once; 0: as many as come"},
            "preserve_headers": {"type": "boolean", "default": false, "description": "keep the header of a frame in iso8583.raw_header and write it in front of the reply"},
            "protocol_header_size": {"type": "integer", "minimum": 0, "maximum": 256, "default": 0, "description": "bytes of a header in front of the message, taken off"},
            "strict_connection_routing": {"type": "boolean", "default": true, "description": "a reply whose connection is gone goes to no other; false only for tests"},
            "tls": tls_schema(),
            "tpdu_enabled": {"type": "boolean", "default": false, "description": "frames begin with a TPDU; it is taken off, and put on again"},
            "tpdu_length": {"type": "integer", "minimum": 1, "maximum": 256, "default": 5},
            "tpdu_swap": {"type": "boolean", "default": true, "description": "a reply has the two addresses changed over"},
            "tpdu_value": {"type": "string", "pattern": "^(hex:)?([0-9A-Fa-f]{2})*$", "default": "6000000000", "description": "the TPDU of messages that came with none, in hexadecimal digits"},
            "unsafe_raw_frame_log": {"type": "boolean", "default": false, "description": "write whole frames into the log at level trace, card data included"},
            "variant": {"enum": ["generic", "visa", "mastercard"], "default": "generic"},
            "visa_src_id": {"type": "string", "pattern": "^[0-9A-Fa-f]{0,6}$", "description": "own station, where the message names none"},
            "visa_dst_id": {"type": "string", "pattern": "^[0-9A-Fa-f]{0,6}$", "description": "the other station, where the message names none"}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        for (config, wanted) in [
            (json!({}), "missing field `mode`"),
            (json!({"mode": "server"}), "a server needs `bind`"),
            (json!({"mode": "client", "bind": ":1"}), "a client needs `connect`"),
            (json!({"mode": "server", "bind": ":1", "frame_length_size": 3}), "2 or 4 bytes, not 3"),
            (json!({"mode": "server", "bind": ":1", "idle_timeout": 15}), "needs a unit"),
            (json!({"mode": "server", "bind": ":1", "write_timeout": "0"}), "cannot be 0"),
            (json!({"mode": "server", "bind": ":1", "visa_src_id": "xyz"}), "`visa_src_id`: a station id"),
            (json!({"mode": "server", "bind": ":1", "bnid": ":1"}), "unknown field `bnid`"),
            (
                json!({"mode": "server", "bind": ":1", "tpdu_enabled": true, "tpdu_value": "60"}),
                "`tpdu_value` is 5 bytes",
            ),
        ] {
            let error = read(config, "g").map(|_| ()).unwrap_err().0;
            assert!(error.contains(wanted), "{error}");
        }
    }

    #[test]
    fn a_client_is_not_closed_for_being_quiet() {
        let read = |config| read(config, "g").unwrap().0;
        assert_eq!(read(json!({"mode": "client", "connect": "h:1"})).idle_timeout, None);
        let asked = json!({"mode": "client", "connect": "h:1", "idle_timeout": "1m"});
        assert_eq!(read(asked).idle_timeout, Some(Duration::from_secs(60)));
        let server = read(json!({"mode": "server", "bind": ":1"}));
        assert_eq!(server.idle_timeout, Some(Duration::from_secs(15)));
    }
}
