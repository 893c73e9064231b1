//! Tables declared once, kept by an engine.
//!
//! A table is a struct with `#[derive(Table)]`: partition key, clustering key, columns, as
//! in Cassandra's model. [`Store`] is the typed front that the product uses; [`Engine`] is
//! the port behind it and holds only what every engine does well: point reads, ranges
//! within a partition, atomic batches, conditional writes on one row, expiry. No joins, no
//! secondary indexes, no product knowledge.

extern crate self as platform_store;

mod batch;
mod column;
#[cfg(feature = "conformance")]
pub mod conformance;
mod engine;
mod error;
mod range;
mod schema;
pub mod sqlite;
mod store;
mod table;
mod update;
mod value;

pub use batch::Batch;
pub use column::{Column, KeyColumn};
pub use engine::{BoxFuture, Conditional, Engine, RangeQuery, Row, Write};
pub use error::Error;
pub use platform_store_derive::Table;
pub use range::Range;
pub use schema::{ColumnDef, Kind, Schema};
pub use store::Store;
pub use table::{KeyTuple, Prefix, Table, Versioned};
pub use value::Value;

/// What the derive's output calls; not for use by hand.
#[doc(hidden)]
pub mod private {
    pub use crate::column::{json_from_value, json_to_value};
    pub use std::vec::IntoIter;
}
