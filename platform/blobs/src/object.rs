//! What is said about an object: what its writer says, what its reader learns.

use std::{collections::BTreeMap, fmt, io, ops::Range};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Error;

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
    /// What it was put together from; nothing if it came in one piece or that is not known.
    pub parts: Parts,
    pub details: Details,
}

/// The sizes of an object's parts in order, each with how many have it in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parts(Vec<(u64, u64)>);

impl Parts {
    pub(crate) fn push(&mut self, size: u64) {
        match self.0.last_mut() {
            Some((same, count)) if *same == size => *count += 1,
            _ => self.0.push((size, 1)),
        }
    }
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(_, count)| count).sum()
    }
    /// The bytes of part `number`, the first being 1.
    pub fn range(&self, number: u64) -> Option<Range<u64>> {
        let (mut before, mut start) = (number.checked_sub(1)?, 0);
        for (size, count) in &self.0 {
            if before < *count {
                start += before * size;
                return Some(start..start + size);
            }
            before -= count;
            start += count * size;
        }
        None
    }
}

/// What must hold of the object whose place a put takes, or that a delete removes, at the very
/// moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    #[default]
    Always,
    /// There is none.
    Absent,
    /// There is one, of this etag if one is named.
    Present(Option<String>),
}

impl Condition {
    pub(crate) fn check(&self, etag: Option<&str>) -> Result<(), Error> {
        match (self, etag) {
            (Self::Always, _) | (Self::Absent, None) | (Self::Present(None), Some(_)) => Ok(()),
            (Self::Present(Some(wanted)), Some(etag)) if wanted == etag => Ok(()),
            (Self::Present(_), None) => Err(Error::Absent),
            _ => Err(Error::Condition),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_where_their_sizes_say() {
        let mut parts = Parts::default();
        [5, 5, 5, 7, 0, 5].into_iter().for_each(|size| parts.push(size));
        assert_eq!(
            (parts.count(), serde_json::to_string(&parts).unwrap()),
            (6, "[[5,3],[7,1],[0,1],[5,1]]".into())
        );
        let ranges: Vec<_> = (0..8).map(|number| parts.range(number)).collect();
        let wanted =
            [None, Some(0..5), Some(5..10), Some(10..15), Some(15..22), Some(22..22), Some(22..27), None];
        assert_eq!(ranges, wanted);
    }
}
