//! Taking jobs.

use std::{collections::BTreeMap, fmt, mem::take, sync::Arc};

use parking_lot::Mutex;
use platform_kernel::{Clock, Rng, Timestamp};
use platform_store::{Batch, Store};
use tokio::sync::Notify;

use crate::{
    Error, JetStream, Job, KindStats, embedded, jetstream,
    job::When,
    rows::JobRow,
    shelf::Shelf,
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
    /// Schedules, and what jobs are pushed with.
    pub store: Store,
    pub shelf: Shelf,
    pub clock: Clock,
    pub rng: Rng,
    kinds: Arc<Kinds>,
    /// Wakes whoever follows the calendars.
    pub calendars: Notify,
}

/// The kinds that this process has to do with.
#[derive(Default)]
pub(crate) struct Kinds(Mutex<BTreeMap<String, Arc<Kind>>>);

/// What this process knows of a kind besides its jobs.
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
    /// Jobs are rows of `store`, which must have been opened with [`crate::tables`].
    pub fn embedded(store: Store, clock: Clock, rng: Rng) -> Self {
        let shelf = Shelf::Embedded(embedded::Shelf(store.clone()));
        Self::on(shelf, store, Arc::default(), clock, rng)
    }

    /// Jobs are kept by JetStream. Those of a batch wait in `store` until they are with it; while
    /// it cannot be reached, jobs are taken and none runs.
    pub async fn jetstream(store: Store, options: JetStream, clock: Clock, rng: Rng) -> Result<Self, Error> {
        let kinds = Arc::default();
        let shelf = jetstream::Shelf::open(store.clone(), options, Arc::clone(&kinds), clock.clone()).await?;
        Ok(Self::on(Shelf::JetStream(shelf), store, kinds, clock, rng))
    }

    fn on(shelf: Shelf, store: Store, kinds: Arc<Kinds>, clock: Clock, rng: Rng) -> Self {
        Self(Arc::new(Inner { store, shelf, clock, rng, kinds, calendars: Notify::new() }))
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
        self.add(batch, &row)
    }

    fn add(&self, batch: &mut Batch, row: &JobRow) -> Result<(), Error> {
        self.0.shelf.add(batch, row, self.0.clock.now())?;
        let kind = self.kind(&row.kind);
        count(&kind.counters.pushed);
        kind.arm(row.due_at.plus_millis(UNHEARD_MS));
        *batch = take(batch).on_commit(move || kind.wake.notify_one());
        Ok(())
    }

    /// Done when the job is durable, unless one with the same `unique` waits or runs: then that
    /// one stays as it is.
    pub async fn push_unique(&self, job: Job, unique: &str) -> Result<Pushed, Error> {
        let row = JobRow { id: format!("u:{unique}"), ..self.row(job)? };
        let enqueued = self.0.shelf.insert(&row).await?;
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
        let mut batch = Batch::new();
        self.add(&mut batch, &row)?;
        self.0.store.commit(batch).await?;
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
        self.0.shelf.settled().await?;
        self.0.shelf.take(kind, &keyed(key)).await
    }

    /// The jobs of `kind` whose time has come.
    pub async fn due_now(&self, kind: &str) -> Result<Vec<Pending>, Error> {
        self.0.shelf.settled().await?;
        let entries = self.0.shelf.due(kind, self.0.clock.now()).await?;
        let rows = self.0.shelf.get_many(&entries).await?;
        let mut pending = Vec::new();
        for (row, entry) in rows.into_iter().zip(entries) {
            if let Some(row) = row.filter(|row| row.due_at == entry.due_at) {
                let attempts = u32::try_from(row.attempts).unwrap_or(0);
                pending.push(Pending { id: row.id, due_at: row.due_at, attempts });
            }
        }
        Ok(pending)
    }

    /// Has every worker of this process look for due jobs: another process may have pushed some.
    pub fn wake(&self) {
        self.0.shelf.unsettled();
        self.0.kinds.0.lock().values().for_each(|kind| kind.wake.notify_one());
        self.0.calendars.notify_one();
    }

    /// Whether jobs are kept by another process than this.
    pub fn is_remote(&self) -> bool {
        matches!(self.0.shelf, Shelf::JetStream(_))
    }

    /// Asks the engine whether it is there.
    pub async fn probe(&self) -> Result<(), Error> {
        self.0.shelf.get("probe", "probe").await.map(drop)
    }

    /// Counts of every kind seen by this process.
    pub fn stats(&self) -> Vec<KindStats> {
        self.0.kinds.0.lock().iter().map(|(kind, state)| state.counters.read(kind)).collect()
    }

    pub(crate) fn kind(&self, kind: &str) -> Arc<Kind> {
        let mut kinds = self.0.kinds.0.lock();
        match kinds.get(kind) {
            Some(known) => Arc::clone(known),
            None => Arc::clone(kinds.entry(kind.to_owned()).or_default()),
        }
    }
}

impl Kinds {
    /// Has the pump of that kind look, if there is one.
    pub fn wake(&self, kind: &str) {
        if let Some(kind) = self.0.lock().get(kind) {
            kind.wake.notify_one();
        }
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
