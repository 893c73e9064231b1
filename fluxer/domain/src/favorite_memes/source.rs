//! Where the bytes of saved media come from: a file of a message, one of this instance's own
//! objects, or another server.

use std::{io, sync::Arc, time::Duration};

use fluxer_wire::{
    AttachmentId, ChannelId, code, invalid,
    message::{Attachment, Embed, EmbedMedia},
};
use futures_util::StreamExt;
use percent_encoding::percent_decode_str;
use platform_imaging::types;
use platform_outbound::Ask;
use url::Url;

use crate::{
    Actor, App, Error, Result,
    attachments::{self, Content, Examined, Incoming, Policy, Spooled, Spooling, examine_fetched, names},
    fail,
    images::BUCKET,
    media_urls,
    rows::MessageRow,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// What of a message is saved.
#[derive(Debug)]
pub enum Source {
    Attachment(Attachment),
    Media {
        media: EmbedMedia,
        /// Of an embed that shows a film for a GIF.
        gifv: bool,
    },
}

impl Source {
    pub fn content_hash(&self) -> Option<&str> {
        match self {
            Self::Attachment(file) => file.content_hash.as_deref(),
            Self::Media { media, .. } => media.content_hash.as_deref(),
        }
    }
    pub fn description(&self) -> Option<String> {
        match self {
            Self::Attachment(file) => file.description.clone(),
            Self::Media { media, .. } => media.description.clone(),
        }
        .map(|text| text.chars().take(500).collect())
    }
}

fn is_media(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|kind| types::media_kind(kind).is_some())
}

/// Picks what is meant; an attachment that is no media leaves the embeds to be looked at.
pub fn in_message(
    row: &MessageRow,
    embed_index: Option<usize>,
    attachment: Option<AttachmentId>,
) -> Result<Source> {
    if let Some(index) = embed_index {
        let Some(embed) = row.embeds.get(index) else {
            return Err(Error::field("embed_index", invalid::EMBED_INDEX_OUT_OF_BOUNDS));
        };
        return shown(embed).ok_or_else(nothing);
    }
    let Some(id) = attachment else { return Err(nothing()) };
    let forwarded = row.snapshots.iter().flat_map(|snapshot| &snapshot.attachments);
    let Some(file) = row.attachments.iter().chain(forwarded).find(|file| file.id == id) else {
        let code = invalid::ATTACHMENT_ID_NOT_FOUND_IN_MESSAGE;
        return Err(Error::field("preferred_attachment_id", code));
    };
    if is_media(file.content_type.as_deref()) {
        return Ok(Source::Attachment(file.clone()));
    }
    row.embeds.iter().find_map(shown).ok_or_else(nothing)
}

fn nothing() -> Error {
    Error::field("media", invalid::NO_VALID_MEDIA_IN_MESSAGE)
}

fn shown(embed: &Embed) -> Option<Source> {
    let media = [&embed.image, &embed.video, &embed.thumbnail].into_iter().flatten().next()?;
    Some(Source::Media { media: media.clone(), gifv: embed.kind == "gifv" })
}

/// A copy of a message's file.
pub async fn copy(app: &App, channel: ChannelId, mut file: Attachment) -> Result<Incoming> {
    let key = attachments::key(channel, file.id, &file.filename);
    if file.expired == Some(true) || file.content_hash.is_none() || !app.blobs.exists(BUCKET, &key).await? {
        return fail(code::MEDIA_METADATA_ERROR);
    }
    file.id = app.next_id();
    let (called, content) = (file.filename.clone(), Content::Copy { bucket: BUCKET, key });
    Ok(Incoming { attachment: file, content, called, index: 0, lasting: true })
}

/// What is at an address, which may be one of this instance's own.
pub async fn fetch(app: &App, actor: &Actor, address: &str) -> Result<Incoming> {
    let most = app.user_limit(&actor.user, "max_attachment_file_size").max(0).unsigned_abs();
    let url = own(app, address)?;
    let (file, url) = match url {
        Place::Object(key) => {
            let file = read(app, &key, most).await?;
            (file, Url::parse(address).map_err(|_| code::MEDIA_METADATA_ERROR)?)
        }
        Place::Elsewhere(url) => download(app, url, most).await?,
    };
    let file = Arc::new(file);
    let name = name(&url, &file).await?;
    // As with everything that shows a person wherever they are: nothing explicit.
    match examine_fetched(app, Policy { explicit: false }, file, name).await? {
        Examined::Fine(mut found) => match found.pop() {
            Some(mut found) if found.attachment.content_hash.is_some() => {
                found.lasting = true;
                Ok(found)
            }
            _ => fail(code::MEDIA_METADATA_ERROR),
        },
        Examined::Infected => fail(code::MEDIA_METADATA_ERROR),
    }
}

