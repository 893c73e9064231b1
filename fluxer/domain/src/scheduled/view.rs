//! A scheduled message as its owner sees it.

use fluxer_wire::{
    message::Attachment,
    message_requests::{ClientAttachmentRequest, MessageRequestSchema},
    parse,
    saved::{
        ScheduledAllowedMentions, ScheduledMessage, ScheduledPayload, ScheduledReference, ScheduledStatus,
    },
};

use platform_imaging::types::content_type_of;

use super::rows::{ScheduledMessageRow, ScheduledUpload};
use crate::{Result, attachments::names::normalize, messages::embeds};

pub fn view(row: ScheduledMessageRow) -> Result<ScheduledMessage> {
    Ok(ScheduledMessage {
        id: row.scheduled_message_id,
        channel_id: row.channel_id,
        scheduled_at: row.scheduled_at,
        scheduled_local_at: row.scheduled_local_at,
        timezone: row.timezone,
        status: if row.invalid { ScheduledStatus::Invalid } else { ScheduledStatus::Pending },
        status_reason: row.status_reason,
        payload: payload(parse(row.payload)?, &row.uploads)?,
        created_at: row.created_at,
        invalidated_at: row.invalidated_at,
    })
}

fn payload(form: MessageRequestSchema, uploads: &[ScheduledUpload]) -> Result<ScheduledPayload> {
    let attachments = form.attachments.0.iter().flatten().filter_map(|entry| attachment(entry, uploads));
    Ok(ScheduledPayload {
        attachments: attachments.collect(),
        content: form.content.into_change().flatten(),
        tts: form.tts.unwrap_or(false),
        embeds: embeds::build(form.embeds.0.unwrap_or_default(), |name| {
            Some(format!("attachment://{name}"))
        })?,
        stickers: Vec::new(),
        sticker_ids: form.sticker_ids.map(|list| list.0).unwrap_or_default(),
        message_reference: form.message_reference.map(|reference| ScheduledReference {
            message_id: reference.message_id,
            channel_id: *reference.channel_id,
            guild_id: *reference.guild_id,
            kind: *reference.kind,
        }),
        allowed_mentions: form.allowed_mentions.map(|allowed| ScheduledAllowedMentions {
            parse: allowed.parse.0.map(|list| list.0),
            users: allowed.users.0.map(|list| list.0),
            roles: allowed.roles.0.map(|list| list.0),
            replied_user: *allowed.replied_user,
        }),
        flags: *form.flags,
        nonce: form.nonce.0.map(String::from),
        favorite_meme_id: form.favorite_meme_id,
    })
}

/// A file that waits: it has no address yet, and is called by the number it was uploaded as.
fn attachment(entry: &ClientAttachmentRequest, uploads: &[ScheduledUpload]) -> Option<Attachment> {
    let upload = uploads.iter().find(|upload| upload.index == entry.id.0)?;
    let filename = normalize(entry.filename.as_deref()?);
    Some(Attachment {
        id: upload.index.into(),
        content_type: Some(content_type_of(&filename).to_owned()),
        filename,
        title: entry.title.as_deref().map(str::to_owned),
        description: entry.description.as_deref().map(str::to_owned),
        content_hash: None,
        size: i64::try_from(upload.size).unwrap_or(i64::MAX),
        url: None,
        proxy_url: None,
        width: None,
        height: None,
        placeholder: None,
        flags: entry.flags.unwrap_or(0),
        nsfw: None,
        duration: entry.duration,
        waveform: entry.waveform.as_deref().map(str::to_owned),
        expires_at: None,
        expired: None,
    })
}
