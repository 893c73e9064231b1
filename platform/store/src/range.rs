//! Reading rows of one partition, in either direction.

use std::{marker::PhantomData, ops::Bound};

use crate::{Error, KeyTuple, Prefix, RangeQuery, Store, Table, Value, store};

/// A read of one partition, made by [`Store::range`]. Bounds are tuples with the first one
/// or more clustering columns and compare in value order, whatever the direction.
#[derive(Debug)]
#[must_use = "a range reads nothing until fetched"]
pub struct Range<'a, T: Table> {
    store: &'a Store,
    query: RangeQuery,
    rows: PhantomData<fn() -> T>,
}

impl<'a, T: Table> Range<'a, T> {
    pub(crate) fn new(store: &'a Store, partition: T::Partition) -> Self {
        let query = RangeQuery {
            schema: T::SCHEMA,
            partition: partition.into_values(),
            lower: Bound::Unbounded,
            upper: Bound::Unbounded,
            descending: T::SCHEMA.descending,
            limit: None,
        };
        Self { store, query, rows: PhantomData }
    }

    /// Rows greater than `bound` (and not starting with it).
    pub fn after(self, bound: impl Prefix<T::Cluster>) -> Self {
        self.lower(Bound::Excluded(bound.into_values()))
    }
    /// Rows less than `bound` (and not starting with it).
    pub fn before(self, bound: impl Prefix<T::Cluster>) -> Self {
        self.upper(Bound::Excluded(bound.into_values()))
    }
    /// Rows greater than or starting with `bound`.
    pub fn from(self, bound: impl Prefix<T::Cluster>) -> Self {
        self.lower(Bound::Included(bound.into_values()))
    }
    /// Rows less than or starting with `bound`.
    pub fn to(self, bound: impl Prefix<T::Cluster>) -> Self {
        self.upper(Bound::Included(bound.into_values()))
    }
    /// Rows starting with `prefix`.
    pub fn starting_with(self, prefix: impl Prefix<T::Cluster>) -> Self {
        let prefix = prefix.into_values();
        self.lower(Bound::Included(prefix.clone())).upper(Bound::Included(prefix))
    }

    pub fn ascending(mut self) -> Self {
        self.query.descending = false;
        self
    }
    pub fn descending(mut self) -> Self {
        self.query.descending = true;
        self
    }
    pub fn limit(mut self, rows: usize) -> Self {
        self.query.limit = Some(rows);
        self
    }

    pub async fn fetch(self) -> Result<Vec<T>, Error> {
        let rows = self.store.engine().range(self.query).await?;
        store::decode_all(rows).await
    }
    /// Every row in the bounds. The same as [`Range::fetch`]; reads better without a limit.
    pub async fn all(self) -> Result<Vec<T>, Error> {
        self.fetch().await
    }
    /// The first row in the chosen direction.
    pub async fn first(self) -> Result<Option<T>, Error> {
        Ok(self.limit(1).fetch().await?.pop())
    }

    fn lower(mut self, bound: Bound<Vec<Value>>) -> Self {
        self.query.lower = bound;
        self
    }
    fn upper(mut self, bound: Bound<Vec<Value>>) -> Self {
        self.query.upper = bound;
        self
    }
}
