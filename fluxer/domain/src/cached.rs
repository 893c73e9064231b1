//! A read-through cache of rows that this process also writes.
//!
//! A load that began before an invalidation must not put the old row back after it: every
//! invalidation moves the key's epoch, and a load keeps its result only if the epoch stood
//! still. Nodes of a fleet invalidate each other over the bus.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::atomic::{AtomicU64, Ordering::SeqCst},
    time::Duration,
};

use moka::sync::Cache;

const SLOTS: usize = 1024;

/// Values by key, at most `capacity` of them, each for at most ten minutes unused.
pub struct Cached<K, V> {
    values: Cache<K, V>,
    epochs: Box<[AtomicU64]>,
    hasher: RandomState,
}

impl<K, V> Cached<K, V>
where
    K: Hash + Eq + Send + Sync + Clone + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub fn new(capacity: u64) -> Self {
        Self {
            values: Cache::builder().max_capacity(capacity).time_to_idle(Duration::from_secs(600)).build(),
            epochs: (0..SLOTS).map(|_| AtomicU64::new(0)).collect(),
            hasher: RandomState::new(),
        }
    }

    fn epoch(&self, key: &K) -> &AtomicU64 {
        &self.epochs[self.hasher.hash_one(key) as usize % SLOTS]
    }

    /// The value of `key`, loaded if it is not there.
    pub async fn get_or_load<E>(&self, key: &K, load: impl Future<Output = Result<V, E>>) -> Result<V, E> {
        if let Some(value) = self.values.get(key) {
            return Ok(value);
        }
        let epoch = self.epoch(key);
        let before = epoch.load(SeqCst);
        let value = load.await?;
        if epoch.load(SeqCst) == before {
            self.values.insert(key.clone(), value.clone());
            // An invalidation between the check and the insertion found nothing to remove.
            if epoch.load(SeqCst) != before {
                self.values.invalidate(key);
            }
        }
        Ok(value)
    }

    /// The values of `keys` in their order; those that are not there are loaded together.
    pub async fn get_many_or_load<E, F>(
        &self,
        keys: &[K],
        load: impl FnOnce(Vec<K>) -> F,
    ) -> Result<Vec<V>, E>
    where
        F: Future<Output = Result<Vec<V>, E>>,
    {
        let mut found: Vec<Option<V>> = keys.iter().map(|key| self.values.get(key)).collect();
        let missing: Vec<usize> = (0..keys.len()).filter(|&index| found[index].is_none()).collect();
        if !missing.is_empty() {
            let before: Vec<u64> =
                missing.iter().map(|&index| self.epoch(&keys[index]).load(SeqCst)).collect();
            let loaded = load(missing.iter().map(|&index| keys[index].clone()).collect()).await?;
            for ((index, value), before) in missing.into_iter().zip(loaded).zip(before) {
                let (key, epoch) = (&keys[index], self.epoch(&keys[index]));
                if epoch.load(SeqCst) == before {
                    self.values.insert(key.clone(), value.clone());
                    if epoch.load(SeqCst) != before {
                        self.values.invalidate(key);
                    }
                }
                found[index] = Some(value);
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    pub fn peek(&self, key: &K) -> Option<V> {
        self.values.get(key)
    }

    /// Forgets `key`; call it after the write is durable.
    pub fn invalidate(&self, key: &K) {
        self.epoch(key).fetch_add(1, SeqCst);
        self.values.invalidate(key);
    }

    pub fn clear(&self) {
        for epoch in &self.epochs {
            epoch.fetch_add(1, SeqCst);
        }
        self.values.invalidate_all();
    }
}
