//! Dotted paths into a message's data: `a.b.c` walks nested maps.

use crate::{Map, Text, Value, cbor::MAX_DEPTH};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    #[error("a part of the path holds a value, not a map")]
    Conflict,
    #[error("the path is empty or has an empty part")]
    Empty,
    #[error("the path has too many parts")]
    TooDeep,
}

impl Map {
    /// What stands at a path. A key that holds dots itself is found last.
    pub fn get(&self, path: &str) -> Option<&Value> {
        let mut map = self;
        let mut rest = path;
        loop {
            match rest.split_once('.') {
                Some((head, tail)) => match map.entry(head) {
                    Some(Value::Map(inner)) => (map, rest) = (inner, tail),
                    _ => return self.entry(path),
                },
                None => return map.entry(rest).or_else(|| self.entry(path)),
            }
        }
    }

    /// Puts a value at a path, making the maps on the way.
    pub fn set(&mut self, path: &str, value: impl Into<Value>) -> Result<(), PathError> {
        let parts = path.split('.').count();
        if path.split('.').any(str::is_empty) {
            return Err(PathError::Empty);
        }
        if parts > MAX_DEPTH {
            return Err(PathError::TooDeep);
        }
        // Looked at first, so that a conflict changes nothing.
        let mut at = &*self;
        for part in path.split('.').take(parts - 1) {
            match at.entry(part) {
                Some(Value::Map(inner)) => at = inner,
                Some(_) => return Err(PathError::Conflict),
                None => break,
            }
        }
        set(self, path, value.into());
        Ok(())
    }

    /// Takes what stands at a path out. Maps left empty stay.
    pub fn remove(&mut self, path: &str) -> Option<Value> {
        self.get(path)?;
        let Some((head, tail)) = path.split_once('.') else { return self.take(path) };
        if let Some(Value::Map(inner)) = self.entry(head)
            && inner.get(tail).is_some()
            && let Some(Value::Map(inner)) = self.entry_mut(head)
        {
            return inner.remove(tail);
        }
        self.take(path)
    }
}

fn set(map: &mut Map, path: &str, value: Value) {
    let Some((head, tail)) = path.split_once('.') else {
        map.insert(path, value);
        return;
    };
    if !map.contains(head) {
        map.insert(Text::from(head), Value::Map(Map::new()));
    }
    if let Some(Value::Map(inner)) = map.entry_mut(head) {
        set(inner, tail, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_values() {
        let mut data = Map::new();
        data.set("iso8583.field.2", "4111").unwrap();
        data.set("iso8583.field.39", "00").unwrap();
        assert_eq!(data.get("iso8583.field.2").and_then(Value::as_str), Some("4111"));
        assert_eq!(data.get("iso8583.field").and_then(Value::as_map).map(Map::len), Some(2));
        assert_eq!(data.get("iso8583.field.3"), None);
        assert_eq!(data.get("iso8583.field.2.1"), None);
        assert_eq!(data.set("iso8583.field.2.1", 1), Err(PathError::Conflict));
        assert_eq!(data.set("a..b", 1), Err(PathError::Empty));
        assert_eq!(data.set("", 1), Err(PathError::Empty));
        assert_eq!(data.set(&"a.".repeat(200), 1), Err(PathError::Empty));
        assert_eq!(data.set(&format!("{}a", "a.".repeat(200)), 1), Err(PathError::TooDeep));
        assert!(data.remove("iso8583.field.2").is_some() && data.get("iso8583.field.2").is_none());
        assert!(data.remove("iso8583.field.2").is_none() && data.get("iso8583.field.39").is_some());
    }

    #[test]
    fn keys_with_dots_are_found() {
        let mut data = Map::new();
        data.insert("iso8583.unknown_tags", Map::new());
        data.set("iso8583.field.55", "x").unwrap();
        assert!(data.get("iso8583.unknown_tags").is_some());
        assert!(data.remove("iso8583.unknown_tags").is_some());
        assert!(data.get("iso8583.unknown_tags").is_none() && data.get("iso8583.field.55").is_some());
    }
}
