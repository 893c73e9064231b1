//! Versions of pictures: made once for everybody who asks at the same time, kept, and found again
//! by what they were made of and how. The tag of a version follows from those too, so a client
//! that has it is told so without making it.

use std::{sync::Arc, time::Duration};

use platform_imaging::{Error as ImagingError, Source};
use platform_kernel::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    Media,
    answer::{Refusal, failed},
    cache::About,
    content::Content,
    flight::Flights,
    spool::Spooled,
};

/// Another number when the same request shall lead to other bytes than before.
const GENERATION: u32 = 2;
/// Sources that are held in memory, together, in KiB; and what one counts at least.
const ROOM: usize = 64 << 10;
const LEAST: u64 = 1 << 10;
/// Larger sources become files.
const SMALL: u64 = 4 << 20;
/// For a turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Something made, or fetched.
#[derive(Debug, Clone)]
pub struct Made {
    pub content: Content,
    pub content_type: String,
    pub etag: String,
    pub modified: Timestamp,
}

/// What is being made, and how much of it at once.
pub struct Work {
    flights: Flights<Result<Made, Refusal>>,
    room: Arc<Semaphore>,
}

impl Default for Work {
    fn default() -> Self {
        Self { flights: Flights::default(), room: Arc::new(Semaphore::new(ROOM)) }
    }
}

/// A source and what it holds on to.
pub struct Loaded {
    pub source: Source,
    _room: OwnedSemaphorePermit,
    _file: Option<Spooled>,
}

/// The tag of what `key` describes.
pub fn tag(key: &str) -> String {
    let hash = Sha256::digest(format!("{GENERATION} {key}"));
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a picture could not be made, for those who asked.
pub fn refuse(error: ImagingError) -> Refusal {
    match error {
        ImagingError::Busy => Refusal::Busy,
        ImagingError::Io(error) => failed(error),
        error => {
            tracing::debug!(%error, "A picture was not made.");
            Refusal::Bad("Failed to process media".into())
        }
    }
}

impl Media {
    /// What `key` describes: kept, being made, or made now by `make`.
    pub async fn made<F>(
        self: &Arc<Self>,
        key: String,
        modified: Timestamp,
        make: impl FnOnce(Arc<Self>) -> F,
    ) -> Result<Made, Refusal>
    where
        F: Future<Output = Result<(Content, String), Refusal>> + Send + 'static,
    {
        let media = self.clone();
        let name = key.clone();
        let work = || {
            let make = make(media.clone());
            async move {
                if let Some(kept) = media.kept(&key).await {
                    return Ok(kept);
                }
                let (content, content_type) = make.await?;
                let made = Made { content, content_type, etag: tag(&key), modified };
                media.keep(&key, &made, None).await;
                Ok(made)
            }
        };
        self.work.flights.run(name, work).await
    }

    pub async fn kept(&self, key: &str) -> Option<Made> {
        let found = self.cache.get(key).await;
        let result = if found.is_some() { "hit" } else { "miss" };
        metrics::counter!("media_cache_total", "result" => result).increment(1);
        let (about, content) = found?;
        let modified = Timestamp::from_millis(about.modified);
        Some(Made { content, content_type: about.content_type, etag: about.etag, modified })
    }

    pub async fn keep(&self, key: &str, made: &Made, until: Option<Timestamp>) {
        let about = About {
            content_type: made.content_type.clone(),
            etag: made.etag.clone(),
            modified: made.modified.millis(),
            until: until.map(Timestamp::millis),
        };
        self.cache.put(key, about, made.content.clone()).await;
    }

    /// Brings something to where a decoder can read it, when there is room.
    pub async fn load(&self, content: Content, as_file: bool) -> Result<Loaded, Refusal> {
        let size = content.size();
        let spools = as_file || size > SMALL;
        let cost = if spools { size >> 14 } else { size >> 10 };
        let cost = u32::try_from(cost.clamp(LEAST, ROOM as u64)).unwrap_or(u32::MAX);
        let turn = tokio::time::timeout(PATIENCE, self.work.room.clone().acquire_many_owned(cost)).await;
        let room = turn.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Busy)?;
        if !spools {
            let body = content.body(0..size).await?;
            let bytes = axum::body::to_bytes(body, size as usize).await.map_err(failed)?;
            return Ok(Loaded { source: Source::Bytes(bytes), _room: room, _file: None });
        }
        let body = content.body(0..size).await?.into_data_stream();
        let file = self.spool.keep(body).await?;
        Ok(Loaded { source: Source::File(file.path.clone()), _room: room, _file: Some(file) })
    }
}

impl From<axum::Error> for Refusal {
    fn from(error: axum::Error) -> Self {
        failed(error)
    }
}
