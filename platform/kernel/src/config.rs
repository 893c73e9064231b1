//! Loading of configuration: one JSON file, environment variables merged over it, one check
//! of the whole. Every problem is collected, with the key, where the value came from, what
//! was expected and an example.
//!
//! The settings themselves are declared by their owner with [`section!`](crate::section) and
//! [`choices!`](crate::choices): one declaration gives the struct, the defaults, the parser,
//! the JSON Schema and the print-out. This module knows no key.

mod merge;
mod problem;
mod section;
mod value;

use std::{fs, path::PathBuf};

use crate::environment::Environment;
pub use problem::{Origin, Problem, Problems};
pub use serde_json::{Map, Value as Json};
pub use value::{Reader, Secret, Value, join, name};

/// Members of a JSON object.
pub type Object = Map<String, Json>;

/// What was loaded, and what is odd about it but not wrong.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    pub value: T,
    pub warnings: Vec<String>,
    /// The file, when there is one.
    pub file: Option<PathBuf>,
    pub origins: Origins,
}

/// Where each value came from.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    file: Option<PathBuf>,
    overrides: merge::Overrides,
}

impl Origins {
    /// Where the value at `key` (dotted) was set; `Default` when nowhere is known.
    pub fn of(&self, key: &str) -> Origin {
        if let Some(variable) = self.overrides.variable(key) {
            return Origin::Variable(variable.to_owned());
        }
        self.file.clone().map_or(Origin::Default, Origin::File)
    }
}

/// Loads `T` from the file that the variable `prefix` names (`FLUXER_CONFIG`), if it names
/// one, and from the variables starting with `prefix` and two underscores.
pub fn load<T: Value>(prefix: &str, environment: &Environment) -> Result<Loaded<T>, Problems> {
    let file = environment.get(prefix).map(PathBuf::from);
    let text = match &file {
        None => None,
        Some(path) => Some(fs::read_to_string(path).map_err(|error| {
            Problems::one(Problem {
                key: String::new(),
                origin: Origin::Variable(prefix.to_owned()),
                message: format!("{} cannot be read: {error}", path.display()),
                example: format!("{prefix}=/etc/fluxer/config.json, or unset it to run with the defaults"),
            })
        })?),
    };
    parse(prefix, environment, file, text.as_deref())
}

fn parse<T: Value>(
    prefix: &str,
    environment: &Environment,
    file: Option<PathBuf>,
    text: Option<&str>,
) -> Result<Loaded<T>, Problems> {
    let origin = || file.clone().map_or(Origin::Default, Origin::File);
    let whole = |message: String| {
        let example = r#"{"domain": {"base_domain": "chat.example.com"}}"#.to_owned();
        Problems::one(Problem { key: String::new(), origin: origin(), message, example })
    };
    let mut root = match text {
        None => Object::new(),
        Some(text) => match serde_json::from_str(text) {
            Ok(Json::Object(root)) => root,
            Ok(other) => {
                return Err(whole(format!("expected a JSON object, found {}", problem::kind(&other))));
            }
            Err(error) => return Err(whole(format!("not valid JSON: {error}"))),
        },
    };
    root.remove("$schema");
    let overrides = merge::environment(&mut root, prefix, environment);
    let origins = Origins { file: file.clone(), overrides };
    let mut reader = Reader::new(&origins);
    let mut root = Json::Object(root);
    merge::resolve_files(&mut root, "", &mut reader);
    let value = T::read(&mut reader, "", &root, "");
    let (problems, warnings) = reader.finish();
    match value {
        Some(value) if problems.is_empty() => Ok(Loaded { value, warnings, file, origins }),
        _ => Err(Problems(problems)),
    }
}

/// The JSON Schema (2020-12) of `T`.
pub fn schema<T: Value>(title: &str) -> Json {
    let mut schema = T::schema();
    if let Json::Object(schema) = &mut schema {
        schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".into(), title.into());
        schema.insert("additionalProperties".into(), false.into());
        if let Some(Json::Object(properties)) = schema.get_mut("properties") {
            properties.insert("$schema".into(), serde_json::json!({"type": "string"}));
        }
    }
    schema
}

/// A property of a section's schema; used by the declaration macros.
pub fn describe(mut schema: Json, description: &str, default: Json) -> Json {
    if let Json::Object(schema) = &mut schema {
        let lines: Vec<&str> = description.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            schema.insert("description".into(), lines.join(" ").into());
        }
        // A section's own properties carry theirs.
        if !default.is_null() && !default.is_object() {
            schema.insert("default".into(), default);
        }
    }
    schema
}

#[cfg(test)]
mod tests;
