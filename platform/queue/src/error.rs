//! What can go wrong with the queue, and what a handler can say about its job.

use std::fmt::Display;

#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] platform_store::Error),
    #[error("the payload of a job of kind {kind}: {reason}")]
    Payload { kind: String, reason: String },
    #[error("JetStream: {0}")]
    JetStream(String),
    #[error("{0:?} is no schedule: {1}")]
    Cron(String, &'static str),
}

/// How a job failed. Any error becomes [`JobError::Retry`] by `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobError {
    /// Try again after the usual pause, while attempts are left.
    Retry(String),
    /// Try again after this many milliseconds, while attempts are left.
    RetryAfter { ms: u64, reason: String },
    /// It will never work: to the dead letters at once.
    Fatal(String),
}

impl JobError {
    pub fn retry(reason: impl Display) -> Self {
        Self::Retry(reason.to_string())
    }
    pub fn fatal(reason: impl Display) -> Self {
        Self::Fatal(reason.to_string())
    }
    pub fn reason(&self) -> &str {
        match self {
            Self::Retry(reason) | Self::RetryAfter { reason, .. } | Self::Fatal(reason) => reason,
        }
    }
}

// Not an `Error` itself, or this would collide with `From<T> for T`.
impl<E: std::error::Error> From<E> for JobError {
    fn from(error: E) -> Self {
        Self::Retry(error.to_string())
    }
}
