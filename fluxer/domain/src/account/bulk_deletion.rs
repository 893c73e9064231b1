//! Deleting everything one ever wrote, a day after asking for it. Sudo is the caller's to
//! require.

use std::{collections::BTreeMap, sync::Arc};

use fluxer_wire::{ChannelId, MessageId, UserId, account::Success, code, flags};
use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Payload, Worker};
use serde::{Deserialize, Serialize};

use super::announce;
use crate::{
    Actor, App, Result, fail, messages,
    rows::{MessageByAuthorRow, UserRow},
};

const KIND: &str = "bulk_message_deletion";
const DELAY_SECONDS: i64 = 24 * 3600;
const TEST_DELAY_SECONDS: i64 = 60;
const PAGE: usize = 500;
/// Ids in one event.
const EVENT_IDS: usize = 100;

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    user_id: UserId,
    scheduled_at: Timestamp,
}

/// `POST /users/@me/messages/delete`.
pub async fn request(app: &App, actor: &Actor) -> Result<()> {
    schedule(app, actor, DELAY_SECONDS).await
}

/// `POST /users/@me/messages/delete/test`: staff do not want to wait a day.
pub async fn test(app: &App, actor: &Actor) -> Result<()> {
    if !actor.user.has(flags::user::STAFF) {
        return fail(code::MISSING_ACCESS);
    }
    schedule(app, actor, TEST_DELAY_SECONDS).await
}

async fn schedule(app: &App, actor: &Actor, delay: i64) -> Result<()> {
    let (id, scheduled_at) = (actor.id(), app.clock.now().plus_seconds(delay));
    let (mut channels, mut count) = (std::collections::HashSet::new(), 0_usize);
    let mut before = None;
    loop {
        let range = app.store.range::<MessageByAuthorRow>((id,)).limit(PAGE);
        let page = match before {
            Some(before) => range.before((before,)),
            None => range,
        };
        let page = page.fetch().await?;
        let Some(last) = page.last() else { break };
        before = Some(last.message_id);
        count += page.len();
        channels.extend(page.iter().map(|row| row.channel_id));
    }
    let job = Job::new(KIND, &Request { user_id: id, scheduled_at }).at(scheduled_at).key(id.to_string());
    app.queue.push(job).await?;
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    set(app, id, Some((scheduled_at, number(channels.len()), number(count)))).await
}

async fn set(app: &App, id: UserId, pending: Option<(Timestamp, i32, i32)>) -> Result<()> {
    let change = |user: &mut UserRow| {
        user.pending_bulk_message_deletion_at = pending.map(|(at, ..)| at);
        user.pending_bulk_message_deletion_channel_count = pending.map_or(0, |(_, channels, _)| channels);
        user.pending_bulk_message_deletion_message_count = pending.map_or(0, |(.., messages)| messages);
    };
    if let Some(user) = app.update_user(id, change).await? {
        announce(app, &user).await;
    }
    Ok(())
}

/// `DELETE /users/@me/messages/delete`.
pub async fn cancel(app: &App, actor: &Actor) -> Result<Success> {
    app.queue.cancel(KIND, &actor.id().to_string()).await?;
    set(app, actor.id(), None).await?;
    Ok(Success { success: true })
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 2, move |payload: Payload| {
        let app = app.clone();
        async move { run(&app, payload.parse()?).await.map_err(JobError::retry) }
    })
}

async fn run(app: &App, request: Request) -> Result<()> {
    let id = request.user_id;
    let Some(user) = app.find_user(id).await? else { return Ok(()) };
    if user.pending_bulk_message_deletion_at != Some(request.scheduled_at) {
        return Ok(());
    }
    let mut until = MessageId::floor(request.scheduled_at);
    loop {
        let page = app.store.range::<MessageByAuthorRow>((id,)).before((until,)).limit(PAGE).fetch().await?;
        let Some(last) = page.last() else { break };
        until = last.message_id;
        let mut by_channel: BTreeMap<ChannelId, Vec<MessageId>> = BTreeMap::new();
        for row in page {
            by_channel.entry(row.channel_id).or_default().push(row.message_id);
        }
        for (channel, ids) in by_channel {
            let Some(info) = app.find_channel(channel).await? else { continue };
            for ids in ids.chunks(EVENT_IDS) {
                messages::remove_many(app, &info.row, ids.to_vec()).await?;
            }
        }
    }
    set(app, id, None).await
}
