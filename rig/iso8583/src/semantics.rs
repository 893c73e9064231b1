//! What elements mean: names, aliases, value sets, sensitivity, and which message needs what.

use std::collections::BTreeMap;

use crate::{condition::Condition, path::Path};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sensitivity {
    /// A card number.
    Pan,
    /// Other card-holder data.
    Chd,
    /// Authentication data: tracks, PIN blocks. Never shown, not even in part.
    Sad,
    Pii,
    #[default]
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pan,
    Amount,
    Date,
    Time,
    DateTime,
    Numeric,
}

impl Format {
    /// Whether values compare as numbers.
    pub const fn is_numeric(self) -> bool {
        !matches!(self, Self::Pan)
    }
}

#[derive(Clone, Debug, Default)]
pub struct ValueSet {
    pub closed: bool,
    pub values: BTreeMap<String, ValueMeaning>,
}

#[derive(Clone, Debug, Default)]
pub struct ValueMeaning {
    pub name: String,
    pub category: String,
    pub meaning: String,
}

impl ValueSet {
    /// Whether the value is listed, as it is or filled with zeros up to `length`: stripping may have
    /// taken them.
    pub fn lists(&self, value: &str, length: usize) -> bool {
        self.meaning(value, length).is_some()
    }
    /// What a value means, found in the same way.
    pub fn meaning(&self, value: &str, length: usize) -> Option<&ValueMeaning> {
        if let Some(meaning) = self.values.get(value) {
            return Some(meaning);
        }
        if !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let filled = self.values.iter().find(|(code, _)| {
            code.len() <= length
                && code.len() > value.len()
                && code.bytes().all(|byte| byte.is_ascii_digit())
                && code.ends_with(value)
                && code[..code.len() - value.len()].bytes().all(|byte| byte == b'0')
        });
        filled.map(|(_, meaning)| meaning)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    Mandatory,
    Optional,
    Forbidden,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseValue {
    Echo,
    New,
    Modified,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warn,
    Reject,
}

/// One line of an element's matrix.
#[derive(Clone, Debug)]
pub struct Rule {
    pub mti: Vec<String>,
    pub usage: Usage,
    pub when: Option<(String, Condition)>,
    pub values: Option<ValueSet>,
    pub response: Option<ResponseValue>,
    pub severity: Severity,
    pub note: String,
}

#[derive(Clone, Debug, Default)]
pub struct FieldMeaning {
    /// Of the document.
    pub line: usize,
    pub name: String,
    pub alias: Option<String>,
    pub meaning: String,
    pub note: String,
    pub private: bool,
    pub sensitivity: Sensitivity,
    pub values: Option<ValueSet>,
    pub format: Option<Format>,
    pub layout: String,
    /// Of an amount: the element that says its currency.
    pub currency: Option<u8>,
    pub rules: Vec<Rule>,
    pub parts: Vec<PartMeaning>,
}

#[derive(Clone, Debug)]
pub struct PartMeaning {
    pub path: Path,
    pub name: String,
    pub alias: Option<String>,
    pub meaning: String,
    pub values: Option<ValueSet>,
}

#[derive(Clone, Debug)]
pub struct Check {
    pub mti: Vec<String>,
    pub name: String,
    pub assert: Condition,
    pub severity: Severity,
    pub note: String,
}

#[derive(Clone, Debug, Default)]
pub struct CatalogEntry {
    pub name: String,
    pub request: bool,
    pub pairs_with: Option<String>,
    pub timeout: String,
    pub class: String,
    pub meaning: String,
}

/// A document the specification stands on.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    pub title: String,
    pub publisher: String,
    pub note: String,
    pub url: String,
}

/// How one message follows another.
#[derive(Clone, Debug, Default)]
pub struct Transition {
    pub from: String,
    pub to: String,
    pub trigger: String,
    pub meaning: String,
}
