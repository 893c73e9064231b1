//! The embedded engine: jobs are rows of the store.
//!
//! What is due when is an index beside the rows, whose entries can be obsolete: the job
//! ended, or moved to another time. One is removed only when it is some time overdue,
//! because between the index and the row there is a moment in which a change of both is
//! half visible. The order is always: announce the new time in the index, move the row
//! under its version, remove the old announcement; a crash in between leaves an obsolete
//! entry, never a job without one.

use platform_kernel::Timestamp;
use platform_store::{Batch, Store};

use crate::{
    Error,
    rows::{BUCKET_MS, BucketRow, DeadRow, DueRow, JobRow, LetterKey, bucket},
};

const PAGE: usize = 64;
const SCAN: usize = 500;

pub struct Shelf(pub Store);

impl Shelf {
    pub fn add(batch: Batch, row: &JobRow) -> Batch {
        batch.put(row).append(index(&DueRow::of(row)))
    }

    pub async fn announce(&self, due: &DueRow) -> Result<(), Error> {
        Ok(self.0.commit(index(due)).await?)
    }

    /// Removes an entry of the due index. Nobody waits for it: one that stays is recognised
    /// as obsolete when its time comes.
    pub fn forget(&self, due: &DueRow) {
        let key = (due.kind.clone(), due.bucket, due.due_at, due.id.clone());
        drop(self.0.delete::<DueRow>(key));
    }

    pub async fn get(&self, kind: &str, id: &str) -> Result<Option<JobRow>, Error> {
        Ok(self.0.get::<JobRow>((kind.to_owned(), id.to_owned())).await?)
    }

    pub async fn get_many(&self, entries: &[DueRow]) -> Result<Vec<Option<JobRow>>, Error> {
        let keys = entries.iter().map(|entry| (entry.kind.clone(), entry.id.clone())).collect();
        Ok(self.0.get_many::<JobRow>(keys).await?)
    }

    pub async fn insert(&self, row: &JobRow) -> Result<bool, Error> {
        // the announcement first, as everywhere
        self.announce(&DueRow::of(row)).await?;
        Ok(self.0.insert_if_absent(row).await?)
    }

    pub async fn update(&self, row: &JobRow) -> Result<bool, Error> {
        Ok(self.0.update_if_version(row).await?)
    }

    pub async fn delete(&self, row: &JobRow) -> Result<bool, Error> {
        let gone = self.0.delete_if_version(row).await?;
        if gone {
            self.forget(&DueRow::of(row));
        }
        Ok(gone)
    }

    pub async fn take(&self, kind: &str, id: &str) -> Result<bool, Error> {
        let Some(row) = self.get(kind, id).await? else { return Ok(false) };
        let due = DueRow::of(&row);
        let there = self.0.delete_if_exists::<JobRow>((row.kind, row.id)).await?;
        self.forget(&due);
        Ok(there)
    }

    /// Buckets that may hold something due by `now`, oldest first.
    pub async fn buckets(&self, kind: &str, now: Timestamp) -> Result<Vec<i64>, Error> {
        let listed = self.0.range::<BucketRow>((kind.to_owned(),)).to((bucket(now),)).all().await?;
        Ok(listed.into_iter().map(|row| row.bucket).collect())
    }

    /// The entries after `after` that are due by `now`, a page at a time.
    pub async fn due_page(
        &self,
        kind: &str,
        bucket: i64,
        now: Timestamp,
        after: Option<DueRow>,
    ) -> Result<Vec<DueRow>, Error> {
        let range = self.0.range::<DueRow>((kind.to_owned(), bucket)).to((now,)).limit(PAGE);
        let range = match after {
            Some(entry) => range.after((entry.due_at, entry.id)),
            None => range,
        };
        Ok(range.fetch().await?)
    }

    /// All of them.
    pub async fn due(&self, kind: &str, now: Timestamp) -> Result<Vec<DueRow>, Error> {
        let mut entries = Vec::new();
        for bucket in self.buckets(kind, now).await? {
            entries.extend(self.0.range::<DueRow>((kind.to_owned(), bucket)).to((now,)).all().await?);
        }
        Ok(entries)
    }

    /// Takes an old, empty bucket off the list. Nothing is ever put into the past.
    pub fn retire(&self, kind: &str, old: i64, now: Timestamp) {
        if (old + 2) * BUCKET_MS <= now.millis() {
            let batch = Batch::new().delete::<BucketRow>((kind.to_owned(), old));
            drop(self.0.commit(batch));
        }
    }

    /// When the first job after `now` is due.
    pub async fn next_due(&self, kind: &str, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let mut buckets = self.0.range::<BucketRow>((kind.to_owned(),)).from((bucket(now),)).limit(PAGE);
        loop {
            let listed = buckets.fetch().await?;
            for row in &listed {
                let range = self.0.range::<DueRow>((kind.to_owned(), row.bucket)).after((now,));
                if let Some(entry) = range.first().await? {
                    return Ok(Some(entry.due_at));
                }
            }
            let Some(last) = listed.last() else { return Ok(None) };
            buckets = self.0.range::<BucketRow>((kind.to_owned(),)).after((last.bucket,)).limit(PAGE);
        }
    }

    /// The jobs after that one, a page at a time; an empty page is the last.
    pub async fn page(&self, after: Option<&JobRow>) -> Result<Vec<JobRow>, Error> {
        let after = after.map(|row| (row.kind.clone(), row.id.clone()));
        Ok(self.0.scan::<JobRow>(after, SCAN).await?)
    }

    pub async fn bury(&self, letter: &DeadRow) -> Result<(), Error> {
        Ok(self.0.put(letter).await?)
    }

    pub async fn letter(&self, key: LetterKey) -> Result<Option<DeadRow>, Error> {
        Ok(self.0.get::<DeadRow>(key).await?)
    }

    /// Of a kind, the newest first.
    pub async fn letters(
        &self,
        kind: &str,
        before: Option<(Timestamp, String)>,
        limit: usize,
    ) -> Result<Vec<DeadRow>, Error> {
        let range = self.0.range::<DeadRow>((kind.to_owned(),)).descending().limit(limit);
        let range = match before {
            Some(before) => range.before(before),
            None => range,
        };
        Ok(range.fetch().await?)
    }

    /// Of every kind, a page at a time.
    pub async fn letters_page(&self, after: Option<&DeadRow>) -> Result<Vec<DeadRow>, Error> {
        Ok(self.0.scan::<DeadRow>(after.map(DeadRow::key), SCAN).await?)
    }

    pub async fn discard(&self, key: LetterKey) -> Result<bool, Error> {
        Ok(self.0.delete_if_exists::<DeadRow>(key).await?)
    }

    pub async fn revive(&self, job: &JobRow, key: LetterKey) -> Result<(), Error> {
        Ok(self.0.commit(Self::add(Batch::new(), job).delete::<DeadRow>(key)).await?)
    }
}

/// The writes that make an entry of the due index findable.
fn index(due: &DueRow) -> Batch {
    Batch::new().put(due).put(&BucketRow { kind: due.kind.clone(), bucket: due.bucket })
}
