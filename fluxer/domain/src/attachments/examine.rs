//! Looking at what was uploaded: is it harmful, what is it, what may be shown of it. A file
//! that cannot be made out is kept all the same; it just has no dimensions.

use std::sync::Arc;

use bytes::Bytes;
use fluxer_wire::{
    Optional, Value, code, flags, invalid,
    message::Attachment,
    message_requests::{AttachmentKey, ClientAttachmentRequest},
};
use platform_imaging::{Inspect, Kind, Metadata, Sanitised, Source, types::content_type_of};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Spooled, Upload, Uploads, claims, names::normalize, scan};
use crate::{
    App, Error, Result,
    access::ChannelAccess,
    fail,
    safety::{self, Bringer},
};

/// Larger files are not rewritten: that is done in memory. What tells of a place is blanked in
/// them.
const MAX_SANITISED: u64 = 32 * 1024 * 1024;
const EXPLICIT_FOR_MEMBERS_WITH_ROLES: i32 = 1;

/// Where the bytes of a coming attachment are.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    File(Arc<Spooled>),
    Bytes(Bytes),
    Copy { bucket: &'static str, key: String },
}

/// An attachment without its object.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub attachment: Attachment,
    pub content: Content,
    /// What the client calls it, also in `attachment://` references.
    pub called: String,
    /// Which entry of the metadata it came with.
    pub index: u64,
    /// Does not expire.
    pub lasting: bool,
}

/// What examination came to.
#[derive(Debug)]
pub(crate) enum Examined {
    Fine(Vec<Incoming>),
    /// A virus was found; nothing of it is kept.
    Infected,
}

/// What is allowed where the files go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    pub explicit: bool,
}

impl Policy {
    /// Explicit pictures are for adults' channels and for guilds that do not mind them.
    pub fn of(access: &ChannelAccess) -> Self {
        let filter = access.guild.as_ref().map(|guild| {
            let has_role = guild.member.as_ref().is_some_and(|member| !member.role_ids.is_empty());
            (guild.guild.row.explicit_content_filter, has_role)
        });
        let explicit = access.is_age_restricted()
            || matches!(filter, Some((0, _)) | Some((EXPLICIT_FOR_MEMBERS_WITH_ROLES, true)));
        Self { explicit }
    }
}

pub(crate) async fn examine(
    app: &App,
    by: Bringer,
    policy: Policy,
    metadata: &[ClientAttachmentRequest],
    uploads: &Uploads,
) -> Result<Examined> {
    let claims = claims(metadata, uploads);
    for (_, upload) in &claims {
        if scan::is_infected(app, &upload.file).await? {
            return Ok(Examined::Infected);
        }
    }
    for (entry, upload) in &claims {
        let name = entry.filename.as_deref().or(upload.name.as_deref()).unwrap_or_default();
        let source = Source::File(upload.file.path().to_owned());
        Box::pin(safety::check(app, by, "attachments", &normalize(name), source)).await?;
    }
    let mut found = Vec::with_capacity(claims.len());
    for (place, (entry, upload)) in claims.into_iter().enumerate() {
        found.push(one(app, policy, place, entry, upload).await?);
    }
    Ok(Examined::Fine(found))
}

/// A file that was not uploaded with a message but got from elsewhere.
pub(crate) async fn examine_fetched(
    app: &App,
    policy: Policy,
    file: Arc<Spooled>,
    name: String,
) -> Result<Examined> {
    if scan::is_infected(app, &file).await? {
        return Ok(Examined::Infected);
    }
    let entry = ClientAttachmentRequest {
        id: AttachmentKey(0),
        filename: None,
        title: None,
        description: None,
        flags: Optional(None),
        duration: None,
        waveform: None,
    };
    let upload = Upload { index: 0, file, name: Some(name) };
    Ok(Examined::Fine(vec![one(app, policy, 0, &entry, &upload).await?]))
}

