//! One kind's loop: look, run what is due, sleep until the next due time or a push.

use std::{sync::Arc, time::Duration};

use platform_kernel::{Timestamp, shutdown::Shutdown};
use tokio::{sync::OwnedSemaphorePermit, time::sleep};

use crate::{
    Error, Queue,
    rows::DueRow,
    worker::{Handler, Parts},
};

/// Looks at the clock again at least this often while something is to come: the clock may
/// have been set.
const LONGEST_SLEEP: Duration = Duration::from_secs(900);
/// How long an entry that fits no job is left alone.
const SETTLE_MS: i64 = 60_000;
/// After the engine failed.
const RETRY: Duration = Duration::from_secs(2);

/// What one look at the kind's due entries came to.
struct Look {
    claimed: usize,
    /// When an entry that fits no job may be removed.
    settle_at: Option<Timestamp>,
}

pub async fn run(parts: Arc<Parts>, kind: &'static str, handler: Arc<Handler>, shutdown: Shutdown) {
    while !shutdown.is_requested() {
        let pause = match drain(&parts, kind, &handler, &shutdown).await {
            Ok(next) => next.map(|at| until(&parts.queue, at)),
            Err(error) => {
                tracing::warn!(%error, kind, "due jobs could not be read");
                Some(RETRY)
            }
        };
        let pause = match (pause, parts.poll) {
            (Some(pause), Some(poll)) => Some(pause.min(poll)),
            (pause, poll) => pause.or(poll),
        };
        tokio::select! {
            () = shutdown.requested() => {}
            () = handler.state.wake.notified() => {}
            () = sleep(pause.unwrap_or_default()), if pause.is_some() => {}
        }
    }
    // what runs ends, or is stopped and given back when the grace is over
    let _ = handler.slots.acquire_many(handler.concurrency).await;
}

/// Runs what is due now, one attempt after another.
pub async fn run_now(queue: &Queue, kind: &'static str, handler: &Arc<Handler>) -> Result<usize, Error> {
    let mut total = 0;
    loop {
        let claimed = look(queue, kind, handler, None).await?.claimed;
        if claimed == 0 {
            return Ok(total);
        }
        total += claimed;
    }
}

/// Starts what is due until nothing is; when to look again.
async fn drain(
    parts: &Parts,
    kind: &'static str,
    handler: &Arc<Handler>,
    shutdown: &Shutdown,
) -> Result<Option<Timestamp>, Error> {
    let queue = &parts.queue;
    loop {
        let now = queue.0.clock.now();
        let look = look(queue, kind, handler, Some((parts, shutdown))).await?;
        if look.claimed == 0 || shutdown.is_requested() {
            let next = queue.0.shelf.next_due(kind, now).await?;
            return Ok([next, look.settle_at, handler.state.armed(now)].into_iter().flatten().min());
        }
    }
}

/// Goes once through the entries that are due and claims the jobs: with `until` they are
/// started side by side up to the kind's concurrency, without it they run one by one.
async fn look(
    queue: &Queue,
    kind: &'static str,
    handler: &Arc<Handler>,
    until: Option<(&Parts, &Shutdown)>,
) -> Result<Look, Error> {
    let now = queue.0.clock.now();
    let mut look = Look { claimed: 0, settle_at: None };
    for bucket in queue.0.shelf.buckets(kind, now).await? {
        let mut entries = queue.0.shelf.due_page(kind, bucket, now, None).await?;
        if entries.is_empty() {
            queue.0.shelf.retire(kind, bucket, now);
        }
        while let Some(last) = entries.last().cloned() {
            for entry in &ranked(queue, entries).await? {
                // a slot first: a claimed job must not wait with its lease running
                let Some(slots) = slots(handler, until).await else { return Ok(look) };
                let claimed = queue.claim(entry, &handler.state).await?;
                match (claimed, until) {
                    (None, _) => look.settle(queue, entry, now).await?,
                    (Some(job), None) => {
                        look.claimed += 1;
                        handler.attempt(queue, job, None).await;
                    }
                    (Some(job), Some((_, shutdown))) => {
                        look.claimed += 1;
                        let (queue, handler) = (queue.clone(), Arc::clone(handler));
                        let shutdown = shutdown.clone();
                        tokio::spawn(async move {
                            handler.attempt(&queue, job, Some(&shutdown)).await;
                            drop(slots);
                        });
                    }
                }
            }
            entries = queue.0.shelf.due_page(kind, bucket, now, Some(last)).await?;
        }
    }
    Ok(look)
}

/// The entries in the order in which their jobs go: by priority, then by time. Whoever is due
/// beyond this page waits for the page.
async fn ranked(queue: &Queue, entries: Vec<DueRow>) -> Result<Vec<DueRow>, Error> {
    if entries.len() < 2 {
        return Ok(entries);
    }
    let rows = queue.0.shelf.get_many(&entries).await?;
    let mut ranked: Vec<_> = entries.into_iter().zip(rows).collect();
    // stable: entries come by time
    ranked.sort_by_key(|(_, row)| row.as_ref().map_or(0, |row| -row.priority()));
    Ok(ranked.into_iter().map(|(entry, _)| entry).collect())
}

type Slots = (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>);

/// A free slot of the kind and one of the worker; none once the shutdown is requested.
async fn slots(handler: &Handler, until: Option<(&Parts, &Shutdown)>) -> Option<Slots> {
    let own = Arc::clone(&handler.slots).acquire_owned();
    let Some((parts, shutdown)) = until else { return Some((own.await.ok()?, None)) };
    let total = Arc::clone(&parts.total);
    tokio::select! {
        biased;
        () = shutdown.requested() => None,
        slots = async { Some((own.await.ok()?, Some(total.acquire_owned().await.ok()?))) } => slots,
    }
}

impl Look {
    /// Deals with an entry whose job could not be claimed: an obsolete one is removed once
    /// it is old enough.
    async fn settle(&mut self, queue: &Queue, entry: &DueRow, now: Timestamp) -> Result<(), Error> {
        if queue.0.shelf.announced(entry).await?.is_some() {
            return Ok(());
        }
        let settle_at = entry.due_at.plus_millis(SETTLE_MS);
        if settle_at <= now {
            queue.0.shelf.forget(entry);
        } else {
            self.settle_at = Some(self.settle_at.map_or(settle_at, |at| at.min(settle_at)));
        }
        Ok(())
    }
}

fn until(queue: &Queue, at: Timestamp) -> Duration {
    let ms = at.since(queue.0.clock.now()).max(1);
    Duration::from_millis(ms.unsigned_abs()).min(LONGEST_SLEEP)
}
