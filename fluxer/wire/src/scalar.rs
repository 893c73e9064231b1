//! The scalars of requests: each knows its limits, its code and its schema.

use std::ops::Deref;

use base64::Engine as _;
use serde_json::{Value, json};

use crate::{
    At, Definitions, Field, Id, Permissions, Timestamp, invalid,
    text::{length, normalize},
};
use platform_kernel::id::ParseError;

const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
/// No text of a request may be longer, whatever the field.
const MAX_TEXT: usize = 10_000;

/// A JSON string. Integers beyond ±(2^53−1) count as strings of their digits.
pub fn string(value: Value, at: &mut At) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Number(number) if !is_safe(&number) => number.to_string(),
        _ => return at.refuse(invalid::INVALID_FORMAT),
    };
    if text.len() > MAX_TEXT && length(&text) > MAX_TEXT {
        return at.refuse(invalid::STRING_LENGTH_INVALID);
    }
    Some(text)
}

fn is_safe(number: &serde_json::Number) -> bool {
    match (number.as_i64(), number.as_u64()) {
        (Some(value), _) => value.unsigned_abs() <= MAX_SAFE_INTEGER,
        (None, Some(_)) => false,
        // a fraction, or more digits than any id has: no integer that could stand for a string
        (None, None) => true,
    }
}

/// A normalised string of `MIN..=MAX` UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Str<const MIN: usize, const MAX: usize>(String);

impl<const MIN: usize, const MAX: usize> Str<MIN, MAX> {
    pub fn into_inner(self) -> String {
        self.0
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl<const MIN: usize, const MAX: usize> Deref for Str<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl<const MIN: usize, const MAX: usize> From<Str<MIN, MAX>> for String {
    fn from(text: Str<MIN, MAX>) -> Self {
        text.0
    }
}
impl<const MIN: usize, const MAX: usize> Field for Str<MIN, MAX> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = normalize(&string(value, at)?);
        if (MIN..=MAX).contains(&length(&text)) {
            return Some(Self(text));
        }
        at.refuse(if MIN == MAX { invalid::STRING_LENGTH_EXACT } else { invalid::STRING_LENGTH_INVALID })
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "minLength": MIN, "maxLength": MAX})
    }
}

/// Any string, as it was sent.
impl Field for String {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        string(value, at)
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string"})
    }
}

impl Field for bool {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        value.as_bool().or_else(|| at.refuse(invalid::INVALID_FORMAT))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "boolean"})
    }
}

/// An integer of `MIN..=MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Int<const MIN: i64, const MAX: i64>(pub i64);

impl<const MIN: i64, const MAX: i64> Int<MIN, MAX> {
    pub const fn get(self) -> i64 {
        self.0
    }
}
impl<const MIN: i64, const MAX: i64> Field for Int<MIN, MAX> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match integer(&value) {
            Some(value) if (MIN..=MAX).contains(&value) => Some(Self(value)),
            _ => at.refuse(invalid::INVALID_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        let format = if MIN >= i32::MIN as i64 && MAX <= i32::MAX as i64 { "int32" } else { "int64" };
        json!({"type": "integer", "format": format, "minimum": MIN, "maximum": MAX})
    }
}

/// Whole numbers, also when written `3.0`.
fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let float = value.as_f64()?;
        (float.fract() == 0.0 && float.abs() <= MAX_SAFE_INTEGER as f64).then_some(float as i64)
    })
}

macro_rules! plain_integers {
    ($($ty:ty)*) => {
        $(impl Field for $ty {
            fn read(value: Value, at: &mut At) -> Option<Self> {
                integer(&value).and_then(|value| value.try_into().ok()).or_else(|| at.refuse(invalid::INVALID_FORMAT))
            }
            fn schema(_: &mut Definitions) -> Value {
                json!({"type": "integer", "format": if size_of::<$ty>() > 4 { "int64" } else { "int32" }})
            }
        })*
    };
}
plain_integers! { i32 i64 u32 u64 }

impl Field for f64 {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        value.as_f64().or_else(|| at.refuse(invalid::INVALID_FORMAT))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "number"})
    }
}

