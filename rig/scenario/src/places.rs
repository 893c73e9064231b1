//! Where in a document something stands, by its path. Read a second time for that, and only when
//! there is something to complain about.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};

/// A document as nothing but places.
enum Tree {
    Map(Vec<(String, Spanned<Tree>)>),
    List(Vec<Spanned<Tree>>),
    Leaf,
}

/// The place of what the path leads to, or of the last part of it that is there.
pub fn find(text: &str, path: &[String]) -> Option<Location> {
    let mut at: Spanned<Tree> = serde_saphyr::from_str(text).ok()?;
    for key in path {
        let next = match at.value {
            Tree::Map(entries) => entries.into_iter().find(|entry| entry.0 == *key).map(|entry| entry.1),
            Tree::List(items) => key.parse().ok().and_then(|index| items.into_iter().nth(index)),
            Tree::Leaf => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    Some(at.referenced)
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Places)
    }
}

struct Places;

impl<'de> Visitor<'de> for Places {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_str<E>(self, _: &str) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Leaf)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let text = "gears:\n  - name: a\n    config:\n      mode: x\n      list: [1, 2.5, true, null]\n";
        let at = |path: &[&str]| {
            let path: Vec<_> = path.iter().map(|&key| key.to_owned()).collect();
            find(text, &path).map(|place| (place.line(), place.column())).unwrap()
        };
        assert_eq!(at(&["gears", "0", "config", "mode"]), (4, 13));
        assert_eq!(at(&["gears", "0", "config", "list", "2"]), (5, 22));
        assert_eq!(at(&["gears", "0", "config", "none"]).0, 4);
        assert!(find("a: [", &[]).is_none());
    }
}
