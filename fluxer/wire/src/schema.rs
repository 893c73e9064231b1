//! How types describe themselves for the OpenAPI document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{Id, Permissions, Timestamp};

/// Named schemas gathered while operations are described.
#[derive(Debug, Default)]
pub struct Definitions(BTreeMap<String, Value>);

/// One property of an object schema.
#[derive(Debug)]
pub struct Property {
    pub key: &'static str,
    pub doc: &'static str,
    pub required: bool,
    pub schema: Value,
}

impl Definitions {
    /// A reference to the object schema `name`, made by `properties` on first use.
    pub fn object(
        &mut self,
        name: &str,
        doc: &str,
        properties: impl FnOnce(&mut Self) -> Vec<Property>,
    ) -> Value {
        if !self.0.contains_key(name) {
            // Entered before its properties are, so that a recursive type ends.
            self.0.insert(name.to_owned(), Value::Null);
            let mut fields = Map::new();
            let mut required = Vec::new();
            for Property { key, doc, required: needed, mut schema } in properties(self) {
                if let (false, Some(map)) = (doc.is_empty(), schema.as_object_mut())
                    && !map.contains_key("$ref")
                {
                    map.insert("description".into(), doc.into());
                }
                if needed {
                    required.push(key);
                }
                fields.insert(key.into(), schema);
            }
            let mut object = json!({"type": "object", "properties": fields});
            if !required.is_empty() {
                object["required"] = required.into();
            }
            if !doc.is_empty() {
                object["description"] = doc.into();
            }
            self.0.insert(name.to_owned(), object);
        }
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    /// All named schemas.
    pub fn into_json(self) -> Value {
        self.0.into_iter().collect::<Map<_, _>>().into()
    }
}

/// The schema with `null` allowed beside it.
pub fn nullable(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// The JSON schema of a type as it appears in answers.
pub trait Describe {
    fn schema(defs: &mut Definitions) -> Value;
}

macro_rules! describe {
    ($($ty:ty => $schema:tt)*) => {
        $(impl Describe for $ty {
            fn schema(_: &mut Definitions) -> Value {
                json!($schema)
            }
        })*
    };
}

describe! {
    bool => {"type": "boolean"}
    u8 => {"type": "integer", "format": "int32"}
    u16 => {"type": "integer", "format": "int32"}
    i32 => {"type": "integer", "format": "int32"}
    u32 => {"type": "integer", "format": "int32"}
    i64 => {"type": "integer", "format": "int64"}
    u64 => {"type": "integer", "format": "int64"}
    f64 => {"type": "number"}
    String => {"type": "string"}
    str => {"type": "string"}
    Timestamp => {"type": "string", "format": "date-time"}
    Permissions => {"type": "string", "format": "int64"}
    Value => {}
}

impl<T> Describe for Id<T> {
    fn schema(_: &mut Definitions) -> Value {
        json!({"type": "string", "format": "snowflake", "pattern": "^(0|[1-9][0-9]*)$"})
    }
}
impl<T: Describe> Describe for Option<T> {
    fn schema(defs: &mut Definitions) -> Value {
        nullable(T::schema(defs))
    }
}
impl<T: Describe> Describe for Vec<T> {
    fn schema(defs: &mut Definitions) -> Value {
        json!({"type": "array", "items": T::schema(defs)})
    }
}
impl<T: Describe + ?Sized> Describe for Box<T> {
    fn schema(defs: &mut Definitions) -> Value {
        T::schema(defs)
    }
}
impl<T: Describe + ?Sized> Describe for std::sync::Arc<T> {
    fn schema(defs: &mut Definitions) -> Value {
        T::schema(defs)
    }
}
impl<T: Describe + ?Sized> Describe for &T {
    fn schema(defs: &mut Definitions) -> Value {
        T::schema(defs)
    }
}
impl<K, T: Describe> Describe for BTreeMap<K, T> {
    fn schema(defs: &mut Definitions) -> Value {
        json!({"type": "object", "additionalProperties": T::schema(defs)})
    }
}
