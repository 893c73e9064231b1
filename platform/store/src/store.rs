//! The typed front: rows in, rows out.
//!
//! Every write is handed to the engine when the method is called; the future it returns
//! resolves once the write is durable and may be dropped without taking the write back.

use std::{fmt, future::ready, sync::Arc};

use tokio::sync::{Mutex, MutexGuard};

use crate::{
    Batch, BoxFuture, Conditional, Engine, Error, KeyTuple, Range, Row, Table, Versioned, Write,
    batch::encode,
};

/// Locks for read-modify-write, shared out by key: enough that unrelated rows rarely meet.
const UPDATE_LOCKS: usize = 256;
/// Rows decoded before other tasks get a turn.
const DECODE_TURN: usize = 256;

/// An open store. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Box<dyn Engine>,
    updates: Vec<Mutex<()>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

impl Store {
    pub fn new(engine: impl Engine) -> Self {
        let updates = (0..UPDATE_LOCKS).map(|_| Mutex::new(())).collect();
        Self(Arc::new(Inner { engine: Box::new(engine), updates }))
    }

    pub(crate) fn engine(&self) -> &dyn Engine {
        &*self.0.engine
    }
    pub(crate) fn update_lock(&self, hash: u64) -> &Mutex<()> {
        &self.0.updates[hash as usize % UPDATE_LOCKS]
    }

    pub async fn get<T: Table>(&self, key: T::Key) -> Result<Option<T>, Error> {
        self.engine().get(T::SCHEMA, key.into_values()).await?.map(T::decode).transpose()
    }

