//! What happens later: the worker with every handler and calendar of the platform, what jobs
//! need beyond the domain (archives, the CDN), the queue's gauges, and its HTTP service.
//!
//! The rules of a job stand in the domain beside what pushes it; here is what only jobs do.

mod archive;
mod cdn;
mod gauges;
mod guild_archive;
mod harvest;
mod service;

use std::sync::Arc;

use fluxer_domain::{App, attachments};
use platform_outbound::Purger;
use platform_queue::{JobError, Worker};

pub use gauges::run as gauges;
pub use service::router as service;

/// What the operator decided about jobs.
#[derive(Debug, Default)]
pub struct Options {
    /// Jobs at the same time; 0 is one.
    pub concurrency: usize,
    /// Whom to tell of deleted objects; none: nobody.
    pub purger: Option<Purger>,
}

/// A worker with every handler.
pub fn worker(app: &Arc<App>, options: Options) -> Worker {
    let worker = fluxer_domain::jobs::worker(app).concurrency(options.concurrency.max(1));
    let worker = guild_archive::jobs(app, harvest::jobs(app, worker));
    let attachments = app.clone();
    let worker = worker.cron("expireAttachments", "0 0 */12 * * *", move |_| {
        let app = attachments.clone();
        async move { attachments::expire_due(&app).await.map(drop).map_err(JobError::retry) }
    });
    // An expired object is gone for every reader at once; this frees its space.
    let objects = app.blobs.clone();
    let worker = worker.cron("expireObjects", "0 */10 * * * *", move |_| {
        let objects = objects.clone();
        async move {
            match objects.local() {
                Some(local) => local.sweep().await.map(drop).map_err(JobError::retry),
                // elsewhere the object store has rules of its own for that
                None => Ok(()),
            }
        }
    });
    cdn::jobs(app, options.purger, worker)
}
