//! The one place where messages end: their rows and whatever hangs on them.

use fluxer_wire::{ChannelId, MessageId, message::Attachment};
use platform_store::Batch;

use super::{pages::Span, view::attachment_key};
use crate::{
    App, Result,
    images::BUCKET,
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
    let written = {
        let _order = head.order.lock();
        let mut batch = rows.iter().fold(Batch::new(), remove);
        if head.last_message_id().is_some_and(is_gone) {
            head.set_last_message(newest_left);
            batch = batch.put(&head.row(channel));
        }
        app.store.commit(batch)
    };
    written.await?;
    for row in rows {
        let forwarded = row.snapshots.iter().flat_map(|snapshot| &snapshot.attachments);
        drop_files(app, channel, row.attachments.iter().chain(forwarded));
    }
    Ok(())
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

/// Deletes objects behind the caller's back: nobody is served by waiting, and one that
/// stays is only space.
pub fn drop_files<'a>(app: &App, channel: ChannelId, files: impl Iterator<Item = &'a Attachment>) {
    for key in files.map(|file| attachment_key(channel, file)) {
        let blobs = app.blobs.clone();
        tokio::spawn(async move {
            if let Err(error) = blobs.delete(BUCKET, &key).await {
                tracing::warn!(%error, key, "An attachment's object was not deleted.");
            }
        });
    }
}
