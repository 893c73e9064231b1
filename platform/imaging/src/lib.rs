//! Pictures, sound and video as hostile input: what a file is, its metadata, its placeholder,
//! smaller and other versions of it. No product knowledge, no storage, no network.
//!
//! Owns [`types`] (what counts as media), decoding and encoding, the children that read video.
//! Promises: nothing is decoded before its header shows that it fits; no side is longer than
//! [`MAX_SIDE`]; all decoding together stays within one memory budget, on threads of its own,
//! each job within a time limit; whatever is wrong with a file is an [`Error`], never a panic.

mod animation;
mod blank;
mod child;
mod colours;
mod decode;
mod encode;
mod exif;
mod gif_animation;
mod header;
mod isobmff;
mod nsfw;
mod options;
mod placeholder;
mod raster;
mod sanitise;
mod source;
pub mod structure;
mod svg;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_streams;
mod tracks;
mod transform;
pub mod types;
mod video;
mod webp_animation;
mod work;

use std::{fmt, path::PathBuf, sync::Arc};

use bytes::Bytes;
use platform_kernel::Rng;

pub use nsfw::Model;
pub use options::Options;
pub use sanitise::Sanitised;
pub use source::Source;
pub use transform::{Fit, Quality, Transform};
pub use types::{Format, Kind};

use child::{OnDisk, Program, Programs};
use colours::Colours;
use header::Header;
use nsfw::Classifier;
use source::Survey;
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

impl Outline {
    const fn of(header: &Header) -> Self {
        let (width, height) = header.size();
        Self { format: header.format, width, height, animated: header.animated() }
    }
}

/// One look at a video or an animation.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Seconds from the start.
    pub timestamp: f64,
    pub mime_type: String,
    pub bytes: Bytes,
}

/// The media engine. Cheap to clone.
#[derive(Clone)]
pub struct Imaging(Arc<Inner>);

struct Inner {
    options: Options,
    workers: Workers,
    programs: Programs,
    classifier: Option<Arc<Classifier>>,
}

impl fmt::Debug for Imaging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Imaging({:?})", self.0.options)
    }
}

/// A PNG of rows of RGB.
pub fn png(width: u32, height: u32, rgb: Vec<u8>) -> Result<Bytes> {
    let raster = raster::Raster::new(width, height, 3, rgb)?;
    Ok(encode::png(&raster)?.into())
}

impl Imaging {
    /// Starts the threads, looks for ffmpeg and loads the classifier. Only the first can fail:
    /// what is missing of the others is told in the log and answered with less.
    pub fn new(options: Options) -> Result<Self> {
        let workers = Workers::new(options.threads, options.memory, options.time_limit, options.patience)?;
        let programs = Programs::find(&options)?;
        let classifier = options.nsfw.as_ref().and_then(Classifier::load).map(Arc::new);
        Ok(Self(Arc::new(Inner { options, workers, programs, classifier })))
    }

    /// What `source` is by its header; `None` for what is no picture. Nothing is decoded.
    pub async fn outline(&self, source: &Source) -> Result<Option<Outline>> {
        let survey = self.survey(source, false).await?;
        Ok(survey.header.as_ref().map(Outline::of))
    }

    /// Metadata of a media file. `name` is its file name, which decides before its bytes do;
    /// a picture is what its bytes are, whatever it is called.
    pub async fn inspect(&self, source: Source, name: &str, ask: Inspect) -> Result<Metadata> {
        let survey = self.survey(&source, true).await?;
        match survey.header {
            Some(header) => self.inspect_picture(source, survey, header, ask).await,
            None => self.inspect_stream(source, survey, name, ask).await,
        }
    }

    async fn inspect_picture(
        &self,
        source: Source,
        survey: Survey,
        header: Header,
        ask: Inspect,
    ) -> Result<Metadata> {
        decode::check_sides(&header)?;
        let (width, height) = header.size();
        let seen = self.look(&source, &header, ask).await;
        Ok(Metadata {
            kind: Kind::Image,
            format: header.format.name().to_owned(),
            content_type: header.format.content_type().to_owned(),
            size: survey.size,
            sha256: survey.sha256,
            width: (width > 0).then_some(width),
            height: (height > 0).then_some(height),
            duration: None,
            placeholder: ask.placeholder.then_some(seen.placeholder),
            animated: header.animated(),
            nsfw: seen.nsfw,
        })
    }

