//! Looking at the queue from outside: for operators and gauges, never for requests. Visits
//! every job, a page at a time.

use platform_kernel::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::{Error, Queue, rows::JobRow};

/// What a job is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Running,
    /// Due, and not begun.
    Ready,
    /// To run later.
    Scheduled,
}

/// A job that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JobInfo {
    pub id: String,
    pub kind: String,
    pub state: State,
    pub priority: i32,
    /// When it runs, or until when it is leased.
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    pub attempts: i32,
    pub max_attempts: i32,
    pub last_error: Option<String>,
    pub payload: String,
}

/// How many jobs of a kind there are, and since when the oldest waits although it is due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Depths {
    pub ready: u64,
    pub running: u64,
    pub scheduled: u64,
    pub dead: u64,
    pub oldest_ready_ms: i64,
}

impl JobInfo {
    pub(crate) fn of(row: JobRow, now: Timestamp) -> Self {
        let state = match (row.is_leased() && row.due_at > now, row.due_at > now) {
            (true, _) => State::Running,
            (_, true) => State::Scheduled,
            _ => State::Ready,
        };
        Self {
            priority: row.priority(),
            id: row.id,
            kind: row.kind,
            state,
            due_at: row.due_at,
            created_at: row.created_at,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            last_error: row.last_error,
            payload: row.payload,
        }
    }
}

impl Queue {
    /// The first `limit` jobs in the order in which they are due; of one kind, if told so.
    pub async fn jobs(&self, kind: Option<&str>, limit: usize) -> Result<Vec<JobInfo>, Error> {
        self.0.shelf.settled().await?;
        let (mut after, mut found, now) = (None, Vec::new(), self.0.clock.now());
        loop {
            let page = self.0.shelf.page(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            let wanted = page.into_iter().filter(|row| kind.is_none_or(|kind| row.kind == kind));
            found.extend(wanted.map(|row| JobInfo::of(row, now)));
            found.sort_by(|a, b| (a.due_at, &a.id).cmp(&(b.due_at, &b.id)));
            found.truncate(limit);
        }
        Ok(found)
    }

    /// The job with this id.
    pub async fn find(&self, id: &str) -> Result<Option<JobInfo>, Error> {
        self.0.shelf.settled().await?;
        let (mut after, now) = (None, self.0.clock.now());
        loop {
            let page = self.0.shelf.page(after.as_ref()).await?;
            let Some(last) = page.last() else { return Ok(None) };
            after = Some(last.clone());
            if let Some(row) = page.into_iter().find(|row| row.id == id) {
                return Ok(Some(JobInfo::of(row, now)));
            }
        }
    }

    /// Takes back a job that waits; false if none with this id does.
    pub async fn cancel_waiting(&self, id: &str) -> Result<bool, Error> {
        let Some(job) = self.find(id).await?.filter(|job| job.state != State::Running) else {
            return Ok(false);
        };
        let Some(row) = self.0.shelf.get(&job.kind, &job.id).await? else { return Ok(false) };
        let now = self.0.clock.now();
        if row.is_leased() && row.due_at > now {
            return Ok(false);
        }
        self.0.shelf.delete(&row).await
    }

    /// How full the queue is, by kind.
    pub async fn depths(&self) -> Result<BTreeMap<String, Depths>, Error> {
        self.0.shelf.settled().await?;
        let now = self.0.clock.now();
        let mut depths: BTreeMap<String, Depths> = BTreeMap::new();
        let mut after = None;
        loop {
            let page = self.0.shelf.page(after.as_ref()).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.clone());
            for row in page {
                let due_at = row.due_at;
                let job = JobInfo::of(row, now);
                let depth = depths.entry(job.kind).or_default();
                match job.state {
                    State::Running => depth.running += 1,
                    State::Scheduled => depth.scheduled += 1,
                    State::Ready => {
                        depth.ready += 1;
                        depth.oldest_ready_ms = depth.oldest_ready_ms.max(now.since(due_at));
                    }
                }
            }
        }
        let mut after = None;
        loop {
            let page = self.0.shelf.letters_page(after.as_ref()).await?;
            let Some(last) = page.last() else { return Ok(depths) };
            after = Some(last.clone());
            for row in page {
                depths.entry(row.kind).or_default().dead += 1;
            }
        }
    }

    /// Throws away the dead letter of the job with this id; false if there is none.
    pub async fn discard_dead(&self, id: &str) -> Result<bool, Error> {
        let Some(letter) = self.find_dead(id).await? else { return Ok(false) };
        self.0.shelf.discard((letter.kind, letter.failed_at, letter.id)).await?;
        Ok(true)
    }
}
