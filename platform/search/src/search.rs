//! The port.

use std::{fmt, future::Future, path::Path, pin::Pin, sync::Arc};

use platform_kernel::Rng;

use crate::{Document, Elasticsearch, Error, Expr, Hits, Index, Meilisearch, Query, embedded};

pub type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// What an engine does.
pub trait Engine: Send + Sync + 'static {
    /// Names this life of the index, made if there is none; see [`Search::generation`].
    fn generation(&self, index: &'static Index) -> BoxFuture<String>;
    fn put(&self, index: &'static Index, documents: Vec<Document>) -> BoxFuture<()>;
    fn delete(&self, index: &'static Index, ids: Vec<String>) -> BoxFuture<()>;
    fn delete_where(&self, index: &'static Index, filter: Expr) -> BoxFuture<()>;
    fn clear(&self, index: &'static Index) -> BoxFuture<()>;
    fn search(&self, index: &'static Index, query: Query) -> BoxFuture<Hits>;
}

/// Indexes behind one engine. Cheap to clone.
#[derive(Clone)]
pub struct Search(Option<Arc<dyn Engine>>);

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_enabled() { "Search" } else { "Search(disabled)" })
    }
}

impl Search {
    /// No search: every call fails with [`Error::Disabled`].
    pub fn disabled() -> Self {
        Self(None)
    }
    /// Indexes in this process, each in a folder of its own below `folder`. Nothing is opened
    /// before it is used.
    pub fn embedded(folder: &Path, rng: Rng) -> Self {
        Self::new(embedded::Embedded::new(folder, rng))
    }
    pub fn meilisearch(engine: Meilisearch) -> Self {
        Self::new(engine)
    }
    pub fn elasticsearch(engine: Elasticsearch) -> Self {
        Self::new(engine)
    }
    pub fn new(engine: impl Engine) -> Self {
        Self(Some(Arc::new(engine)))
    }

    pub fn is_enabled(&self) -> bool {
        self.0.is_some()
    }
    fn engine(&self) -> Result<&Arc<dyn Engine>, Error> {
        self.0.as_ref().ok_or(Error::Disabled)
    }

    /// A name that changes when the index is made anew, and so holds nothing of what was put
    /// into it before.
    pub async fn generation(&self, index: &'static Index) -> Result<String, Error> {
        self.engine()?.generation(index).await
    }

    /// Writes documents, in the place of those of their names. Writes to an index take effect
    /// in the order of the calls.
    pub async fn put(&self, index: &'static Index, documents: Vec<Document>) -> Result<(), Error> {
        let engine = self.engine()?;
        if documents.is_empty() { Ok(()) } else { engine.put(index, documents).await }
    }

    pub async fn delete(&self, index: &'static Index, ids: Vec<String>) -> Result<(), Error> {
        let engine = self.engine()?;
        if ids.is_empty() { Ok(()) } else { engine.delete(index, ids).await }
    }

    /// Deletes every document that fits.
    pub async fn delete_where(&self, index: &'static Index, filter: Expr) -> Result<(), Error> {
        self.engine()?.delete_where(index, filter).await
    }

    /// Empties the index and begins another generation.
    pub async fn clear(&self, index: &'static Index) -> Result<(), Error> {
        self.engine()?.clear(index).await
    }

    pub async fn search(&self, index: &'static Index, query: Query) -> Result<Hits, Error> {
        self.engine()?.search(index, query).await
    }
}
