//! The configuration of gears against the JSON Schemas of their types, every problem with its
//! place. Knows the part of draft-07 that manifests are written in; a keyword it does not know
//! asks for nothing.

use regex::Regex;
use serde_json::Value;

use crate::{
    Manifest, Problem, Scenario, Source, expand, places,
    problem::{closest, listed},
};

/// How deep schemas may refer to each other.
const DEPTH: usize = 64;

/// What is wrong with the configurations. `text` is the document the scenario was read from; what
/// refers to the environment and to secrets is looked up in `source`.
pub fn config_problems(
    scenario: &Scenario,
    text: &str,
    known: &[Manifest],
    source: &dyn Source,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, gear) in scenario.gears.iter().enumerate() {
        let Some(manifest) = known.iter().find(|manifest| manifest.gear_type == gear.gear_type) else {
            continue;
        };
        let config = match expand(&Value::Object(gear.config.clone()), source) {
            Ok(mut config) => {
                // Every gear may have these.
                if let Some(fields) = config.as_object_mut() {
                    fields.remove("ports");
                    fields.remove("log_level");
                }
                config
            }
            Err(error) => {
                problems.push(Problem::at(gear.place, format!("the gear {}: {error}", gear.name)));
                continue;
            }
        };
        let mut check = Check { root: &manifest.config, found: Vec::new() };
        check.value(&manifest.config, &config, &mut Vec::new(), 0);
        for Found { path, message, suggestion } in check.found {
            let shown = if path.is_empty() { String::new() } else { format!("{}: ", path.join(".")) };
            let mut whole = vec!["gears".to_owned(), index.to_string(), "config".to_owned()];
            whole.extend(path);
            let place = places::find(text, &whole).unwrap_or(gear.place);
            let message = format!("the gear {}: {shown}{message}", gear.name);
            problems.push(Problem::at(place, message).suggest(suggestion));
        }
    }
    problems
}

struct Found {
    path: Vec<String>,
    message: String,
    suggestion: Option<String>,
}

struct Check<'a> {
    root: &'a Value,
    found: Vec<Found>,
}

impl<'a> Check<'a> {
    fn say(&mut self, path: &[String], message: String, suggestion: Option<&str>) {
        self.found.push(Found { path: path.to_vec(), message, suggestion: suggestion.map(str::to_owned) });
    }

    /// What is wrong with the value alone, apart from what was found before.
    fn apart(&self, schema: &'a Value, value: &Value, path: &[String], depth: usize) -> Vec<Found> {
        let mut check = Check { root: self.root, found: Vec::new() };
        check.value(schema, value, &mut path.to_vec(), depth);
        check.found
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let to = schema["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
        to.and_then(|to| self.root.pointer(to)).unwrap_or(schema)
    }

    fn value(&mut self, schema: &'a Value, value: &Value, path: &mut Vec<String>, depth: usize) {
        if *schema == Value::Bool(false) {
            return self.say(path, "it must not be there".into(), None);
        }
        let Some(rules) = schema.as_object().filter(|_| depth < DEPTH) else { return };
        if let Some(to) = rules.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix('#')) {
            if let Some(schema) = self.root.pointer(to) {
                self.value(schema, value, path, depth + 1);
            }
            return;
        }
        if !self.kind(schema, value, path) {
            return;
        }
        match value {
            Value::Object(fields) => self.object(schema, fields, path, depth),
            Value::Array(items) => self.array(schema, items, path, depth),
            Value::String(text) => self.text(schema, text, path),
            Value::Number(number) => self.number(schema, number.as_f64().unwrap_or_default(), path),
            Value::Null | Value::Bool(_) => {}
        }
        self.combined(schema, value, path, depth);
    }

    /// `type`, `enum` and `const`. False where there is no use in looking on.
    fn kind(&mut self, schema: &'a Value, value: &Value, path: &[String]) -> bool {
        let wanted: Vec<_> = match &schema["type"] {
            Value::String(one) => vec![one.as_str()],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !wanted.is_empty() && !wanted.iter().any(|wanted| is(value, wanted)) {
            let names: Vec<_> = wanted.iter().map(|name| called(name)).collect();
            let mut message = format!("it is {}, and has to be {}", called(named(value)), names.join(" or "));
            if let (Value::Number(number), Some(pattern)) = (value, schema["pattern"].as_str())
                && pattern.contains("ms|s|m|h")
            {
                message = format!("a duration needs a unit: write \"{number}s\" or \"{number}ms\"");
            }
            self.say(path, message, None);
            return false;
        }
        let choices: Vec<&Value> = match (&schema["enum"], schema.get("const")) {
            (Value::Array(choices), _) => choices.iter().collect(),
            (_, Some(only)) => vec![only],
            _ => Vec::new(),
        };
        if !choices.is_empty() && !choices.contains(&value) {
            let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let names: Vec<_> = choices.iter().map(|choice| plain(choice)).collect();
            let given = plain(value);
            let meant = closest(&given, names.iter().map(String::as_str));
            let message = format!("`{given}` is not one of {}", listed(names.iter().map(String::as_str)));
            self.say(path, message, meant);
            return false;
        }
        true
    }

    fn object(
        &mut self,
        schema: &'a Value,
        fields: &serde_json::Map<String, Value>,
        path: &mut Vec<String>,
        depth: usize,
    ) {
        let known = schema["properties"].as_object();
        let mut names: Vec<_> =
            known.into_iter().flat_map(|known| known.keys().map(String::as_str)).collect();
        names.sort_unstable();
        let names = || names.iter().copied();
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(key) {
                self.say(path, format!("`{key}` is missing"), None);
            }
        }
        for (key, value) in fields {
            path.push(key.clone());
            match (known.and_then(|known| known.get(key)), &schema["additionalProperties"]) {
                (Some(schema), _) => self.value(schema, value, path, depth + 1),
                (None, Value::Bool(false)) => {
                    let meant = closest(key, names());
                    let message = format!("there is no key `{key}` here; there are {}", listed(names()));
                    self.say(path, message, meant);
                }
                (None, others @ Value::Object(_)) => self.value(others, value, path, depth + 1),
                (None, _) => {}
            }
            path.pop();
        }
        let count = |key: &str| schema[key].as_u64().and_then(|count| usize::try_from(count).ok());
        if count("minProperties").is_some_and(|least| fields.len() < least)
            || count("maxProperties").is_some_and(|most| fields.len() > most)
        {
            let wanted = count("minProperties").or_else(|| count("maxProperties")).unwrap_or_default();
            let message =
                format!("it has {} keys where {wanted} are due, of {}", fields.len(), listed(names()));
            self.say(path, message, None);
        }
    }

