//! What runs in the background and must not be lost: the handlers of every kind of job.
//!
//! Each area names its kinds and handlers; this is the list of them.

use std::sync::Arc;

use platform_queue::Worker;

use crate::App;

/// A worker with every handler; the server runs it, tests let it run what is due.
pub fn worker(app: &Arc<App>) -> Worker {
    let worker = Worker::new(app.queue.clone());
    let worker = crate::mails::jobs(app, worker);
    let worker = crate::account::jobs(app, worker);
    let worker = crate::applications::manage::jobs(app, worker);
    let worker = crate::assets::jobs(app, worker);
    let worker = crate::audit::merge::jobs(app, worker);
    let worker = crate::channels::jobs(app, worker);
    let worker = crate::guilds::bans::jobs(app, worker);
    let worker = crate::mentions::jobs(app, worker);
    let worker = crate::attachments::jobs(app, worker);
    let worker = crate::search::jobs(app, worker);
    let worker = crate::messages::shred::jobs(app, worker);
    let worker = crate::users::status_expiry::jobs(app, worker);
    crate::scheduled::jobs(app, worker)
}
