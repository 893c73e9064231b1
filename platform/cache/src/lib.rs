//! What may be forgotten: values with a time to live, counters, rate limits, locks.
//!
//! [`Cache`] is the front; engines sit behind a port: in-process ([`Cache::local`]), and
//! one for several nodes. Nothing here survives a restart of the monolith, and values may
//! be evicted before their time; whatever must not be lost belongs in the store. Must not
//! know what it caches.

mod engine;
mod error;
mod flight;
pub mod gcra;
mod local;
mod lock;

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use platform_kernel::{Clock, Rng, Timestamp};
use serde::{Serialize, de::DeserializeOwned};

pub use error::Error;
pub use gcra::{Decision, Gcra};
pub use local::Limits;
pub use lock::Guard;

use engine::Engine;
use flight::Flights;

/// Keys are text, by custom `what:id`. Cheap to clone.
#[derive(Clone)]
pub struct Cache {
    engine: Arc<dyn Engine>,
    flights: Arc<Flights>,
    rng: Rng,
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cache")
    }
}

impl Cache {
    /// A cache in this process, bounded by [`Limits::default`].
    pub fn local(clock: Clock, rng: Rng) -> Self {
        Self::local_with(Limits::default(), clock, rng)
    }

    pub fn local_with(limits: Limits, clock: Clock, rng: Rng) -> Self {
        Self { engine: Arc::new(local::Local::new(limits, clock)), flights: Arc::default(), rng }
    }

    pub async fn get(&self, key: &str) -> Result<Option<Bytes>, Error> {
        self.engine.get(key).await
    }

    pub async fn set(&self, key: &str, value: impl Into<Bytes>, ttl: Duration) -> Result<(), Error> {
        self.engine.set(key, value.into(), ttl).await
    }

    /// Sets the value unless there is one; true if this call set it.
    pub async fn set_if_absent(
        &self,
        key: &str,
        value: impl Into<Bytes>,
        ttl: Duration,
    ) -> Result<bool, Error> {
        self.engine.set_if_absent(key, value.into(), ttl).await
    }

    /// Lets a value live for `ttl` from now; false if there is none.
    pub async fn expire(&self, key: &str, ttl: Duration) -> Result<bool, Error> {
        self.engine.expire(key, ttl).await
    }

    /// True if there was something to delete.
    pub async fn delete(&self, key: &str) -> Result<bool, Error> {
        self.engine.delete(key).await
    }

    /// Gets and deletes in one step: of several callers exactly one gets the value.
    pub async fn take(&self, key: &str) -> Result<Option<Bytes>, Error> {
        self.engine.take(key).await
    }

    /// A value that no longer fits `T` counts as absent.
    pub async fn get_json<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        Ok(self.get(key).await?.and_then(|bytes| parse(key, &bytes)))
    }

    pub async fn set_json<T: Serialize + Sync + ?Sized>(
        &self,
        key: &str,
        value: &T,
        ttl: Duration,
    ) -> Result<(), Error> {
        let bytes = serde_json::to_vec(value).map_err(|error| Error::Encoding(error.to_string()))?;
        self.set(key, bytes, ttl).await
    }

    /// As [`Cache::take`], for JSON.
    pub async fn take_json<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Error> {
        Ok(self.take(key).await?.and_then(|bytes| parse(key, &bytes)))
    }

    /// The cached value, or what `load` gives, which is then cached. While one caller in
    /// this process loads, others of the same key wait for its value. Errors are not cached.
    pub async fn get_with<T, E>(
        &self,
        key: &str,
        ttl: Duration,
        load: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned + Sync,
        E: From<Error>,
    {
        if let Some(value) = self.get_json(key).await? {
            return Ok(value);
        }
        let flight = self.flights.join(key);
        let _turn = flight.turn().await;
        if let Some(value) = self.get_json(key).await? {
            return Ok(value);
        }
        let value = load.await?;
        self.set_json(key, &value, ttl).await?;
        Ok(value)
    }

    /// Counts one more in the window that the first count of `key` opened.
    pub async fn incr_window(&self, key: &str, window: Duration) -> Result<u64, Error> {
        self.engine.incr_window(key, window).await
    }

    /// Counts one more; whether that is still within `limit` for the window.
    pub async fn hit(&self, key: &str, limit: u64, window: Duration) -> Result<bool, Error> {
        Ok(self.incr_window(key, window).await? <= limit)
    }

    /// Takes a token from the rate-limit bucket `key`. A cache that cannot be reached
    /// limits nobody: the alternative is to refuse everybody.
    pub async fn gcra(&self, key: &str, limit: u32, window_ms: u64, now: Timestamp) -> Decision {
        let rule = Gcra::new(limit, window_ms);
        match self.engine.gcra(key, rule, now).await {
            Ok(decision) => decision,
            Err(error) => {
                tracing::warn!(%error, "rate limits are not applied");
                rule.check(None, now).0
            }
        }
    }

    /// The lock `key`, unless somebody has it. It is released when the guard is dropped and
    /// lost `ttl` from now unless extended.
    pub async fn try_lock(&self, key: &str, ttl: Duration) -> Result<Option<Guard>, Error> {
        let token = u64::from_le_bytes(self.rng.bytes());
        let locked = self.engine.try_lock(key, token, ttl).await?;
        Ok(locked.then(|| Guard::new(Arc::clone(&self.engine), key, token)))
    }

    /// Forgets everything, locks too. For tests.
    pub async fn clear(&self) -> Result<(), Error> {
        self.engine.clear().await
    }

    /// How many entries are alive. Visits them all: for metrics, not for requests.
    pub async fn len(&self) -> Result<usize, Error> {
        self.engine.len().await
    }
    pub async fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len().await? == 0)
    }
}

fn parse<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes)
        .inspect_err(|error| tracing::debug!(key, %error, "a cached value has another shape"))
        .ok()
}
