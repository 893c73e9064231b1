//! The JetStream engine: the newest message of a subject is a job, or that it ended.
//!
//! Stream `JOBS` has a subject for each job, `jobs.<kind>.<id>`, and keeps the newest
//! message of each. A job is changed by publishing its next state on the condition that the
//! last one read is still the newest, which the server checks: of several workers that
//! claim a job one succeeds. An ended job is an empty message that expires. Dead letters
//! are in `JOBS_DEAD` in the same way, for 30 days.
//!
//! Every process follows the streams and so knows what is due without asking (`mirror`).
//! What the mirror says is a hint; the server has the last word. Jobs of a batch go through
//! an outbox in the store (`outbox`). Not a work queue with acknowledgements, because that
//! has no place for due times beyond an hour, keys that replace, priorities, and looking.

mod log;
mod mirror;
mod outbox;
mod shape;

use std::{
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};

use async_nats::ConnectOptions;
use platform_kernel::{Clock, Timestamp};
use platform_store::{Batch, Store};
use tokio::{runtime::Handle, task::JoinSet};

use self::{log::Log, outbox::Outbox};
use crate::{
    Error,
    queue::Kinds,
    rows::{DeadRow, DueRow, JobRow, LetterKey},
};

const LETTERS_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
const PAGE: usize = 64;
const SCAN: usize = 500;
/// Of a message beside the payload, with room to spare.
const ENVELOPE: usize = 8 * 1024;

/// Where the server is.
#[derive(Clone)]
pub struct Options {
    /// `nats://host:port`, or several with commas between.
    pub url: String,
    /// None if empty.
    pub token: String,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JetStream").field("url", &self.url).finish_non_exhaustive()
    }
}

pub struct Shelf {
    parts: Arc<Parts>,
    /// Where the connection lives. What was begun there is finished, whoever stops waiting: the
    /// mirror hears of every change that was made.
    runtime: Handle,
    numbers: AtomicI64,
    /// Ends with the queue.
    _tasks: JoinSet<()>,
}

struct Parts {
    jobs: Log<JobRow>,
    letters: Log<DeadRow>,
    outbox: Outbox,
    clock: Clock,
}

impl Shelf {
    /// Connects, makes the streams where missing and waits until what is in them is known.
    pub async fn open(
        store: Store,
        options: Options,
        kinds: Arc<Kinds>,
        clock: Clock,
    ) -> Result<Self, Error> {
        let runtime = Handle::current();
        let (woken, reconnected) = log::reconnections();
        let connect = ConnectOptions::new()
            .name("fluxer queue")
            .connection_timeout(Duration::from_secs(5))
            .reconnect_delay_callback(|_| Duration::from_millis(500))
            .event_callback(move |event| {
                if matches!(event, async_nats::Event::Connected) {
                    woken.send_modify(|times| *times += 1);
                }
                async {}
            });
        let connect = if options.token.is_empty() { connect } else { connect.token(options.token.clone()) };
        let servers: Vec<&str> = options.url.split(',').map(str::trim).collect();
        let client = connect
            .connect(servers)
            .await
            .map_err(|error| Error::JetStream(format!("cannot connect to {}: {error}", options.url)))?;
        let context = async_nats::jetstream::new(client);
        let wake = Arc::clone(&kinds);
        let jobs = Log::open(&context, "JOBS", None, move |job: &JobRow| wake.wake(&job.kind)).await?;
        let letters = Log::open(&context, "JOBS_DEAD", Some(LETTERS_KEPT), |_: &DeadRow| {}).await?;
        let mut tasks = JoinSet::new();
        let filled = (jobs.follow(&mut tasks, reconnected.clone()), letters.follow(&mut tasks, reconnected));
        filled.0.await;
        filled.1.await;
        let parts = Arc::new(Parts { jobs, letters, outbox: Outbox::new(store), clock });
        tasks.spawn(outbox::relay(Arc::downgrade(&parts)));
        Ok(Self { parts, runtime, numbers: AtomicI64::new(0), _tasks: tasks })
    }

    /// Runs where the connection lives.
    async fn there<T, F>(&self, work: impl FnOnce(Arc<Parts>) -> F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let done = self.runtime.spawn(work(Arc::clone(&self.parts))).await;
        done.unwrap_or_else(|error| Err(Error::JetStream(error.to_string())))
    }

    pub fn add(&self, batch: &mut Batch, row: &JobRow, now: Timestamp) -> Result<(), Error> {
        let most = self.parts.jobs.largest().saturating_sub(ENVELOPE);
        if row.payload.len() > most {
            let reason = format!("it has {} bytes, and the NATS server takes {most}", row.payload.len());
            return Err(Error::Payload { kind: row.kind.clone(), reason });
        }
        self.parts.outbox.add(batch, row, now, self.numbers.fetch_add(1, Relaxed));
        Ok(())
    }

