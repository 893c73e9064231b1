//! The one place where messages end: their rows and whatever hangs on them.

use fluxer_wire::{ChannelId, MessageId, message::Attachment};
use platform_store::Batch;

use super::{pages::Span, view::attachment_key};
use crate::{
    App, Result, assets, attachments,
    rows::{MessageByAuthorRow, MessageRow, PinRow, ReactionRow},
};

/// Removes messages of one channel, all of them or none.
pub async fn erase(app: &App, channel: ChannelId, rows: &[MessageRow]) -> Result<()> {
    let head = app.head(channel).await?;
    let is_gone = |id: MessageId| rows.iter().any(|row| row.message_id == id);
    let newest_left = match head.last_message_id() {
        Some(last) if is_gone(last) => newest_except(app, channel, last, rows).await?,
        _ => None,
    };
    let forgotten = attachments::forget(app, channel, files_of(rows), Batch::new()).await?;
    let written = {
        let _order = head.order.lock();
        let mut batch = rows.iter().fold(forgotten, remove);
        for row in rows {
            drop_files_in(app, &mut batch, row)?;
        }
        if head.last_message_id().is_some_and(is_gone) {
            head.set_last_message(newest_left);
            batch = batch.put(&head.row(channel));
        }
        let noting = app.noting();
        if head.is_searched() {
            for row in rows {
                app.note_message(&noting, &mut batch, channel, row.message_id)?;
            }
        }
        app.store.commit(batch)
    };
    Ok(written.await?)
}

/// Every file of the messages, also those they carry from elsewhere.
pub(super) fn files_of(rows: &[MessageRow]) -> impl Iterator<Item = &Attachment> {
    rows.iter().flat_map(|row| {
        row.attachments.iter().chain(row.snapshots.iter().flat_map(|snapshot| &snapshot.attachments))
    })
}

fn remove(batch: Batch, row: &MessageRow) -> Batch {
    let (channel, id) = (row.channel_id, row.message_id);
    let mut batch = batch.delete::<MessageRow>(row.key()).delete::<MessageByAuthorRow>((row.author_id, id));
    if row.has_reaction {
        batch = batch.delete_partition::<ReactionRow>((channel, id));
    }
    if let Some(pinned) = row.pinned_timestamp {
        batch = batch.delete::<PinRow>((channel, pinned, id));
    }
    batch
}

async fn newest_except(
    app: &App,
    channel: ChannelId,
    last: MessageId,
    rows: &[MessageRow],
) -> Result<Option<MessageId>> {
    let left = app.newest_messages(channel, Span::before(last), rows.len() + 1).await?;
    let is_gone = |id: MessageId| rows.iter().any(|row| row.message_id == id);
    Ok(left.into_iter().map(|row| row.message_id).find(|id| !is_gone(*id)))
}

/// Has the files of a message that ends deleted with it.
pub fn drop_files_in(app: &App, batch: &mut Batch, row: &MessageRow) -> Result<()> {
    let forwarded = row.snapshots.iter().flat_map(|snapshot| &snapshot.attachments);
    let files = row.attachments.iter().chain(forwarded);
    let keys = files.map(|file| attachment_key(row.channel_id, file));
    assets::discard_all_in(app, batch, keys, "message deleted")
}
