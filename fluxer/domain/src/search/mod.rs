//! Searching: messages, members and, as wholes, guilds, accounts, reports and audit entries, by
//! indexes that are made when they are first asked for.
//!
//! An index is told of changes by [`changes`]; whatever it finds is read from the store and
//! held against the caller's permissions before it is shown, so that an index which lags
//! behind shows nothing that it should not.

pub mod changes;
mod document;
mod indexes;
pub(crate) mod members;
pub mod messages;
mod rebuild;
pub mod rows;
mod scope;
pub mod testing;
pub mod whole;

use std::sync::Arc;

use platform_queue::Worker;

pub use changes::{Notes, resume};
pub use indexes::{AUDIT_LOGS, GUILD_MEMBERS, GUILDS, MESSAGES, REPORTS, USERS};
pub use messages::find::search as search_messages;
pub use rebuild::{Progress, names, progress, rebuild};

use crate::{App, Error};

/// The handlers of this area's jobs.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let worker = changes::jobs(app, worker);
    let worker = messages::fill::jobs(app, worker);
    whole::jobs(app, members::jobs(app, worker))
}

/// An engine that does not do its work is a feature that is off for a while.
pub(crate) fn off(error: platform_search::Error) -> Error {
    if !matches!(error, platform_search::Error::Disabled) {
        tracing::warn!(%error, "a search failed");
    }
    fluxer_wire::code::FEATURE_TEMPORARILY_DISABLED.into()
}
