//! Finding documents by words and by filters.
//!
//! An [`Index`] is declared once, with the kinds of its fields; [`Search`] puts, deletes and
//! finds documents in it. A write is durable and can be found once its call has returned, and
//! writing a document again replaces it. An index holds nothing that cannot be made again from
//! the store: an engine may lose one, and says so by another [`Search::generation`]. The engines
//! are embedded (tantivy), Meilisearch and Elasticsearch. Must not know what is searched for.

mod analysis;
#[cfg(feature = "conformance")]
pub mod conformance;
mod document;
mod elasticsearch;
mod embedded;
mod error;
mod http;
mod index;
mod meilisearch;
mod query;
mod search;

pub use document::{Document, Value};
pub use elasticsearch::Elasticsearch;
pub use error::Error;
pub use index::{Field, Index, Kind};
pub use meilisearch::Meilisearch;
pub use query::{Expr, Hits, Order, Query, Sort, Text};
pub use search::{BoxFuture, Engine, Search};
