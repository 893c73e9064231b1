//! The in-process engine: maps behind short locks, spread by the key's hash.
//!
//! Nothing runs in the background. Each write also looks at a few older entries and drops
//! the expired ones; when the bound is reached, entries not used since the last look are
//! evicted (the clock algorithm). Locks are never evicted.

mod shard;

use std::{
    future::ready,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use bytes::Bytes;
use parking_lot::Mutex;
use platform_kernel::{Clock, Timestamp};

use crate::{
    Decision, Error, Gcra,
    engine::{Answer, Engine},
};
use shard::{Item, Shard};

/// How much is kept.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Keys and values with what keeping them costs.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

const SHARDS: usize = 32;

pub struct Local {
    shards: Vec<Mutex<Shard>>,
    hasher: RandomState,
    clock: Clock,
}

impl Local {
    pub fn new(limits: Limits, clock: Clock) -> Self {
        let each = limits.bytes / SHARDS;
        let shards = (0..SHARDS).map(|_| Mutex::new(Shard::new(each))).collect();
        Self { shards, hasher: RandomState::new(), clock }
    }

    fn now(&self) -> i64 {
        self.clock.now().millis()
    }

    /// Runs `step` on the key's shard at the current time.
    fn on<'a, T: Send + 'a>(&self, key: &str, step: impl FnOnce(&mut Shard, i64) -> T) -> Answer<'a, T> {
        let now = self.now();
        let index = self.hasher.hash_one(key) as usize % SHARDS;
        let outcome = step(&mut self.shards[index].lock(), now);
        Box::pin(ready(Ok(outcome)))
    }
}

fn after(now: i64, ttl: Duration) -> i64 {
    // at least a millisecond, so that what was just set can be read
    now.saturating_add(i64::try_from(ttl.as_millis()).unwrap_or(i64::MAX).max(1))
}

impl Engine for Local {
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Bytes>> {
        self.on(key, |shard, now| match shard.live(key, now) {
            Some(Item::Value(bytes)) => Some(bytes.clone()),
            _ => None,
        })
    }

    fn set<'a>(&'a self, key: &'a str, value: Bytes, ttl: Duration) -> Answer<'a, ()> {
        self.on(key, |shard, now| shard.put(key, Item::Value(value), after(now, ttl), now))
    }

    fn set_if_absent<'a>(&'a self, key: &'a str, value: Bytes, ttl: Duration) -> Answer<'a, bool> {
        self.on(key, |shard, now| {
            let absent = shard.live(key, now).is_none();
            if absent {
                shard.put(key, Item::Value(value), after(now, ttl), now);
            }
            absent
        })
    }

    fn expire<'a>(&'a self, key: &'a str, ttl: Duration) -> Answer<'a, bool> {
        self.on(key, |shard, now| shard.expire(key, after(now, ttl), now))
    }

    fn delete<'a>(&'a self, key: &'a str) -> Answer<'a, bool> {
        self.on(key, |shard, now| shard.remove(key, now).is_some())
    }

    fn take<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Bytes>> {
        self.on(key, |shard, now| match shard.live(key, now) {
            Some(Item::Value(_)) => match shard.remove(key, now) {
                Some(Item::Value(bytes)) => Some(bytes),
                _ => None,
            },
            _ => None,
        })
    }

    fn incr_window<'a>(&'a self, key: &'a str, window: Duration) -> Answer<'a, u64> {
        self.on(key, |shard, now| {
            if let Some(Item::Count(count)) = shard.live(key, now) {
                *count = count.saturating_add(1);
                return *count;
            }
            shard.put(key, Item::Count(1), after(now, window), now);
            1
        })
    }

    fn gcra<'a>(&'a self, key: &'a str, rule: Gcra, now: Timestamp) -> Answer<'a, Decision> {
        self.on(key, |shard, clock| {
            let state = match shard.live(key, clock) {
                Some(Item::Bucket(state)) => Some(*state),
                _ => None,
            };
            let (decision, kept) = rule.check(state, now);
            if kept != state
                && let Some(kept) = kept
            {
                shard.put(key, Item::Bucket(kept), kept.empty_at().millis(), clock);
            }
            decision
        })
    }

    fn try_lock<'a>(&'a self, key: &'a str, token: u64, ttl: Duration) -> Answer<'a, bool> {
        self.on(key, |shard, now| {
            let free = !matches!(shard.live(key, now), Some(Item::Lock(_)));
            if free {
                shard.put(key, Item::Lock(token), after(now, ttl), now);
            }
            free
        })
    }

    fn extend_lock<'a>(&'a self, key: &'a str, token: u64, ttl: Duration) -> Answer<'a, bool> {
        self.on(key, |shard, now| shard.holds(key, token, now) && shard.expire(key, after(now, ttl), now))
    }

    fn unlock(&self, key: &str, token: u64) {
        drop(self.on(key, |shard, now| {
            if shard.holds(key, token, now) {
                shard.remove(key, now);
            }
        }));
    }

    fn clear(&self) -> Answer<'_, ()> {
        for shard in &self.shards {
            shard.lock().clear();
        }
        Box::pin(ready(Ok(())))
    }

    fn len(&self) -> Answer<'_, usize> {
        let now = self.now();
        let count: Result<usize, Error> = Ok(self.shards.iter().map(|shard| shard.lock().sweep(now)).sum());
        Box::pin(ready(count))
    }
}
