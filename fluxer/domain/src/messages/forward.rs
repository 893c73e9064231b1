//! Forwarding: a message that carries another one as it was.

use fluxer_wire::{
    ChannelId, Permissions, code, flags, invalid,
    message::{Attachment, MessageReference, MessageSnapshot, ReferenceType},
    message_requests::MessageReferenceRequest,
};

use super::view::attachment_key;
use crate::{
    Actor, App, Error, Result,
    access::ChannelAccess,
    attachments::{Content, Incoming},
    fail,
    images::BUCKET,
    rows::MessageRow,
};

/// Gives `row` the reference and the snapshot of the message it forwards; the files of it are
/// still to be copied.
pub async fn fill(
    app: &App,
    actor: &Actor,
    destination: &ChannelAccess,
    reference: &MessageReferenceRequest,
    row: &mut MessageRow,
) -> Result<Vec<Incoming>> {
    let Some(channel) = *reference.channel_id else {
        let code = invalid::FORWARD_REFERENCE_REQUIRES_CHANNEL_AND_MESSAGE;
        return Err(Error::field("message_reference", code));
    };
    let source = app.channel_access(actor, channel).await?;
    source.require(Permissions::READ_MESSAGE_HISTORY)?;
    let Some(original) = app.find_message(channel, reference.message_id).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    destination.require(Permissions::READ_MESSAGE_HISTORY)?;
    if reference.guild_id.is_some_and(|guild| Some(guild) != source.guild_id()) {
        let code = invalid::GUILD_ID_MUST_MATCH_REFERENCED_MESSAGE;
        return Err(Error::field("message_reference.guild_id", code));
    }
    row.reference = Some(MessageReference {
        channel_id: channel,
        message_id: original.message_id,
        guild_id: source.guild_id(),
        kind: ReferenceType::Forward,
    });
    let mut snapshot = snapshot(original);
    let attachments = std::mem::take(&mut snapshot.attachments);
    row.snapshots = vec![snapshot];
    copies(app, actor, channel, attachments).await
}

/// A message as it is now; of a forward, what it carries.
fn snapshot(mut original: MessageRow) -> MessageSnapshot {
    if !original.snapshots.is_empty() {
        return original.snapshots.swap_remove(0);
    }
    let suppressed = original.flags & flags::message::SUPPRESS_EMBEDS != 0;
    MessageSnapshot {
        timestamp: original.message_id.timestamp(),
        edited_timestamp: original.edited_timestamp,
        kind: original.message_type(),
        flags: original.flags,
        content: original.content,
        mentions: original.mention_users,
        mention_roles: original.mention_roles,
        embeds: if suppressed { Vec::new() } else { original.embeds },
        attachments: original.attachments,
        stickers: original.stickers,
    }
}

/// The files under ids of their own, so that they outlive the original; without those that
/// are gone.
async fn copies(
    app: &App,
    actor: &Actor,
    from: ChannelId,
    attachments: Vec<Attachment>,
) -> Result<Vec<Incoming>> {
    let limit = app.user_limit(&actor.user, "max_attachment_file_size");
    if attachments.iter().any(|attachment| attachment.size > limit) {
        return fail(code::FILE_SIZE_TOO_LARGE);
    }
    let mut copies = Vec::with_capacity(attachments.len());
    for mut attachment in attachments {
        let key = attachment_key(from, &attachment);
        if attachment.expired == Some(true) || !app.blobs.exists(BUCKET, &key).await? {
            continue;
        }
        attachment.id = app.next_id();
        let (called, content) = (attachment.filename.clone(), Content::Copy { bucket: BUCKET, key });
        copies.push(Incoming { attachment, content, called, index: copies.len() as u64, lasting: false });
    }
    Ok(copies)
}
