//! Finding what is due.
//!
//! Entries of the due index can be obsolete: the job ended, or moved to another time. One
//! is removed only when it is some time overdue, because between the index and the row
//! there is a moment in which a change of both is half visible.

use platform_kernel::Timestamp;
use platform_store::Batch;

use crate::{
    Error, Queue,
    rows::{BUCKET_MS, BucketRow, DueRow, JobRow, bucket},
};

/// How long an entry that fits no job is left alone.
pub(crate) const SETTLE_MS: i64 = 60_000;
const PAGE: usize = 64;

impl Queue {
    /// Buckets that may hold something due by `now`, oldest first.
    pub(crate) async fn buckets(&self, kind: &str, now: Timestamp) -> Result<Vec<i64>, Error> {
        let listed = self.0.store.range::<BucketRow>((kind.to_owned(),)).to((bucket(now),)).all().await?;
        Ok(listed.into_iter().map(|row| row.bucket).collect())
    }

    /// The entries after `after` that are due by `now`, a page at a time.
    pub(crate) async fn due_page(
        &self,
        kind: &str,
        bucket: i64,
        now: Timestamp,
        after: Option<DueRow>,
    ) -> Result<Vec<DueRow>, Error> {
        let range = self.0.store.range::<DueRow>((kind.to_owned(), bucket)).to((now,)).limit(PAGE);
        let range = match after {
            Some(entry) => range.after((entry.due_at, entry.id)),
            None => range,
        };
        Ok(range.fetch().await?)
    }

    /// The job that `entry` announces, unless the entry is obsolete.
    pub(crate) async fn announced(&self, entry: &DueRow) -> Result<Option<JobRow>, Error> {
        let row = self.0.store.get::<JobRow>((entry.kind.clone(), entry.id.clone())).await?;
        Ok(row.filter(|row| row.due_at == entry.due_at))
    }

    /// Takes an old, empty bucket off the list. Nothing is ever put into the past.
    pub(crate) fn retire(&self, kind: &str, old: i64, now: Timestamp) {
        if (old + 2) * BUCKET_MS <= now.millis() {
            let batch = Batch::new().delete::<BucketRow>((kind.to_owned(), old));
            drop(self.0.store.commit(batch));
        }
    }

    /// When the first job after `now` is due.
    pub(crate) async fn next_due(&self, kind: &str, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let mut buckets =
            self.0.store.range::<BucketRow>((kind.to_owned(),)).from((bucket(now),)).limit(PAGE);
        loop {
            let listed = buckets.fetch().await?;
            for row in &listed {
                let range = self.0.store.range::<DueRow>((kind.to_owned(), row.bucket)).after((now,));
                if let Some(entry) = range.first().await? {
                    return Ok(Some(entry.due_at));
                }
            }
            let Some(last) = listed.last() else { return Ok(None) };
            buckets = self.0.store.range::<BucketRow>((kind.to_owned(),)).after((last.bucket,)).limit(PAGE);
        }
    }
}
