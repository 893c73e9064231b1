//! Attachments: the file itself in parts, or a smaller picture of it. What it is follows from its
//! name; it is always offered for saving, so that no browser shows a document of a stranger.

use std::sync::Arc;

use axum::http::request::Parts;
use platform_imaging::{Error as ImagingError, Kind, types};

use crate::{
    CDN, Media,
    answer::{Refusal, Served, failed},
    content::Content,
    images::{place, served, unmade},
    query::MediaQuery,
    version::refuse,
};

impl Media {
    pub async fn attachment(
        self: &Arc<Self>,
        channel: &str,
        id: &str,
        name: String,
        query: MediaQuery,
        parts: &Parts,
    ) -> Result<Served, Refusal> {
        if self.has_expired(id).await? {
            return Err(Refusal::NotFound);
        }
        let stored = self.stored(CDN, format!("attachments/{channel}/{id}/{name}")).await?;
        let content_type = types::content_type_of(&name);
        let file = Served { content_type: content_type.to_owned(), download: Some(name.clone()), ..stored };
        if query.is_plain() {
            return Ok(file);
        }
        let kind = types::media_kind(content_type);
        if !matches!((kind, query.format), (Some(Kind::Image), _) | (Some(Kind::Video), Some(_))) {
            return Err(Refusal::BadRequest);
        }
        let download = match query.extension {
            Some(extension) => {
                format!("{}.{extension}", name.rsplit_once('.').map_or(&*name, |(stem, _)| stem))
            }
            None => name,
        };
        let version = self.picture(&file, kind == Some(Kind::Video), query, parts).await?;
        // A picture nobody could read is still a file.
        Ok(version.map_or(file, |version| Served { download: Some(download), ..version }))
    }

    /// The picture, or the first picture of a video, as asked for; none if it cannot be read.
    pub async fn picture(
        self: &Arc<Self>,
        file: &Served,
        video: bool,
        query: MediaQuery,
        parts: &Parts,
    ) -> Result<Option<Served>, Refusal> {
        let transform = query.transform();
        let key = format!("{} {transform:?}{}", place(file), if video { " of video" } else { "" });
        if let Some(same) = unmade(&key, file, &parts.headers) {
            return Ok(Some(same));
        }
        let content = file.content.clone();
        let make = |media: Arc<Self>| async move {
            let loaded = media.load(content, video).await?;
            let source = loaded.source.clone();
            let picture = match video {
                true => media.app.imaging.video_frame(source, transform).await.map_err(refuse)?,
                false => match media.app.imaging.transform(source, transform).await {
                    Ok(picture) => picture,
                    Err(error @ (ImagingError::Busy | ImagingError::Io(_))) => return Err(refuse(error)),
                    Err(error) => {
                        tracing::debug!(%error, "A picture is served as it is.");
                        return Err(Refusal::BadRequest);
                    }
                },
            };
            Ok((Content::Bytes(picture.bytes), picture.content_type.to_owned()))
        };
        match self.made(key, file.modified, make).await {
            Ok(made) => Ok(Some(served(made))),
            Err(Refusal::BadRequest) if !video => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// What has expired is gone for everybody, also before it is removed.
    async fn has_expired(&self, id: &str) -> Result<bool, Refusal> {
        let Ok(id) = id.parse() else { return Ok(false) };
        fluxer_domain::attachments::has_expired(&self.app, id).await.map_err(failed)
    }
}
