//! Dead letters: jobs that were given up, kept for 90 days in the store and 30 by JetStream.

use platform_kernel::Timestamp;

use crate::{
    Error, Queue,
    rows::{DeadRow, JobRow},
};

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub kind: String,
    pub id: String,
    pub failed_at: Timestamp,
    pub created_at: Timestamp,
    pub attempts: u32,
    pub reason: String,
    pub payload: String,
}

impl Letter {
    fn of(row: DeadRow) -> Self {
        Self {
            kind: row.kind,
            id: row.id,
            failed_at: row.failed_at,
            created_at: row.created_at,
            attempts: u32::try_from(row.attempts).unwrap_or(0),
            reason: row.last_error,
            payload: row.payload,
        }
    }
}

impl Queue {
    /// The newest first; `before` is the last one of the page before.
    pub async fn dead(
        &self,
        kind: &str,
        before: Option<&Letter>,
        limit: usize,
    ) -> Result<Vec<Letter>, Error> {
        let before = before.map(|letter| (letter.failed_at, letter.id.clone()));
        let rows = self.0.shelf.letters(kind, before, limit).await?;
        Ok(rows.into_iter().map(Letter::of).collect())
    }

    /// Of every kind, the newest first. Visits them all: for tools.
    pub async fn all_dead(&self, limit: usize) -> Result<Vec<Letter>, Error> {
        let (mut after, mut letters) = (None, Vec::new());
        loop {
            let page = self.0.shelf.letters_page(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            letters.extend(page.into_iter().map(Letter::of));
        }
        letters.sort_by(|a, b| b.failed_at.cmp(&a.failed_at).then_with(|| a.id.cmp(&b.id)));
        letters.truncate(limit);
        Ok(letters)
    }

    /// The letter of the job with this id; the newest, should there be several.
    pub async fn find_dead(&self, id: &str) -> Result<Option<Letter>, Error> {
        Ok(self.all_dead(usize::MAX).await?.into_iter().find(|letter| letter.id == id))
    }

    /// Makes the job due now, with all its attempts; false if there is no such letter.
    pub async fn replay(&self, kind: &str, letter: &Letter) -> Result<bool, Error> {
        let key = (kind.to_owned(), letter.failed_at, letter.id.clone());
        let Some(dead) = self.0.shelf.letter(key.clone()).await? else { return Ok(false) };
        let job = JobRow {
            kind: dead.kind,
            id: dead.id,
            payload: dead.payload,
            attempts: 0,
            max_attempts: dead.max_attempts,
            due_at: self.0.clock.now(),
            created_at: dead.created_at,
            last_error: Some(dead.last_error),
            priority: dead.priority,
            leased: None,
            version: i32::from_le_bytes(self.0.rng.bytes()),
        };
        self.0.shelf.revive(&job, key).await?;
        self.kind(kind).wake.notify_one();
        Ok(true)
    }

    /// False if there is no such letter.
    pub async fn delete_dead(&self, kind: &str, letter: &Letter) -> Result<bool, Error> {
        let key = (kind.to_owned(), letter.failed_at, letter.id.clone());
        self.0.shelf.discard(key).await
    }
}
