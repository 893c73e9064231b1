//! Avatars, icons, banners, splashes, emojis, stickers: always made anew from what was uploaded,
//! so that nothing of a hostile file comes through.

use std::sync::Arc;

use axum::http::{HeaderMap, header, request::Parts};
use platform_imaging::{Fit, Format, Transform};

use crate::{
    CDN, Media,
    answer::{Refusal, Served},
    content::Content,
    query::ImageQuery,
    version::{Made, refuse, tag},
};

impl Media {
    /// `{prefix}/{hash}` in the format of the extension; its width is `size` at most.
    pub async fn image(
        self: &Arc<Self>,
        prefix: &str,
        hash: &str,
        extension: &str,
        query: ImageQuery,
        parts: &Parts,
    ) -> Result<Served, Refusal> {
        let format = Format::from_extension(extension).filter(|format| *format != Format::Svg);
        let format = format.ok_or_else(|| Refusal::Bad("SVG is not made here".into()))?;
        let key = format!("{prefix}/{hash}");
        let stored = match self.stored(CDN, key.clone()).await {
            // An older layout.
            Err(Refusal::NotFound) => self.stored(CDN, format!("{key}.{extension}")).await?,
            found => found?,
        };
        let transform = Transform {
            width: Some(query.size),
            height: None,
            fit: Fit::Width,
            format: Some(format),
            quality: query.quality,
            animated: query.animated,
        };
        self.version(stored, transform, &parts.headers).await
    }

    /// An emoji or a sticker: inside a box, as WebP whatever was asked for.
    pub async fn expression(
        self: &Arc<Self>,
        key: String,
        square: bool,
        query: ImageQuery,
        parts: &Parts,
    ) -> Result<Served, Refusal> {
        let stored = self.stored(CDN, key).await?;
        let transform = Transform {
            width: Some(query.size),
            height: square.then_some(query.size),
            fit: if square { Fit::Contain } else { Fit::Width },
            format: Some(Format::Webp),
            quality: query.quality,
            animated: query.animated,
        };
        self.version(stored, transform, &parts.headers).await
    }

    pub async fn version(
        self: &Arc<Self>,
        stored: Served,
        transform: Transform,
        asked: &HeaderMap,
    ) -> Result<Served, Refusal> {
        let key = format!("{} {transform:?}", place(&stored));
        let modified = stored.modified;
        if let Some(same) = unmade(&key, &stored, asked) {
            return Ok(same);
        }
        let made = self
            .made(key, modified, |media| async move {
                let loaded = media.load(stored.content, false).await?;
                let picture = media.app.imaging.transform(loaded.source.clone(), transform).await;
                let picture = picture.map_err(refuse)?;
                Ok((Content::Bytes(picture.bytes), picture.content_type.to_owned()))
            })
            .await?;
        Ok(served(made))
    }
}

/// What an object is, so that its versions are found again, and not found when it changes.
pub fn place(stored: &Served) -> String {
    match &stored.content {
        Content::Object { bucket, key, .. } => format!("{bucket}/{key} {}", stored.etag),
        _ => stored.etag.clone(),
    }
}

/// The version of `key` without its content, if the client has it: the answer will say so.
pub fn unmade(key: &str, stored: &Served, asked: &HeaderMap) -> Option<Served> {
    let etag = tag(key);
    let tags = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = tags.flat_map(|tags| tags.split(',')).any(|tag| tag.trim().trim_matches('"') == etag);
    known.then(|| Served { etag, ..stored.clone() })
}

pub fn served(made: Made) -> Served {
    Served {
        content: made.content,
        content_type: made.content_type,
        etag: made.etag,
        modified: made.modified,
        download: None,
        immutable: false,
    }
}
