//! Schedules by calendar: kept in the store, so that they can be seen and survive, with the
//! time they last ran. What was missed while nobody was there is made up for once.

use platform_kernel::Timestamp;
use serde::Serialize;

use crate::{Cron, Error, Job, Queue, rows::CronRow};

const SHELF: i32 = 0;
const ATTEMPTS: u32 = 3;
/// Late by more than this is overdue.
const OVERDUE_MS: i64 = 60_000;

/// A job that recurs.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub name: String,
    pub kind: String,
    /// JSON.
    pub payload: String,
    pub expression: String,
    pub enabled: bool,
}

/// A schedule as an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarState {
    pub id: String,
    pub task_type: String,
    pub cron_expression: String,
    pub enabled: bool,
    pub last_run_at: Option<Timestamp>,
    pub next_run_at: Option<Timestamp>,
    pub last_run_age_ms: Option<i64>,
    pub is_overdue: bool,
}

impl Queue {
    /// Adds a schedule, or changes the one of the same name.
    pub async fn schedule(&self, calendar: Calendar) -> Result<(), Error> {
        self.declare(calendar, false).await
    }

    pub(crate) async fn declare(&self, calendar: Calendar, declared: bool) -> Result<(), Error> {
        calendar.expression.parse::<Cron>()?;
        let Calendar { name, kind, payload, expression, enabled } = calendar;
        let now = self.0.clock.now();
        let change = |row: &mut CronRow| {
            // A new rhythm begins now; the old one's missed runs are none of its.
            if row.expression != expression || !row.enabled {
                row.last_run = now;
            }
            row.kind.clone_from(&kind);
            row.payload.clone_from(&payload);
            row.expression.clone_from(&expression);
            row.enabled = enabled;
            row.declared = declared;
        };
        let row = CronRow {
            shelf: SHELF,
            name: name.clone(),
            kind: kind.clone(),
            payload: payload.clone(),
            expression: expression.clone(),
            enabled,
            declared,
            last_run: now,
            has_run: false,
            version: 0,
        };
        if !self.0.store.insert_if_absent(&row).await? {
            self.0.store.update::<CronRow, _>((SHELF, name), change).await?;
        }
        self.0.calendars.notify_one();
        Ok(())
    }

    /// Forgets what the program declared once and no longer does.
    pub(crate) async fn keep_declared(&self, names: &[&str]) -> Result<(), Error> {
        for row in self.0.store.range::<CronRow>((SHELF,)).all().await? {
            if row.declared && !names.contains(&row.name.as_str()) {
                self.0.store.delete::<CronRow>((SHELF, row.name)).await?;
            }
        }
        Ok(())
    }

    /// Pushes what is to run; when the next one is.
    pub(crate) async fn tick(&self) -> Result<Option<Timestamp>, Error> {
        let now = self.0.clock.now();
        let mut next: Option<Timestamp> = None;
        for mut row in self.0.store.range::<CronRow>((SHELF,)).all().await? {
            let Some(at) = due(&row) else { continue };
            if at > now {
                next = Some(next.map_or(at, |next| next.min(at)));
                continue;
            }
            // Under a key: a crash before the row is written must not make two of it.
            let payload: serde_json::Value = serde_json::from_str(&row.payload).unwrap_or_default();
            let job = Job::new(row.kind.clone(), &payload).max_attempts(ATTEMPTS);
            self.push(job.key(format!("cron:{}", row.name))).await?;
            row.last_run = now;
            row.has_run = true;
            self.0.store.update_if_version(&row).await?;
            if let Some(at) = due(&row) {
                next = Some(next.map_or(at, |next| next.min(at)));
            }
        }
        Ok(next)
    }

    /// Every schedule by calendar.
    pub async fn calendars(&self) -> Result<Vec<CalendarState>, Error> {
        let now = self.0.clock.now();
        let rows = self.0.store.range::<CronRow>((SHELF,)).all().await?;
        let state = |row: CronRow| {
            let next = due(&row);
            CalendarState {
                last_run_at: row.has_run.then_some(row.last_run),
                last_run_age_ms: row.has_run.then(|| now.since(row.last_run)),
                next_run_at: next,
                is_overdue: next.is_some_and(|at| now.since(at) > OVERDUE_MS),
                id: row.name,
                task_type: row.kind,
                cron_expression: row.expression,
                enabled: row.enabled,
            }
        };
        Ok(rows.into_iter().map(state).collect())
    }
}

fn due(row: &CronRow) -> Option<Timestamp> {
    if !row.enabled {
        return None;
    }
    row.expression.parse::<Cron>().ok()?.next(row.last_run)
}