    async fn inspect_stream(
        &self,
        source: Source,
        survey: Survey,
        name: &str,
        ask: Inspect,
    ) -> Result<Metadata> {
        let content_type = types::media_type_of(name)
            .filter(|named| types::media_kind(named) != Some(Kind::Image))
            .or_else(|| types::sniff(&survey.head))
            .ok_or_else(|| Error::Unsupported("not a media file".to_owned()))?;
        let kind = types::media_kind(content_type)
            .filter(|kind| *kind != Kind::Image)
            .ok_or_else(|| Error::Unsupported("not a picture".to_owned()))?;
        let mut metadata = Metadata {
            kind,
            format: content_type.split('/').next_back().unwrap_or_default().to_owned(),
            content_type: content_type.to_owned(),
            size: survey.size,
            sha256: survey.sha256,
            width: None,
            height: None,
            duration: None,
            placeholder: None,
            animated: false,
            nsfw: None,
        };
        if !self.0.programs.has(Program::Ffprobe) {
            return Ok(metadata);
        }
        let probe = video::probe(&self.0.programs, &source, kind, content_type == "audio/ogg").await?;
        metadata.format = probe.format;
        (metadata.width, metadata.height) = (probe.width, probe.height);
        metadata.duration = probe.duration.map(|seconds| seconds.ceil() as u32);
        if probe.video && (ask.placeholder || ask.nsfw) {
            let seen = self.look_at_video(&source, ask).await.unwrap_or_else(|error| {
                tracing::debug!(%error, "no frame of a video");
                Seen::default()
            });
            metadata.placeholder = ask.placeholder.then_some(seen.placeholder);
            metadata.nsfw = seen.nsfw;
        }
        Ok(metadata)
    }

    /// A version of a picture: smaller, cut, in another format. Never enlarged. What our own
    /// decoders do not read, ffmpeg may.
    pub async fn transform(&self, source: Source, transform: Transform) -> Result<Picture> {
        let survey = self.survey(&source, false).await?;
        let header = survey.header.ok_or_else(|| Error::Unsupported("not a picture".to_owned()))?;
        decode::check_size(&header)?;
        let failure = match header.format {
            Format::Svg => return Err(Error::Unsupported("SVG is not drawn".to_owned())),
            Format::Avif => Error::Unavailable("ffmpeg"),
            _ => match self.decode(source.clone(), header, header, None, transform).await {
                Err(error @ (Error::Corrupt(_) | Error::TooLarge(_))) => error,
                done => return done,
            },
        };
        if !self.0.programs.has(Program::Ffmpeg) {
            return Err(failure);
        }
        let made = self.picture_of_child(&source, &header, transform::scale(&header, &transform)).await?;
        let colours = if header.format == Format::Avif { self.colours(&source, header).await? } else { None };
        self.decode(Source::File(made.0.path.clone()), header, made.1, colours, transform).await
    }

    /// `header` is of the picture as it is known, `stored` of the file that is decoded; `colours`
    /// where that file does not tell them.
    async fn decode(
        &self,
        source: Source,
        header: Header,
        stored: Header,
        colours: Option<Colours>,
        transform: Transform,
    ) -> Result<Picture> {
        let cost = source.held() + transform::cost(&header, &stored, &transform);
        let run = move |deadline| {
            let bytes = source.read()?;
            let colours = colours.or_else(|| Colours::of(&bytes, &stored));
            transform::run(&bytes, &header, &stored, colours.as_ref(), &transform, deadline)
        };
        self.0.workers.run(cost, run).await
    }

    async fn colours(&self, source: &Source, header: Header) -> Result<Option<Colours>> {
        let (source, cost) = (source.clone(), source.held());
        self.0.workers.run(cost, move |_| Ok(Colours::of(&source.read()?, &header))).await
    }