    pub async fn settled(&self) -> Result<(), Error> {
        if self.parts.outbox.is_empty() {
            return Ok(());
        }
        self.there(async |parts: Arc<Parts>| parts.outbox.send(&parts.jobs).await).await
    }

    pub fn unsettled(&self) {
        self.parts.outbox.look();
    }

    pub async fn get(&self, kind: &str, id: &str) -> Result<Option<JobRow>, Error> {
        let subject = shape::job_subject(kind, id);
        self.there(async move |parts: Arc<Parts>| parts.jobs.ask(&subject).await.map(|(_, job)| job)).await
    }

    /// The job of the entry, as last heard of.
    pub fn heard(&self, entry: &DueRow) -> Option<JobRow> {
        self.parts.jobs.heard(&shape::job_subject(&entry.kind, &entry.id))
    }

    pub async fn insert(&self, row: &JobRow) -> Result<bool, Error> {
        let row = row.clone();
        self.there(async move |parts: Arc<Parts>| parts.jobs.insert(row).await).await
    }

    pub async fn update(&self, row: &JobRow) -> Result<bool, Error> {
        let old = row.version;
        let row = JobRow { version: old.wrapping_add(1), ..row.clone() };
        self.there(async move |parts: Arc<Parts>| {
            let is_old = |job: &JobRow| job.version == old;
            parts.jobs.change(&shape::job_subject(&row.kind, &row.id), is_old, Some(row)).await
        })
        .await
    }

    pub async fn delete(&self, row: &JobRow) -> Result<bool, Error> {
        let (subject, version) = (shape::job_subject(&row.kind, &row.id), row.version);
        self.there(async move |parts: Arc<Parts>| {
            parts.jobs.change(&subject, |job| job.version == version, None).await
        })
        .await
    }

    pub async fn take(&self, kind: &str, id: &str) -> Result<bool, Error> {
        let subject = shape::job_subject(kind, id);
        self.there(async move |parts: Arc<Parts>| parts.jobs.take(&subject).await).await
    }

    /// What is due by `now` after that entry, a page at a time.
    pub fn due(&self, kind: &str, now: Timestamp, after: Option<&DueRow>) -> Vec<DueRow> {
        let after = after.map(|entry| (entry.due_at, entry.id.clone()));
        // without a beginning it is all of them that is asked for
        let limit = if after.is_some() { PAGE } else { usize::MAX };
        let due = self.parts.jobs.between(kind, after.as_ref(), now, limit);
        due.iter().map(DueRow::of).collect()
    }

    pub fn next_due(&self, kind: &str, now: Timestamp) -> Option<Timestamp> {
        self.parts.jobs.next(kind, now)
    }

    pub fn page(&self, after: Option<&JobRow>) -> Vec<JobRow> {
        let after = after.map(|row| shape::job_subject(&row.kind, &row.id));
        self.parts.jobs.page(after.as_deref(), SCAN)
    }

    pub async fn bury(&self, letter: &DeadRow) -> Result<(), Error> {
        let letter = letter.clone();
        self.there(async move |parts: Arc<Parts>| parts.letters.put(letter, None).await).await
    }

    pub async fn letter(&self, key: LetterKey) -> Result<Option<DeadRow>, Error> {
        let subject = shape::letter_subject(&key);
        self.there(async move |parts: Arc<Parts>| parts.letters.ask(&subject).await.map(|(_, letter)| letter))
            .await
    }

    pub fn letters(&self, kind: &str, before: Option<&(Timestamp, String)>, limit: usize) -> Vec<DeadRow> {
        self.parts.letters.newest(kind, before, limit)
    }

    pub fn letters_page(&self, after: Option<&DeadRow>) -> Vec<DeadRow> {
        // the server forgets old ones without a word
        let kept = i64::try_from(LETTERS_KEPT.as_millis()).unwrap_or(i64::MAX);
        self.parts.letters.prune(self.parts.clock.now().plus_millis(-kept));
        let after = after.map(|letter| shape::letter_subject(&letter.key()));
        self.parts.letters.page(after.as_deref(), SCAN)
    }

    pub async fn discard(&self, key: LetterKey) -> Result<bool, Error> {
        let subject = shape::letter_subject(&key);
        self.there(async move |parts: Arc<Parts>| parts.letters.take(&subject).await).await
    }

    /// The job first: a crash in between leaves both, not neither.
    pub async fn revive(&self, job: &JobRow, key: LetterKey) -> Result<(), Error> {
        let (job, subject) = (job.clone(), shape::letter_subject(&key));
        self.there(async move |parts: Arc<Parts>| {
            parts.jobs.put(job, None).await?;
            parts.letters.take(&subject).await.map(drop)
        })
        .await
    }
}
