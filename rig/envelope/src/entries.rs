//! Small maps, shared until changed.
//!
//! Entries stand in the order of the deterministic CBOR form (shorter keys first, then by bytes),
//! so that writing one sorts nothing. A clone is a counter; the first change to a shared map copies
//! it. An empty map owns no memory.

use std::{fmt, sync::Arc};

use crate::{Text, Value};

/// A map from text to `V` in deterministic order.
#[derive(Clone, PartialEq)]
pub struct Entries<V>(Option<Arc<Vec<(Text, V)>>>);

/// The decoded fields of a message.
pub type Map = Entries<Value>;
/// Routing and protocol context.
pub type Meta = Entries<Text>;

fn order(a: &str, b: &str) -> std::cmp::Ordering {
    a.len().cmp(&b.len()).then_with(|| a.as_bytes().cmp(b.as_bytes()))
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<V> Entries<V> {
    pub const fn new() -> Self {
        Self(None)
    }
    fn slice(&self) -> &[(Text, V)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.slice().binary_search_by(|(name, _)| order(name, key))
    }
    pub fn len(&self) -> usize {
        self.slice().len()
    }
    pub fn is_empty(&self) -> bool {
        self.slice().is_empty()
    }
    pub fn contains(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }
    /// The entry with exactly this key: dots in it mean nothing here.
    pub fn entry(&self, key: &str) -> Option<&V> {
        self.find(key).ok().map(|at| &self.slice()[at].1)
    }
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Text, &V)> {
        self.slice().iter().map(|(key, value)| (key, value))
    }
}

impl<V: Clone> Entries<V> {
    fn vec(&mut self) -> &mut Vec<(Text, V)> {
        Arc::make_mut(self.0.get_or_insert_with(|| Arc::new(Vec::with_capacity(4))))
    }
    /// Puts an entry in, in place of one with the same key, which is returned.
    pub fn insert(&mut self, key: impl Into<Text>, value: impl Into<V>) -> Option<V> {
        let (key, value) = (key.into(), value.into());
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.vec()[at].1, value)),
            Err(at) => {
                self.vec().insert(at, (key, value));
                None
            }
        }
    }
    /// Takes the entry with exactly this key out.
    pub fn take(&mut self, key: &str) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.vec().remove(at).1)
    }
    pub fn entry_mut(&mut self, key: &str) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        Some(&mut self.vec()[at].1)
    }
    /// Keeps the entries for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &V) -> bool) {
        if self.iter().all(|(key, value)| keep(key, value)) {
            return;
        }
        self.vec().retain(|(key, value)| keep(key, value));
    }
    pub fn clear(&mut self) {
        self.0 = None;
    }
    /// From entries in any order; of two with one key the later counts.
    pub(crate) fn from_vec(mut entries: Vec<(Text, V)>) -> Self {
        if entries.is_empty() {
            return Self(None);
        }
        if !entries.is_sorted_by(|a, b| order(&a.0, &b.0).is_lt()) {
            // Stable: among equals the later stays behind the earlier, and survives below.
            entries.sort_by(|a, b| order(&a.0, &b.0));
            entries.reverse();
            entries.dedup_by(|a, b| a.0 == b.0);
            entries.reverse();
        }
        Self(Some(Arc::new(entries)))
    }
}

impl Meta {
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entry(key).map(Text::as_str)
    }
    /// Binary content in metadata: `hex:` and lower-case hex.
    pub fn insert_bytes(&mut self, key: impl Into<Text>, bytes: &[u8]) {
        self.insert(key, format!("hex:{}", crate::value::hex(bytes)));
    }
    /// What [`Meta::insert_bytes`] wrote; none if it is not hex.
    pub fn get_bytes(&self, key: &str) -> Option<Vec<u8>> {
        let text = self.get(key)?;
        let digits = text.strip_prefix("hex:").unwrap_or(text).as_bytes();
        if digits.len() % 2 != 0 {
            return None;
        }
        digits.chunks_exact(2).map(|pair| Some((digit(pair[0])? << 4) | digit(pair[1])?)).collect()
    }
}

fn digit(c: u8) -> Option<u8> {
    char::from(c).to_digit(16).map(|value| value as u8)
}

impl<V: Clone, K: Into<Text>, I: Into<V>> FromIterator<(K, I)> for Entries<V> {
    fn from_iter<T: IntoIterator<Item = (K, I)>>(entries: T) -> Self {
        Self::from_vec(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

/// The keys, and what kind of value each has.
impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(key, value)| (key.as_str(), value))).finish()
    }
}
/// Only the keys: a mapping may have put anything into the values.
impl fmt::Debug for Meta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(key, _)| key.as_str())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_encoded_keys() {
        let meta: Meta = [("bb", "1"), ("a", "2"), ("ab", "3"), ("a", "4")].into_iter().collect();
        let entries: Vec<_> = meta.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(entries, [("a", "4"), ("ab", "3"), ("bb", "1")]);
        let mut one_by_one = Meta::new();
        for (key, value) in [("bb", "1"), ("a", "2"), ("ab", "3"), ("a", "4")] {
            one_by_one.insert(key, value);
        }
        assert_eq!(meta, one_by_one);
    }

    #[test]
    fn clones_do_not_see_changes() {
        let mut one: Meta = [("k", "1")].into_iter().collect();
        let other = one.clone();
        one.insert("k", "2");
        assert_eq!((one.get("k"), other.get("k")), (Some("2"), Some("1")));
        assert_eq!(one.take("k").as_deref(), Some("2"));
        assert!(one.is_empty() && other.len() == 1);
    }

    #[test]
    fn bytes_in_metadata() {
        let mut meta = Meta::new();
        meta.insert_bytes("h", &[0, 0xAF]);
        assert_eq!(meta.get("h"), Some("hex:00af"));
        assert_eq!(meta.get_bytes("h"), Some(vec![0, 0xAF]));
        meta.insert("h", "hex:0");
        assert_eq!(meta.get_bytes("h"), None);
        meta.insert("h", "hex:zz");
        assert_eq!(meta.get_bytes("h"), None);
    }
}