impl<T> Field for Id<T> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return at.refuse(invalid::INVALID_SNOWFLAKE_FORMAT),
        };
        match text.parse() {
            Ok(id) => Some(id),
            Err(ParseError::Format) => at.refuse(invalid::INVALID_SNOWFLAKE_FORMAT),
            Err(ParseError::Range) => at.refuse(invalid::SNOWFLAKE_OUT_OF_RANGE),
        }
    }
    fn schema(defs: &mut Definitions) -> Value {
        <Self as crate::Describe>::schema(defs)
    }
}

impl Field for Permissions {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => return at.refuse(invalid::INVALID_INTEGER_FORMAT),
        };
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return at.refuse(invalid::INVALID_INTEGER_FORMAT);
        }
        match text.parse::<u64>() {
            Ok(bits) if bits <= i64::MAX as u64 => Some(Self::from_bits(bits)),
            _ => at.refuse(invalid::INTEGER_OUT_OF_INT64_RANGE),
        }
    }
    fn schema(defs: &mut Definitions) -> Value {
        <Self as crate::Describe>::schema(defs)
    }
}

/// ISO 8601 text or milliseconds since 1970.
impl Field for Timestamp {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let read = match &value {
            Value::String(text) => Timestamp::parse(text),
            // The range of a JavaScript date.
            Value::Number(_) => integer(&value)
                .filter(|ms| ms.unsigned_abs() <= 8_640_000_000_000_000)
                .map(Timestamp::from_millis),
            _ => None,
        };
        read.or_else(|| at.refuse(invalid::INVALID_ISO_TIMESTAMP))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "integer", "format": "int64", "minimum": 0, "maximum": 8_640_000_000_000_000_i64},
        ]})
    }
}

/// `0..=0xFFFFFF`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub i32);

impl Field for Color {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match integer(&value) {
            None => at.refuse(invalid::INVALID_FORMAT),
            Some(value) if value < 0 => at.refuse(invalid::COLOR_VALUE_TOO_LOW),
            Some(value) if value > 0xFF_FFFF => at.refuse(invalid::COLOR_VALUE_TOO_HIGH),
            Some(value) => Some(Self(value as i32)),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 0xFF_FFFF})
    }
}

/// A list of at most `MAX` items; each item has its own issues (`recipients.0`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List<T, const MAX: usize>(pub Vec<T>);

impl<T, const MAX: usize> Deref for List<T, MAX> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}
impl<T: Field, const MAX: usize> Field for List<T, MAX> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let Value::Array(items) = value else { return at.refuse(invalid::INVALID_FORMAT) };
        if items.len() > MAX {
            return at.refuse(invalid::INVALID_FORMAT);
        }
        let read: Vec<_> = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| at.within(index, |at| T::read(item, at)))
            .collect();
        read.into_iter().collect::<Option<_>>().map(Self)
    }
    fn schema(defs: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(defs), "maxItems": MAX})
    }
}

/// Any JSON value, unread.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub Value);

impl Field for Json {
    fn read(value: Value, _: &mut At) -> Option<Self> {
        Some(Self(value))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({})
    }
}

/// A query parameter: `true`, `True` and `1` are true, anything else is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueryBool<const DEFAULT: bool>(pub bool);

impl<const DEFAULT: bool> Field for QueryBool<DEFAULT> {
    const REQUIRED: bool = false;
    fn read(value: Value, _: &mut At) -> Option<Self> {
        Some(Self(matches!(value.as_str(), Some("true" | "True" | "1"))))
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(Self(DEFAULT))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "boolean", "default": DEFAULT})
    }
}

/// A query parameter: leading digits of the text, refused outside `MIN..=MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryInt<const MIN: i64, const MAX: i64, const DEFAULT: i64>(pub i64);

