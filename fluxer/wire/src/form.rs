//! Reading requests: JSON in, a typed form out, or one issue for every field that is wrong.
//!
//! [`parse`] is the whole of it: `clean` the body as clients of this API expect (an empty
//! string is `null`), then let the form read itself. serde stops at the first error and
//! knows no codes, which is why forms do not use it.

use std::{collections::BTreeMap, ops::Deref};

use serde_json::{Map, Value};

use crate::{Definitions, Error, Invalid, Issue, invalid, schema::nullable};

/// A value that can be read from a request.
pub trait Field: Sized {
    /// Whether a request without it is refused.
    const REQUIRED: bool = true;
    /// Whether there is nothing to read: operations without a body, query or path.
    const NOTHING: bool = false;
    /// Reads the value; on failure records issues and returns `None`.
    fn read(value: Value, at: &mut At) -> Option<Self>;
    /// What an absent key means.
    fn missing(at: &mut At) -> Option<Self> {
        at.refuse(invalid::INVALID_FORMAT)
    }
    fn schema(defs: &mut Definitions) -> Value;
}

/// A form whose keys can stand among another's (`#[form(flatten)]`). The derive writes this.
pub trait Fields: Field {
    fn properties(defs: &mut Definitions) -> Vec<crate::Property>;
}

/// Where in the request the reader is, and what it has found wrong so far.
#[derive(Debug, Default)]
pub struct At {
    path: Vec<String>,
    issues: Vec<Issue>,
}

impl At {
    /// Records an issue at the current place.
    pub fn refuse<T>(&mut self, code: Invalid) -> Option<T> {
        let path = if self.path.is_empty() { "root".to_owned() } else { self.path.join(".") };
        self.issues.push(Issue::new(path, code));
        None
    }
    /// Records an issue of one's own making.
    pub fn push(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
    pub fn object(&mut self, value: Value) -> Option<Map<String, Value>> {
        match value {
            Value::Object(map) => Some(map),
            _ => self.refuse(invalid::INVALID_FORMAT),
        }
    }
    /// Reads `key` out of `map`.
    pub fn field<T: Field>(&mut self, map: &mut Map<String, Value>, key: &str) -> Option<T> {
        let value = map.remove(key);
        self.within(key, |at| match value {
            Some(value) => T::read(value, at),
            None => T::missing(at),
        })
    }
    /// Runs `read` one level down.
    pub fn within<T>(&mut self, key: impl ToString, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_string());
        let result = read(self);
        self.path.pop();
        result
    }
    /// For strict forms: every key still in `map` is an issue.
    pub fn refuse_unknown(&mut self, map: &Map<String, Value>) {
        for key in map.keys() {
            self.within(key, |at| at.refuse::<()>(invalid::INVALID_FORMAT));
        }
    }
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}

/// Reads a form out of a (cleaned) value.
pub fn parse<T: Field>(value: Value) -> Result<T, Error> {
    let mut at = At::default();
    match T::read(value, &mut at) {
        Some(form) if at.issues.is_empty() => Ok(form),
        _ => Err(Error::invalid(at.into_issues())),
    }
}

/// Below the root, empty strings, empty objects and objects of nulls become `null`.
pub fn clean(mut root: Value) -> Value {
    match &mut root {
        Value::Object(map) => map.values_mut().for_each(clean_inner),
        Value::Array(items) => items.iter_mut().for_each(clean_inner),
        _ => {}
    }
    root
}

fn clean_inner(value: &mut Value) {
    match value {
        Value::String(text) if text.is_empty() => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(clean_inner),
        Value::Object(map) => {
            map.values_mut().for_each(clean_inner);
            if map.values().all(Value::is_null) {
                *value = Value::Null;
            }
        }
        _ => {}
    }
}

/// Reads nothing and minds nothing.
impl Field for () {
    const REQUIRED: bool = false;
    const NOTHING: bool = true;
    fn read(_: Value, _: &mut At) -> Option<Self> {
        Some(())
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(())
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({})
    }
}

/// Absent or null alike are `None`.
impl<T: Field> Field for Option<T> {
    const REQUIRED: bool = false;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value, at).map(Some) }
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(None)
    }
    fn schema(defs: &mut Definitions) -> Value {
        nullable(T::schema(defs))
    }
}

/// May be absent, but not null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Optional<T>(pub Option<T>);

