//! Pictures, sound and video as hostile input: what a file is, its metadata, its placeholder,
//! smaller and other versions of it. No product knowledge, no storage, no network.
//!
//! Owns [`types`] (what counts as media), decoding and encoding, the children that read video.
//! Promises: nothing is decoded before its header shows that it fits; no side is longer than
//! [`MAX_SIDE`]; all decoding together stays within one memory budget, on threads of its own,
//! each job within a time limit; whatever is wrong with a file is an [`Error`], never a panic.

mod animation;
mod decode;
mod encode;
mod exif;
mod header;
mod isobmff;
mod options;
mod placeholder;
mod raster;
mod source;
mod svg;
#[cfg(test)]
mod tests;
mod transform;
pub mod types;
mod webp_animation;
mod work;

use std::{fmt, sync::Arc};

use bytes::Bytes;

pub use options::Options;
pub use source::Source;
pub use transform::{Fit, Quality, Transform};
pub use types::{Format, Kind};

use header::Header;
use work::Workers;

/// The longest side of a picture that is looked at, in pixels.
pub const MAX_SIDE: u32 = 9_500;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not a media file, not one of the supported formats, or with a codec that is not allowed.
    #[error("not supported: {0}")]
    Unsupported(String),
    #[error("damaged: {0}")]
    Corrupt(String),
    /// Too many pixels, frames or bytes.
    #[error("too large: {0}")]
    TooLarge(String),
    #[error("took too long")]
    Timeout,
    /// No turn came in time.
    #[error("too many pictures at once")]
    Busy,
    /// A program this needs is not installed.
    #[error("{0} is not available")]
    Unavailable(&'static str),
    #[error("encoding failed: {0}")]
    Encode(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What more [`Imaging::inspect`] is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inspect {
    pub placeholder: bool,
    pub nsfw: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    pub kind: Kind,
    /// The decoder's name: `jpeg`, `png`, `webp`, `gif`, `heif` (AVIF), `svg`; for sound and
    /// video that of ffprobe.
    pub format: String,
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
    /// As seen: orientation applied, one frame of an animation.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Whole seconds, rounded up.
    pub duration: Option<u32>,
    /// Base64 of a ThumbHash; empty where none can be made.
    pub placeholder: Option<String>,
    pub animated: bool,
    pub nsfw: Option<Nsfw>,
}

/// What the classifier of explicit pictures says.
#[derive(Clone, Debug, PartialEq)]
pub struct Nsfw {
    pub positive: bool,
    pub probability: f32,
    pub predictions: std::collections::BTreeMap<String, f32>,
}

/// A picture made here.
#[derive(Clone, Debug)]
pub struct Picture {
    pub bytes: Bytes,
    pub content_type: &'static str,
    pub width: u32,
    pub height: u32,
}

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    pub format: Format,
    /// As seen; zero for an SVG without a size.
    pub width: u32,
    pub height: u32,
    pub animated: bool,
}

/// The media engine. Cheap to clone.
#[derive(Clone)]
pub struct Imaging(Arc<Inner>);

struct Inner {
    options: Options,
    workers: Workers,
}

impl fmt::Debug for Imaging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Imaging({:?})", self.0.options)
    }
}

impl Imaging {
    pub fn new(options: Options) -> Result<Self> {
        let workers = Workers::new(options.threads, options.memory, options.time_limit, options.patience)?;
        Ok(Self(Arc::new(Inner { options, workers })))
    }

    /// What `source` is by its header; `None` for what is no picture. Nothing is decoded.
    pub async fn outline(&self, source: &Source) -> Result<Option<Outline>> {
        let survey = self.survey(source, false).await?;
        Ok(survey.header.map(|header| {
            let (width, height) = header.size();
            Outline { format: header.format, width, height, animated: header.animated() }
        }))
    }

    /// Metadata of a media file. `name` is its file name, which decides before its bytes do.
    pub async fn inspect(&self, source: Source, name: &str, ask: Inspect) -> Result<Metadata> {
        let survey = self.survey(&source, true).await?;
        let named = types::media_type_of(name);
        let Some(header) = survey.header else {
            return Err(Error::Unsupported(named.unwrap_or("not a media file").to_owned()));
        };
        if header.width > MAX_SIDE || header.height > MAX_SIDE {
            return Err(Error::TooLarge(format!("{}×{} pixels", header.width, header.height)));
        }
        let (width, height) = header.size();
        let placeholder = match ask.placeholder {
            true => Some(self.placeholder(source, header).await),
            false => None,
        };
        Ok(Metadata {
            kind: Kind::Image,
            format: header.format.name().to_owned(),
            content_type: header.format.content_type().to_owned(),
            size: survey.size,
            sha256: survey.sha256,
            width: (width > 0).then_some(width),
            height: (height > 0).then_some(height),
            duration: None,
            placeholder,
            animated: header.animated(),
            nsfw: None,
        })
    }

    /// A version of a picture: smaller, cut, in another format. Never enlarged.
    pub async fn transform(&self, source: Source, transform: Transform) -> Result<Picture> {
        let survey = self.survey(&source, false).await?;
        let header = survey.header.ok_or_else(|| Error::Unsupported("not a picture".to_owned()))?;
        decode::check_size(&header)?;
        let cost = survey.size + transform::cost(&header, &transform);
        self.0
            .workers
            .run(cost, move |deadline| transform::run(&source.read()?, &header, &transform, deadline))
            .await
    }

    async fn placeholder(&self, source: Source, header: Header) -> String {
        let scale = placeholder::scale(header.width, header.height);
        let cost = decode::cost(&header, scale) + source::MAX_IMAGE.min(source.size().unwrap_or(0));
        let made = self.0.workers.run(cost, move |deadline| {
            let raster = decode::still(&source.read()?, &header, scale, deadline)?;
            let small =
                placeholder::hash(raster.oriented(header.orientation), header.size().0, header.size().1)?;
            Ok(small)
        });
        made.await.unwrap_or_else(|error| {
            tracing::debug!(%error, "no placeholder");
            String::new()
        })
    }

    /// Size, hash and header, read in one pass that holds no more than a picture file may have.
    async fn survey(&self, source: &Source, hash: bool) -> Result<source::Survey> {
        let source = source.clone();
        let cost = source.held();
        self.0.workers.run(cost, move |deadline| source.survey(hash, deadline)).await
    }
}
