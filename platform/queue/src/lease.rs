//! Jobs run by others than this process's [`crate::Worker`]: leased for a time, ended by a
//! receipt. A receipt names one attempt at one job; after the lease it is worth nothing.

use platform_kernel::Timestamp;

use crate::{
    Error, JobError, Queue,
    inspect::JobInfo,
    rows::{DueRow, JobRow},
};

/// An unanswered lease is over this long after its deadline.
const AFTER_MS: i64 = 10_000;
const RETRY_LONGEST_MS: u64 = 600_000;

/// A job in somebody's hands.
#[derive(Debug, Clone)]
pub struct Leased {
    pub receipt: String,
    pub deadline: Timestamp,
    pub job: JobInfo,
}

impl Queue {
    /// Leases up to `limit` due jobs of these kinds, in order of priority and time.
    pub async fn lease(&self, kinds: &[&str], limit: usize, lease_ms: i64) -> Result<Vec<Leased>, Error> {
        self.0.shelf.settled().await?;
        let now = self.0.clock.now();
        let mut due: Vec<JobRow> = Vec::new();
        for kind in kinds {
            for entry in self.0.shelf.due(kind, now).await? {
                due.extend(self.0.shelf.announced(&entry).await?);
            }
        }
        due.sort_by_cached_key(JobRow::rank);
        due.dedup_by(|a, b| a.id == b.id && a.kind == b.kind);
        let mut leased = Vec::new();
        for row in due {
            if leased.len() == limit {
                break;
            }
            let kind = self.kind(&row.kind);
            let Some(row) = self.claim_for(&DueRow::of(&row), &kind, lease_ms + AFTER_MS).await? else {
                continue;
            };
            let deadline = self.0.clock.now().plus_millis(lease_ms);
            leased.push(Leased { receipt: receipt(&row), deadline, job: JobInfo::of(row, now) });
        }
        Ok(leased)
    }

    /// The job is done; false if the receipt is worth nothing.
    pub async fn ack(&self, receipt: &str) -> Result<bool, Error> {
        self.end(receipt, None).await
    }

    /// The attempt failed; the next one comes after twice the pause of the last, up to ten
    /// minutes. False if the receipt is worth nothing.
    pub async fn nack(&self, receipt: &str, reason: &str) -> Result<bool, Error> {
        self.end(receipt, Some(reason)).await
    }

    /// Prolongs a lease to that time from now; false if the receipt is worth nothing.
    pub async fn prolong(&self, receipt: &str, lease_ms: i64) -> Result<bool, Error> {
        let Some(mut row) = self.held(receipt).await? else { return Ok(false) };
        let end = self.0.clock.now().plus_millis(lease_ms + AFTER_MS);
        self.reschedule(&mut row, end).await
    }

    async fn end(&self, receipt: &str, failure: Option<&str>) -> Result<bool, Error> {
        let Some(row) = self.held(receipt).await? else { return Ok(false) };
        let kind = self.kind(&row.kind);
        let outcome = match failure {
            None => Ok(()),
            Some(reason) => {
                let attempts = u32::try_from(row.attempts).unwrap_or(1).min(16);
                let ms = (1_000_u64 << attempts).min(RETRY_LONGEST_MS);
                Err(JobError::RetryAfter { ms, reason: reason.to_owned() })
            }
        };
        self.settle(row, outcome, &kind).await?;
        Ok(true)
    }

    async fn held(&self, receipt: &str) -> Result<Option<JobRow>, Error> {
        let Ok((kind, id, _, _)) = serde_json::from_str::<(String, String, i32, i64)>(receipt) else {
            return Ok(None);
        };
        let row = self.0.shelf.get(&kind, &id).await?;
        let held = |row: &JobRow| row.is_leased() && self::receipt(row) == receipt;
        Ok(row.filter(held).filter(|row| row.due_at > self.0.clock.now()))
    }
}

/// Kind, id, attempt and beginning: no two leases share all of these.
fn receipt(row: &JobRow) -> String {
    serde_json::json!([row.kind, row.id, row.attempts, row.created_at.millis()]).to_string()
}
