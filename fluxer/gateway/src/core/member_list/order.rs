//! A sorted sequence with access by index: chunks of up to 512 keys. Finding a chunk is a walk
//! over chunk lengths, which for a guild of 100,000 is a few hundred additions; a tree would
//! save little of that and cost pointers per member.

use std::{cmp::Ordering, sync::Arc};

const SPLIT: usize = 512;

/// Where a member stands: group, then name, then id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub group: u16,
    /// Case-folded.
    pub name: Arc<str>,
    pub user: u64,
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.group
            .cmp(&other.group)
            .then_with(|| self.name.cmp(&other.name))
            .then_with(|| self.user.cmp(&other.user))
    }
}
impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// See the module's description. No chunk is empty.
#[derive(Debug, Default)]
pub struct Order {
    chunks: Vec<Vec<Key>>,
    len: usize,
}

impl Order {
    pub fn build(mut keys: Vec<Key>) -> Self {
        keys.sort_unstable();
        let len = keys.len();
        Self { chunks: keys.chunks(SPLIT / 2).map(<[Key]>::to_vec).collect(), len }
    }
    pub const fn len(&self) -> usize {
        self.len
    }
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The chunk a key is in or belongs into.
    fn chunk(&self, key: &Key) -> usize {
        let after = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| first <= key));
        after.saturating_sub(1)
    }
    pub fn insert(&mut self, key: Key) {
        if self.chunks.is_empty() {
            self.chunks.push(Vec::new());
        }
        let index = self.chunk(&key);
        let chunk = &mut self.chunks[index];
        if let Err(at) = chunk.binary_search(&key) {
            chunk.insert(at, key);
            self.len += 1;
            if chunk.len() > SPLIT {
                let tail = chunk.split_off(SPLIT / 2);
                self.chunks.insert(index + 1, tail);
            }
        }
    }
    pub fn remove(&mut self, key: &Key) -> bool {
        let index = self.chunk(key);
        let Some(chunk) = self.chunks.get_mut(index) else { return false };
        let Ok(at) = chunk.binary_search(key) else { return false };
        chunk.remove(at);
        self.len -= 1;
        if chunk.is_empty() {
            self.chunks.remove(index);
        }
        true
    }
    /// Keys from the `index`th on.
    pub fn iter_from(&self, mut index: usize) -> impl Iterator<Item = &Key> {
        let mut chunk = 0;
        while chunk < self.chunks.len() && index >= self.chunks[chunk].len() {
            index -= self.chunks[chunk].len();
            chunk += 1;
        }
        self.chunks[chunk..].iter().flatten().skip(index)
    }
}