    fn array(&mut self, schema: &'a Value, items: &[Value], path: &mut Vec<String>, depth: usize) {
        for (index, item) in items.iter().enumerate() {
            path.push(index.to_string());
            self.value(&schema["items"], item, path, depth + 1);
            path.pop();
        }
        let count = |key: &str| schema[key].as_u64().and_then(|count| usize::try_from(count).ok());
        if count("minItems").is_some_and(|least| items.len() < least) {
            self.say(path, "it has too few items".into(), None);
        }
        if count("maxItems").is_some_and(|most| items.len() > most) {
            self.say(path, "it has too many items".into(), None);
        }
    }

    fn text(&mut self, schema: &'a Value, text: &str, path: &[String]) {
        if schema["minLength"].as_u64().is_some_and(|least| (text.chars().count() as u64) < least) {
            self.say(path, "it is empty".into(), None);
        }
        let Some(pattern) = schema["pattern"].as_str() else { return };
        // A pattern that this engine does not read asks for nothing.
        if Regex::new(pattern).is_ok_and(|pattern| !pattern.is_match(text)) {
            let message = match pattern.contains("ms|s|m|h") {
                true => format!("`{text}` is no duration: write for example 250ms, 5s or 1m30s"),
                false => format!("`{text}` has not the form {pattern}"),
            };
            self.say(path, message, None);
        }
    }

    fn number(&mut self, schema: &'a Value, number: f64, path: &[String]) {
        if let Some(least) = schema["minimum"].as_f64().filter(|least| number < *least) {
            self.say(path, format!("{number} is below {least}"), None);
        }
        if let Some(most) = schema["maximum"].as_f64().filter(|most| number > *most) {
            self.say(path, format!("{number} is above {most}"), None);
        }
    }

    /// `allOf`, `anyOf`, `oneOf` and `if`.
    fn combined(&mut self, schema: &'a Value, value: &Value, path: &mut Vec<String>, depth: usize) {
        for schema in schema["allOf"].as_array().into_iter().flatten() {
            self.value(schema, value, path, depth + 1);
        }
        for key in ["anyOf", "oneOf"] {
            let Some(choices) = schema[key].as_array() else { continue };
            let all: Vec<_> =
                choices.iter().map(|choice| self.apart(choice, value, path, depth + 1)).collect();
            if all.iter().any(Vec::is_empty) {
                continue;
            }
            let required = |choice: &Value| {
                let keys = choice["required"].as_array()?;
                Some(
                    keys.iter()
                        .filter_map(Value::as_str)
                        .map(|key| format!("`{key}`"))
                        .collect::<Vec<_>>()
                        .join(" and "),
                )
            };
            let keys: Option<Vec<_>> = choices.iter().map(required).collect();
            match keys {
                Some(keys) => self.say(path, format!("{} is missing", keys.join(" or ")), None),
                // Of the kind that is there, what went furthest is what was meant.
                None => {
                    let meant = choices.iter().zip(all).max_by_key(|(choice, found)| {
                        let kind = self.resolved(choice)["type"].as_str();
                        let depth = found.iter().map(|found| found.path.len()).max();
                        (kind.is_none_or(|kind| is(value, kind)), depth)
                    });
                    self.found.extend(meant.map(|(_, found)| found).unwrap_or_default());
                }
            }
        }
        if let Some(condition) = schema.get("if") {
            let holds = self.apart(condition, value, path, depth + 1).is_empty();
            if let Some(then) = schema.get(if holds { "then" } else { "else" }) {
                self.value(then, value, path, depth + 1);
            }
        }
    }
}

fn named(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn is(value: &Value, wanted: &str) -> bool {
    match wanted {
        "integer" => value.is_i64() || value.is_u64(),
        wanted => named(value) == wanted,
    }
}

fn called(kind: &str) -> &str {
    match kind {
        "null" => "nothing",
        "boolean" => "true or false",
        "number" => "a number",
        "integer" => "a whole number",
        "string" => "a text",
        "array" => "a list",
        "object" => "a map",
        other => other,
    }
}
