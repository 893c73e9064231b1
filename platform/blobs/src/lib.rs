//! Objects: bytes under a bucket and a key, with a content type. No product knowledge.
//!
//! Promises: a put is durable and visible as a whole or not at all, also across power loss;
//! the last put of a key wins; listings are in byte order of the keys. Engines behind
//! [`Blobs`]: the file system ([`Blobs::filesystem`]). Buckets come into being by being used.

mod filesystem;
mod key;

use std::{fmt, io, ops::Range, path::Path, sync::Arc};

use bytes::Bytes;
use platform_kernel::{Clock, Timestamp};

use filesystem::Filesystem;

/// What is known about an object without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    pub key: String,
    pub size: u64,
    pub content_type: String,
    /// Lower-case hex of the content's SHA-256.
    pub sha256: String,
    pub modified: Timestamp,
}

/// An object, or the asked-for part of it.
#[derive(Clone, Debug)]
pub struct Object {
    pub meta: Meta,
    pub bytes: Bytes,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("bucket or key is not acceptable: {0}")]
    InvalidKey(&'static str),
    #[error("the range is not inside the object of {size} bytes")]
    Range { size: u64 },
    #[error("the stored object is damaged: {0}")]
    Corrupt(String),
    #[error("object storage is unavailable: {0}")]
    Io(#[from] io::Error),
}

/// Object storage. Cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<Filesystem>);

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blobs({:?})", self.0)
    }
}

impl Blobs {
    /// Opens (and makes) the folder `root`, which belongs to this engine alone.
    pub fn filesystem(root: &Path, clock: Clock) -> Result<Self, Error> {
        Ok(Self(Arc::new(Filesystem::open(root, clock)?)))
    }

    /// Stores `bytes`; answers once they are durable.
    pub async fn put(
        &self,
        bucket: &str,
        key: &str,
        bytes: Bytes,
        content_type: &str,
    ) -> Result<Meta, Error> {
        let (path, key, content_type) = (key::path(bucket, key)?, key.to_owned(), content_type.to_owned());
        self.run(move |fs| fs.put(&path, key, &bytes, content_type)).await
    }
    pub async fn get(&self, bucket: &str, key: &str) -> Result<Option<Object>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |fs| fs.get(&path, key, None)).await
    }
    /// Bytes `range.start..range.end` (the end is cut to the size). A start at or past the
    /// end of the object is [`Error::Range`], which carries the size.
    pub async fn get_range(
        &self,
        bucket: &str,
        key: &str,
        range: Range<u64>,
    ) -> Result<Option<Object>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |fs| fs.get(&path, key, Some(range))).await
    }
    pub async fn head(&self, bucket: &str, key: &str) -> Result<Option<Meta>, Error> {
        let (path, key) = (key::path(bucket, key)?, key.to_owned());
        self.run(move |fs| fs.head(&path, key)).await
    }
    pub async fn exists(&self, bucket: &str, key: &str) -> Result<bool, Error> {
        Ok(self.head(bucket, key).await?.is_some())
    }
    /// Removes the object; whether there was one.
    pub async fn delete(&self, bucket: &str, key: &str) -> Result<bool, Error> {
        let path = key::path(bucket, key)?;
        self.run(move |fs| fs.delete(&path)).await
    }
    /// Up to `limit` objects whose key starts with `prefix` and comes after `after`.
    pub async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Meta>, Error> {
        let bucket = key::bucket(bucket)?;
        let (prefix, after) = (prefix.to_owned(), after.map(str::to_owned));
        self.run(move |fs| fs.list(&bucket, &prefix, after.as_deref(), limit)).await
    }
    /// Removes everything, in all buckets: for test mode.
    pub async fn clear(&self) -> Result<(), Error> {
        self.run(Filesystem::clear).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Filesystem) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let engine = self.0.clone();
        match tokio::task::spawn_blocking(move || work(&engine)).await {
            Ok(result) => result,
            Err(error) => Err(Error::Io(io::Error::other(error))),
        }
    }
}

#[cfg(test)]
mod conformance;
