//! A content-addressed store of specifications: texts by their hash, and names with tags that
//! point to them. In memory; who owns it decides where it is kept.

use std::collections::BTreeMap;

use crate::spec::{Resolver, hash};

/// Texts by hash; `name:tag` → hash.
#[derive(Clone, Debug, Default)]
pub struct SpecStore {
    texts: BTreeMap<String, String>,
    tags: BTreeMap<(String, String), String>,
}

impl SpecStore {
    /// Files a text under a name and a tag, and as the `latest` of that name; returns its hash.
    pub fn put(&mut self, name: &str, tag: &str, text: String) -> String {
        let hash = hash(&text);
        self.texts.insert(hash.clone(), text);
        for tag in [tag, "latest"] {
            self.tags.insert((name.to_owned(), tag.to_owned()), hash.clone());
        }
        hash
    }
    /// The hash behind `name:tag`, `name` (its latest), a hash, or twelve and more of its characters.
    pub fn find(&self, reference: &str) -> Option<&str> {
        let (name, tag) = reference.split_once(':').unwrap_or((reference, "latest"));
        if let Some(hash) = self.tags.get(&(name.to_owned(), tag.to_owned())) {
            return Some(hash);
        }
        let hexadecimal = reference.len() >= 12 && reference.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut matching =
            self.texts.range(reference.to_owned()..).take_while(|entry| entry.0.starts_with(reference));
        match (hexadecimal, matching.next(), matching.next()) {
            (true, Some((hash, _)), None) => Some(hash),
            _ => None,
        }
    }
    pub fn get(&self, reference: &str) -> Option<&str> {
        self.texts.get(self.find(reference)?).map(String::as_str)
    }
    /// Name, tag, hash.
    pub fn list(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.tags.iter().map(|((name, tag), hash)| (name.as_str(), tag.as_str(), hash.as_str()))
    }
}

impl Resolver for SpecStore {
    fn resolve(&self, reference: &str) -> Result<String, String> {
        self.get(reference).map(str::to_owned).ok_or_else(|| format!("the store does not have `{reference}`"))
    }
}
