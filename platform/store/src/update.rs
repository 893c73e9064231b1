//! Read, change, write back if nobody else did.
//!
//! Updates of one row within this process queue up behind a lock, so they meet a conflict
//! only with another process or a bare `update_if_version`; those retries back off.

use std::{
    convert::Infallible,
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use platform_kernel::Rng;

use crate::{Batch, Error, KeyTuple, Store, Value, Versioned};

const ATTEMPTS: u32 = 12;
const BACKOFF_FROM: u32 = 2;
const BACKOFF_MS: u64 = 10;

impl Store {
    /// Applies `change` to the row under `key` and returns it as stored; `None` if there is
    /// no such row. `change` may be called more than once.
    pub async fn update<T: Versioned, F>(&self, key: T::Key, mut change: F) -> Result<Option<T>, Error>
    where
        F: FnMut(&mut T) + Send,
    {
        let updated = self
            .try_update::<T, _, Infallible>(key, |row| {
                change(row);
                Ok(true)
            })
            .await?;
        match updated {
            Ok(row) => Ok(row),
            Err(never) => match never {},
        }
    }

    /// As [`Store::update`] with a closure that may decline: `Ok(false)` leaves the row as
    /// it is and returns it, `Err` leaves it and returns the error.
    pub async fn try_update<T: Versioned, F, E>(
        &self,
        key: T::Key,
        mut change: F,
    ) -> Result<Result<Option<T>, E>, Error>
    where
        F: FnMut(&mut T) -> Result<bool, E> + Send,
        E: Send,
    {
        self.try_update_with(key, |row, _| change(row)).await
    }

    /// As [`Store::try_update`]; what the closure puts into the batch is written together with the
    /// row, or not at all.
    pub async fn try_update_with<T: Versioned, F, E>(
        &self,
        key: T::Key,
        mut change: F,
    ) -> Result<Result<Option<T>, E>, Error>
    where
        F: FnMut(&mut T, &mut Batch) -> Result<bool, E> + Send,
        E: Send,
    {
        let key_values = key.clone().into_values();
        let _turn = self.update_lock(hash(T::SCHEMA.name, &key_values)).lock().await;
        for attempt in 0..ATTEMPTS {
            if attempt >= BACKOFF_FROM {
                let ceiling = BACKOFF_MS << (attempt - BACKOFF_FROM).min(6);
                let pause = ceiling / 2 + Rng::system().below(ceiling);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
            let Some(mut row) = self.get::<T>(key.clone()).await? else { return Ok(Ok(None)) };
            let version = row.version();
            let mut with = Batch::new();
            match change(&mut row, &mut with) {
                Ok(true) => {}
                Ok(false) => return Ok(Ok(Some(row))),
                Err(error) => return Ok(Err(error)),
            }
            row.set_version(version);
            if row.key().into_values() != key_values {
                return Err(Error::Encoding(format!(
                    "an update of {} changed the row's key",
                    T::SCHEMA.name
                )));
            }
            if self.update_if_version_with(&row, with).await? {
                row.set_version(version.wrapping_add(1));
                return Ok(Ok(Some(row)));
            }
        }
        Err(Error::Conflict(T::SCHEMA.name))
    }
}

pub(crate) fn hash(table: &str, key: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    table.hash(&mut hasher);
    for value in key {
        match value {
            Value::Null => 0.hash(&mut hasher),
            Value::Int(number) => number.hash(&mut hasher),
            Value::Real(number) => number.to_bits().hash(&mut hasher),
            Value::Text(text) => text.hash(&mut hasher),
            Value::Blob(bytes) => bytes.hash(&mut hasher),
        }
    }
    hasher.finish()
}
