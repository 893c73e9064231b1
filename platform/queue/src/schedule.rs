//! Recurring jobs. The interval that a schedule last ran in is kept; when another one has
//! begun, its job is pushed (under a key, so that a crash in between cannot double it) and
//! the interval moves on.

use std::{sync::Arc, time::Duration};

use platform_kernel::{Timestamp, shutdown::Shutdown};
use tokio::time::sleep;

use crate::{Error, Job, rows::ScheduleRow, worker::Parts};

const KEY: &str = "schedule";
const LONGEST_SLEEP_MS: i64 = 900_000;
const RETRY_MS: i64 = 5_000;

pub async fn run(parts: Arc<Parts>, shutdown: Shutdown) {
    while !shutdown.is_requested() {
        let pause = match tick(&parts).await {
            Ok(next) => next.since(parts.queue.0.clock.now()).clamp(1, LONGEST_SLEEP_MS),
            Err(error) => {
                tracing::warn!(%error, "schedules could not be read");
                RETRY_MS
            }
        };
        tokio::select! {
            () = shutdown.requested() => {}
            () = sleep(Duration::from_millis(pause.unsigned_abs())) => {}
        }
    }
}

/// Pushes what is to run; when the next interval begins.
pub async fn tick(parts: &Parts) -> Result<Timestamp, Error> {
    let now = parts.queue.0.clock.now();
    let mut next = Timestamp::from_millis(i64::MAX);
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
