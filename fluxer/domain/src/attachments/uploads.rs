//! Files that came with a request: who may send them and how large they may be, and which
//! entry of the message's metadata each belongs to.

use std::sync::Arc;

use fluxer_wire::{
    ChannelId, Permissions, ScheduledMessageId, invalid, message_requests::ClientAttachmentRequest,
};

use super::Spooled;
use crate::{Actor, App, Error, Result, rows::UserRow, scheduled};

/// What a caller may upload. A refusal is reported only after the form itself was found to be
/// right; until then the files are read and thrown away.
#[derive(Debug)]
pub struct Permit {
    pub max_files: usize,
    /// Of one file.
    pub max_bytes: u64,
    pub refusal: Option<Error>,
}

impl Permit {
    /// Nothing may be uploaded.
    pub const fn refused(refusal: Error) -> Self {
        Self { max_files: 0, max_bytes: 0, refusal: Some(refusal) }
    }
}

/// For a message to the channel.
pub async fn permit(app: &App, actor: &Actor, channel: ChannelId) -> Permit {
    let limits = limits(app, &actor.user);
    Permit { refusal: may_upload(app, actor, channel).await.err(), ..limits }
}

/// For another version of a scheduled message.
pub async fn permit_scheduled(app: &App, actor: &Actor, id: ScheduledMessageId) -> Permit {
    match scheduled::channel_of(app, actor, id).await {
        Ok(channel) => permit(app, actor, channel).await,
        Err(refusal) => Permit { refusal: Some(refusal), ..limits(app, &actor.user) },
    }
}

fn limits(app: &App, user: &UserRow) -> Permit {
    let limit = |key| app.user_limit(user, key).max(0).unsigned_abs();
    Permit {
        max_files: limit("max_attachments_per_message").try_into().unwrap_or(usize::MAX),
        max_bytes: limit("max_attachment_file_size"),
        refusal: None,
    }
}

async fn may_upload(app: &App, actor: &Actor, channel: ChannelId) -> Result<()> {
    if channel == actor.id().cast() {
        Box::pin(crate::dms::ensure_notes(app, actor.id())).await?;
    }
    let access = app.channel_access(actor, channel).await?;
    access.require_text_based()?;
    if access.guild.is_some() {
        access.require(Permissions::SEND_MESSAGES | Permissions::ATTACH_FILES)?;
    }
    Ok(())
}

/// One file of a request.
#[derive(Debug, Clone)]
pub struct Upload {
    /// `N` of its field's name `files[N]`.
    pub index: u64,
    pub file: Arc<Spooled>,
    /// What its part of the form called it.
    pub name: Option<String>,
}

/// The files of a request; none for a body of JSON.
#[derive(Debug, Clone, Default)]
pub struct Uploads(Vec<Upload>);

impl Uploads {
    /// `files` have different indices.
    pub fn new(files: Vec<Upload>) -> Self {
        Self(files)
    }
    pub fn iter(&self) -> std::slice::Iter<'_, Upload> {
        self.0.iter()
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every file needs an entry of the metadata, and every entry that names a file the file.
    pub fn check(&self, metadata: Option<&[ClientAttachmentRequest]>) -> Result<()> {
        let refuse = |code| Err(Error::field("attachments", code));
        let metadata = metadata.unwrap_or_default();
        if self.is_empty() {
            return Ok(());
        }
        if metadata.is_empty() {
            return refuse(invalid::ATTACHMENTS_METADATA_REQUIRED_WHEN_UPLOADING);
        }
        let names = |entry: &&ClientAttachmentRequest| entry.filename.is_some();
        if metadata.iter().filter(names).any(|entry| self.find(entry.id.0).is_none()) {
            return refuse(invalid::NO_FILE_FOR_ATTACHMENT_METADATA);
        }
        let claimed = |file: &Upload| metadata.iter().filter(names).any(|entry| entry.id.0 == file.index);
        if !self.0.iter().all(claimed) {
            return refuse(invalid::NO_METADATA_FOR_FILE);
        }
        let mut ids: Vec<u64> = metadata.iter().filter(names).map(|entry| entry.id.0).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return refuse(invalid::DUPLICATE_ATTACHMENT_IDS_NOT_ALLOWED);
        }
        Ok(())
    }

    fn find(&self, index: u64) -> Option<&Upload> {
        self.0.iter().find(|file| file.index == index)
    }
}

/// The entries that bring a file, in the order of the metadata.
pub(crate) fn claims<'a>(
    metadata: &'a [ClientAttachmentRequest],
    uploads: &'a Uploads,
) -> Vec<(&'a ClientAttachmentRequest, &'a Upload)> {
    let claim = |entry: &'a ClientAttachmentRequest| {
        entry.filename.as_ref()?;
        Some((entry, uploads.find(entry.id.0)?))
    };
    metadata.iter().filter_map(claim).collect()
}
