//! How Rust types become column values and come back.
//!
//! NULL reads as the type's empty value (0, false, "", the epoch): a column added to an
//! existing table is NULL in the rows that were there before. Use `Option` where absence
//! must be told apart.

use platform_kernel::{Id, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Kind, Value};

/// A type that can be a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    note = "columns are integers, bool, f64, String, Vec<u8>, Timestamp, Id<T> and Option of these; mark anything else #[json] or implement `platform_store::Column`"
)]
pub trait Column: Sized {
    const KIND: Kind;
    fn to_value(&self) -> Value;
    fn from_value(value: Value) -> Result<Self, Error>;
}

/// A column type that can be part of a key: never NULL, and its stored form sorts as its
/// values do (`u64` up to `i64::MAX`, which is all a snowflake can be).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    note = "key columns are integers, bool, String, Vec<u8>, [u8; N], Timestamp and Id<T>"
)]
pub trait KeyColumn: Column + Clone + Send + Sync + 'static {}

fn mismatch<T>(wanted: &str, found: &Value) -> Result<T, Error> {
    Err(Error::Encoding(format!("expected {wanted}, found {}", found.class())))
}

macro_rules! integers {
    ($($type:ty => $kind:ident),*) => {$(
        impl Column for $type {
            const KIND: Kind = Kind::$kind;
            fn to_value(&self) -> Value {
                Value::Int(i64::from(*self))
            }
            fn from_value(value: Value) -> Result<Self, Error> {
                match value {
                    Value::Int(number) => Self::try_from(number)
                        .map_err(|_| Error::Encoding(format!("{number} does not fit {}", stringify!($type)))),
                    Value::Null => Ok(0),
                    other => mismatch("an integer", &other),
                }
            }
        }
        impl KeyColumn for $type {}
    )*};
}
integers!(i64 => Int, i32 => Int32, u32 => Int, i16 => Int32, u16 => Int32, u8 => Int32);

fn bits(value: Value) -> Result<u64, Error> {
    match value {
        Value::Int(number) => Ok(number.cast_unsigned()),
        Value::Null => Ok(0),
        other => mismatch("an integer", &other),
    }
}

impl Column for u64 {
    const KIND: Kind = Kind::Int;
    fn to_value(&self) -> Value {
        Value::Int(self.cast_signed())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        bits(value)
    }
}
impl KeyColumn for u64 {}

impl<T> Column for Id<T> {
    const KIND: Kind = Kind::Int;
    fn to_value(&self) -> Value {
        Value::Int(self.get().cast_signed())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        bits(value).map(Self::new)
    }
}
impl<T: 'static> KeyColumn for Id<T> {}

impl Column for Timestamp {
    const KIND: Kind = Kind::Timestamp;
    fn to_value(&self) -> Value {
        Value::Int(self.millis())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        i64::from_value(value).map(Self::from_millis)
    }
}
impl KeyColumn for Timestamp {}

impl Column for bool {
    const KIND: Kind = Kind::Bool;
    fn to_value(&self) -> Value {
        Value::Int(i64::from(*self))
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        i64::from_value(value).map(|number| number != 0)
    }
}
impl KeyColumn for bool {}

impl Column for f64 {
    const KIND: Kind = Kind::Real;
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Real(number) => Ok(number),
            Value::Null => Ok(0.0),
            other => mismatch("a real number", &other),
        }
    }
}

impl Column for String {
    const KIND: Kind = Kind::Text;
    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Text(text) => Ok(text),
            Value::Null => Ok(Self::new()),
            other => mismatch("text", &other),
        }
    }
}
impl KeyColumn for String {}

impl Column for Vec<u8> {
    const KIND: Kind = Kind::Blob;
    fn to_value(&self) -> Value {
        Value::Blob(self.clone())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Blob(bytes) => Ok(bytes),
            Value::Null => Ok(Self::new()),
            other => mismatch("bytes", &other),
        }
    }
}
impl KeyColumn for Vec<u8> {}

impl<const N: usize> Column for [u8; N] {
    const KIND: Kind = Kind::Blob;
    fn to_value(&self) -> Value {
        Value::Blob(self.to_vec())
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Blob(bytes) => Self::try_from(bytes)
                .map_err(|bytes| Error::Encoding(format!("expected {N} bytes, found {}", bytes.len()))),
            Value::Null => Ok([0; N]),
            other => mismatch("bytes", &other),
        }
    }
}
impl<const N: usize> KeyColumn for [u8; N] {}

impl<T: Column> Column for Option<T> {
    const KIND: Kind = T::KIND;
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Column::to_value)
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

/// JSON text; the empty array, the empty object and null are NULL.
pub fn json_to_value<T: Serialize>(value: &T) -> Result<Value, Error> {
    let text = serde_json::to_string(value).map_err(|error| Error::Encoding(error.to_string()))?;
    Ok(if matches!(text.as_str(), "[]" | "{}" | "null") { Value::Null } else { Value::Text(text) })
}

pub fn json_from_value<T: DeserializeOwned + Default>(value: Value) -> Result<T, Error> {
    match value {
        Value::Null => Ok(T::default()),
        // serde_json's messages give a position and a kind, never the stored text
        Value::Text(text) => serde_json::from_str(&text).map_err(|error| Error::Encoding(error.to_string())),
        other => mismatch("JSON text", &other),
    }
}
