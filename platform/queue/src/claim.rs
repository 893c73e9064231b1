//! Leasing a job, and ending the lease one way or another.
//!
//! A lease moves the job's due time to the lease's end, under the job's version: of several
//! who try, one succeeds.

use platform_kernel::Timestamp;

use crate::{
    Error, JobError, Queue,
    queue::Kind,
    rows::{DeadRow, DueRow, JobRow},
    stats::count,
};

/// A job's lease unless renewed.
pub(crate) const LEASE_MS: i64 = 60_000;
const BACKOFF_MS: i64 = 1_000;
const BACKOFF_LONGEST_MS: i64 = 3_600_000;
const ABANDONED: &str = "the process ended or stalled during the last attempt";

impl Queue {
    /// Leases the job that `entry` announces; `None` if there is none, or somebody else was
    /// faster.
    pub(crate) async fn claim(&self, entry: &DueRow, kind: &Kind) -> Result<Option<JobRow>, Error> {
        self.claim_for(entry, kind, LEASE_MS).await
    }

    /// The same for a lease of that length.
    pub(crate) async fn claim_for(
        &self,
        entry: &DueRow,
        kind: &Kind,
        lease_ms: i64,
    ) -> Result<Option<JobRow>, Error> {
        let Some(mut job) = self.0.shelf.announced(entry).await? else { return Ok(None) };
        if job.attempts >= job.max_attempts {
            self.bury(job, ABANDONED, kind).await?;
            return Ok(None);
        }
        job.attempts += 1;
        job.leased = Some(true);
        let end = self.0.clock.now().plus_millis(lease_ms);
        Ok(self.reschedule(&mut job, end).await?.then_some(job))
    }

    /// Moves the job to `due_at`; false if it is no longer ours.
    pub(crate) async fn reschedule(&self, job: &mut JobRow, due_at: Timestamp) -> Result<bool, Error> {
        let old = DueRow::of(job);
        job.due_at = due_at;
        let new = DueRow::of(job);
        // one after the other: a job moved to where no entry leads would be lost
        self.0.shelf.announce(&new).await?;
        let moved = self.0.shelf.update(job).await?;
        if moved {
            job.version = job.version.wrapping_add(1);
        }
        if old != new {
            self.0.shelf.forget(if moved { &old } else { &new });
        }
        Ok(moved)
    }

    /// Ends the lease by what the handler said.
    pub(crate) async fn settle(
        &self,
        mut job: JobRow,
        outcome: Result<(), JobError>,
        kind: &Kind,
    ) -> Result<(), Error> {
        let Err(failure) = outcome else {
            self.0.shelf.delete(&job).await?;
            count(&kind.counters.succeeded);
            return Ok(());
        };
        let pause = match &failure {
            JobError::Fatal(_) => None,
            _ if job.attempts >= job.max_attempts => None,
            JobError::Retry(_) => Some(self.backoff(job.attempts)),
            JobError::RetryAfter { ms, .. } => Some(i64::try_from(*ms).unwrap_or(i64::MAX)),
        };
        let Some(pause) = pause else { return self.bury(job, failure.reason(), kind).await };
        tracing::debug!(
            kind = job.kind,
            id = job.id,
            attempt = job.attempts,
            reason = failure.reason(),
            "retry"
        );
        let due_at = self.0.clock.now().plus_millis(pause);
        job.leased = None;
        job.last_error = Some(failure.reason().to_owned());
        if self.reschedule(&mut job, due_at).await? {
            count(&kind.counters.retried);
            kind.wake.notify_one();
        }
        Ok(())
    }

    /// Gives a lease back unused: the process stops, and the attempt does not count.
    pub(crate) async fn give_back(&self, mut job: JobRow) -> Result<(), Error> {
        job.attempts = (job.attempts - 1).max(0);
        job.leased = None;
        let now = self.0.clock.now();
        self.reschedule(&mut job, now).await.map(drop)
    }

    /// Makes due at once what a process that is no more had leased; how many jobs. Only for
    /// whoever knows that nobody else works on this store.
    pub async fn recover(&self) -> Result<usize, Error> {
        let (mut after, mut recovered) = (None, 0);
        loop {
            let page = self.0.shelf.page(after.as_ref()).await?;
            let Some(last) = page.last() else { return Ok(recovered) };
            after = Some(last.clone());
            for mut job in page.into_iter().filter(JobRow::is_leased) {
                job.leased = None;
                let now = self.0.clock.now();
                recovered += usize::from(self.reschedule(&mut job, now).await?);
            }
        }
    }

    /// Doubles each time, with a random part so that jobs which failed together part ways.
    fn backoff(&self, attempts: i32) -> i64 {
        let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
        let longest = (BACKOFF_MS << doublings).min(BACKOFF_LONGEST_MS);
        longest / 2 + self.0.rng.below(longest.unsigned_abs() / 2 + 1).cast_signed()
    }

    /// Gives the job up. The letter is written first: a crash must not lose it.
    async fn bury(&self, job: JobRow, reason: &str, kind: &Kind) -> Result<(), Error> {
        let letter = DeadRow {
            kind: job.kind.clone(),
            failed_at: self.0.clock.now(),
            id: job.id.clone(),
            payload: job.payload.clone(),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            created_at: job.created_at,
            last_error: reason.to_owned(),
            priority: job.priority,
        };
        self.0.shelf.bury(&letter).await?;
        if self.0.shelf.delete(&job).await? {
            count(&kind.counters.dead);
            tracing::warn!(
                kind = job.kind,
                id = job.id,
                attempts = job.attempts,
                reason,
                "a job was given up"
            );
        } else {
            self.0.shelf.discard(letter.key()).await?;
        }
        Ok(())
    }
}
