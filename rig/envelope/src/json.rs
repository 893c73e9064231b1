//! Between a message's values and JSON. Bytes have no JSON form: they become `hex:` and hex digits.

use serde_json::Number;

use crate::{Map, Value, value::hex};

/// The JSON form of a value.
pub fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(is) => (*is).into(),
        Value::Int(number) => (*number).into(),
        // What JSON cannot hold (NaN, infinities) is null there.
        Value::Float(number) => Number::from_f64(*number).map_or(serde_json::Value::Null, Into::into),
        Value::Text(text) => text.as_str().into(),
        Value::Bytes(bytes) => format!("hex:{}", hex(bytes)).into(),
        Value::Array(items) => items.iter().map(to_json).collect(),
        Value::Map(map) => map
            .iter()
            .map(|(key, value)| (key.to_string(), to_json(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// The value of a JSON text's content. Numbers beyond 64 bits become floats, as JSON readers do.
pub fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(is) => Value::Bool(*is),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap_or_default()), Value::Int)
        }
        serde_json::Value::String(text) => Value::Text(text.into()),
        serde_json::Value::Array(items) => Value::Array(items.iter().map(from_json).collect()),
        serde_json::Value::Object(fields) => {
            Value::Map(fields.iter().map(|(key, value)| (key.as_str(), from_json(value))).collect::<Map>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = r#"{"a":[1,-2.5,null,true],"b":{"c":"é"},"big":9223372036854775807}"#;
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(to_json(&from_json(&json)), json);
        assert_eq!(to_json(&Value::Bytes(vec![0xFF, 1].into())), "hex:ff01");
        assert!(to_json(&Value::Float(f64::NAN)).is_null());
    }
}
