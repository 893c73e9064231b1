//! The port: what an engine must do. Deliberately no more than Cassandra does well.
//!
//! Writes are handed over when the method is called, before the returned future is first
//! polled; two writes handed over in order are applied in order, and a dropped future does
//! not take its write back.

use std::{ops::Bound, pin::Pin};

use crate::{Error, Schema, Value};

/// The columns of a row in the schema's order.
pub type Row = Vec<Value>;

pub type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// One write of an atomic batch.
#[derive(Debug, Clone)]
pub enum Write {
    /// Replaces the whole row. `ttl` in seconds is final: the table's default is already in.
    Put {
        schema: &'static Schema,
        row: Row,
        ttl: Option<i64>,
    },
    Delete {
        schema: &'static Schema,
        key: Vec<Value>,
    },
    DeletePartition {
        schema: &'static Schema,
        partition: Vec<Value>,
    },
}

/// A write of one row that happens only under its condition.
#[derive(Debug, Clone)]
pub enum Conditional {
    /// If there is no such row.
    Insert { schema: &'static Schema, row: Row, ttl: Option<i64> },
    /// If the row is there with the version `expected`. Its expiry stays as it is.
    Update { schema: &'static Schema, row: Row, expected: i32 },
    /// If the row is there, and with the version `expected` if that is given.
    Delete { schema: &'static Schema, key: Vec<Value>, expected: Option<i32> },
}

/// Rows of one partition between two bounds, which are prefixes of the clustering key in
/// value order.
#[derive(Debug, Clone)]
pub struct RangeQuery {
    pub schema: &'static Schema,
    pub partition: Vec<Value>,
    pub lower: Bound<Vec<Value>>,
    pub upper: Bound<Vec<Value>>,
    pub descending: bool,
    pub limit: Option<usize>,
}

pub trait Engine: Send + Sync + 'static {
    fn get(&self, schema: &'static Schema, key: Vec<Value>) -> BoxFuture<Option<Row>>;
    /// In the order of `keys`.
    fn get_many(&self, schema: &'static Schema, keys: Vec<Vec<Value>>) -> BoxFuture<Vec<Option<Row>>>;
    fn range(&self, query: RangeQuery) -> BoxFuture<Vec<Row>>;
    /// Up to `limit` rows after the key `after` in an order of the engine's own.
    fn scan(&self, schema: &'static Schema, after: Option<Vec<Value>>, limit: usize) -> BoxFuture<Vec<Row>>;
    /// All or nothing; done when durable.
    fn commit(&self, writes: Vec<Write>) -> BoxFuture<()>;
    /// True if the condition held and the write is durable, and `with` with it: all or nothing.
    fn conditional(&self, write: Conditional, with: Vec<Write>) -> BoxFuture<bool>;
    /// Empties every table.
    fn truncate_all(&self) -> BoxFuture<()>;
    /// Brings what a backup of the files would miss into them, where that means something.
    fn checkpoint(&self) -> BoxFuture<()>;
    /// Finishes the writes handed over so far and refuses later ones.
    fn close(&self) -> BoxFuture<()>;
}
