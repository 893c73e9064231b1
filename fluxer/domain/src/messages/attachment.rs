//! `DELETE /channels/{channel_id}/messages/{message_id}/attachments/{attachment_id}`.

use fluxer_wire::{AttachmentId, ChannelId, MessageId, code};

use super::{delete::remove, draft::is_blank, edit::announce_update, view::attachment_key};
use crate::{Actor, App, Result, assets, fail, rows::MessageRow};

/// For the author; a message that would be left with nothing is deleted.
pub async fn delete_attachment(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    id: MessageId,
    attachment: AttachmentId,
) -> Result<()> {
    let access = app.channel_access(actor, channel).await?;
    let Some(row) = app.find_message(channel, id).await? else { return fail(code::UNKNOWN_MESSAGE) };
    if row.author_id != actor.id() {
        return fail(code::MISSING_PERMISSIONS);
    }
    let Some(file) = row.attachments.iter().find(|file| file.id == attachment).cloned() else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    let nothing_left = row.attachments.len() == 1
        && row.content.as_deref().is_none_or(is_blank)
        && row.embeds.is_empty()
        && row.stickers.is_empty()
        && row.snapshots.is_empty();
    if nothing_left {
        return remove(app, actor, &access, row).await;
    }
    let without = |row: &mut MessageRow| row.attachments.retain(|file| file.id != attachment);
    let Some(row) = app.store.update::<MessageRow, _>(row.key(), without).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    assets::discard(app, [attachment_key(channel, &file)], "attachment deleted").await?;
    announce_update(app, &access.channel, row).await?;
    Ok(())
}
