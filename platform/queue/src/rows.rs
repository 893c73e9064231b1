//! The tables, and the shape of a job whatever keeps it. In the store a job is one row; what
//! is due when is an index of its own, in partitions of ten minutes for each kind, with a
//! list of the partitions that may hold something. No read ever visits more than the
//! buckets in question.

use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

/// Length of a bucket of the due index.
pub const BUCKET_MS: i64 = 600_000;

pub fn tables() -> Vec<&'static Schema> {
    vec![
        JobRow::SCHEMA,
        DueRow::SCHEMA,
        BucketRow::SCHEMA,
        DeadRow::SCHEMA,
        ScheduleRow::SCHEMA,
        CronRow::SCHEMA,
        OutboxRow::SCHEMA,
    ]
}

/// A job that has not ended. `due_at` is when it wants to run; while it runs, when its
/// lease ends, so that an abandoned job becomes due by itself. The version begins at a
/// random number: a job pushed again under its key is told apart from the one before.
#[derive(Table, Clone, Debug)]
#[table(name = "queue_jobs")]
pub struct JobRow {
    #[partition]
    pub kind: String,
    #[partition]
    pub id: String,
    pub payload: String,
    pub attempts: i32,
    pub max_attempts: i32,
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub last_error: Option<String>,
    /// None is 0, and the usual.
    pub priority: Option<i32>,
    /// Somebody runs it, until `due_at`.
    pub leased: Option<bool>,
    #[version]
    pub version: i32,
}

/// Says that a job may be due. It is only a hint: the job's row has the last word.
#[derive(Table, Clone, Debug, PartialEq, Eq)]
#[table(name = "queue_due")]
pub struct DueRow {
    #[partition]
    pub kind: String,
    #[partition]
    pub bucket: i64,
    #[cluster]
    pub due_at: Timestamp,
    #[cluster]
    pub id: String,
}

/// A bucket of the due index that may hold something.
#[derive(Table, Clone, Debug)]
#[table(name = "queue_buckets")]
pub struct BucketRow {
    #[partition]
    pub kind: String,
    #[cluster]
    pub bucket: i64,
}

/// A job that was given up.
#[derive(Table, Clone, Debug)]
#[table(name = "queue_dead", ttl = 7776000)]
pub struct DeadRow {
    #[partition]
    pub kind: String,
    #[cluster(desc)]
    pub failed_at: Timestamp,
    #[cluster(desc)]
    pub id: String,
    pub payload: String,
    pub attempts: i32,
    pub max_attempts: i32,
    pub created_at: Timestamp,
    pub last_error: String,
    pub priority: Option<i32>,
}

/// A job that was committed and is not yet with an engine outside the store.
#[derive(Table, Clone, Debug)]
#[table(name = "queue_outbox")]
pub struct OutboxRow {
    #[partition]
    pub shelf: i32,
    #[cluster]
    pub at: Timestamp,
    /// Orders what one process pushed in the same millisecond.
    #[cluster]
    pub number: i64,
    #[cluster]
    pub id: String,
    /// The job, as the engine has it.
    pub job: String,
}

#[derive(Table, Clone, Debug)]
#[table(name = "queue_schedules")]
pub struct ScheduleRow {
    #[partition]
    pub name: String,
    /// Beginning of the interval in which it last ran.
    pub last_run: Timestamp,
    #[version]
    pub version: i32,
}

/// A schedule with a calendar of its own.
#[derive(Table, Clone, Debug)]
#[table(name = "queue_crons")]
pub struct CronRow {
    #[partition]
    pub shelf: i32,
    #[cluster]
    pub name: String,
    pub kind: String,
    pub payload: String,
    pub expression: String,
    pub enabled: bool,
    /// The program declares it; gone when it no longer does.
    pub declared: bool,
    /// When it was made, until it ran.
    pub last_run: Timestamp,
    pub has_run: bool,
    #[version]
    pub version: i32,
}

impl JobRow {
    pub fn priority(&self) -> i32 {
        self.priority.unwrap_or(0)
    }
    pub fn is_leased(&self) -> bool {
        self.leased.unwrap_or(false)
    }
    /// What goes first of what is due.
    pub fn rank(&self) -> (i32, Timestamp, Timestamp, String) {
        (-self.priority(), self.due_at, self.created_at, self.id.clone())
    }
}

/// What names a dead letter.
pub type LetterKey = (String, Timestamp, String);

impl DeadRow {
    pub fn key(&self) -> LetterKey {
        (self.kind.clone(), self.failed_at, self.id.clone())
    }
}

impl DueRow {
    pub fn new(kind: &str, due_at: Timestamp, id: &str) -> Self {
        Self { kind: kind.to_owned(), bucket: bucket(due_at), due_at, id: id.to_owned() }
    }
    pub fn of(job: &JobRow) -> Self {
        Self::new(&job.kind, job.due_at, &job.id)
    }
}

pub const fn bucket(at: Timestamp) -> i64 {
    at.millis().div_euclid(BUCKET_MS)
}
