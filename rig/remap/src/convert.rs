//! Between a message's values and the language's.
//!
//! Texts become strings and come back as texts; bytes stay bytes, and come back as text where they
//! are UTF-8, as everywhere in an envelope. Timestamps come back in RFC 3339.

use rig_envelope::{Map, Text, Value};
use vrl::value::{ObjectMap, Value as Vrl};

pub fn to_vrl(value: &Value) -> Vrl {
    match value {
        Value::Null => Vrl::Null,
        Value::Bool(is) => Vrl::Boolean(*is),
        Value::Int(number) => Vrl::Integer(*number),
        Value::Float(number) => Vrl::from_f64_or_zero(*number),
        Value::Text(text) => Vrl::from(text.as_str()),
        Value::Bytes(bytes) => Vrl::Bytes(bytes.clone()),
        Value::Array(items) => Vrl::Array(items.iter().map(to_vrl).collect()),
        Value::Map(map) => Vrl::Object(object(map)),
    }
}

pub fn object(map: &Map) -> ObjectMap {
    map.iter().map(|(key, value)| (key.as_str().into(), to_vrl(value))).collect()
}

pub fn from_vrl(value: &Vrl) -> Value {
    match value {
        Vrl::Null => Value::Null,
        Vrl::Boolean(is) => Value::Bool(*is),
        Vrl::Integer(number) => Value::Int(*number),
        Vrl::Float(number) => Value::Float(number.into_inner()),
        Vrl::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.into()),
            Err(_) => Value::Bytes(bytes.clone()),
        },
        Vrl::Array(items) => Value::Array(items.iter().map(from_vrl).collect()),
        Vrl::Object(fields) => Value::Map(map(fields)),
        Vrl::String(_) | Vrl::Regex(_) | Vrl::Timestamp(_) => match value.to_str() {
            Some(text) => Value::Text(text.into()),
            None => Value::Text((&*value.to_string_lossy()).into()),
        },
    }
}

pub fn map(fields: &ObjectMap) -> Map {
    fields.iter().map(|(key, value)| (key.as_str(), from_vrl(value))).collect()
}

/// Whether the language's value is what the message has.
pub fn same(value: &Value, vrl: &Vrl) -> bool {
    match (value, vrl) {
        (Value::Null, Vrl::Null) => true,
        (Value::Bool(a), Vrl::Boolean(b)) => a == b,
        (Value::Int(a), Vrl::Integer(b)) => a == b,
        (Value::Float(a), Vrl::Float(b)) => *a == b.into_inner(),
        (Value::Text(_) | Value::Bytes(_), Vrl::String(_) | Vrl::Bytes(_)) => {
            value.as_bytes() == vrl.as_bytes().map(|bytes| &bytes[..])
        }
        (Value::Array(a), Vrl::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Vrl::Object(b)) => same_map(a, b),
        _ => false,
    }
}

pub fn same_map(map: &Map, fields: &ObjectMap) -> bool {
    map.len() == fields.len()
        && map.iter().all(|(key, value)| fields.get(key.as_str()).is_some_and(|field| same(value, field)))
}

/// A value as metadata, which holds only texts. None for null and for what has parts.
pub fn to_text(value: &Vrl) -> Option<Text> {
    Some(match value {
        Vrl::Null | Vrl::Array(_) | Vrl::Object(_) => return None,
        Vrl::Boolean(true) => "true".into(),
        Vrl::Boolean(false) => "false".into(),
        Vrl::Integer(number) => number.to_string().into(),
        Vrl::Float(number) => number.to_string().into(),
        Vrl::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => hex(bytes).into(),
        },
        Vrl::String(_) | Vrl::Regex(_) | Vrl::Timestamp(_) => match value.to_str() {
            Some(text) => text.into(),
            None => (&*value.to_string_lossy()).into(),
        },
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold("hex:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// The bytes of a content that is no object: texts and bytes as they are, the rest as JSON.
pub fn to_raw(value: &Vrl) -> Vec<u8> {
    match value {
        Vrl::Null => Vec::new(),
        other => match other.as_bytes() {
            Some(bytes) => bytes.to_vec(),
            None => serde_json::to_vec(&rig_envelope::to_json(&from_vrl(other))).unwrap_or_default(),
        },
    }
}
