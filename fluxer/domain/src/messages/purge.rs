//! Deleting many messages at once without anybody choosing them: an author's in a guild (a
//! ban), a channel's (it is gone).
//!
//! An author's purge is written down as a job before it begins and struck off when it is
//! done, so that it ends even if the process does not live that long.

use std::{collections::BTreeMap, sync::Arc};

use fluxer_wire::{ChannelId, GuildId, MessageId, UserId};
use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use super::{
    bulk_delete::remove_many,
    erase::drop_files,
    pages::Span,
    rows::{EmptyBucketRow, FirstBucketRow},
};
use crate::{
    App, Error, Result,
    rows::{ChannelStateRow, MessageBucketRow, MessageByAuthorRow, MessageRow, PinRow, ReactionRow},
};

const AUTHOR: &str = "messages.purge_author";
/// Ids in one event, and rows in one batch.
const CHUNK: usize = 100;
const PAGE: usize = 1000;
/// How long a purge may take before somebody else picks it up.
const PICK_UP_MS: u64 = 60_000;

#[derive(Debug, Serialize, Deserialize)]
struct AuthorPurge {
    guild_id: GuildId,
    user_id: UserId,
    since: Timestamp,
}

impl AuthorPurge {
    fn key(&self) -> String {
        format!("{}:{}:{}", self.guild_id, self.user_id, self.since.millis())
    }
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(AUTHOR, 1, move |payload| {
        let app = app.clone();
        async move {
            let purge: AuthorPurge = payload.parse()?;
            run(&app, &purge).await.map_err(JobError::retry)
        }
    })
}

/// Deletes what `user` wrote in the guild since then; done when that is gone.
pub async fn purge_author(app: &App, guild: GuildId, user: UserId, since: Timestamp) -> Result<()> {
    let purge = AuthorPurge { guild_id: guild, user_id: user, since };
    let job = Job::new(AUTHOR, &purge).key(purge.key()).delay(PICK_UP_MS);
    app.queue.push(job).await.map_err(Error::internal)?;
    run(app, &purge).await?;
    app.queue.cancel(AUTHOR, &purge.key()).await.map_err(Error::internal)?;
    Ok(())
}

async fn run(app: &App, purge: &AuthorPurge) -> Result<()> {
    let floor = MessageId::new(MessageId::floor(purge.since).get().saturating_sub(1));
    let mut until = None;
    loop {
        let mut range = app.store.range::<MessageByAuthorRow>((purge.user_id,)).after((floor,)).limit(PAGE);
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
            if info.row.guild_id != Some(purge.guild_id) {
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
        let mut batch = Batch::new();
        for row in &rows {
            batch = batch
                .delete::<MessageRow>(row.key())
                .delete::<MessageByAuthorRow>((row.author_id, row.message_id))
                .delete_partition::<ReactionRow>((channel, row.message_id));
            drop_files(app, channel, row.attachments.iter());
        }
        app.store.commit(batch).await?;
    }
    let rest = Batch::new()
        .delete_partition::<PinRow>((channel,))
        .delete_partition::<MessageBucketRow>((channel,))
        .delete_partition::<EmptyBucketRow>((channel,))
        .delete::<FirstBucketRow>((channel,))
        .delete::<ChannelStateRow>((channel,));
    app.store.commit(rest).await?;
    app.forget_head(channel);
    Ok(())
}
