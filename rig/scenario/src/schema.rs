//! JSON Schema (draft-07) of a whole scenario, for editors: completes keys, types and each
//! type's configuration while somebody writes.

use serde_json::{Value, json};

use crate::Manifest;

/// The schema with the configurations of the types given.
pub fn schema(known: &[Manifest]) -> Value {
    let name = json!({"type": "string", "pattern": "^[a-z0-9_-]+$"});
    let end = json!({"type": "string", "pattern": r"^[a-z0-9_-]+\.[a-z0-9_-]+(\.[a-z0-9_-]+)?$"});
    let labels = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let ports = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {"inputs": {"type": "array", "items": name}, "outputs": {"type": "array", "items": name}},
    });
    let types: Vec<_> = known
        .iter()
        .map(|manifest| json!({"const": manifest.gear_type, "description": manifest.summary}))
        .collect();
    let configurations: Vec<_> = known
        .iter()
        .map(|manifest| {
            json!({
                "if": {"properties": {"type": {"const": manifest.gear_type}}},
                "then": {"properties": {"config": manifest.config}},
            })
        })
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "fluxrig scenario",
        "type": "object",
        "required": ["meta", "gears", "wires"],
        "additionalProperties": false,
        "properties": {
            "meta": {
                "type": "object",
                "required": ["name", "version"],
                "additionalProperties": false,
                "properties": {
                    "name": {"type": "string", "minLength": 1, "description": "Human name."},
                    "version": {"type": "string", "description": "Semantic version; a leading v is allowed."},
                    "description": {"type": "string"},
                },
            },
            "racks": {"type": "array", "items": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "name": name,
                    "group": name,
                    "match": {"type": "object", "additionalProperties": false, "properties": {"labels": labels}},
                    "defaults": {"type": "object"},
                    "labels": labels,
                    "config": {"type": "object"},
                },
                "anyOf": [{"required": ["name"]}, {"required": ["group", "match"]}, {"required": ["defaults"]}],
            }},
            "gears": {"type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["name", "type"],
                "additionalProperties": false,
                "properties": {
                    "name": name,
                    "type": {"type": "string", "anyOf": types},
                    "deploy": {"description": "Rack or group; without it on every rack.", "anyOf": [
                        name,
                        {"type": "object", "additionalProperties": false, "properties": {"rack": name, "group": name}},
                    ]},
                    "config": {"type": "object"},
                    "ports": ports,
                    "labels": labels,
                    "doc": {"type": "string"},
                    "id": {"type": "string"},
                },
                "allOf": configurations,
            }},
            "wires": {"type": "array", "items": {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": false,
                "properties": {
                    "from": end,
                    "to": end,
                    "lane": {"enum": ["hot", "guaranteed", ""]},
                    "id": {"type": "string"},
                },
            }},
        },
    })
}
