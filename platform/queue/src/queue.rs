//! Taking jobs.

use std::{collections::BTreeMap, fmt, mem::take, sync::Arc};

use parking_lot::Mutex;
use platform_kernel::{Clock, Rng, Timestamp};
use platform_store::{Batch, Store};
use tokio::sync::Notify;

use crate::{
    Error, Job, KindStats,
    job::When,
    rows::{BucketRow, DueRow, JobRow},
    stats::{Counters, count},
};

/// A job put into a batch is looked for after this time even if nobody waited for the
/// batch's commit.
const UNHEARD_MS: i64 = 5_000;
const ID_LENGTH: usize = 20;

/// Takes jobs. Cheap to clone.
#[derive(Clone)]
pub struct Queue(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub store: Store,
    pub clock: Clock,
    pub rng: Rng,
    kinds: Mutex<BTreeMap<String, Arc<Kind>>>,
    /// Wakes whoever follows the calendars.
    pub calendars: Notify,
}

/// What this process knows of a kind besides the store.
#[derive(Default)]
pub(crate) struct Kind {
    pub counters: Counters,
    /// Wakes the kind's pump.
    pub wake: Notify,
    /// When the pump must look again whatever it found before.
    armed: Mutex<Option<Timestamp>>,
}

/// What became of a job that may be there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    pub id: String,
    /// False: one with the same name is there.
    pub enqueued: bool,
}

/// A job that waits or runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub id: String,
    pub due_at: Timestamp,
    pub attempts: u32,
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Queue")
    }
}

impl Queue {
    /// `store` must have been opened with [`crate::tables`].
    pub fn new(store: Store, clock: Clock, rng: Rng) -> Self {
        Self(Arc::new(Inner { store, clock, rng, kinds: Mutex::default(), calendars: Notify::new() }))
    }

    /// Done when the job is durable.
    pub async fn push(&self, job: Job) -> Result<(), Error> {
        let mut batch = Batch::new();
        self.push_in(&mut batch, job)?;
        Ok(self.0.store.commit(batch).await?)
    }

    /// Adds the job to `batch`: it exists if and only if the batch is committed.
    pub fn push_in(&self, batch: &mut Batch, job: Job) -> Result<(), Error> {
        let row = self.row(job)?;
        let due = DueRow::of(&row);
        let kind = self.kind(&row.kind);
        count(&kind.counters.pushed);
        kind.arm(row.due_at.plus_millis(UNHEARD_MS));
        *batch = take(batch).put(&row).append(index(&due)).on_commit(move || kind.wake.notify_one());
        Ok(())
    }

    /// Done when the job is durable, unless one with the same `unique` waits or runs: then that
    /// one stays as it is.
    pub async fn push_unique(&self, job: Job, unique: &str) -> Result<Pushed, Error> {
        let row = JobRow { id: format!("u:{unique}"), ..self.row(job)? };
        let due = DueRow::of(&row);
        // the announcement first, as everywhere: see `claim`
        self.0.store.commit(index(&due)).await?;
        let enqueued = self.0.store.insert_if_absent(&row).await?;
        if enqueued {
            let kind = self.kind(&row.kind);
            count(&kind.counters.pushed);
            kind.wake.notify_one();
        }
        Ok(Pushed { id: row.id, enqueued })
    }

    /// As [`Queue::push`]; the id the job got.
    pub async fn push_named(&self, job: Job) -> Result<String, Error> {
        let row = self.row(job)?;
        self.0.store.commit(Batch::new().put(&row).append(index(&DueRow::of(&row)))).await?;
        let kind = self.kind(&row.kind);
        count(&kind.counters.pushed);
        kind.wake.notify_one();
        Ok(row.id)
    }

