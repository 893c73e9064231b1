//! What is put into an index.

use serde_json::{Map, json};

use crate::{Index, Kind, analysis::fold};

/// A document: its name and its fields. Absent fields match no filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub id: String,
    pub fields: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Texts(Vec<String>),
    Number(i64),
    Flag(bool),
}

impl Document {
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), fields: Vec::new() }
    }
    /// Adds a field; one that is not declared is left out by every engine.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// As engines behind HTTP take it: every declared field, `null` where absent. Text is folded
    /// here, so that it is on every engine in the same way.
    pub(crate) fn to_json(&self, index: &Index) -> serde_json::Value {
        let mut object = Map::new();
        object.insert("id".into(), json!(self.id));
        for field in index.fields {
            let empty = if field.kind == Kind::Flag { json!(false) } else { serde_json::Value::Null };
            object.insert(field.name.into(), empty);
        }
        for (name, value) in &self.fields {
            let is_text = index.field(name).is_some_and(|field| field.kind == Kind::Text);
            if let Some(slot) = object.get_mut(*name) {
                *slot = match value {
                    Value::Text(text) if is_text => json!(fold(text)),
                    Value::Text(text) => json!(text),
                    Value::Texts(texts) => json!(texts),
                    Value::Number(number) => json!(number),
                    Value::Flag(flag) => json!(flag),
                };
            }
        }
        object.into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<Vec<String>> for Value {
    fn from(texts: Vec<String>) -> Self {
        Self::Texts(texts)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    /// None is like an empty list: it matches no filter.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Texts(Vec::new()), Into::into)
    }
}
