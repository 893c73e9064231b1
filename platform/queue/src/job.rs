//! A job before and while it runs.

use std::borrow::Cow;

use platform_kernel::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, JobError, rows::JobRow};

/// With the usual pauses, the twelfth attempt comes about an hour after the first.
const MAX_ATTEMPTS: u32 = 12;

/// What to run, made by [`Job::new`] and refined by its methods.
#[derive(Debug, Clone)]
#[must_use = "a job does nothing until it is pushed"]
pub struct Job {
    pub(crate) kind: Cow<'static, str>,
    pub(crate) payload: Result<String, Error>,
    pub(crate) when: When,
    pub(crate) key: Option<String>,
    pub(crate) max_attempts: u32,
    pub(crate) priority: u8,
}

#[derive(Debug, Clone, Copy)]
pub enum When {
    After(i64),
    At(Timestamp),
}

impl Job {
    /// A job to run now. A payload that cannot be JSON fails the push.
    pub fn new<T: Serialize + ?Sized>(kind: impl Into<Cow<'static, str>>, payload: &T) -> Self {
        let kind = kind.into();
        let payload = serde_json::to_string(payload)
            .map_err(|error| Error::Payload { kind: kind.clone().into_owned(), reason: error.to_string() });
        Self { kind, payload, when: When::After(0), key: None, max_attempts: MAX_ATTEMPTS, priority: 0 }
    }

    /// Not before `ms` milliseconds from the push.
    pub fn delay(mut self, ms: u64) -> Self {
        self.when = When::After(i64::try_from(ms).unwrap_or(i64::MAX));
        self
    }

    /// Not before `at`.
    pub fn at(mut self, at: Timestamp) -> Self {
        self.when = When::At(at);
        self
    }

    /// At most one job of a kind waits under a key: pushing another one replaces the one
    /// that waits, with payload and due time. One that runs already is not stopped; the new
    /// one runs in addition.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Of the jobs that are due together, those of higher priority go first; 0 to 100, 0 unless
    /// told otherwise.
    pub fn priority(mut self, priority: u8) -> Self {
        self.priority = priority.min(100);
        self
    }

    /// How often to try, the first time included; at least once.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }
}

/// What a handler gets.
#[derive(Debug, Clone)]
pub struct Payload {
    pub kind: String,
    pub id: String,
    /// 1 the first time.
    pub attempt: u32,
    /// When the job was pushed.
    pub created_at: Timestamp,
    json: String,
}

impl Payload {
    pub(crate) fn of(job: &JobRow) -> Self {
        Self {
            kind: job.kind.clone(),
            id: job.id.clone(),
            attempt: u32::try_from(job.attempts).unwrap_or(1),
            created_at: job.created_at,
            json: job.payload.clone(),
        }
    }

    /// The payload; one that is not a `T` is fatal to the job.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.json).map_err(|error| JobError::fatal(format!("payload: {error}")))
    }
    pub fn json(&self) -> &str {
        &self.json
    }
}
