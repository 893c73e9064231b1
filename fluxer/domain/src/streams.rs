//! Shared screens, as far as they concern who does not watch yet: a small picture, kept for a
//! day, and the region its viewers are best served from.
//!
//! A stream is known by a key, `{guild id or dm}:{channel id}:{connection id}`; it names the
//! object, so nothing that could be taken for a path gets through.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use bytes::Bytes;
use fluxer_wire::{
    ChannelId, GuildId, Permissions, code,
    stream::{StreamPreviewUploadBodySchema, StreamUpdateBodySchema},
};
use platform_blobs::{Attributes, Details};
use platform_imaging::Source;

use crate::{
    Actor, App, Result,
    access::ChannelAccess,
    fail,
    safety::{self, Bringer},
};

const BUCKET: &str = "uploads";
const MAX_BYTES: usize = 1_000_000;
const KEPT: Duration = Duration::from_secs(86_400);
const LONGEST_CONNECTION: usize = 64;

/// A key, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key<'a> {
    text: &'a str,
    /// Of a private channel: none.
    guild: Option<GuildId>,
    channel: ChannelId,
}

impl<'a> Key<'a> {
    fn parse(text: &'a str) -> Result<Self> {
        let mut parts = text.split(':');
        let (scope, channel, connection) = (parts.next(), parts.next(), parts.next());
        let guild = match scope {
            Some("dm") => Some(None),
            scope => scope.and_then(|id| id.parse().ok()).map(Some),
        };
        let named = connection.is_some_and(|id| {
            (1..=LONGEST_CONNECTION).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        });
        match (guild, channel.and_then(|id| id.parse().ok()), parts.next()) {
            (Some(guild), Some(channel), None) if named => Ok(Self { text, guild, channel }),
            _ => fail(code::INVALID_STREAM_KEY_FORMAT),
        }
    }

    fn object(&self) -> String {
        format!("stream_previews/{}.jpg", self.text)
    }

    /// The channel, for somebody who may listen in there.
    async fn access(&self, app: &App, actor: &Actor) -> Result<ChannelAccess> {
        let access = app.channel_access(actor, self.channel).await?;
        if access.guild_id() != self.guild {
            return fail(code::STREAM_KEY_SCOPE_MISMATCH);
        }
        if access.guild.is_some() {
            access.require(Permissions::CONNECT)?;
        }
        Ok(access)
    }
}

/// `POST /streams/{stream_key}/preview`.
pub async fn upload(app: &App, actor: &Actor, key: &str, form: StreamPreviewUploadBodySchema) -> Result<()> {
    let key = Key::parse(key)?;
    if form.channel_id != key.channel {
        return fail(code::STREAM_KEY_CHANNEL_MISMATCH);
    }
    let access = key.access(app, actor).await?;
    let bytes = decode(&form.thumbnail.0)?;
    let said = form.content_type.as_ref().map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
    let is_jpeg = said.contains("jpeg") || said.contains("jpg") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]);
    if !is_jpeg {
        return fail(code::PREVIEW_MUST_BE_JPEG);
    }
    let bytes = Bytes::from(bytes);
    let by = Bringer::of(actor, &access);
    Box::pin(safety::check(app, by, "stream_preview", "preview.jpg", Source::Bytes(bytes.clone()))).await?;
    let until = app.clock.now().plus_seconds(KEPT.as_secs() as i64);
    let details = Details { expires_at: Some(until), ..Details::default() };
    let about = Attributes { content_type: "image/jpeg".into(), details };
    app.blobs.put(BUCKET, &key.object(), bytes, about).await?;
    Ok(())
}

fn decode(thumbnail: &str) -> Result<Vec<u8>> {
    let encoded = match thumbnail.strip_prefix("data:") {
        Some(uri) => uri.split_once(',').map_or("", |(_, data)| data),
        None => thumbnail,
    };
    let Ok(bytes) = STANDARD_NO_PAD.decode(encoded.trim_end_matches('=')) else {
        return fail(code::INVALID_STREAM_THUMBNAIL_PAYLOAD);
    };
    match bytes.len() {
        0 => fail(code::STREAM_THUMBNAIL_PAYLOAD_EMPTY),
        size if size > MAX_BYTES => fail(code::FILE_SIZE_TOO_LARGE),
        _ => Ok(bytes),
    }
}

/// `GET /streams/{stream_key}/preview`; `None` if there is no picture (any more).
pub async fn preview(app: &App, actor: &Actor, key: &str) -> Result<Option<Bytes>> {
    let key = Key::parse(key)?;
    key.access(app, actor).await?;
    let object = app.blobs.get(BUCKET, &key.object()).await?;
    Ok(object.map(|object| object.bytes))
}

/// `PATCH /streams/{stream_key}/stream`.
pub async fn update(app: &App, key: &str, form: StreamUpdateBodySchema) -> Result<()> {
    let key = Key::parse(key)?;
    if let Some(region) = form.region.0 {
        app.cache.set(&format!("stream_region:{}", key.text), region.into_inner(), KEPT).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_one_stream_and_no_path() {
        let key = Key::parse("12:34:a-B_9").unwrap();
        assert_eq!((key.guild.map(|id| id.get()), key.channel.get()), (Some(12), 34));
        assert_eq!(key.object(), "stream_previews/12:34:a-B_9.jpg");
        assert_eq!(Key::parse("dm:34:x").unwrap().guild, None);
        for bad in [
            "", "1", "1:2", "1:2:", "1:2:3:4", "1:2:3:", "dm::x", ":2:x", "DM:2:x", "1:x:y", "x:1:y",
            "01:2:x", "1:2:../x", "1:2:a/b", "1:2:a b", "1:2:ä", "-1:2:x",
        ] {
            assert!(Key::parse(bad).is_err(), "{bad}");
        }
        assert!(Key::parse(&format!("1:2:{}", "x".repeat(65))).is_err());
    }

    #[test]
    fn a_picture_is_decoded_within_its_limit() {
        assert_eq!(decode("data:image/jpeg;base64,/9j/").unwrap(), [0xFF, 0xD8, 0xFF]);
        assert_eq!(decode("/9j/4A==").unwrap(), [0xFF, 0xD8, 0xFF, 0xE0]);
        for (bad, code) in [
            ("!", code::INVALID_STREAM_THUMBNAIL_PAYLOAD),
            ("==", code::STREAM_THUMBNAIL_PAYLOAD_EMPTY),
            ("data:image/jpeg;base64", code::STREAM_THUMBNAIL_PAYLOAD_EMPTY),
            (&STANDARD_NO_PAD.encode(vec![0; MAX_BYTES + 1]), code::FILE_SIZE_TOO_LARGE),
        ] {
            let error = decode(bad).unwrap_err();
            assert!(error.to_string().contains(code.name), "{error}");
        }
    }
}
