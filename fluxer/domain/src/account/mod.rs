//! An account in the hands of its owner: profile, address, password, second factors, phone,
//! and ways to leave.

pub mod bulk_deletion;
pub mod contacts;
pub mod deletion;
pub mod email_change;
pub mod inactivity;
pub mod me;
pub mod passkeys;
pub mod password_change;
pub mod phone;
pub mod premium;
pub mod state;
pub mod two_factor;
pub mod update;

use std::sync::Arc;

use fluxer_wire::UserId;
use platform_queue::Worker;
use platform_store::{Schema, Table as _};

use crate::{App, Event, EventName, events::Control, rows::UserRow, users};

pub fn tables() -> Vec<&'static Schema> {
    vec![deletion::PendingDeletionRow::SCHEMA, inactivity::InactivityWarningRow::SCHEMA]
}

/// What runs in the background on behalf of accounts.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    bulk_deletion::jobs(app, deletion::jobs(app, worker))
}

/// USER_UPDATE to the account's own sessions.
pub async fn announce(app: &App, user: &UserRow) {
    let body = users::private(app, user);
    app.to_user(user.user_id, Event::new(EventName::UserUpdate, &body)).await;
}

/// The same, and to everybody who sees the account if what they see has changed.
pub async fn announce_change(app: &App, old: &UserRow, new: &UserRow) {
    announce(app, new).await;
    if users::partial(app, old) != users::partial(app, new) {
        tell_others(app, new.user_id).await;
    }
}

async fn tell_others(app: &App, user: UserId) {
    app.control_user(user, Control::UserChanged).await;
}
