//! Removing what a banned user wrote lately: a job, pushed with the ban itself.

use std::sync::Arc;

use fluxer_wire::{GuildId, Timestamp, UserId};
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use crate::{App, Error, Result, messages};

const KIND: &str = "bans.purge";

#[derive(Debug, Serialize, Deserialize)]
struct Purge {
    guild: GuildId,
    user: UserId,
    since: Timestamp,
}

/// The batch with the order to remove the user's messages in the guild since then.
pub(super) fn push_in(
    app: &App,
    mut batch: Batch,
    guild: GuildId,
    user: UserId,
    since: Timestamp,
) -> Result<Batch> {
    let job = Job::new(KIND, &Purge { guild, user, since });
    app.queue.push_in(&mut batch, job).map_err(Error::internal)?;
    Ok(batch)
}

/// The handler of this area's jobs.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |payload| {
        let app = app.clone();
        async move {
            let Purge { guild, user, since } = payload.parse()?;
            messages::purge_author(&app, guild, user, since).await.map_err(JobError::retry)
        }
    })
}