    /// What is transparent of an AVIF, as a file of its own: ffmpeg reads it as another picture.
    async fn alpha(&self, source: &Source) -> Result<Option<OnDisk>> {
        let (source, cost) = (source.clone(), source.held() * 2);
        let found = self.0.workers.run(cost, move |_| Ok(isobmff::alpha_as_picture(&source.read()?))).await?;
        let Some(bytes) = found else { return Ok(None) };
        let file = self.0.programs.new_file("avif");
        tokio::fs::write(&file.path, bytes).await?;
        Ok(Some(file))
    }

    /// The picture as ffmpeg reads it, at `scale` of its size.
    async fn picture_of_child(
        &self,
        source: &Source,
        header: &Header,
        scale: f64,
    ) -> Result<(OnDisk, Header)> {
        let side = |side: u32| ((f64::from(side) * scale).ceil() as u32).clamp(1, side);
        let size = (side(header.width), side(header.height));
        let alpha = if header.format == Format::Avif { self.alpha(source).await? } else { None };
        let alpha = alpha.as_ref().map(|file| file.path.as_path());
        let made = video::picture(&self.0.programs, source, alpha, size).await?;
        let survey = self.survey(&Source::File(made.path.clone()), false).await?;
        let mut stored = survey.header.ok_or_else(|| Error::Corrupt("ffmpeg made no picture".to_owned()))?;
        stored.orientation = header.orientation;
        Ok((made, stored))
    }

    /// The first frame of a video; as JPEG if no format is asked for.
    pub async fn video_frame(&self, source: Source, transform: Transform) -> Result<Picture> {
        let frame = video::first_frame(&self.0.programs, &source).await?;
        self.transform(Source::File(frame.path.clone()), transform).await
    }

    /// Looks at a video or an animation at its start, in the middle and at its end, as JPEG;
    /// anything else is itself. What cannot be read has no frames.
    pub async fn frames(&self, source: Source, name: &str) -> Result<Vec<Frame>> {
        let survey = self.survey(&source, false).await?;
        let found = match survey.header {
            Some(header) if header.animated() && header.format != Format::Avif => {
                self.frames_of_animation(source, header).await
            }
            Some(header) => whole(&source, header.format.content_type()),
            None => match types::media_type_of(name).or_else(|| types::sniff(&survey.head)) {
                Some(kind) if types::media_kind(kind) == Some(Kind::Video) => {
                    self.frames_of_video(source, kind).await
                }
                kind => whole(&source, kind.unwrap_or_else(|| types::content_type_of(name))),
            },
        };
        match found {
            Err(error @ (Error::Timeout | Error::Busy)) => Err(error),
            Err(error) => {
                tracing::debug!(%error, "no frames");
                Ok(Vec::new())
            }
            found => found,
        }
    }

    async fn frames_of_animation(&self, source: Source, header: Header) -> Result<Vec<Frame>> {
        let (cost, rng) = (source.held() + animation::cost(&header) * 2, self.0.options.rng.clone());
        let run = move |deadline| {
            animation::samples(&source.read()?, &header, deadline, |duration| {
                video::sample_times(Some(duration), || jitter(&rng))
            })
        };
        self.0.workers.run(cost, run).await
    }

    async fn frames_of_video(&self, source: Source, content_type: &str) -> Result<Vec<Frame>> {
        let programs = &self.0.programs;
        let probe = video::probe(programs, &source, Kind::Video, false).await?;
        if !probe.video || probe.duration.is_none() {
            return whole(&source, content_type);
        }
        let input = programs.on_disk(&source).await?;
        let mut frames = Vec::new();
        for wanted in video::sample_times(probe.duration, || jitter(&self.0.options.rng)) {
            let (frame, timestamp) = video::frame_near(programs, &input.path, wanted).await?;
            let bytes = tokio::fs::read(&frame.path).await?.into();
            frames.push(Frame { timestamp, mime_type: "image/jpeg".to_owned(), bytes });
        }
        Ok(frames)
    }

    /// A picture without what a camera wrote into it, JPEGs upright; `None` if nothing changes,
    /// or for what is no picture.
    pub async fn sanitise(&self, source: Source) -> Result<Option<Sanitised>> {
        let survey = self.survey(&source, false).await?;
        let Some(header) = survey.header else { return Ok(None) };
        decode::check_sides(&header)?;
        let cost = source.held() + sanitise::cost(&header, survey.size);
        let run = move |deadline| sanitise::picture(&source.read()?, &header, deadline);
        self.0.workers.run(cost, run).await
    }

