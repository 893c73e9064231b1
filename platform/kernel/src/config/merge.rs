//! Environment variables over the file, and `file:<path>` values replaced by what the file
//! holds. The rest of a variable's name, split at `__` and lower-cased, is the path.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{Reader, join};
use crate::environment::Environment;

/// Paths that variables have set, with the variable's name and its text as it stood there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides(BTreeMap<String, (String, Option<String>)>);

impl Overrides {
    /// The variable that set `key` or an object around it.
    pub(crate) fn variable(&self, key: &str) -> Option<&str> {
        let mut key = key;
        loop {
            if let Some((name, _)) = self.0.get(key) {
                return Some(name);
            }
            key = key.rsplit_once('.')?.0;
        }
    }
    /// What stood in the variable that set exactly `key`: a text that looks like a number
    /// keeps its zeros.
    pub(crate) fn raw(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.1.as_deref()
    }
}

/// Merges the variables named `<prefix>__…` into `root`, deeply for objects.
pub(crate) fn environment(
    root: &mut Map<String, Json>,
    prefix: &str,
    environment: &Environment,
) -> Overrides {
    let prefix = format!("{prefix}__");
    let mut variables: Vec<_> = environment
        .iter()
        .filter_map(|(name, text)| Some((name.strip_prefix(&prefix)?, name, text)))
        .collect();
    // Shorter paths first: a variable for an object does not undo one for a part of it.
    variables.sort();
    let mut overrides = Overrides::default();
    for (path, name, text) in variables {
        let segments: Vec<String> = path.split("__").map(str::to_lowercase).collect();
        if segments.iter().any(String::is_empty) {
            continue;
        }
        let key = segments.join(".");
        let value = parse(text);
        let raw = (!value.is_object()).then(|| text.to_owned());
        let nested = segments
            .into_iter()
            .rev()
            .fold(value, |inner, segment| Json::Object(Map::from_iter([(segment, inner)])));
        if let Json::Object(nested) = nested {
            merge(root, nested);
        }
        overrides.0.insert(key, (name.to_owned(), raw));
    }
    overrides
}

fn merge(into: &mut Map<String, Json>, from: Map<String, Json>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Json::Object(inner)), Json::Object(value)) => merge(inner, value),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// `true`/`false`, an integer, a decimal, JSON between braces or brackets, else the text.
fn parse(text: &str) -> Json {
    let trimmed = text.trim();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = trimmed.strip_prefix('-').unwrap_or(trimmed);
    let number = digits(unsigned)
        || unsigned.split_once('.').is_some_and(|(whole, fraction)| digits(whole) && digits(fraction));
    let enclosed = |open, close| trimmed.starts_with(open) && trimmed.ends_with(close);
    let parsed = match trimmed {
        "true" => Some(Json::Bool(true)),
        "false" => Some(Json::Bool(false)),
        _ if number && digits(unsigned) => {
            trimmed.parse::<i64>().map(Json::from).or_else(|_| trimmed.parse::<u64>().map(Json::from)).ok()
        }
        _ if number => trimmed.parse::<f64>().ok().map(Json::from),
        _ if enclosed('{', '}') || enclosed('[', ']') => serde_json::from_str(trimmed).ok(),
        _ => None,
    };
    parsed.unwrap_or_else(|| Json::String(text.to_owned()))
}

/// Replaces every text `file:<path>` by the content of that file, without the line end.
pub(crate) fn resolve_files(value: &mut Json, key: &str, reader: &mut Reader<'_>) {
    match value {
        Json::Object(object) => {
            for (name, inner) in object {
                resolve_files(inner, &join(key, name), reader);
            }
        }
        Json::Array(list) => {
            for inner in list {
                resolve_files(inner, key, reader);
            }
        }
        Json::String(text) => {
            let Some(path) = text.strip_prefix("file:") else { return };
            match std::fs::read_to_string(path) {
                Ok(content) => *text = content.trim_end_matches(['\r', '\n']).to_owned(),
                Err(error) => reader.problem(
                    key,
                    format!("the file {path} that should hold the value cannot be read: {error}"),
                    "\"file:/run/secrets/name\"",
                ),
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_become_values_as_documented() {
        for (text, value) in [
            (" true ", json!(true)),
            ("-12", json!(-12)),
            ("1.50", json!(1.5)),
            ("1.", json!("1.")),
            ("{\"a\":[1]}", json!({"a": [1]})),
            (" [1, ", json!(" [1, ")),
            ("[x]", json!("[x]")),
            (" text ", json!(" text ")),
            ("99999999999999999999999", json!("99999999999999999999999")),
            ("", json!("")),
        ] {
            assert_eq!(parse(text), value, "{text}");
        }
    }

    #[test]
    fn objects_merge_and_the_rest_is_replaced() {
        let mut root = json!({"a": {"b": 1, "c": [1, 2]}}).as_object().unwrap().clone();
        let variables = Environment::from_iter([
            ("P__A__C", "[3]"),
            ("P__A", "{\"d\": 4}"),
            ("P__NEW__DEEP", "x"),
            ("PX__A", "no"),
            ("P__", "no"),
        ]);
        let overrides = environment(&mut root, "P", &variables);
        assert_eq!(Json::Object(root), json!({"a": {"b": 1, "c": [3], "d": 4}, "new": {"deep": "x"}}));
        assert_eq!(overrides.variable("a.c"), Some("P__A__C"));
        assert_eq!(overrides.variable("a.d"), Some("P__A"));
        assert_eq!(overrides.variable("b"), None);
    }
}
