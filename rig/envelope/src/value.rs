//! One value of a message's data.

use std::{borrow::Cow, fmt};

use bytes::Bytes;

use crate::{Map, Text};

/// What a field can hold. Text is what is valid UTF-8, bytes are everything else.
#[derive(Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Text),
    Bytes(Bytes),
    Array(Vec<Value>),
    Map(Map),
}

impl Value {
    /// Text if the bytes are UTF-8, bytes otherwise.
    pub fn from_wire(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(_) => Self::Bytes(Bytes::copy_from_slice(bytes)),
        }
    }
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
    /// The bytes of a text or byte value.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(is) = self { Some(*is) } else { None }
    }
    pub fn as_map(&self) -> Option<&Map> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }
    pub fn as_array(&self) -> Option<&[Value]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
    /// The value as it stands in a key or a match: bytes as lower-case hex. None for null and
    /// for what has parts.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Text(text) => Cow::Borrowed(text.as_str()),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Float(number) => Cow::Owned(number.to_string()),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Bytes(bytes) => Cow::Owned(hex(bytes)),
            Self::Null | Self::Array(_) | Self::Map(_) => return None,
        })
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

/// Says what kind of value it is and how big, never what it says.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(is) => write!(f, "{is}"),
            Self::Int(_) => f.write_str("int"),
            Self::Float(_) => f.write_str("float"),
            Self::Text(text) => write!(f, "text({})", text.len()),
            Self::Bytes(bytes) => write!(f, "bytes({})", bytes.len()),
            Self::Array(items) => f.debug_list().entries(items).finish(),
            Self::Map(map) => map.fmt(f),
        }
    }
}

macro_rules! from {
    ($($from:ty => |$value:ident| $into:expr;)+) => {
        $(impl From<$from> for Value {
            fn from($value: $from) -> Self {
                $into
            }
        })+
    };
}
from! {
    bool => |is| Self::Bool(is);
    i64 => |number| Self::Int(number);
    i32 => |number| Self::Int(number.into());
    u32 => |number| Self::Int(number.into());
    f64 => |number| Self::Float(number);
    &str => |text| Self::Text(text.into());
    String => |text| Self::Text(text.into());
    Text => |text| Self::Text(text);
    Bytes => |bytes| Self::Bytes(bytes);
    Vec<Value> => |items| Self::Array(items);
    Map => |map| Self::Map(map);
}
