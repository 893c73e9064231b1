//! One map with its expiry and its bound.

use bytes::Bytes;
use indexmap::IndexMap;

use crate::gcra::State;

pub enum Item {
    Value(Bytes),
    Count(u64),
    Bucket(State),
    /// Held by this token.
    Lock(u64),
}

struct Entry {
    item: Item,
    expires_at: i64,
    /// Used since the hand last passed.
    used: bool,
}

/// What an entry costs besides its key and value, about.
const OVERHEAD: usize = 112;
/// Entries that a write looks at on behalf of expiry; more than one, so that the hand
/// outruns the writes.
const STEPS: usize = 2;

pub struct Shard {
    entries: IndexMap<Box<str>, Entry>,
    /// Where the next look begins.
    hand: usize,
    weight: usize,
    bound: usize,
}

impl Shard {
    pub fn new(bound: usize) -> Self {
        Self { entries: IndexMap::new(), hand: 0, weight: 0, bound }
    }

    pub fn live(&mut self, key: &str, now: i64) -> Option<&mut Item> {
        let entry = self.entries.get_mut(key).filter(|entry| entry.expires_at > now)?;
        entry.used = true;
        Some(&mut entry.item)
    }

    pub fn holds(&mut self, key: &str, token: u64, now: i64) -> bool {
        matches!(self.live(key, now), Some(Item::Lock(holder)) if *holder == token)
    }

    pub fn put(&mut self, key: &str, item: Item, expires_at: i64, now: i64) {
        self.weight += weight(key, &item);
        if let Some(entry) = self.entries.get_mut(key) {
            self.weight -= weight(key, &entry.item);
            *entry = Entry { item, expires_at, used: true };
        } else {
            self.entries.insert(key.into(), Entry { item, expires_at, used: false });
        }
        for _ in 0..STEPS {
            self.step(now, false);
        }
        // Two rounds: the first may only clear marks. What is left then are locks.
        let mut steps = 2 * self.entries.len();
        while self.weight > self.bound && steps > 0 {
            self.step(now, true);
            steps -= 1;
        }
    }

    pub fn expire(&mut self, key: &str, expires_at: i64, now: i64) -> bool {
        let entry = self.entries.get_mut(key).filter(|entry| entry.expires_at > now);
        entry.map(|entry| entry.expires_at = expires_at).is_some()
    }

    pub fn remove(&mut self, key: &str, now: i64) -> Option<Item> {
        let index = self.entries.get_index_of(key)?;
        let entry = self.remove_at(index)?;
        (entry.expires_at > now).then_some(entry.item)
    }

    pub fn clear(&mut self) {
        *self = Self::new(self.bound);
    }

    /// Drops all that is expired and gives back memory; how many are left.
    pub fn sweep(&mut self, now: i64) -> usize {
        self.entries.retain(|key, entry| {
            let live = entry.expires_at > now;
            if !live {
                self.weight -= weight(key, &entry.item);
            }
            live
        });
        if self.entries.capacity() > 4 * self.entries.len() + 64 {
            self.entries.shrink_to(2 * self.entries.len());
        }
        self.entries.len()
    }

    /// Looks at the entry under the hand: an expired one goes, and one that may be
    /// `evict`ed goes unless it was used.
    fn step(&mut self, now: i64, evict: bool) {
        if self.hand >= self.entries.len() {
            self.hand = 0;
        }
        let Some((_, entry)) = self.entries.get_index_mut(self.hand) else { return };
        let spared = entry.used;
        entry.used &= !evict;
        let unwanted = evict && !spared && !matches!(entry.item, Item::Lock(_));
        if entry.expires_at <= now || unwanted {
            // the last entry takes its place and is looked at next
            self.remove_at(self.hand);
        } else {
            self.hand += 1;
        }
    }

    fn remove_at(&mut self, index: usize) -> Option<Entry> {
        let (key, entry) = self.entries.swap_remove_index(index)?;
        self.weight -= weight(&key, &entry.item);
        Some(entry)
    }
}

fn weight(key: &str, item: &Item) -> usize {
    let value = if let Item::Value(bytes) = item { bytes.len() } else { 0 };
    key.len() + value + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_drop_what_has_expired() {
        let mut shard = Shard::new(usize::MAX);
        for index in 0..1_000 {
            shard.put(&format!("old:{index}"), Item::Count(1), 10, 0);
        }
        for index in 0..1_000 {
            shard.put(&format!("new:{index}"), Item::Count(1), 30, 20);
        }
        assert_eq!(shard.entries.len(), 1_000);
        let weights: usize = shard.entries.iter().map(|(key, entry)| weight(key, &entry.item)).sum();
        assert_eq!(shard.weight, weights);
    }
}
