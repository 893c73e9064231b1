//! What is said about an object: what its writer says, what its reader learns.

use std::{collections::BTreeMap, fmt, io, ops::Range};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// What the writer of an object says about it. A bare content type will mostly do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    pub content_type: String,
    pub details: Details,
}

impl<S: AsRef<str> + ?Sized> From<&S> for Attributes {
    fn from(content_type: &S) -> Self {
        Self { content_type: content_type.as_ref().to_owned(), details: Details::default() }
    }
}

/// The rest of what may be said: headers of the answer that serves the object, the
/// writer's own pairs, and how long it lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_disposition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    /// The `Expires` header, as it was given; it is for caches and removes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// From then on the object is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub user: BTreeMap<String, String>,
}

/// What is known about an object without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    pub key: String,
    pub size: u64,
    pub content_type: String,
    /// Changes with the content: its MD5 in hex, or for an object of several parts the MD5 of
    /// their MD5s and their number.
    pub etag: String,
    pub modified: Timestamp,
    pub details: Details,
}

/// An object in a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub size: u64,
    pub etag: String,
    pub modified: Timestamp,
}

/// An object, or the asked-for part of it.
#[derive(Clone, Debug)]
pub struct Object {
    pub meta: Meta,
    pub bytes: Bytes,
}

/// An object being read. The content is that of one put, also if another one comes meanwhile.
pub struct Reading {
    pub meta: Meta,
    /// Which bytes the stream carries.
    pub range: Range<u64>,
    pub stream: BoxStream<'static, io::Result<Bytes>>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("meta", &self.meta)
            .field("range", &self.range)
            .finish_non_exhaustive()
    }
}

/// The part of an object of `size` bytes that `asked` means: its end is cut to the size, its
/// start must lie inside.
pub(crate) fn cut(asked: Option<Range<u64>>, size: u64) -> Option<Range<u64>> {
    match asked {
        None => Some(0..size),
        Some(range) if range.start < size && range.start < range.end => {
            Some(range.start..range.end.min(size))
        }
        Some(_) => None,
    }
}
