//! Which entries there are, how large, and in which order they were used. Pure.

use std::collections::{BTreeMap, HashMap};

use super::Name;

#[derive(Default)]
pub struct Index {
    entries: HashMap<Name, (u64, i64)>,
    /// By age: the smallest number was used longest ago.
    order: BTreeMap<i64, Name>,
    total: u64,
    newest: i64,
    old: i64,
}

impl Index {
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// As the most recently used.
    pub fn insert(&mut self, name: Name, size: u64) {
        self.remove(&name);
        self.newest += 1;
        self.place(name, size, self.newest);
    }

    /// As used longer ago than anything this run used; but not than those inserted so before.
    /// What is known already stays.
    pub fn insert_old(&mut self, name: Name, size: u64) {
        if !self.entries.contains_key(&name) {
            self.old += 1;
            self.place(name, size, i64::MIN + self.old);
        }
    }

    fn place(&mut self, name: Name, size: u64, at: i64) {
        self.entries.insert(name, (size, at));
        self.order.insert(at, name);
        self.total += size;
    }

    pub fn touch(&mut self, name: &Name) {
        if let Some((size, _)) = self.entries.get(name).copied() {
            self.insert(*name, size);
        }
    }

    pub fn remove(&mut self, name: &Name) {
        if let Some((size, at)) = self.entries.remove(name) {
            self.order.remove(&at);
            self.total -= size;
        }
    }

    /// Forgets the longest unused until all fit; whom it forgot.
    pub fn shrink(&mut self, limit: u64) -> Vec<Name> {
        let mut gone = Vec::new();
        while self.total > limit {
            let Some((_, name)) = self.order.first_key_value() else { break };
            let name = *name;
            self.remove(&name);
            gone.push(name);
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: u8) -> Name {
        [number; 32]
    }

    #[test]
    fn least_recently_used_goes_first() {
        let mut index = Index::default();
        for number in 1..=3 {
            index.insert(name(number), 10);
        }
        index.touch(&name(1));
        index.touch(&name(9));
        assert_eq!(index.shrink(30), Vec::<Name>::new());
        assert_eq!(index.shrink(25), [name(2)]);
        index.insert(name(3), 5);
        assert_eq!((index.total(), index.shrink(5)), (15, vec![name(1)]));
        assert_eq!(index.shrink(0), [name(3)]);
        assert_eq!(index.total(), 0);
    }

    #[test]
    fn earlier_runs_are_older_in_their_order() {
        let mut index = Index::default();
        index.insert(name(9), 1);
        for number in [1, 2, 9, 3] {
            index.insert_old(name(number), 1);
        }
        assert_eq!(index.shrink(0), [name(1), name(2), name(3), name(9)]);
    }
}
