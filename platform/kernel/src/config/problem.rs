//! What can be wrong with a configuration, said so that it can be mended at once.

use std::{fmt, path::PathBuf};

use serde_json::Value as Json;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Default,
    File(PathBuf),
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => write!(f, "environment variable {name}"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Dotted; empty when it concerns the whole document.
    pub key: String,
    pub origin: Origin,
    pub message: String,
    /// Empty when none helps.
    pub example: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = if self.key.is_empty() { "configuration" } else { &self.key };
        write!(f, "{key}: {} (from: {})", self.message, self.origin)?;
        if !self.example.is_empty() {
            write!(f, "; for example {}", self.example)?;
        }
        Ok(())
    }
}

/// All that is wrong, in the order of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub(crate) fn one(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} {} in the configuration", if count == 1 { "problem" } else { "problems" })?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

pub(crate) const fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// A value as an error message shows it: short, and only its kind when it is a secret.
pub(crate) fn show(value: &Json, secret: bool) -> String {
    let text = value.to_string();
    if secret || text.chars().count() > 60 { kind(value).to_owned() } else { text }
}

/// The name in `known` that `unknown` most likely meant.
pub(crate) fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    let nearest = known.iter().map(|name| (distance(unknown, name), *name)).min()?;
    (nearest.0 <= 1 + unknown.len() / 4).then_some(nearest.1)
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(left != *right)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_near_names_only() {
        let known = ["domain", "database", "services"];
        assert_eq!(nearest("databse", &known), Some("database"));
        assert_eq!(nearest("service", &known), Some("services"));
        assert_eq!(nearest("colour", &known), None);
    }
}
