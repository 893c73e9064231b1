//! Deleting many messages at once without anybody choosing them: an author's in a guild (a
//! ban), a channel's (it is gone).
//!
//! Whoever calls these does so from a job: they may take long, and both may be run again.

use std::collections::BTreeMap;

use fluxer_wire::{ChannelId, GuildId, MessageId, UserId};
use platform_kernel::Timestamp;
use platform_store::Batch;

use super::{
    bulk_delete::remove_many,
    erase::{drop_files_in, files_of},
    pages::Span,
    rows::{EmptyBucketRow, FirstBucketRow},
};
use crate::{
    App, Result,
    attachments::{self, AttachmentLookupRow},
    rows::{ChannelStateRow, MessageBucketRow, MessageByAuthorRow, MessageRow, PinRow, ReactionRow},
};

/// Ids in one event, and rows in one batch.
const CHUNK: usize = 100;
const PAGE: usize = 1000;
/// Deletes what `user` wrote in the guild since then. May be run again.
pub async fn purge_author(app: &App, guild: GuildId, user: UserId, since: Timestamp) -> Result<()> {
    let floor = MessageId::new(MessageId::floor(since).get().saturating_sub(1));
    let mut until = None;
    loop {
        let mut range = app.store.range::<MessageByAuthorRow>((user,)).after((floor,)).limit(PAGE);
        if let Some(id) = until {
            range = range.before((id,));
        }
        let page = range.descending().fetch().await?;
        let Some(last) = page.last() else { return Ok(()) };
        until = Some(last.message_id);
        let mut by_channel: BTreeMap<ChannelId, Vec<MessageId>> = BTreeMap::new();
        for row in &page {
            by_channel.entry(row.channel_id).or_default().push(row.message_id);
        }
        for (channel, ids) in by_channel {
            let Some(info) = app.find_channel(channel).await? else { continue };
            if info.row.guild_id != Some(guild) {
                continue;
            }
            for ids in ids.chunks(CHUNK) {
                remove_many(app, &info.row, ids.to_vec()).await?;
            }
        }
    }
}

/// Deletes everything ever said in a channel that is gone; nobody is told. May be run again.
pub async fn purge_channel(app: &App, channel: ChannelId) -> Result<()> {
    loop {
        let rows = app.newest_messages(channel, Span::default(), CHUNK).await?;
        if rows.is_empty() {
            break;
        }
        let mut batch = attachments::forget(app, channel, files_of(&rows), Batch::new()).await?;
        for row in &rows {
            batch = batch
                .delete::<MessageRow>(row.key())
                .delete::<MessageByAuthorRow>((row.author_id, row.message_id))
                .delete_partition::<ReactionRow>((channel, row.message_id));
            drop_files_in(app, &mut batch, row)?;
        }
        app.store.commit(batch).await?;
    }
    let head = app.head(channel).await?;
    let mut rest = Batch::new()
        .delete_partition::<AttachmentLookupRow>((channel,))
        .delete_partition::<PinRow>((channel,))
        .delete_partition::<MessageBucketRow>((channel,))
        .delete_partition::<EmptyBucketRow>((channel,))
        .delete::<FirstBucketRow>((channel,))
        .delete::<ChannelStateRow>((channel,));
    let written = {
        let noting = app.noting();
        if head.is_searched() {
            app.note_gone(&noting, &mut rest, channel)?;
        }
        app.store.commit(rest)
    };
    written.await?;
    app.forget_head(channel);
    Ok(())
}
