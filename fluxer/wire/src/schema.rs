//! How types describe themselves for the OpenAPI document.

use std::{any::type_name, collections::BTreeMap};

use serde_json::{Map, Value, json};

use crate::{Id, Permissions, Timestamp};

/// Named schemas gathered while operations are described, each with the type whose it is.
#[derive(Debug, Default)]
pub struct Definitions(BTreeMap<String, (&'static str, Value)>);

/// One property of an object schema.
#[derive(Debug)]
pub struct Property {
    pub key: &'static str,
    pub doc: &'static str,
    pub required: bool,
    pub schema: Value,
}

impl Definitions {
    /// A reference to the object schema `name`, made by `properties` on first use. Two types
    /// must not have one name: the second would be described as the first.
    pub fn object<T: ?Sized>(
        &mut self,
        name: &str,
        doc: &str,
        properties: impl FnOnce(&mut Self) -> Vec<Property>,
    ) -> Value {
        let owner = type_name::<T>();
        if let Some((first, _)) = self.0.get(name) {
            debug_assert_eq!(*first, owner, "two types are called {name}");
        } else {
            // Entered before its properties are, so that a recursive type ends.
            self.0.insert(name.to_owned(), (owner, Value::Null));
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
            self.0.insert(name.to_owned(), (owner, object));
        }
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    /// A form that gets no name: where it stands, nobody refers to it. What it refers to itself
    /// is entered.
    pub fn unnamed(&mut self, schema: impl FnOnce(&mut Self) -> Value) -> Value {
        let mut own = Self::default();
        let form = schema(&mut own);
        let name = form.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        let form = name.and_then(|name| own.0.remove(name)).map_or(form, |(_, form)| form);
        for (name, schema) in own.0 {
            self.0.entry(name).or_insert(schema);
        }
        form
    }

    /// All named schemas.
    pub fn into_json(self) -> Value {
        self.0.into_iter().map(|(name, (_, schema))| (name, schema)).collect::<Map<_, _>>().into()
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
