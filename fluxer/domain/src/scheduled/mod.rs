//! Messages to be sent later: kept as they were sent to us, checked when they are scheduled
//! and again, by the same rules, when their time has come.

mod manage;
mod rows;
mod schedule;
mod send;
mod time;
mod uploads;
mod view;

pub(crate) use manage::channel_of;
pub use manage::{cancel, get, list};
pub use rows::{ScheduledMessageRow, tables};
pub use schedule::{schedule, update};
pub use send::send_now;

use std::sync::Arc;

use platform_queue::Worker;

use crate::App;

/// What scheduled messages need of the worker.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    uploads::jobs(app, send::jobs(app, worker))
}
