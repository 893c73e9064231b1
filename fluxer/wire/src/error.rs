//! The error envelope: `{"code", "message", …extra}` with an HTTP status.

use std::{borrow::Cow, fmt};

use serde_json::{Map, Value, json};

use crate::code::{self, ApiCode, Invalid};

/// One thing wrong with a request: where (`recipients.0`), and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub path: String,
    pub code: Option<Invalid>,
    pub message: String,
}

impl Issue {
    pub fn new(path: impl Into<String>, code: Invalid) -> Self {
        Self { path: path.into(), code: Some(code), message: code::sentence(code.0) }
    }
    /// An entry with a text only, as a few older operations send them.
    pub fn plain(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), code: None, message: message.into() }
    }
    fn to_json(&self) -> Value {
        let mut map = Map::new();
        map.insert("path".into(), self.path.clone().into());
        map.insert("message".into(), self.message.clone().into());
        if let Some(code) = self.code {
            map.insert("code".into(), code.0.into());
        }
        map.into()
    }
}

/// A refusal as the client gets it. Headers that go with one (`Retry-After`) are made from
/// `extra` by the delivery.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    pub status: u16,
    pub code: &'static str,
    pub message: Cow<'static, str>,
    pub extra: Map<String, Value>,
}

impl Error {
    pub fn new(code: ApiCode) -> Self {
        let message = code::sentence(code.name).into();
        Self { status: code.status, code: code.name, message, extra: Map::new() }
    }
    /// 400 `INVALID_FORM_BODY` for the issues, which must not be empty.
    pub fn invalid(issues: Vec<Issue>) -> Self {
        let mut seen = Vec::new();
        let mut errors = Vec::new();
        for issue in issues {
            let key = (issue.path.clone(), issue.code);
            if issue.code.is_none() || !seen.contains(&key) {
                seen.push(key);
                errors.push(issue.to_json());
            }
        }
        Self::new(code::INVALID_FORM_BODY).with("errors", errors)
    }
    /// 400 `INVALID_FORM_BODY` for one field.
    pub fn field(path: impl Into<String>, code: Invalid) -> Self {
        Self::invalid(vec![Issue::new(path, code)])
    }
    /// 400 `INVALID_FORM_BODY` for one field, with a text and no code.
    pub fn plain(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(vec![Issue::plain(path, message)])
    }
    /// Adds a key beside `code` and `message`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }
    #[must_use]
    pub fn because(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.message = message.into();
        self
    }
    pub fn is(&self, code: ApiCode) -> bool {
        self.code == code.name
    }
    pub fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let Value::Object(map) = &mut body {
            map.extend(self.extra.clone());
        }
        body
    }
}

impl From<ApiCode> for Error {
    fn from(code: ApiCode) -> Self {
        Self::new(code)
    }
}
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}
impl std::error::Error for Error {}
