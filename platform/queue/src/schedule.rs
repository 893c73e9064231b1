//! Recurring jobs. By interval: the interval that a schedule last ran in is kept; when
//! another one has begun, its job is pushed (under a key, so that a crash in between cannot
//! double it) and the interval moves on. By calendar: see [`crate::calendar`].

use std::{sync::Arc, time::Duration};

use platform_kernel::{Timestamp, shutdown::Shutdown};
use tokio::time::sleep;

use crate::{Calendar, Error, Job, rows::ScheduleRow, worker::Parts};

const KEY: &str = "schedule";
/// Another process may have changed a calendar.
const LONGEST_SLEEP_MS: i64 = 60_000;
const RETRY_MS: i64 = 5_000;

pub async fn run(parts: Arc<Parts>, shutdown: Shutdown) {
    let mut declared = false;
    while !shutdown.is_requested() {
        let done = async {
            if !declared {
                declare(&parts).await?;
                declared = true;
            }
            tick(&parts).await
        };
        let pause = match done.await {
            Ok(next) => next.since(parts.queue.0.clock.now()).clamp(1, LONGEST_SLEEP_MS),
            Err(error) => {
                tracing::warn!(%error, "schedules could not be read");
                RETRY_MS
            }
        };
        tokio::select! {
            () = shutdown.requested() => {}
            () = parts.queue.0.calendars.notified() => {}
            () = sleep(Duration::from_millis(pause.unsigned_abs())) => {}
        }
    }
}

/// Makes the worker's calendars known.
pub async fn declare(parts: &Parts) -> Result<(), Error> {
    let names: Vec<&str> = parts.crons.iter().map(|(name, _)| *name).collect();
    parts.queue.keep_declared(&names).await?;
    for (name, expression) in &parts.crons {
        let calendar = Calendar {
            name: (*name).to_owned(),
            kind: (*name).to_owned(),
            payload: "{}".into(),
            expression: (*expression).to_owned(),
            enabled: true,
        };
        parts.queue.declare(calendar, true).await?;
    }
    Ok(())
}

/// Pushes what is to run; when the next interval begins.
pub async fn tick(parts: &Parts) -> Result<Timestamp, Error> {
    let now = parts.queue.0.clock.now();
    let mut next = parts.queue.tick().await?.unwrap_or(Timestamp::from_millis(i64::MAX));
    for (name, interval) in &parts.schedules {
        let begun = now.millis() - now.millis().rem_euclid(*interval);
        run_once(parts, name, Timestamp::from_millis(begun)).await?;
        next = next.min(Timestamp::from_millis(begun.saturating_add(*interval)));
    }
    Ok(next)
}

async fn run_once(parts: &Parts, name: &'static str, begun: Timestamp) -> Result<(), Error> {
    let store = &parts.queue.0.store;
    let Some(mut row) = store.get::<ScheduleRow>((name.to_owned(),)).await? else {
        let row = ScheduleRow { name: name.to_owned(), last_run: begun, version: 0 };
        store.insert_if_absent(&row).await?;
        return Ok(());
    };
    if row.last_run < begun {
        parts.queue.push(Job::new(name, &()).key(KEY)).await?;
        row.last_run = begun;
        store.update_if_version(&row).await?;
    }
    Ok(())
}
