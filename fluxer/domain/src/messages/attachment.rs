//! `DELETE /channels/{channel_id}/messages/{message_id}/attachments/{attachment_id}`.

use fluxer_wire::{AttachmentId, ChannelId, MessageId, code, message::Attachment};
use platform_store::Batch;

use super::{delete::remove, draft::is_blank, edit::announce_update, view::attachment_key};
use crate::{Actor, App, Result, assets, attachments, fail, rows::MessageRow};

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
    app.touch_messages(&[(channel, id)]).await?;
    let without = |row: &mut MessageRow| row.attachments.retain(|file| file.id != attachment);
    let Some(row) = app.store.update::<MessageRow, _>(row.key(), without).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    removed(app, channel, &[file]).await?;
    announce_update(app, &access.channel, row).await?;
    Ok(())
}

/// Files that a message had and has no more.
pub(super) async fn removed(app: &App, channel: ChannelId, files: &[Attachment]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let mut batch = attachments::forget(app, channel, files.iter(), Batch::new()).await?;
    let keys = files.iter().map(|file| attachment_key(channel, file));
    assets::discard_all_in(app, &mut batch, keys, "attachment deleted")?;
    Ok(app.store.commit(batch).await?)
}