enum Place {
    Object(String),
    Elsewhere(Url),
}

/// Where an address leads: attachments here are objects, and what the media proxy has of
/// others is theirs.
fn own(app: &App, address: &str) -> Result<Place> {
    let unreadable = || Error::from(code::MEDIA_METADATA_ERROR);
    let url = Url::parse(address).map_err(|_| unreadable())?;
    let rest = address.strip_prefix(app.settings.endpoints.media.as_str());
    let Some(rest) = rest.and_then(|rest| rest.strip_prefix('/')) else { return Ok(Place::Elsewhere(url)) };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    if let Some((signature, path)) = rest.strip_prefix("external/").and_then(|rest| rest.split_once('/')) {
        let found = media_urls::verify(&app.settings.media_proxy_secret, signature, path);
        return found.map(Place::Elsewhere).map_err(|_| unreadable());
    }
    let key = percent_decode_str(rest).decode_utf8().map_err(|_| unreadable())?;
    match key.starts_with("attachments/") && !key.split('/').any(|part| matches!(part, "" | "." | "..")) {
        true => Ok(Place::Object(key.into_owned())),
        false => Err(unreadable()),
    }
}

fn unkept(error: io::Error) -> Error {
    Error::Blobs(error.into())
}

async fn read(app: &App, key: &str, most: u64) -> Result<Spooled> {
    let Some(mut reading) = app.blobs.read(BUCKET, key, None).await? else {
        return fail(code::MEDIA_METADATA_ERROR);
    };
    let mut file = app.spool.begin().await.map_err(unkept)?;
    while let Some(bytes) = reading.stream.next().await {
        write(&mut file, bytes.map_err(unkept)?, most).await?;
    }
    file.finish().await.map_err(unkept)
}

async fn write(file: &mut Spooling, bytes: bytes::Bytes, most: u64) -> Result<()> {
    file.write(bytes).await.map_err(unkept)?;
    if file.size() > most { fail(code::MEDIA_METADATA_ERROR) } else { Ok(()) }
}

/// The file, and where it came from in the end.
async fn download(app: &App, url: Url, most: u64) -> Result<(Spooled, Url)> {
    let ask = Ask { timeout: PATIENCE, max_bytes: most, ..Ask::default() };
    let unread = |error: platform_outbound::FetchError| {
        tracing::debug!(%url, %error, "what was to be saved cannot be read");
        Error::from(code::MEDIA_METADATA_ERROR)
    };
    let mut fetched = app.fetcher.get(&url, ask).await.map_err(unread)?;
    if fetched.status != 200 {
        return fail(code::MEDIA_METADATA_ERROR);
    }
    let mut file = app.spool.begin().await.map_err(unkept)?;
    while let Some(bytes) = fetched.chunk().await.map_err(unread)? {
        write(&mut file, bytes, most).await?;
    }
    Ok((file.finish().await.map_err(unkept)?, fetched.url))
}

/// What the file is to be called: as its address has it, ending as its bytes want it.
async fn name(url: &Url, file: &Arc<Spooled>) -> Result<String> {
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let name = names::normalize(&percent_decode_str(last).decode_utf8_lossy());
    let held = file.clone();
    let head = tokio::task::spawn_blocking(move || {
        use io::Read;
        let mut head = Vec::with_capacity(64);
        std::fs::File::open(held.path())?.take(64).read_to_end(&mut head).map(|_| head)
    });
    let head = head.await.map_err(Error::internal)?.map_err(unkept)?;
    let Some(sniffed) = types::sniff(&head).or_else(|| types::media_type_of(&name)) else {
        return fail(code::MEDIA_METADATA_ERROR);
    };
    if types::content_type_of(&name) == sniffed {
        return Ok(name);
    }
    let Some(extension) = types::extension_of(sniffed) else { return fail(code::MEDIA_METADATA_ERROR) };
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if types::media_type_of(&name).is_some() && !stem.is_empty() => stem,
        _ => &name,
    };
    Ok(names::normalize(&format!("{stem}.{extension}")))
}