    /// Takes what tells of a place out of a picture or film of any length, in place. Tells whether
    /// there was anything.
    pub async fn blank_location(&self, path: PathBuf) -> Result<bool> {
        self.0.workers.run(blank::HELD, move |deadline| blank::file(&path, deadline)).await
    }

    /// Placeholder and verdict of a picture, as far as they can be had.
    async fn look(&self, source: &Source, header: &Header, ask: Inspect) -> Seen {
        let judged = ask.nsfw && self.0.classifier.is_some();
        let nothing = (!ask.placeholder && !judged) || header.format == Format::Svg || header.pixels() == 0;
        if nothing {
            return Seen::default();
        }
        let scale = look_scale(header, judged);
        let looked = match header.format {
            Format::Avif if !self.0.programs.has(Program::Ffmpeg) => Err(Error::Unavailable("ffmpeg")),
            Format::Avif => match self.picture_of_child(source, header, scale).await {
                Ok((made, stored)) => {
                    self.look_at(Source::File(made.path.clone()), *header, stored, ask).await
                }
                Err(error) => Err(error),
            },
            _ => self.look_at(source.clone(), *header, *header, ask).await,
        };
        looked.unwrap_or_else(|error| {
            tracing::debug!(%error, "neither placeholder nor verdict");
            Seen::default()
        })
    }

    async fn look_at_video(&self, source: &Source, ask: Inspect) -> Result<Seen> {
        let frame = video::first_frame(&self.0.programs, source).await?;
        let frame_source = Source::File(frame.path.clone());
        let survey = self.survey(&frame_source, false).await?;
        let header = survey.header.ok_or_else(|| Error::Corrupt("no frame".to_owned()))?;
        self.look_at(frame_source, header, header, ask).await
    }

    async fn look_at(&self, source: Source, header: Header, stored: Header, ask: Inspect) -> Result<Seen> {
        let classifier = self.0.classifier.clone().filter(|_| ask.nsfw);
        let scale = look_scale(&stored, classifier.is_some());
        let cost = source.held() + decode::cost(&stored, scale);
        let run = move |deadline| {
            let bytes = source.read()?;
            let colours = Colours::of(&bytes, &stored);
            let raster = decode::still(&bytes, &stored, scale, colours.as_ref(), deadline)?;
            let raster = match colours {
                Some(colours) => colours.convert(raster),
                None => raster,
            };
            let mut seen = Seen::default();
            if let Some(classifier) = classifier {
                let square = raster.stretched(nsfw::SIDE, nsfw::SIDE)?.oriented(stored.orientation);
                seen.nsfw = classifier
                    .judge(&square)
                    .inspect_err(|error| tracing::warn!(%error, "a picture was not judged"))
                    .ok();
            }
            if ask.placeholder {
                let (width, height) = header.size();
                seen.placeholder = placeholder::hash(raster.oriented(stored.orientation), width, height)?;
            }
            Ok(seen)
        };
        self.0.workers.run(cost, run).await
    }

    /// Size, hash and header, read in one pass that holds no more than a picture file may have.
    async fn survey(&self, source: &Source, hash: bool) -> Result<Survey> {
        let source = source.clone();
        let cost = source.held();
        self.0.workers.run(cost, move |deadline| source.survey(hash, deadline)).await
    }
}

/// What looking at a picture gives.
#[derive(Default)]
struct Seen {
    placeholder: String,
    nsfw: Option<Nsfw>,
}

/// How much of its size a picture must be decoded to to be looked at.
fn look_scale(header: &Header, judged: bool) -> f64 {
    let placeholder = placeholder::scale(header.width, header.height);
    let shorter = f64::from(header.width.min(header.height).max(1));
    if judged { placeholder.max((f64::from(nsfw::SIDE) / shorter).min(1.0)) } else { placeholder }
}

/// A number from −1 to 1.
fn jitter(rng: &Rng) -> f64 {
    rng.below(2_001) as f64 / 1_000.0 - 1.0
}

fn whole(source: &Source, content_type: &str) -> Result<Vec<Frame>> {
    Ok(vec![Frame { timestamp: 0.0, mime_type: content_type.to_owned(), bytes: source.read()? }])
}
