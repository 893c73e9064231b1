//! From the store to the stream: jobs of a batch wait in a table until the server has them.
//!
//! They are sent in the order in which they were pushed. A crash between sending and
//! forgetting sends them again under the same message id, which the server recognises for
//! two minutes; after that the job runs twice, as any job may.

use std::{
    mem::take,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use platform_kernel::Timestamp;
use platform_store::{Batch, Store};
use tokio::sync::{Mutex, Notify};

use super::{Parts, log::Log, shape::Entry};
use crate::{
    Error,
    rows::{JobRow, OutboxRow},
};

const SHELF: i32 = 0;
const PAGE: usize = 200;
/// Looks this often for what nobody announced: another process died before it was sent.
const EVERY: Duration = Duration::from_secs(5);

pub struct Outbox {
    store: Store,
    state: Arc<State>,
    /// One at a time: the order must be kept.
    sending: Mutex<()>,
}

#[derive(Default)]
struct State {
    waits: AtomicBool,
    wake: Notify,
}

impl State {
    fn look(&self) {
        self.waits.store(true, SeqCst);
        self.wake.notify_one();
    }
}

impl Outbox {
    pub fn new(store: Store) -> Self {
        let state = State { waits: AtomicBool::new(true), wake: Notify::new() };
        Self { store, state: Arc::new(state), sending: Mutex::new(()) }
    }

    pub fn add(&self, batch: &mut Batch, row: &JobRow, now: Timestamp, number: i64) {
        let job = String::from_utf8(row.encode()).unwrap_or_default();
        let row = OutboxRow { shelf: SHELF, at: now, number, id: row.subject(), job };
        let state = Arc::clone(&self.state);
        *batch = take(batch).put(&row).on_commit(move || state.look());
    }

    /// Something may be there.
    pub fn look(&self) {
        self.state.look();
    }

    /// As far as this process knows.
    pub fn is_empty(&self) -> bool {
        !self.state.waits.load(SeqCst) && self.sending.try_lock().is_ok()
    }

    /// Sends everything that was committed before.
    pub async fn send(&self, jobs: &Log<JobRow>) -> Result<(), Error> {
        let _one = self.sending.lock().await;
        if !self.state.waits.swap(false, SeqCst) {
            return Ok(());
        }
        let sent = self.send_all(jobs).await;
        if sent.is_err() {
            self.state.waits.store(true, SeqCst);
        }
        sent
    }

    async fn send_all(&self, jobs: &Log<JobRow>) -> Result<(), Error> {
        loop {
            let rows = self.store.range::<OutboxRow>((SHELF,)).limit(PAGE).fetch().await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut sending = Vec::with_capacity(rows.len());
            for row in &rows {
                let Some(job) = JobRow::decode(row.job.as_bytes()) else {
                    tracing::error!(id = row.id, "a job in the outbox cannot be read and is dropped");
                    continue;
                };
                let message = format!("{}/{}/{}", row.id, row.at.millis(), job.version);
                sending.push(jobs.begin(job, Some(&message)).await?);
            }
            for sent in sending {
                jobs.end(sent).await?;
            }
            let mut batch = Batch::new();
            for row in rows {
                batch = batch.delete::<OutboxRow>((SHELF, row.at, row.number, row.id));
            }
            self.store.commit(batch).await?;
        }
    }
}

/// Sends what comes, until the queue is no more.
pub async fn relay(parts: Weak<Parts>) {
    let Some(state) = parts.upgrade().map(|parts| Arc::clone(&parts.outbox.state)) else { return };
    loop {
        let heard = tokio::time::timeout(EVERY, state.wake.notified()).await.is_ok();
        let Some(parts) = parts.upgrade() else { return };
        if !heard {
            state.waits.store(true, SeqCst);
        }
        if let Err(error) = parts.outbox.send(&parts.jobs).await {
            tracing::warn!(%error, "jobs wait in the outbox");
        }
    }
}
