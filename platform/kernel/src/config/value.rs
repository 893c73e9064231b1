//! What a setting can be: how it is read, shown and described. Reading never stops at the
//! first problem: it reports and goes on, so that one run shows them all.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::{
    Origins,
    problem::{Problem, kind, nearest, show},
};

/// At most this many ignored keys are listed.
const LISTED_UNKNOWN: usize = 25;

/// Collects what is wrong while values are read.
#[derive(Debug)]
pub struct Reader<'a> {
    origins: &'a Origins,
    problems: Vec<Problem>,
    unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(origins: &'a Origins) -> Self {
        Self { origins, problems: Vec::new(), unknown: Vec::new() }
    }

    pub fn problem(&mut self, key: &str, message: impl Into<String>, example: &str) {
        let (key, message, example) = (key.to_owned(), message.into(), example.to_owned());
        self.problems.push(Problem { origin: self.origins.of(&key), key, message, example });
    }

    /// `found` is not what `T` expects.
    pub fn mismatch<T: Value>(&mut self, key: &str, found: &Json, example: &str) {
        let example = if example.is_empty() { T::EXAMPLE } else { example };
        self.problem(key, format!("expected {}, found {}", T::expected(), show(found, T::SECRET)), example);
    }

    /// The members of an object, after a look for names that are none of `known`: an error
    /// at the root, a warning below it.
    pub fn object<'v>(
        &mut self,
        key: &str,
        value: &'v Json,
        known: &[&str],
    ) -> Option<&'v Map<String, Json>> {
        let Json::Object(object) = value else {
            self.problem(key, format!("expected an object, found {}", kind(value)), "{}");
            return None;
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let near = nearest(name, known);
            if key.is_empty() {
                let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                self.problem(name, format!("there is no such section{hint}"), "");
            } else {
                let hint = near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
                self.unknown.push(format!("{}{hint}", join(key, name)));
            }
        }
        Some(object)
    }

    fn raw(&self, key: &str) -> Option<&'a str> {
        self.origins.overrides.raw(key)
    }

    pub(crate) fn finish(self) -> (Vec<Problem>, Vec<String>) {
        let mut warnings = Vec::new();
        if !self.unknown.is_empty() {
            let mut text = self.unknown[..self.unknown.len().min(LISTED_UNKNOWN)].join(", ");
            if self.unknown.len() > LISTED_UNKNOWN {
                text.push_str(&format!(" (+{} more)", self.unknown.len() - LISTED_UNKNOWN));
            }
            warnings.push(format!("unknown keys are ignored: {text}"));
        }
        (self.problems, warnings)
    }
}

/// `key.name`, or `name` at the root.
pub fn join(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

/// A field's name as a key: without the mark of a raw identifier.
pub fn name(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// Something that can be set.
pub trait Value: Sized {
    /// Shown nowhere.
    const SECRET: bool = false;
    /// As JSON text, for error messages.
    const EXAMPLE: &'static str;
    /// What it has to be: "a whole number".
    fn expected() -> String;
    /// Reads it, or reports why not. `example` is the setting's own, when it has one.
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self>;
    fn schema() -> Json;
    /// The value as JSON, secrets hidden.
    fn print(&self) -> Json;
}

impl Value for bool {
    const EXAMPLE: &'static str = "true";
    fn expected() -> String {
        "true or false".into()
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        let read = value.as_bool();
        if read.is_none() {
            reader.mismatch::<Self>(key, value, example);
        }
        read
    }
    fn schema() -> Json {
        json!({"type": "boolean"})
    }
    fn print(&self) -> Json {
        (*self).into()
    }
}

impl Value for String {
    const EXAMPLE: &'static str = "\"text\"";
    fn expected() -> String {
        "a text".into()
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        let read = text(reader, key, value);
        if read.is_none() {
            reader.mismatch::<Self>(key, value, example);
        }
        read
    }
    fn schema() -> Json {
        json!({"type": "string"})
    }
    fn print(&self) -> Json {
        self.as_str().into()
    }
}

/// A text; a number or boolean counts as the text it was written as.
fn text(reader: &Reader<'_>, key: &str, value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => {
            Some(reader.raw(key).map_or_else(|| value.to_string(), |raw| raw.trim().to_owned()))
        }
        Json::Array(_) => reader.raw(key).map(|raw| raw.trim().to_owned()),
        _ => None,
    }
}

/// A text that is never shown. Empty means not set.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }
    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "unset" } else { "********" })
    }
}

impl Value for Secret {
    const SECRET: bool = true;
    const EXAMPLE: &'static str = "64 hex characters, as `openssl rand -hex 32` prints them";
    fn expected() -> String {
        "a text".into()
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        let read = text(reader, key, value);
        if read.is_none() {
            reader.mismatch::<Self>(key, value, example);
        }
        read.map(Self)
    }
    fn schema() -> Json {
        json!({"type": "string", "writeOnly": true})
    }
    fn print(&self) -> Json {
        if self.0.is_empty() { "".into() } else { "********".into() }
    }
}

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl Value for $type {
            const EXAMPLE: &'static str = "1";
            fn expected() -> String {
                format!("a whole number from {} to {}", <$type>::MIN, <$type>::MAX)
            }
            fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
                let read = value.as_i64().and_then(|number| Self::try_from(number).ok());
                let read = read.or_else(|| value.as_u64().and_then(|number| Self::try_from(number).ok()));
                if read.is_none() {
                    reader.mismatch::<Self>(key, value, example);
                }
                read
            }
            fn schema() -> Json {
                json!({"type": "integer", "minimum": <$type>::MIN, "maximum": <$type>::MAX})
            }
            fn print(&self) -> Json {
                (*self).into()
            }
        }
    )*};
}
whole_numbers!(u16, u32, u64, i64);

impl Value for f64 {
    const EXAMPLE: &'static str = "0.5";
    fn expected() -> String {
        "a number".into()
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        let read = value.as_f64();
        if read.is_none() {
            reader.mismatch::<Self>(key, value, example);
        }
        read
    }
    fn schema() -> Json {
        json!({"type": "number"})
    }
    fn print(&self) -> Json {
        (*self).into()
    }
}

/// `null` and absence are the same.
impl<T: Value> Value for Option<T> {
    const SECRET: bool = T::SECRET;
    const EXAMPLE: &'static str = T::EXAMPLE;
    fn expected() -> String {
        T::expected()
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(reader, key, value, example).map(Some) }
    }
    fn schema() -> Json {
        T::schema()
    }
    fn print(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::print)
    }
}

impl<T: Value> Value for Vec<T> {
    const SECRET: bool = T::SECRET;
    const EXAMPLE: &'static str = "[]";
    fn expected() -> String {
        format!("a list, each entry {}", T::expected())
    }
    fn read(reader: &mut Reader<'_>, key: &str, value: &Json, example: &str) -> Option<Self> {
        let Some(list) = value.as_array() else {
            reader.mismatch::<Self>(key, value, example);
            return None;
        };
        let entry = |(index, value)| T::read(reader, &format!("{key}[{index}]"), value, "");
        let read: Vec<Option<T>> = list.iter().enumerate().map(entry).collect();
        read.into_iter().collect()
    }
    fn schema() -> Json {
        json!({"type": "array", "items": T::schema()})
    }
    fn print(&self) -> Json {
        self.iter().map(T::print).collect()
    }
}
