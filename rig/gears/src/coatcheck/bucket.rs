//! A bucket in the rack's memory: what is parked, each for its time.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

/// What is parked under keys. Time is since some beginning and must not go back.
#[derive(Debug)]
pub struct Bucket<V> {
    parked: HashMap<String, Parked<V>>,
    deadlines: BTreeSet<(Duration, String)>,
}

#[derive(Debug)]
struct Parked<V> {
    value: V,
    until: Duration,
}

impl<V> Default for Bucket<V> {
    fn default() -> Self {
        Self { parked: HashMap::new(), deadlines: BTreeSet::new() }
    }
}

impl<V> Bucket<V> {
    /// Parks until a time; what was there under the key is replaced.
    pub fn put(&mut self, key: String, value: V, until: Duration) {
        if let Some(before) = self.parked.insert(key.clone(), Parked { value, until }) {
            self.deadlines.remove(&(before.until, key.clone()));
        }
        self.deadlines.insert((until, key));
    }

    /// What is parked, if its time is not over. It stays there.
    pub fn get(&self, key: &str, now: Duration) -> Option<&V> {
        self.parked.get(key).filter(|parked| parked.until > now).map(|parked| &parked.value)
    }

    /// Takes out what has been there long enough, the oldest first, at most `limit`.
    pub fn expire(&mut self, now: Duration, limit: usize) -> Vec<(String, V)> {
        let mut over = Vec::new();
        while over.len() < limit && self.deadlines.first().is_some_and(|(until, _)| *until <= now) {
            let Some((_, key)) = self.deadlines.pop_first() else { break };
            if let Some(parked) = self.parked.remove(&key) {
                over.push((key, parked.value));
            }
        }
        over
    }

    /// When something's time is over next.
    pub fn next_deadline(&self) -> Option<Duration> {
        self.deadlines.first().map(|(until, _)| *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn parked_for_its_time() {
        let mut bucket = Bucket::default();
        bucket.put("a".into(), 1, at(10));
        bucket.put("b".into(), 2, at(5));
        assert_eq!(bucket.next_deadline(), Some(at(5)));
        assert_eq!(bucket.get("b", at(4)), Some(&2));
        assert_eq!(bucket.get("b", at(5)), None);
        assert_eq!(bucket.expire(at(5), 10), [("b".to_owned(), 2)]);
        assert_eq!(bucket.next_deadline(), Some(at(10)));
        assert_eq!(bucket.get("a", at(9)), Some(&1), "it may be asked for again");
    }

    #[test]
    fn parked_again_it_lives_anew() {
        let mut bucket = Bucket::default();
        bucket.put("a".into(), 1, at(5));
        bucket.put("a".into(), 2, at(10));
        assert!(bucket.expire(at(5), 10).is_empty());
        assert_eq!(bucket.get("a", at(5)), Some(&2));
        bucket.put("b".into(), 3, at(10));
        assert_eq!(bucket.expire(at(20), 1).len(), 1);
        assert_eq!(bucket.expire(at(20), 1).len(), 1);
        assert!(bucket.expire(at(20), 1).is_empty());
    }
}
