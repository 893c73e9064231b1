//! Writes that happen together or not at all.

use std::{fmt, sync::Arc};

use crate::{Error, KeyTuple, Row, Table, Value, Write};

/// Collects writes for [`crate::Store::commit`]. A row that cannot be encoded fails the
/// commit, not the builder.
#[derive(Clone, Default)]
#[must_use = "a batch does nothing until it is committed"]
pub struct Batch {
    writes: Vec<Write>,
    error: Option<Error>,
    hooks: Vec<Hook>,
}

/// Runs after a commit.
pub(crate) type Hook = Arc<dyn Fn() + Send + Sync>;

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("writes", &self.writes).finish_non_exhaustive()
    }
}

impl Batch {
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the whole row, replacing one with the same key and its expiry.
    pub fn put<T: Table>(self, row: &T) -> Self {
        self.put_with::<T>(row, T::SCHEMA.ttl)
    }

    /// As [`Batch::put`]; the row is gone after `seconds` (at once if that is not positive).
    pub fn put_ttl<T: Table>(self, row: &T, seconds: i64) -> Self {
        if seconds <= 0 { self.delete::<T>(row.key()) } else { self.put_with::<T>(row, Some(seconds)) }
    }

    pub fn delete<T: Table>(mut self, key: T::Key) -> Self {
        self.writes.push(Write::Delete { schema: T::SCHEMA, key: key.into_values() });
        self
    }

    pub fn delete_partition<T: Table>(mut self, partition: T::Partition) -> Self {
        self.writes.push(Write::DeletePartition { schema: T::SCHEMA, partition: partition.into_values() });
        self
    }

    /// Adds the writes of `other` after those of this one.
    pub fn append(mut self, other: Self) -> Self {
        self.writes.extend(other.writes);
        self.error = self.error.or(other.error);
        self.hooks.extend(other.hooks);
        self
    }

    /// Calls `hook` once the commit is known to be durable by whoever waits for it; if
    /// nobody does, it is not called.
    pub fn on_commit(mut self, hook: impl Fn() + Send + Sync + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    pub fn len(&self) -> usize {
        self.writes.len()
    }
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty() && self.error.is_none()
    }

    pub(crate) fn into_parts(self) -> Result<(Vec<Write>, Vec<Hook>), Error> {
        match self.error {
            Some(error) => Err(error),
            None => Ok((self.writes, self.hooks)),
        }
    }

    fn put_with<T: Table>(mut self, row: &T, ttl: Option<i64>) -> Self {
        match encode(row) {
            Ok(row) => self.writes.push(Write::Put { schema: T::SCHEMA, row, ttl }),
            Err(error) => self.error = self.error.or(Some(error)),
        }
        self
    }
}

pub(crate) fn encode<T: Table>(row: &T) -> Result<Row, Error> {
    let values = row.encode()?;
    for (value, column) in values.iter().zip(T::SCHEMA.columns) {
        // SQLite would keep NULL for it, Cassandra the NaN
        if matches!(value, Value::Real(number) if number.is_nan()) {
            return Err(Error::encoding("not a number").at(T::SCHEMA.name, column.name));
        }
    }
    Ok(values)
}
