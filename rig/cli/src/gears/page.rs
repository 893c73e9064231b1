//! A gear type's page in Markdown, from its manifest alone.

use rig_scenario::Manifest;
use serde::Serialize;
use serde_json::Value;

const NOTE: &str = "<!-- written by `fluxrig gears doc --all --write docs/rig/gears` -->\n";

/// How an enum is written.
pub fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// All types with a link to each page.
pub fn index(manifests: &[Manifest]) -> String {
    let mut page = format!("{NOTE}# Gears\n\n| Type | Category | What it does |\n|---|---|---|\n");
    for manifest in manifests {
        page.push_str(&format!(
            "| [{}]({}.md) | {} | {} |\n",
            manifest.gear_type,
            manifest.doc,
            word(&manifest.category),
            manifest.summary
        ));
    }
    page
}

pub fn page(manifest: &Manifest) -> String {
    let ports = |names: &[String]| match names {
        [] => "none".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    };
    let mut page = format!(
        "{NOTE}# {}\n\n{}\n\n| | |\n|---|---|\n| Category | {} |\n| Status | {} |\n| Inputs | {} |\n| Outputs | {} |\n| What becomes of a message | {} |\n",
        manifest.gear_type,
        manifest.summary,
        word(&manifest.category),
        word(&manifest.status),
        ports(&manifest.ports.inputs),
        ports(&manifest.ports.outputs),
        match manifest.terminus {
            rig_scenario::Terminus::Transparent => "it goes on: the walk to a link leads through",
            rig_scenario::Terminus::Io => "it leaves the rack",
            rig_scenario::Terminus::Opaque => "that depends",
        },
    );
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    keys(&manifest.config, &manifest.config, "", &mut seen, &mut rows);
    if rows.is_empty() {
        page.push_str("\nIt has nothing to configure.\n");
        return page;
    }
    page.push_str("\n## Configuration\n\n| Key | Kind | Default | What it is |\n|---|---|---|---|\n");
    for row in rows {
        page.push_str(&row);
    }
    page.push_str("\nAn asterisk: it has to be there.\n");
    page
}

/// One row for each key of a schema and of those in it.
fn keys(root: &Value, schema: &Value, prefix: &str, seen: &mut Vec<String>, rows: &mut Vec<String>) {
    let schema = resolved(root, schema);
    let Some(properties) = schema["properties"].as_object() else { return };
    // A map's order depends on how the program was built.
    let mut names: Vec<_> = properties.keys().collect();
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|keys| keys.iter().any(|key| key.as_str() == Some(name)))
    };
    names.sort_by_key(|name| (!required(name), name.as_str()));
    for name in names {
        let property = &properties[name];
        let whole = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let reference = property["$ref"].as_str().map(str::to_owned);
        let property = resolved(root, property);
        let default = match property.get("default") {
            Some(Value::String(text)) if text.is_empty() => "empty".to_owned(),
            Some(Value::String(text)) => format!("`{}`", escaped(text)),
            Some(other) => format!("`{}`", escaped(&other.to_string())),
            None => "–".to_owned(),
        };
        rows.push(format!(
            "| `{whole}`{} | {} | {default} | {} |\n",
            if required(name) { " \\*" } else { "" },
            kind(root, property),
            escaped(property["description"].as_str().unwrap_or_default()),
        ));
        // A definition that contains itself is written out once.
        if let Some(reference) = &reference {
            if seen.contains(reference) {
                continue;
            }
            seen.push(reference.clone());
        }
        keys(root, property, &whole, seen, rows);
        let items = resolved(root, &property["items"]);
        keys(root, items, &format!("{whole}[]"), seen, rows);
        for choice in property["anyOf"].as_array().into_iter().flatten() {
            keys(root, choice, &whole, seen, rows);
        }
        if reference.is_some() {
            seen.pop();
        }
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let to = schema["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
    to.and_then(|to| root.pointer(to)).unwrap_or(schema)
}

fn kind(root: &Value, schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        let choices: Vec<_> = choices
            .iter()
            .map(|choice| choice.as_str().map_or_else(|| choice.to_string(), str::to_owned))
            .map(|choice| format!("`{choice}`"))
            .collect();
        return choices.join(", ");
    }
    if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
        let mut kinds: Vec<_> = choices
            .iter()
            .map(|choice| kind(root, resolved(root, choice)))
            .filter(|kind| kind != "anything")
            .collect();
        kinds.dedup();
        if !kinds.is_empty() {
            return kinds.join(" or ");
        }
    }
    let kind = match schema["type"].as_str() {
        Some("string") if schema["pattern"].as_str().is_some_and(|text| text.contains("ms|s|m|h")) => {
            "duration"
        }
        Some("string") => "text",
        Some("integer") => "whole number",
        Some("number") => "number",
        Some("boolean") => "true or false",
        Some("array") => "list",
        Some("object") => "map",
        _ => "anything",
    };
    kind.to_owned()
}

fn escaped(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|").replace('<', "\\<")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_of_all_depths() {
        let schema = json!({
            "definitions": {"tree": {"anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"first": {"type": "array", "items": {"$ref": "#/definitions/tree"}}}},
            ]}},
            "required": ["z"],
            "properties": {
                "a": {"type": "object", "properties": {"b": {"enum": ["x", 1], "default": "x"}}},
                "list": {"type": "array", "items": {"properties": {"to": {"$ref": "#/definitions/tree"}}}},
                "z": {"type": "string", "description": "a|b"},
            },
        });
        let mut rows = Vec::new();
        keys(&schema, &schema, "", &mut Vec::new(), &mut rows);
        assert_eq!(
            rows,
            [
                "| `z` \\* | text | – | a\\|b |\n",
                "| `a` | map | – |  |\n",
                "| `a.b` | `x`, `1` | `x` |  |\n",
                "| `list` | list | – |  |\n",
                "| `list[].to` | text or map | – |  |\n",
                "| `list[].to.first` | list | – |  |\n",
            ]
        );
    }
}
