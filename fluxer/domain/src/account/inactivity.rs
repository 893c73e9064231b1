//! Accounts nobody has used for years: a warning by mail first, and a month later the same
//! grace period as for those who ask to be deleted. Who cannot be warned is left alone.

use fluxer_wire::{UserId, flags};
use platform_kernel::Timestamp;
use platform_store::{Batch, Table};

use super::deletion;
use crate::{
    App, Result,
    mails::{self, Template},
    rows::UserRow,
};

const DAY_SECONDS: i64 = 86_400;
/// Nobody is called inactive before, whatever is configured.
const SHORTEST_DAYS: i64 = 730;
const WARNED_BEFORE_DAYS: i64 = 30;
const WARNING_KEPT_DAYS: i64 = 35;
const PAGE: usize = 500;
const INACTIVITY: i32 = 19;

/// That an account was warned; gone by itself if nothing came of it.
#[derive(Table, Clone, Debug)]
#[table(name = "inactivity_warnings")]
pub struct InactivityWarningRow {
    #[partition]
    pub user_id: UserId,
    pub warned_at: Timestamp,
}

/// What a pass did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub processed: usize,
    pub warnings_sent: usize,
    pub deletions_scheduled: usize,
    pub errors: usize,
}

/// Looks at every account once.
pub async fn pass(app: &App) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut after = None;
    loop {
        let page = app.store.scan::<UserRow>(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(outcome) };
        after = Some((last.user_id,));
        for user in page.iter().filter(|user| is_inactive(app, user)) {
            outcome.processed += 1;
            match treat(app, user).await {
                Ok(Step::Warned) => outcome.warnings_sent += 1,
                Ok(Step::Scheduled) => outcome.deletions_scheduled += 1,
                Ok(Step::Left) => {}
                Err(error) => {
                    outcome.errors += 1;
                    tracing::warn!(%error, user_id = %user.user_id, "An unused account was not treated.");
                }
            }
        }
    }
}

fn is_inactive(app: &App, user: &UserRow) -> bool {
    let exempt = user.bot
        || user.system
        || user.pending_deletion_at.is_some()
        || user.has(flags::user::APP_STORE_REVIEWER | flags::user::DELETED);
    let days = app
        .settings
        .other
        .get("inactivity_deletion_threshold_days")
        .and_then(|text| text.parse::<f64>().ok())
        .map_or(SHORTEST_DAYS, |days| SHORTEST_DAYS.max(days as i64));
    let seen = user.last_active_at.unwrap_or_else(|| user.user_id.timestamp());
    !exempt && seen.plus_seconds(days * DAY_SECONDS) < app.clock.now()
}

enum Step {
    Warned,
    Scheduled,
    Left,
}

async fn treat(app: &App, user: &UserRow) -> Result<Step> {
    let (id, now) = (user.user_id, app.clock.now());
    if user.email.is_none() || user.email_bounced || !app.mailer.is_enabled() {
        return Ok(Step::Left);
    }
    if let Some(warning) = app.store.get::<InactivityWarningRow>((id,)).await? {
        if now < warning.warned_at.plus_seconds(WARNED_BEFORE_DAYS * DAY_SECONDS) {
            return Ok(Step::Left);
        }
        let at = now.plus_millis(super::state::grace_ms(app));
        deletion::schedule(app, id, at, INACTIVITY, true).await?;
        return Ok(Step::Scheduled);
    }
    let letter = Template::InactivityWarning {
        deletion_date: now.plus_seconds(WARNED_BEFORE_DAYS * DAY_SECONDS),
        last_active_date: user.last_active_at.unwrap_or_else(|| id.timestamp()),
    };
    // Together: nobody counts as warned whom no letter was sent.
    let row = InactivityWarningRow { user_id: id, warned_at: now };
    let mut batch = Batch::new().put_ttl(&row, WARNING_KEPT_DAYS * DAY_SECONDS);
    mails::send_in(app, &mut batch, user, letter)?;
    app.store.commit(batch).await?;
    Ok(Step::Warned)
}