impl<T> Default for Optional<T> {
    fn default() -> Self {
        Self(None)
    }
}
impl<T> Deref for Optional<T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        &self.0
    }
}
impl<T: Field> Field for Optional<T> {
    const REQUIRED: bool = false;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        T::read(value, at).map(|value| Self(Some(value)))
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(Self(None))
    }
    fn schema(defs: &mut Definitions) -> Value {
        T::schema(defs)
    }
}

/// Tells an absent key (leave it) from `null` (clear it) and a value (set it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    #[default]
    Absent,
    Null,
    Set(T),
}

impl<T> Patch<T> {
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
    pub const fn is_present(&self) -> bool {
        !self.is_absent()
    }
    /// The value if one was given.
    pub const fn value(&self) -> Option<&T> {
        if let Self::Set(value) = self { Some(value) } else { None }
    }
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Set(value) => Patch::Set(change(value)),
        }
    }
    /// `None` to leave as is, `Some(None)` to clear, `Some(Some(_))` to set.
    pub fn into_change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
    /// Writes the change into a nullable slot.
    pub fn apply(self, slot: &mut Option<T>) {
        if let Some(change) = self.into_change() {
            *slot = change;
        }
    }
}

impl<T: Field> Field for Patch<T> {
    const REQUIRED: bool = false;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        if value.is_null() { Some(Self::Null) } else { T::read(value, at).map(Self::Set) }
    }
    fn missing(_: &mut At) -> Option<Self> {
        Some(Self::Absent)
    }
    fn schema(defs: &mut Definitions) -> Value {
        nullable(T::schema(defs))
    }
}

/// `{id: value}`; keys are read like values.
impl<K: Field + Ord, T: Field> Field for BTreeMap<K, T> {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let map = at.object(value)?;
        let entries: Vec<_> = map
            .into_iter()
            .map(|(key, value)| {
                at.within(&key, |at| Some((K::read(Value::String(key.clone()), at)?, T::read(value, at)?)))
            })
            .collect();
        entries.into_iter().collect()
    }
    fn schema(defs: &mut Definitions) -> Value {
        serde_json::json!({"type": "object", "additionalProperties": T::schema(defs)})
    }
}

impl<T: Field> Field for Box<T> {
    const REQUIRED: bool = T::REQUIRED;
    fn read(value: Value, at: &mut At) -> Option<Self> {
        T::read(value, at).map(Box::new)
    }
    fn missing(at: &mut At) -> Option<Self> {
        T::missing(at).map(Box::new)
    }
    fn schema(defs: &mut Definitions) -> Value {
        T::schema(defs)
    }
}

/// Lets `#[opt]` fields of `#[derive(Reply)]` structs say when they are left out.
pub trait Absent {
    fn absent(&self) -> bool;
}
impl Absent for bool {
    fn absent(&self) -> bool {
        !self
    }
}
impl Absent for i32 {
    fn absent(&self) -> bool {
        *self == 0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Form, Str, UserId};

    #[derive(Debug, Form)]
    struct Sample {
        name: Str<1, 4>,
        note: Option<Str<1, 8>>,
        topic: Patch<Str<1, 8>>,
        flag: Optional<bool>,
        #[form(rename = "type")]
        kind: Option<UserId>,
    }

    fn codes(value: Value) -> Vec<(String, &'static str)> {
        let mut at = At::default();
        Sample::read(clean(value), &mut at);
        at.into_issues().into_iter().map(|issue| (issue.path, issue.code.unwrap().0)).collect()
    }

    #[test]
    fn one_issue_for_every_bad_field() {
        assert_eq!(
            codes(json!({"name": "too long", "flag": "", "type": "01"})),
            [
                ("name".into(), "STRING_LENGTH_INVALID"),
                ("flag".into(), "INVALID_FORMAT"),
                ("type".into(), "INVALID_SNOWFLAKE_FORMAT")
            ]
        );
        assert_eq!(codes(json!([])), [("root".into(), "INVALID_FORMAT")]);
    }

    #[test]
    fn empty_text_clears() {
        let form: Sample = parse(clean(json!({"name": "a", "note": "", "topic": ""}))).unwrap();
        assert_eq!((form.note, form.topic, form.flag.0, form.kind), (None, Patch::Null, None, None));
        assert_eq!(&*form.name, "a");
    }
}
