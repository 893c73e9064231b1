//! Media of other servers, under addresses this instance has signed. Only what is a picture, a
//! film or a sound is passed on, as what its name or its first bytes say it is.

use std::{fs::File, path::Path, sync::Arc};

use axum::http::request::Parts;
use fluxer_domain::media_urls::{self, Refused};
use futures_util::stream;
use platform_imaging::{Error as ImagingError, Inspect, Kind, Source, types};
use platform_outbound::{Ask, FetchError, Fetched};
use tokio::sync::Semaphore;
use url::Url;

use crate::{
    Media,
    answer::{Refusal, Served, failed},
    content::{Content, Part},
    flight::Flights,
    images::served,
    query::MediaQuery,
    version::Made,
};

/// At once; the rest waits.
const AT_ONCE: usize = 64;
/// How long what was fetched is taken for what it still is.
const FRESH: i64 = 3_600;
/// What is looked at to find out what it is.
const HEAD: u64 = 4096;

pub struct Fetches {
    flights: Flights<Result<Made, Refusal>>,
    turns: Semaphore,
}

impl Default for Fetches {
    fn default() -> Self {
        Self { flights: Flights::default(), turns: Semaphore::new(AT_ONCE) }
    }
}

impl From<FetchError> for Refusal {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::TooLarge(_) => Self::TooLarge,
            FetchError::Io(error) => failed(error),
            error => Self::Bad(format!("Unable to fetch media: {error}")),
        }
    }
}

impl Media {
    pub async fn external(
        self: &Arc<Self>,
        signature: &str,
        path: &str,
        query: MediaQuery,
        parts: &Parts,
    ) -> Result<Served, Refusal> {
        let key = &self.app.settings.media_proxy_secret;
        let url = media_urls::verify(key, signature, path).map_err(|refused| match refused {
            Refused::Signature => Refusal::Unauthorized,
            Refused::Url => Refusal::BadRequest,
        })?;
        let original = served(self.original(url).await?);
        let kind = types::media_kind(&original.content_type);
        let changes = matches!((kind, query.format), (Some(Kind::Image), _) | (Some(Kind::Video), Some(_)));
        if query.is_plain() || !changes {
            return Ok(original);
        }
        let version = self.picture(&original, kind == Some(Kind::Video), query, parts).await?;
        Ok(version.unwrap_or(original))
    }

    /// What is at the URL: fetched once for everybody who wants it now, and for a while after.
    pub async fn original(self: &Arc<Self>, url: Url) -> Result<Made, Refusal> {
        let key = format!("original {url}");
        let (media, name) = (self.clone(), key.clone());
        let work = || async move {
            if let Some(kept) = media.kept(&key).await {
                return Ok(kept);
            }
            let made = media.fetch(&url).await?;
            let until = media.app.clock.now().plus_seconds(FRESH);
            media.keep(&key, &made, Some(until)).await;
            Ok(made)
        };
        self.fetches.flights.run(name, work).await
    }

    async fn fetch(&self, url: &Url) -> Result<Made, Refusal> {
        let _turn = self.fetches.turns.acquire().await.map_err(failed)?;
        let fetched = self.app.fetcher.get(url, Ask::default()).await?;
        if fetched.status != 200 {
            return Err(Refusal::Bad(format!("Unable to fetch media: status {}", fetched.status)));
        }
        let pieces = stream::try_unfold(fetched, |mut fetched: Fetched| async move {
            Ok::<_, FetchError>(fetched.chunk().await?.map(|piece| (piece, fetched)))
        });
        let spooled = self.spool.keep(pieces).await?;
        let named = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
        let named = percent_encoding::percent_decode_str(named).decode_utf8_lossy().into_owned();
        let content_type = match types::media_type_of(&named) {
            Some(content_type) => content_type,
            None => sniff(&spooled.path).await?.ok_or_else(unsupported)?,
        };
        if types::media_kind(content_type) != Some(Kind::Image) {
            self.check_codecs(&spooled.path, &named, content_type).await?;
        }
        let file = File::open(&spooled.path).map_err(failed)?;
        let (size, etag) = (spooled.size, spooled.sha256[..32].to_owned());
        let part = Part { file, start: 0, size, spooled: Some(spooled) };
        Ok(Made {
            content: Content::File(Arc::new(part)),
            content_type: content_type.to_owned(),
            etag,
            modified: self.app.clock.now(),
        })
    }

    /// Films and sounds are passed on with codecs that are known to be harmless.
    async fn check_codecs(&self, path: &Path, named: &str, content_type: &str) -> Result<(), Refusal> {
        let name = match types::media_type_of(named) {
            Some(_) => named.to_owned(),
            None => format!("x.{}", extension(content_type)),
        };
        match self.app.imaging.inspect(Source::File(path.to_owned()), &name, Inspect::default()).await {
            Ok(_) => Ok(()),
            Err(ImagingError::Busy) => Err(Refusal::Busy),
            Err(ImagingError::Io(error)) => Err(failed(error)),
            Err(error) => {
                tracing::debug!(%error, "External media was refused.");
                Err(unsupported())
            }
        }
    }
}

fn unsupported() -> Refusal {
    Refusal::Bad("Unsupported file format".into())
}

/// An extension that stands for the type.
fn extension(content_type: &str) -> &'static str {
    match content_type {
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        "video/quicktime" => "mov",
        "video/x-matroska" => "mkv",
        "video/x-msvideo" => "avi",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "audio/flac" => "flac",
        "audio/aac" => "aac",
        "audio/mp4" => "m4a",
        "audio/opus" => "opus",
        "audio/ogg" => "ogg",
        _ => "bin",
    }
}

async fn sniff(path: &Path) -> Result<Option<&'static str>, Refusal> {
    use tokio::io::AsyncReadExt;
    let file = tokio::fs::File::open(path).await.map_err(failed)?;
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).await.map_err(failed)?;
    Ok(types::sniff(&head))
}
