//! Removing what was said in a channel that is gone: a job, pushed with the deletion itself.

use std::sync::Arc;

use fluxer_wire::ChannelId;
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;

use crate::{App, Error, Result, messages};

const KIND: &str = "channels.purge";

/// The batch with the order to remove the channel's messages.
pub(crate) fn purge_in(app: &App, mut batch: Batch, id: ChannelId) -> Result<Batch> {
    app.queue.push_in(&mut batch, Job::new(KIND, &id)).map_err(Error::internal)?;
    Ok(batch)
}

/// The handler of this area's jobs.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |payload| {
        let app = app.clone();
        async move {
            let id: ChannelId = payload.parse()?;
            messages::purge_channel(&app, id).await.map_err(JobError::retry)
        }
    })
}
