//! Locks with a time to live.

use std::{fmt, sync::Arc, time::Duration};

use crate::{Error, engine::Engine};

/// Holds a lock until dropped or until its time is over.
#[must_use = "the lock is given back when the guard is dropped"]
pub struct Guard {
    engine: Arc<dyn Engine>,
    key: String,
    token: u64,
}

impl Guard {
    pub(crate) fn new(engine: Arc<dyn Engine>, key: &str, token: u64) -> Self {
        Self { engine, key: key.to_owned(), token }
    }

    /// Holds on for `ttl` from now; false if the lock was lost, and perhaps taken by another.
    pub async fn extend(&self, ttl: Duration) -> Result<bool, Error> {
        self.engine.extend_lock(&self.key, self.token, ttl).await
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.engine.unlock(&self.key, self.token);
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("key", &self.key).finish_non_exhaustive()
    }
}
