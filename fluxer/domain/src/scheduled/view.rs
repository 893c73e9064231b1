//! A scheduled message as its owner sees it.

use fluxer_wire::{
    message_requests::MessageRequestSchema,
    parse,
    saved::{
        ScheduledAllowedMentions, ScheduledMessage, ScheduledPayload, ScheduledReference, ScheduledStatus,
    },
};

use super::rows::ScheduledMessageRow;
use crate::{Result, messages::embeds};

pub fn view(row: ScheduledMessageRow) -> Result<ScheduledMessage> {
    Ok(ScheduledMessage {
        id: row.scheduled_message_id,
        channel_id: row.channel_id,
        scheduled_at: row.scheduled_at,
        scheduled_local_at: row.scheduled_local_at,
        timezone: row.timezone,
        status: if row.invalid { ScheduledStatus::Invalid } else { ScheduledStatus::Pending },
        status_reason: row.status_reason,
        payload: payload(parse(row.payload)?)?,
        created_at: row.created_at,
        invalidated_at: row.invalidated_at,
    })
}

fn payload(form: MessageRequestSchema) -> Result<ScheduledPayload> {
    Ok(ScheduledPayload {
        content: form.content.into_change().flatten(),
        tts: form.tts.unwrap_or(false),
        embeds: embeds::build(form.embeds.0.unwrap_or_default(), |_| None)?,
        attachments: Vec::new(),
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
