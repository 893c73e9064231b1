//! A status or custom status that was set for a time ends on time: a job waits for it.

use std::sync::Arc;

use fluxer_wire::UserId;
use platform_queue::{Job, JobError, Worker};

use super::settings;
use crate::{App, Event, EventName, Result, events::Control, rows::UserSettingsRow};

const KIND: &str = "expireUserStatus";
/// Where a status without a successor goes.
const FALLBACK: &str = "online";

/// Call after a status was set or taken away: waits for its end, or for none.
pub(super) async fn arm(app: &App, row: &UserSettingsRow) -> Result<()> {
    let custom = row.custom_status.as_ref().and_then(|status| status.expires_at);
    let key = row.user_id.to_string();
    match [custom, row.status_resets_at].into_iter().flatten().min() {
        Some(at) => app.queue.push(Job::new(KIND, &row.user_id).key(key).at(at)).await?,
        None => drop(app.queue.cancel(KIND, &key).await?),
    }
    Ok(())
}

/// Ends what is over. May be run again, and at any time.
async fn expire(app: &App, user: UserId) -> Result<()> {
    let (now, mut changed) = (app.clock.now(), false);
    let end = |row: &mut UserSettingsRow| {
        changed = false;
        if row.status_resets_at.is_some_and(|at| at <= now) {
            row.status_resets_at = None;
            row.status = row.status_resets_to.take().unwrap_or_else(|| FALLBACK.into());
            changed = true;
        }
        let over =
            |status: &fluxer_wire::settings::CustomStatus| status.expires_at.is_some_and(|at| at <= now);
        if row.custom_status.as_ref().is_some_and(over) {
            row.custom_status = None;
            changed = true;
        }
    };
    let Some(row) = app.store.update::<UserSettingsRow, _>((user,), end).await? else { return Ok(()) };
    if changed && let Some(settings) = settings::find(app, user).await? {
        app.to_user(user, Event::new(EventName::UserSettingsUpdate, &settings)).await;
        app.control_user(user, Control::PresenceChanged).await;
    }
    arm(app, &row).await
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 2, move |payload| {
        let app = app.clone();
        async move { expire(&app, payload.parse()?).await.map_err(JobError::retry) }
    })
}