impl<const MIN: i64, const MAX: i64, const DEFAULT: i64> QueryInt<MIN, MAX, DEFAULT> {
    pub const fn get(self) -> usize {
        self.0 as usize
    }
}
impl<const MIN: i64, const MAX: i64, const DEFAULT: i64> Field for QueryInt<MIN, MAX, DEFAULT> {
    const REQUIRED: bool = false;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = value.as_str().unwrap_or_default().trim_start();
        let sign = usize::from(text.starts_with(['-', '+']));
        let end = text[sign..].find(|ch: char| !ch.is_ascii_digit()).map_or(text.len(), |at| at + sign);
        match text[..end].trim_start_matches('+').parse() {
            Ok(value) if (MIN..=MAX).contains(&value) => Some(Self(value)),
            _ => at.refuse(invalid::VALUE_MUST_BE_INTEGER_IN_RANGE),
        }
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(Self(DEFAULT))
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "integer", "format": "int32", "minimum": MIN, "maximum": MAX, "default": DEFAULT})
    }
}

/// An image as raw base64 or a data URL, at most `MAX` bytes once decoded. What the bytes
/// are is found out by whoever stores them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64Image<const MAX: usize>(pub Vec<u8>);

impl<const MAX: usize> Field for Base64Image<MAX> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let Value::String(text) = value else { return at.refuse(invalid::INVALID_FORMAT) };
        let encoded = match text.strip_prefix("data:") {
            Some(url) => url.split_once(',').map_or("", |(_, data)| data),
            None => &text,
        };
        if encoded.is_empty() || encoded.len() > MAX.div_ceil(3) * 4 {
            return at.refuse(invalid::BASE64_LENGTH_INVALID);
        }
        let unpadded = encoded.trim_end_matches('=');
        match base64::engine::general_purpose::STANDARD_NO_PAD.decode(unpadded) {
            Ok(bytes) => Some(Self(bytes)),
            Err(_) => at.refuse(invalid::INVALID_BASE64_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "format": "byte"})
    }
}

/// A string that is one of a fixed set: `text_enum! { pub enum Theme { Dark = "dark" } }`.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $name { $($variant),* }
        impl $name {
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
        impl $crate::Field for $name {
            fn read(value: $crate::Value, at: &mut $crate::At) -> Option<Self> {
                value.as_str().and_then(Self::from_text).or_else(|| at.refuse($crate::invalid::INVALID_FORMAT))
            }
            fn schema(_: &mut $crate::Definitions) -> $crate::Value {
                ::serde_json::json!({"type": "string", "enum": [$($text),*]})
            }
        }
        impl $crate::Describe for $name {
            fn schema(_: &mut $crate::Definitions) -> $crate::Value {
                ::serde_json::json!({"type": "string", "enum": [$($text),*]})
            }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as $crate::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_text(&text).ok_or_else(|| $crate::serde::de::Error::custom("unknown value"))
            }
        }
    };
}

/// An integer that is one of a fixed set: `int_enum! { pub enum ChannelKind { Text = 0 } }`.
#[macro_export]
macro_rules! int_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $number:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant = $number),* }
        impl $name {
            pub const fn number(self) -> i32 {
                self as i32
            }
            pub const fn from_number(number: i64) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)* _ => None }
            }
        }
        impl $crate::Field for $name {
            fn read(value: $crate::Value, at: &mut $crate::At) -> Option<Self> {
                value.as_i64().and_then(Self::from_number).or_else(|| at.refuse($crate::invalid::INVALID_FORMAT))
            }
            fn schema(_: &mut $crate::Definitions) -> $crate::Value {
                ::serde_json::json!({"type": "integer", "enum": [$($number),*]})
            }
        }
        impl $crate::Describe for $name {
            fn schema(_: &mut $crate::Definitions) -> $crate::Value {
                ::serde_json::json!({"type": "integer", "enum": [$($number),*]})
            }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.number())
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = <i64 as $crate::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_number(number).ok_or_else(|| $crate::serde::de::Error::custom("unknown value"))
            }
        }
    };
}

/// A list without a limit of its own.
impl<T: Field> Field for Vec<T> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        List::<T, { usize::MAX }>::read(value, at).map(|list| list.0)
    }
    fn schema(defs: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(defs)})
    }
}
