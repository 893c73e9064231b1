//! Objects: bytes under a bucket and a key, with a content type. No product knowledge.
//!
//! Promises: a put is durable and visible as a whole or not at all, also across power loss,
//! and a put that fails or is given up leaves nothing; the last put of a key wins; listings
//! are in byte order of the keys; streams pass through in constant memory. Engines behind
//! [`Blobs`]: the file system ([`Blobs::filesystem`]) and any S3 ([`Blobs::s3`]). Buckets
//! come into being by being used.

extern crate self as platform_blobs;

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod filesystem;
mod key;
mod links;
mod object;
mod s3;

use std::{fmt, io, ops::Range, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::Stream;
use platform_kernel::Clock;

pub use error::Error;
pub use filesystem::{Bucket, Local, Page, Part, Query, Swept, Upload};
pub use links::Links;
pub use object::{Attributes, Condition, Details, Entry, Meta, Object, Parts, Reading};
pub use s3::S3Options;

/// Object storage. Cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    engine: Engine,
    links: Option<Arc<Links>>,
    clock: Clock,
}

#[derive(Clone)]
enum Engine {
    Local(Local),
    S3(s3::S3),
}
use Engine::{Local as OnDisk, S3 as Remote};

impl fmt::Debug for Blobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.engine {
            OnDisk(engine) => write!(f, "Blobs({engine:?})"),
            Remote(engine) => write!(f, "Blobs({engine:?})"),
        }
    }
}

impl Blobs {
    /// Opens (and makes) the folder `root`, which belongs to this engine alone.
    pub fn filesystem(root: &Path, clock: Clock) -> Result<Self, Error> {
        Ok(Self { engine: OnDisk(Local::open(root, clock.clone())?), links: None, clock })
    }
    /// Objects on a server that speaks S3.
    pub fn s3(options: S3Options, clock: Clock) -> Result<Self, Error> {
        Ok(Self { engine: Remote(s3::S3::new(options, clock.clone())?), links: None, clock })
    }
    /// The same objects, with addresses for [`Blobs::link`].
    #[must_use]
    pub fn with_links(self, links: Links) -> Self {
        Self { links: Some(Arc::new(links)), ..self }
    }
    /// An address at which anyone may read the object for so long, a week at most; whether
    /// there is such an object is not looked at.
    pub fn link(&self, bucket: &str, key: &str, lifetime: Duration) -> Result<String, Error> {
        let links = self.links.as_ref().ok_or_else(|| io::Error::other("objects have no address here"))?;
        links.get(bucket, key, lifetime, self.clock.now())
    }
    /// The engine on this machine's disk, if that is the one.
    pub const fn local(&self) -> Option<&Local> {
        match &self.engine {
            OnDisk(engine) => Some(engine),
            Remote(_) => None,
        }
    }

    /// Stores `bytes`; answers once they are durable.
    pub async fn put(
        &self,
        bucket: &str,
        key: &str,
        bytes: Bytes,
        about: impl Into<Attributes>,
    ) -> Result<Meta, Error> {
        match &self.engine {
            OnDisk(engine) => engine.put(bucket, key, bytes, about.into()).await,
            Remote(engine) => engine.put(bucket, key, bytes, about.into()).await,
        }
    }
    /// Stores what the stream carries, in constant memory. An error of the stream, or this
    /// future being dropped, leaves nothing behind.
    pub async fn put_stream(
        &self,
        bucket: &str,
        key: &str,
        stream: impl Stream<Item = io::Result<Bytes>> + Send,
        about: impl Into<Attributes>,
    ) -> Result<Meta, Error> {
        match &self.engine {
            OnDisk(engine) => engine.put_stream(bucket, key, stream, about.into(), Condition::Always).await,
            Remote(engine) => engine.put_stream(bucket, key, stream, about.into()).await,
        }
    }
    /// Stores the content of a file.
    pub async fn put_file(
        &self,
        bucket: &str,
        key: &str,
        path: &Path,
        about: impl Into<Attributes>,
    ) -> Result<Meta, Error> {
        match &self.engine {
            OnDisk(engine) => engine.put_file(bucket, key, path, about.into()).await,
            Remote(engine) => engine.put_file(bucket, key, path, about.into()).await,
        }
    }
    pub async fn get(&self, bucket: &str, key: &str) -> Result<Option<Object>, Error> {
        match &self.engine {
            OnDisk(engine) => engine.get(bucket, key, None).await,
            Remote(engine) => engine.get(bucket, key, None).await,
        }
    }
    /// Bytes `range.start..range.end` (the end is cut to the size). A start at or past the
    /// end of the object is [`Error::Range`], which carries the size.
    pub async fn get_range(
        &self,
        bucket: &str,
        key: &str,
        range: Range<u64>,
    ) -> Result<Option<Object>, Error> {
        match &self.engine {
            OnDisk(engine) => engine.get(bucket, key, Some(range)).await,
            Remote(engine) => engine.get(bucket, key, Some(range)).await,
        }
    }
    /// Opens an object, or the part of it that `range` means (as in [`Blobs::get_range`]), to
    /// be read in constant memory.
    pub async fn read(
        &self,
        bucket: &str,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Reading>, Error> {
        match &self.engine {
            OnDisk(engine) => engine.read(bucket, key, range).await,
            Remote(engine) => engine.read(bucket, key, range).await,
        }
    }
    pub async fn head(&self, bucket: &str, key: &str) -> Result<Option<Meta>, Error> {
        match &self.engine {
            OnDisk(engine) => engine.head(bucket, key).await,
            Remote(engine) => engine.head(bucket, key).await,
        }
    }
    pub async fn exists(&self, bucket: &str, key: &str) -> Result<bool, Error> {
        Ok(self.head(bucket, key).await?.is_some())
    }
    /// Copies an object with all that is said about it; whether there was one.
    pub async fn copy(&self, from: (&str, &str), to: (&str, &str)) -> Result<bool, Error> {
        match &self.engine {
            OnDisk(engine) => Ok(engine.copy(from, to, None, Condition::Always).await?.is_some()),
            Remote(engine) => engine.copy(from, to).await,
        }
    }
    /// Removes the object; whether there was one.
    pub async fn delete(&self, bucket: &str, key: &str) -> Result<bool, Error> {
        match &self.engine {
            OnDisk(engine) => engine.delete(bucket, key, Condition::Always).await,
            Remote(engine) => engine.delete(bucket, key).await,
        }
    }
    /// Up to `limit` objects whose key starts with `prefix` and comes after `after`.
    pub async fn list(
        &self,
        bucket: &str,
        prefix: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Entry>, Error> {
        match &self.engine {
            OnDisk(engine) => {
                let (prefix, after) = (prefix.to_owned(), after.map(str::to_owned));
                let query = Query { prefix, after, limit, delimiter: None };
                Ok(engine.page(bucket, query).await?.objects)
            }
            Remote(engine) => engine.list(bucket, prefix, after, limit).await,
        }
    }
    /// Removes everything, in all buckets: for test mode.
    pub async fn clear(&self) -> Result<(), Error> {
        match &self.engine {
            OnDisk(engine) => engine.clear().await,
            Remote(engine) => engine.clear().await,
        }
    }
}
