//! Removing chosen messages of one author, wherever they are: an administrator's order, done
//! by a job. How far it is can be asked for an hour.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use fluxer_wire::{AnyId, ChannelId, MessageId, UserId};
use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Worker};
use serde::{Deserialize, Serialize};

use super::bulk_delete::remove_many;
use crate::{
    App, Result,
    rows::{MessageRow, bucket_of},
};

const KIND: &str = "messageShred";
const SLICE: usize = 500;
const EVENT_IDS: usize = 100;
const STATUS_KEPT: Duration = Duration::from_secs(3600);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
}

/// What the job is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub job_id: AnyId,
    pub admin_user_id: UserId,
    pub target_user_id: UserId,
    pub entries: Vec<Entry>,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// `in_progress`, `completed` or `failed`.
    pub status: String,
    pub requested: usize,
    pub total: usize,
    pub processed: usize,
    /// Not there, or not the author's.
    pub skipped: usize,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub error: Option<String>,
}

fn key(job: AnyId) -> String {
    format!("message_shred_status:{job}")
}

/// Has the messages removed; the id to ask [`status`] with.
pub async fn order(app: &App, admin: UserId, target: UserId, mut entries: Vec<Entry>) -> Result<AnyId> {
    entries.sort_unstable_by_key(|entry| (entry.channel_id, entry.message_id));
    entries.dedup();
    let job_id = app.next_id();
    let job = Order { job_id, admin_user_id: admin, target_user_id: target, entries };
    app.queue.push(Job::new(KIND, &job).key(format!("message_shred_{target}_{job_id}"))).await?;
    Ok(job_id)
}

/// How far the job is; `None` if it has not begun or is long over.
pub async fn status(app: &App, job: AnyId) -> Result<Option<Status>> {
    Ok(app.cache.get_json(&key(job)).await?)
}

/// Does it. May be run again: what is gone already counts as skipped.
pub async fn run(app: &App, order: &Order) -> Result<()> {
    let mut status = Status {
        status: "in_progress".into(),
        requested: order.entries.len(),
        total: order.entries.len(),
        processed: 0,
        skipped: 0,
        started_at: Some(app.clock.now()),
        completed_at: None,
        failed_at: None,
        error: None,
    };
    for slice in order.entries.chunks(SLICE) {
        app.cache.set_json(&key(order.job_id), &status, STATUS_KEPT).await?;
        match shred(app, order.target_user_id, slice).await {
            Ok(removed) => {
                status.processed += removed;
                status.skipped += slice.len() - removed;
            }
            Err(error) => {
                status.status = "failed".into();
                status.failed_at = Some(app.clock.now());
                status.error = Some("some messages could not be removed; the job is tried again".into());
                app.cache.set_json(&key(order.job_id), &status, STATUS_KEPT).await?;
                return Err(error);
            }
        }
    }
    status.status = "completed".into();
    status.completed_at = Some(app.clock.now());
    app.cache.set_json(&key(order.job_id), &status, STATUS_KEPT).await?;
    tracing::info!(job = %order.job_id, removed = status.processed, skipped = status.skipped, "messages were shredded");
    Ok(())
}

/// Removes those that `author` wrote; how many.
async fn shred(app: &App, author: UserId, entries: &[Entry]) -> Result<usize> {
    let keys = entries.iter().map(|entry| (entry.channel_id, bucket_of(entry.message_id), entry.message_id));
    let rows = app.store.get_many::<MessageRow>(keys.collect()).await?;
    let mut by_channel: BTreeMap<ChannelId, Vec<MessageId>> = BTreeMap::new();
    for row in rows.into_iter().flatten().filter(|row| row.author_id == author && row.webhook_id.is_none()) {
        by_channel.entry(row.channel_id).or_default().push(row.message_id);
    }
    let mut removed = 0;
    for (channel, ids) in by_channel {
        let Some(info) = app.find_channel(channel).await? else { continue };
        for ids in ids.chunks(EVENT_IDS) {
            removed += remove_many(app, &info.row, ids.to_vec()).await?;
        }
    }
    Ok(removed)
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |payload| {
        let app = app.clone();
        async move { run(&app, &payload.parse()?).await.map_err(JobError::retry) }
    })
}
