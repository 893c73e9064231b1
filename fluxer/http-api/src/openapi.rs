//! The OpenAPI document, made from the declarations.

use fluxer_domain::App;
use fluxer_wire::{Definitions, Value};
use serde_json::{Map, json};

use crate::api::{Auth, BodyKind, Operation, Shapes};

pub fn document(app: &App, operations: &[Operation]) -> Value {
    let mut defs = Definitions::default();
    let shapes: Vec<_> = operations.iter().map(|operation| (operation.describe)(&mut defs)).collect();
    let mut paths = Map::new();
    for (operation, shapes) in operations.iter().zip(&shapes) {
        let entry = paths.entry(operation.declaration.path).or_insert_with(|| json!({}));
        let method = operation.declaration.method.as_str().to_ascii_lowercase();
        entry[method] = describe(operation, shapes);
    }
    let mut schemas = defs.into_json();
    schemas["Error"] = json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "errors": {"type": "array", "items": {"type": "object", "properties": {
                "path": {"type": "string"}, "message": {"type": "string"}, "code": {"type": "string"},
            }}},
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "fluxer API", "version": "1"},
        "servers": [{"url": format!("{}/v1", app.settings.endpoints.api)}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "sessionToken": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "botToken": {"type": "apiKey", "in": "header", "name": "Authorization",
                    "description": "`Bot <application id>.<secret>`"},
                "oauth2Token": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn describe(operation: &Operation, shapes: &Shapes) -> Value {
    let declaration = &operation.declaration;
    let mut parameters = parameters("path", &shapes.path);
    parameters.extend(self::parameters("query", &shapes.query));
    let mut success = json!({"description": "Success."});
    if let Some(schema) = &shapes.answer {
        success["content"] = json!({"application/json": {"schema": schema}});
    }
    let error = json!({"description": "Refused.", "content": {"application/json": {
        "schema": {"$ref": "#/components/schemas/Error"}}}});
    let mut responses = Map::new();
    responses.insert(shapes.status.to_string(), success);
    for status in ["400", "401", "403", "404", "429", "500"] {
        responses.insert(status.into(), error.clone());
    }
    let mut described = json!({
        "operationId": declaration.id,
        "tags": declaration.tags,
        "parameters": parameters,
        "responses": responses,
        "security": security(declaration.auth),
        "x-rate-limit": {
            "bucket": declaration.limit.bucket,
            "limit": declaration.limit.limit,
            "window_ms": declaration.limit.window_ms,
        },
    });
    if let Some(schema) = &shapes.body {
        let kind = match declaration.body {
            BodyKind::Form => "application/x-www-form-urlencoded",
            BodyKind::Json | BodyKind::Message | BodyKind::ScheduledMessage | BodyKind::Text => {
                "application/json"
            }
        };
        described["requestBody"] = json!({"content": {kind: {"schema": schema}}});
    }
    described
}

fn security(auth: Auth) -> Value {
    match auth {
        Auth::None => json!([]),
        Auth::User => json!([{"sessionToken": []}]),
        Auth::UserOrBot => json!([{"sessionToken": []}, {"botToken": []}]),
        Auth::Scope(scope) => json!([{"sessionToken": []}, {"botToken": []}, {"oauth2Token": [scope]}]),
        Auth::Bearer(_) => json!([{"oauth2Token": []}]),
        Auth::Bot => json!([{"botToken": []}]),
    }
}

/// The properties of a form as parameters.
fn parameters(place: &str, form: &Value) -> Vec<Value> {
    let required: Vec<_> = form["required"].as_array().into_iter().flatten().collect();
    let properties = form["properties"].as_object().into_iter().flatten();
    properties
        .map(|(key, schema)| {
            let needed = place == "path" || required.iter().any(|name| *name == key);
            json!({"name": key, "in": place, "required": needed, "schema": schema})
        })
        .collect()
}
