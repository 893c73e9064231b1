//! Where the bytes of an answer are: in memory, in a file, in the object storage. Parts of them
//! go out in pieces, so that a film is never held.

use std::{fs::File, io, ops::Range, os::unix::fs::FileExt, sync::Arc};

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use platform_blobs::Blobs;

use crate::{
    answer::{Refusal, failed},
    spool::Spooled,
};

const PIECE: u64 = 256 << 10;

#[derive(Clone)]
pub enum Content {
    Bytes(Bytes),
    File(Arc<Part>),
    Object { blobs: Blobs, bucket: &'static str, key: String, size: u64 },
}

/// A part of a file that stays readable though its name may go.
pub struct Part {
    pub file: File,
    pub start: u64,
    pub size: u64,
    /// Removed with the last who reads it.
    pub spooled: Option<Spooled>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self {
            Self::Bytes(_) => "bytes",
            Self::File(_) => "file",
            Self::Object { .. } => "object",
        };
        write!(f, "{kind} of {}", self.size())
    }
}

impl Content {
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(part) => part.size,
            Self::Object { size, .. } => *size,
        }
    }

    /// The bytes of `range`, which lies inside.
    pub async fn body(self, range: Range<u64>) -> Result<Body, Refusal> {
        match self {
            Self::Bytes(bytes) => Ok(Body::from(bytes.slice(range.start as usize..range.end as usize))),
            Self::File(part) => Ok(Body::from_stream(part.stream(range))),
            Self::Object { .. } if range.is_empty() => Ok(Body::empty()),
            Self::Object { blobs, bucket, key, .. } => {
                let reading = blobs.read(bucket, &key, Some(range)).await.map_err(failed)?;
                Ok(Body::from_stream(reading.ok_or(Refusal::NotFound)?.stream))
            }
        }
    }
}

impl Part {
    fn stream(self: Arc<Self>, range: Range<u64>) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
        stream::try_unfold((self, range), |(part, range)| async move {
            if range.is_empty() {
                return Ok(None);
            }
            let length = PIECE.min(range.end - range.start);
            let (part, piece) = part.read(range.start, length).await?;
            Ok(Some((piece, (part, range.start + length..range.end))))
        })
    }

    async fn read(self: Arc<Self>, from: u64, length: u64) -> io::Result<(Arc<Self>, Bytes)> {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; length as usize];
            self.file.read_exact_at(&mut piece, self.start + from)?;
            Ok((self, piece.into()))
        });
        read.await.map_err(io::Error::other)?
    }

    /// All of it.
    pub async fn bytes(self: Arc<Self>) -> io::Result<Bytes> {
        let size = self.size;
        Ok(self.read(0, size).await?.1)
    }
}