    fn row(&self, job: Job) -> Result<JobRow, Error> {
        let now = self.0.clock.now();
        let id = match job.key {
            Some(key) => keyed(&key),
            None => format!("j:{}", self.0.rng.alphanumeric(ID_LENGTH)),
        };
        Ok(JobRow {
            kind: job.kind.into_owned(),
            id,
            payload: job.payload?,
            attempts: 0,
            max_attempts: i32::try_from(job.max_attempts).unwrap_or(i32::MAX),
            due_at: match job.when {
                When::After(ms) => now.plus_millis(ms),
                When::At(at) => at.max(now),
            },
            created_at: now,
            last_error: None,
            priority: (job.priority > 0).then_some(i32::from(job.priority)),
            leased: None,
            version: i32::from_le_bytes(self.0.rng.bytes()),
        })
    }

    /// Takes back the job of `kind` under `key`, waiting or running; false if there is none.
    /// A handler that runs is stopped when its lease comes to be renewed.
    pub async fn cancel(&self, kind: &str, key: &str) -> Result<bool, Error> {
        let id = keyed(key);
        let Some(row) = self.0.store.get::<JobRow>((kind.to_owned(), id)).await? else { return Ok(false) };
        let due = DueRow::of(&row);
        let there = self.0.store.delete_if_exists::<JobRow>((row.kind, row.id)).await?;
        self.forget(&due);
        Ok(there)
    }

    /// The jobs of `kind` whose time has come.
    pub async fn due_now(&self, kind: &str) -> Result<Vec<Pending>, Error> {
        let now = self.0.clock.now();
        let mut pending = Vec::new();
        for bucket in self.buckets(kind, now).await? {
            let entries = self.0.store.range::<DueRow>((kind.to_owned(), bucket)).to((now,)).all().await?;
            let keys = entries.iter().map(|entry| (kind.to_owned(), entry.id.clone())).collect();
            let rows = self.0.store.get_many::<JobRow>(keys).await?;
            for (row, entry) in rows.into_iter().zip(entries) {
                if let Some(row) = row.filter(|row| row.due_at == entry.due_at) {
                    let attempts = u32::try_from(row.attempts).unwrap_or(0);
                    pending.push(Pending { id: row.id, due_at: row.due_at, attempts });
                }
            }
        }
        Ok(pending)
    }

    /// Has every worker of this process look for due jobs: another process may have pushed some.
    pub fn wake(&self) {
        self.0.kinds.lock().values().for_each(|kind| kind.wake.notify_one());
        self.0.calendars.notify_one();
    }

    /// Counts of every kind seen by this process.
    pub fn stats(&self) -> Vec<KindStats> {
        self.0.kinds.lock().iter().map(|(kind, state)| state.counters.read(kind)).collect()
    }

    pub(crate) fn kind(&self, kind: &str) -> Arc<Kind> {
        let mut kinds = self.0.kinds.lock();
        match kinds.get(kind) {
            Some(known) => Arc::clone(known),
            None => Arc::clone(kinds.entry(kind.to_owned()).or_default()),
        }
    }

    /// Removes an entry of the due index. Nobody waits for it: one that stays is recognised
    /// as obsolete when its time comes.
    pub(crate) fn forget(&self, due: &DueRow) {
        let key = (due.kind.clone(), due.bucket, due.due_at, due.id.clone());
        drop(self.0.store.delete::<DueRow>(key));
    }
}

impl Kind {
    /// Has the pump look at `at` at the latest.
    pub fn arm(&self, at: Timestamp) {
        let mut armed = self.armed.lock();
        if armed.is_none_or(|already| at < already) {
            *armed = Some(at);
            // it may be asleep until later than that
            self.wake.notify_one();
        }
    }

    /// When to look again; what is past is done with.
    pub fn armed(&self, now: Timestamp) -> Option<Timestamp> {
        let mut armed = self.armed.lock();
        *armed = armed.filter(|at| *at > now);
        *armed
    }
}

pub(crate) fn keyed(key: &str) -> String {
    format!("k:{key}")
}

/// The writes that make an entry of the due index findable.
pub(crate) fn index(due: &DueRow) -> Batch {
    Batch::new().put(due).put(&BucketRow { kind: due.kind.clone(), bucket: due.bucket })
}