async fn one(
    app: &App,
    policy: Policy,
    place: usize,
    entry: &ClientAttachmentRequest,
    upload: &Upload,
) -> Result<Incoming> {
    let called = entry.filename.as_deref().or(upload.name.as_deref()).unwrap_or_default().to_owned();
    let filename = normalize(&called);
    let content_type = content_type_of(&filename);
    let is_media = ["image/", "video/", "audio/"].iter().any(|kind| content_type.starts_with(kind));
    let clean = sanitise(app, upload).await?;
    let seen = if is_media { inspect(app, upload, &filename).await } else { None };
    if entry.waveform.is_some() && !seen.as_ref().is_some_and(|seen| seen.kind == Kind::Audio) {
        let path = format!("attachments.{place}.upload_filename");
        return Err(Error::field(path, invalid::VOICE_MESSAGES_ATTACHMENT_MUST_BE_AUDIO));
    }
    let mut bits = entry.flags.unwrap_or(0)
        & (flags::attachment::IS_SPOILER | flags::attachment::CONTAINS_EXPLICIT_MEDIA);
    let mut attachment = Attachment {
        id: app.next_id(),
        filename,
        title: entry.title.as_deref().map(str::to_owned),
        description: entry.description.as_deref().map(str::to_owned),
        content_type: Some(content_type.to_owned()),
        content_hash: None,
        size: size(upload.file.size()),
        url: None,
        proxy_url: None,
        width: None,
        height: None,
        placeholder: None,
        flags: 0,
        nsfw: None,
        duration: entry.duration,
        waveform: entry.waveform.as_deref().map(str::to_owned),
        expires_at: None,
        expired: None,
    };
    let mut content = Content::File(upload.file.clone());
    if let Some(clean) = &clean {
        attachment.size = size(clean.bytes.len() as u64);
        content = Content::Bytes(clean.bytes.clone());
    }
    if let Some(mut seen) = seen {
        if seen.nsfw.as_ref().is_some_and(|verdict| verdict.positive) {
            if !policy.explicit {
                return Err(explicit(&seen));
            }
            bits |= flags::attachment::CONTAINS_EXPLICIT_MEDIA;
            attachment.nsfw = Some(true);
        }
        if seen.animated {
            bits |= flags::attachment::IS_ANIMATED;
        }
        if let Some(clean) = clean {
            seen.sha256 = hex(&Sha256::digest(&clean.bytes));
            (seen.width, seen.height) = (clean.width.or(seen.width), clean.height.or(seen.height));
        }
        let pixels = |side: Option<u32>| side.and_then(|side| i32::try_from(side).ok());
        (attachment.width, attachment.height) = (pixels(seen.width), pixels(seen.height));
        attachment.duration = pixels(seen.duration).or(attachment.duration);
        attachment.placeholder = seen.placeholder.filter(|text| !text.is_empty());
        attachment.content_type = Some(seen.content_type);
        attachment.content_hash = Some(seen.sha256);
    }
    attachment.flags = bits;
    Ok(Incoming { attachment, content, called, index: upload.index, lasting: false })
}

fn size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// `None` for what is no media after all, or cannot be read.
async fn inspect(app: &App, upload: &Upload, name: &str) -> Option<Metadata> {
    let wanted = Inspect { placeholder: true, nsfw: true };
    let source = Source::File(upload.file.path().to_owned());
    match app.imaging.inspect(source, name, wanted).await {
        Ok(seen) => Some(seen),
        Err(error) => {
            tracing::debug!(%error, "An uploaded file is no media that can be read.");
            None
        }
    }
}

/// Takes out what a camera wrote, whatever the file is called: a picture anew and upright, or the
/// file as it lies there, without the place it was made. A file is not kept when nobody looked.
async fn sanitise(app: &App, upload: &Upload) -> Result<Option<Sanitised>> {
    use platform_imaging::Error as Failure;
    let path = upload.file.path().to_owned();
    if upload.file.size() <= MAX_SANITISED {
        match app.imaging.sanitise(Source::File(path.clone())).await {
            Ok(Some(clean)) => return Ok(Some(clean)),
            Ok(None) => {}
            Err(Failure::Busy) => return fail(code::SERVICE_UNAVAILABLE),
            Err(error) => tracing::debug!(%error, "An uploaded picture is not written anew."),
        }
    }
    match app.imaging.blank_location(path).await {
        Err(Failure::Busy | Failure::Timeout) => fail(code::SERVICE_UNAVAILABLE),
        Err(Failure::Io(error)) => Err(Error::Blobs(error.into())),
        Err(error) => {
            tracing::debug!(%error, "An uploaded file is kept as it is.");
            Ok(None)
        }
        Ok(_) => Ok(None),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 400 with what the classifier saw.
pub(crate) fn explicit(seen: &Metadata) -> Error {
    let refusal = fluxer_wire::Error::new(code::EXPLICIT_CONTENT_CANNOT_BE_SENT);
    match &seen.nsfw {
        Some(verdict) => {
            let predictions: Value = json!(verdict.predictions);
            refusal.with("probability", verdict.probability).with("predictions", predictions).into()
        }
        None => refusal.into(),
    }
}