    /// The rows of `keys`, in their order.
    pub async fn get_many<T: Table>(&self, keys: Vec<T::Key>) -> Result<Vec<Option<T>>, Error> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys = keys.into_iter().map(KeyTuple::into_values).collect();
        let rows = self.engine().get_many(T::SCHEMA, keys).await?;
        rows.into_iter().map(|row| row.map(T::decode).transpose()).collect()
    }

    /// Rows of one partition; see [`Range`].
    pub fn range<T: Table>(&self, partition: T::Partition) -> Range<'_, T> {
        Range::new(self, partition)
    }

    /// Pages through a whole table in the engine's own order. For jobs, never for requests.
    pub async fn scan<T: Table>(&self, after: Option<T::Key>, limit: usize) -> Result<Vec<T>, Error> {
        let rows = self.engine().scan(T::SCHEMA, after.map(KeyTuple::into_values), limit).await?;
        decode_all(rows).await
    }

    /// Applies all of `batch` or nothing.
    pub fn commit(&self, batch: Batch) -> BoxFuture<()> {
        match batch.into_parts() {
            Ok((writes, hooks)) => {
                let done: BoxFuture<()> =
                    if writes.is_empty() { Box::pin(ready(Ok(()))) } else { self.engine().commit(writes) };
                if hooks.is_empty() {
                    return done;
                }
                Box::pin(async move {
                    done.await?;
                    hooks.iter().for_each(|hook| hook());
                    Ok(())
                })
            }
            Err(error) => Box::pin(ready(Err(error))),
        }
    }

    /// Writes the whole row, replacing one with the same key and its expiry.
    pub fn put<T: Table>(&self, row: &T) -> BoxFuture<()> {
        self.commit(Batch::new().put(row))
    }

    /// As [`Store::put`]; the row is gone after `seconds`.
    pub fn put_ttl<T: Table>(&self, row: &T, seconds: i64) -> BoxFuture<()> {
        self.commit(Batch::new().put_ttl(row, seconds))
    }

    pub fn delete<T: Table>(&self, key: T::Key) -> BoxFuture<()> {
        self.engine().commit(vec![Write::Delete { schema: T::SCHEMA, key: key.into_values() }])
    }

    pub fn delete_partition<T: Table>(&self, partition: T::Partition) -> BoxFuture<()> {
        self.commit(Batch::new().delete_partition::<T>(partition))
    }

    /// Writes the row unless its key is taken; true if this call wrote it.
    pub fn insert_if_absent<T: Table>(&self, row: &T) -> BoxFuture<bool> {
        self.insert(row, T::SCHEMA.ttl)
    }

    /// As [`Store::insert_if_absent`]; the row is gone after `seconds` (at least one).
    pub fn insert_if_absent_ttl<T: Table>(&self, row: &T, seconds: i64) -> BoxFuture<bool> {
        self.insert(row, Some(seconds.max(1)))
    }

    /// Writes the row with its version raised by one if the stored version is still the
    /// row's; true if it was. The row's expiry stays as it is.
    pub fn update_if_version<T: Versioned>(&self, row: &T) -> BoxFuture<bool> {
        self.update_if_version_with(row, Batch::new())
    }

    /// As [`Store::update_if_version`], with writes that happen if and only if this one does.
    pub fn update_if_version_with<T: Versioned>(&self, row: &T, with: Batch) -> BoxFuture<bool> {
        let expected = row.version();
        let encoded = encode(row).map(|mut values| {
            if let Some(version) = T::SCHEMA.version {
                values[version] = crate::Value::Int(i64::from(expected.wrapping_add(1)));
            }
            values
        });
        let (row, (writes, hooks)) = match encoded.and_then(|row| Ok((row, with.into_parts()?))) {
            Ok(parts) => parts,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        let update = Conditional::Update { schema: T::SCHEMA, row, expected };
        let done = self.engine().conditional(update, writes);
        if hooks.is_empty() {
            return done;
        }
        Box::pin(async move {
            let held = done.await?;
            if held {
                hooks.iter().for_each(|hook| hook());
            }
            Ok(held)
        })
    }

    /// A turn among those who update the row in this process, for updates that need more than a
    /// closure to decide. [`Store::update`] takes turns by itself.
    pub async fn turn<T: Table>(&self, key: T::Key) -> MutexGuard<'_, ()> {
        self.update_lock(crate::update::hash(T::SCHEMA.name, &key.into_values())).lock().await
    }

    /// Deletes the row; true if it was there. Of several callers exactly one gets true.
    pub fn delete_if_exists<T: Table>(&self, key: T::Key) -> BoxFuture<bool> {
        let key = key.into_values();
        self.engine().conditional(Conditional::Delete { schema: T::SCHEMA, key, expected: None }, Vec::new())
    }

    /// Deletes the row if its stored version is still the row's; true if it was.
    pub fn delete_if_version<T: Versioned>(&self, row: &T) -> BoxFuture<bool> {
        let (key, expected) = (row.key().into_values(), Some(row.version()));
        self.engine().conditional(Conditional::Delete { schema: T::SCHEMA, key, expected }, Vec::new())
    }

    /// Empties every table. For tests.
    pub fn truncate_all(&self) -> BoxFuture<()> {
        self.engine().truncate_all()
    }
    pub fn checkpoint(&self) -> BoxFuture<()> {
        self.engine().checkpoint()
    }
    /// Finishes the writes handed over so far and refuses later ones.
    pub fn close(&self) -> BoxFuture<()> {
        self.engine().close()
    }

    fn insert<T: Table>(&self, row: &T, ttl: Option<i64>) -> BoxFuture<bool> {
        match encode(row) {
            Ok(row) => {
                self.engine().conditional(Conditional::Insert { schema: T::SCHEMA, row, ttl }, Vec::new())
            }
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

pub(crate) async fn decode_all<T: Table>(rows: Vec<Row>) -> Result<Vec<T>, Error> {
    let mut decoded = Vec::with_capacity(rows.len());
    for row in rows {
        if decoded.len() % DECODE_TURN == DECODE_TURN - 1 {
            tokio::task::yield_now().await;
        }
        decoded.push(T::decode(row)?);
    }
    Ok(decoded)
}
