//! Where jobs are kept: the port between the queue's rules and its engines.
//!
//! An engine keeps rows and knows which are due; it changes a row only when its version is
//! still the one that was read. Leases, retries, priorities and dead letters are the rules
//! above it, the same for every engine. What a batch of the store adds is there once the
//! batch is committed and [`Shelf::settled`] was waited for.

use std::mem::take;

use platform_kernel::Timestamp;
use platform_store::Batch;

use crate::{
    Error, embedded, jetstream,
    rows::{DeadRow, DueRow, JobRow, LetterKey},
};

pub enum Shelf {
    Embedded(embedded::Shelf),
    JetStream(jetstream::Shelf),
}

/// Passes a call on to the engine.
macro_rules! engine {
    ($self:ident, $shelf:ident => $call:expr) => {
        match $self {
            Self::Embedded($shelf) => $call,
            Self::JetStream($shelf) => $call,
        }
    };
}

impl Shelf {
    /// Adds the job to the batch.
    pub fn add(&self, batch: &mut Batch, row: &JobRow, now: Timestamp) -> Result<(), Error> {
        match self {
            Self::Embedded(_) => *batch = embedded::Shelf::add(take(batch), row),
            Self::JetStream(shelf) => shelf.add(batch, row, now)?,
        }
        Ok(())
    }

    /// Everything that was committed is here.
    pub async fn settled(&self) -> Result<(), Error> {
        match self {
            Self::Embedded(_) => Ok(()),
            Self::JetStream(shelf) => shelf.settled().await,
        }
    }

    /// Another process may have committed something.
    pub fn unsettled(&self) {
        if let Self::JetStream(shelf) = self {
            shelf.unsettled();
        }
    }

    /// The job as it is now.
    pub async fn get(&self, kind: &str, id: &str) -> Result<Option<JobRow>, Error> {
        engine!(self, shelf => shelf.get(kind, id).await)
    }

    /// The jobs that the entries announce, as last heard of.
    pub async fn get_many(&self, entries: &[DueRow]) -> Result<Vec<Option<JobRow>>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.get_many(entries).await,
            Self::JetStream(shelf) => Ok(entries.iter().map(|entry| shelf.heard(entry)).collect()),
        }
    }

    /// The job that `entry` announces, unless the entry is obsolete.
    pub async fn announced(&self, entry: &DueRow) -> Result<Option<JobRow>, Error> {
        let row = match self {
            Self::Embedded(shelf) => shelf.get(&entry.kind, &entry.id).await?,
            Self::JetStream(shelf) => shelf.heard(entry),
        };
        Ok(row.filter(|row| row.due_at == entry.due_at))
    }

    /// Adds the job unless there is one of its id.
    pub async fn insert(&self, row: &JobRow) -> Result<bool, Error> {
        engine!(self, shelf => shelf.insert(row).await)
    }

    /// Says that a job is about to move there: before it does.
    pub async fn announce(&self, due: &DueRow) -> Result<(), Error> {
        match self {
            Self::Embedded(shelf) => shelf.announce(due).await,
            Self::JetStream(_) => Ok(()),
        }
    }

    /// That announcement is void.
    pub fn forget(&self, due: &DueRow) {
        if let Self::Embedded(shelf) = self {
            shelf.forget(due);
        }
    }

    /// Writes the row if the version is still the one it carries, which then goes up by one.
    pub async fn update(&self, row: &JobRow) -> Result<bool, Error> {
        engine!(self, shelf => shelf.update(row).await)
    }

    /// Deletes the row if the version is still that one.
    pub async fn delete(&self, row: &JobRow) -> Result<bool, Error> {
        engine!(self, shelf => shelf.delete(row).await)
    }

    /// Deletes the row whatever its version; false if there is none.
    pub async fn take(&self, kind: &str, id: &str) -> Result<bool, Error> {
        engine!(self, shelf => shelf.take(kind, id).await)
    }

    /// Parts of the due index that may hold something due by `now`.
    pub async fn buckets(&self, kind: &str, now: Timestamp) -> Result<Vec<i64>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.buckets(kind, now).await,
            Self::JetStream(_) => Ok(vec![0]),
        }
    }

    /// What is due by `now` in one of them, after `after`, a page at a time.
    pub async fn due_page(
        &self,
        kind: &str,
        bucket: i64,
        now: Timestamp,
        after: Option<DueRow>,
    ) -> Result<Vec<DueRow>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.due_page(kind, bucket, now, after).await,
            Self::JetStream(shelf) => Ok(shelf.due(kind, now, after.as_ref())),
        }
    }

    /// Everything of the kind that is due by `now`.
    pub async fn due(&self, kind: &str, now: Timestamp) -> Result<Vec<DueRow>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.due(kind, now).await,
            Self::JetStream(shelf) => Ok(shelf.due(kind, now, None)),
        }
    }

    /// Says that a part of the index was found empty.
    pub fn retire(&self, kind: &str, bucket: i64, now: Timestamp) {
        if let Self::Embedded(shelf) = self {
            shelf.retire(kind, bucket, now);
        }
    }

    /// When the first job after `now` is due.
    pub async fn next_due(&self, kind: &str, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.next_due(kind, now).await,
            Self::JetStream(shelf) => Ok(shelf.next_due(kind, now)),
        }
    }

    /// The jobs after that one, a page at a time; an empty page is the last.
    pub async fn page(&self, after: Option<&JobRow>) -> Result<Vec<JobRow>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.page(after).await,
            Self::JetStream(shelf) => Ok(shelf.page(after)),
        }
    }

    /// Keeps a dead letter.
    pub async fn bury(&self, letter: &DeadRow) -> Result<(), Error> {
        engine!(self, shelf => shelf.bury(letter).await)
    }

    pub async fn letter(&self, key: LetterKey) -> Result<Option<DeadRow>, Error> {
        engine!(self, shelf => shelf.letter(key).await)
    }

    /// Dead letters of a kind, the newest first.
    pub async fn letters(
        &self,
        kind: &str,
        before: Option<(Timestamp, String)>,
        limit: usize,
    ) -> Result<Vec<DeadRow>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.letters(kind, before, limit).await,
            Self::JetStream(shelf) => Ok(shelf.letters(kind, before.as_ref(), limit)),
        }
    }

    /// Those of every kind after that one, a page at a time; an empty page is the last.
    pub async fn letters_page(&self, after: Option<&DeadRow>) -> Result<Vec<DeadRow>, Error> {
        match self {
            Self::Embedded(shelf) => shelf.letters_page(after).await,
            Self::JetStream(shelf) => Ok(shelf.letters_page(after)),
        }
    }

    /// Throws a dead letter away; false if there is none.
    pub async fn discard(&self, key: LetterKey) -> Result<bool, Error> {
        engine!(self, shelf => shelf.discard(key).await)
    }

    /// Makes a job of a dead letter.
    pub async fn revive(&self, job: &JobRow, key: LetterKey) -> Result<(), Error> {
        engine!(self, shelf => shelf.revive(job, key).await)
    }
}
