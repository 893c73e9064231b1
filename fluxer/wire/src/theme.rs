//! Themes that people share.

use crate::{At, Definitions, Field, Form, Reply, Value, invalid};

#[derive(Debug, Clone, Form)]
pub struct ThemeCreateRequest {
    /// CSS text to store and share.
    pub css: Css,
}

/// A style sheet: the one text that may be longer than others are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Css(pub String);

impl Field for Css {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        match value {
            Value::String(css) if !css.is_empty() => Some(Self(css)),
            _ => at.refuse(invalid::INVALID_FORMAT),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1})
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Reply)]
#[reply(name = "ThemeCreateResponse")]
pub struct ThemeCreated {
    /// Sixteen hexadecimal digits.
    pub id: String,
}
