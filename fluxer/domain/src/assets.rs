//! Objects nobody refers to any more, and their deletion: recorded in the batch that takes
//! the last reference away, done by a job, tried five times, then told to the CDN.
//!
//! Pictures are named by their content, so one that was discarded may be stored again
//! before the job ran: storing takes the record back, and the two exclude each other.

use std::{mem::take, sync::Arc};

use platform_kernel::Timestamp;
use platform_queue::{Job, JobError, Worker};
use platform_store::{Batch, Schema, Table};

use crate::{App, Result, images::BUCKET};

/// The queue's kind of the job that deletes.
pub const KIND: &str = "processAssetDeletionQueue";
const CALENDAR: &str = "0 */5 * * * *";
/// The job waits a little, so that a burst of deletions is one run.
const SOON_MS: u64 = 200;
const SOON: &str = "soon";
const BATCH: usize = 50;
const PER_RUN: usize = 500;
const MAX_ATTEMPTS: i32 = 5;
const SHELF: i32 = 0;

/// An object of the bucket `cdn` that is to go.
#[derive(Table, Clone, Debug)]
#[table(name = "asset_deletions")]
pub struct AssetDeletionRow {
    #[partition]
    pub shelf: i32,
    #[cluster]
    pub key: String,
    pub reason: String,
    pub queued_at: Timestamp,
    pub attempts: i32,
}

/// A path the CDN is to forget.
#[derive(Table, Clone, Debug)]
#[table(name = "cdn_purges")]
pub struct CdnPurgeRow {
    #[partition]
    pub shelf: i32,
    /// Host and path, without a scheme.
    #[cluster]
    pub prefix: String,
    pub queued_at: Timestamp,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![AssetDeletionRow::SCHEMA, CdnPurgeRow::SCHEMA]
}

/// Storing and deleting objects named by their content exclude each other.
#[derive(Debug, Default)]
pub struct Turn(tokio::sync::RwLock<()>);

/// Has the object deleted once `batch` is committed.
pub fn discard_in(app: &App, batch: &mut Batch, key: String, reason: &str) -> Result<()> {
    discard_all_in(app, batch, [key], reason)
}

/// The same for several.
pub fn discard_all_in(
    app: &App,
    batch: &mut Batch,
    keys: impl IntoIterator<Item = String>,
    reason: &str,
) -> Result<()> {
    let (mut found, now) = (false, app.clock.now());
    for key in keys {
        found = true;
        let row =
            AssetDeletionRow { shelf: SHELF, key, reason: reason.to_owned(), queued_at: now, attempts: 0 };
        *batch = take(batch).put(&row);
    }
    if found {
        app.queue.push_in(batch, Job::new(KIND, &()).key(SOON).delay(SOON_MS))?;
    }
    Ok(())
}

/// Has objects deleted whose last reference is gone already.
pub async fn discard(app: &App, keys: impl IntoIterator<Item = String>, reason: &str) -> Result<()> {
    let mut batch = Batch::new();
    discard_all_in(app, &mut batch, keys, reason)?;
    if !batch.is_empty() {
        app.store.commit(batch).await?;
    }
    Ok(())
}

/// Deletes an object before it returns; what fails is tried again by the job.
pub async fn discard_now(app: &App, key: String, reason: &str) -> Result<()> {
    match app.blobs.delete(BUCKET, &key).await {
        Ok(_) => Ok(app.store.commit(purge_in(app, Batch::new(), &key)).await?),
        Err(error) => {
            tracing::warn!(%error, key, "An object was not deleted and will be later.");
            discard(app, [key], reason).await
        }
    }
}

/// Stores what may have been discarded before: the record of that is taken back.
pub(crate) async fn store(app: &App, key: &str, bytes: bytes::Bytes, content_type: &str) -> Result<()> {
    let _turn = app.assets.0.read().await;
    app.store.delete::<AssetDeletionRow>((SHELF, key.to_owned())).await?;
    app.blobs.put(BUCKET, key, bytes, content_type).await?;
    Ok(())
}

/// What a run did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub deleted: usize,
    pub failed: usize,
    pub given_up: usize,
}

/// Deletes up to 500 of the objects that are to go.
pub async fn run(app: &App) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut after: Option<String> = None;
    for _ in 0..PER_RUN / BATCH {
        let range = app.store.range::<AssetDeletionRow>((SHELF,)).limit(BATCH);
        let page = match after {
            Some(key) => range.after((key,)).fetch().await?,
            None => range.fetch().await?,
        };
        let Some(last) = page.last() else { break };
        after = Some(last.key.clone());
        for row in page {
            delete(app, row, &mut outcome).await?;
        }
    }
    Ok(outcome)
}

async fn delete(app: &App, row: AssetDeletionRow, outcome: &mut Outcome) -> Result<()> {
    let _turn = app.assets.0.write().await;
    // It may have been stored again since it was read.
    let Some(mut row) = app.store.get::<AssetDeletionRow>((SHELF, row.key)).await? else { return Ok(()) };
    match app.blobs.delete(BUCKET, &row.key).await {
        Ok(_) => {
            let batch = Batch::new().delete::<AssetDeletionRow>((SHELF, row.key.clone()));
            app.store.commit(purge_in(app, batch, &row.key)).await?;
            outcome.deleted += 1;
        }
        Err(error) if row.attempts + 1 >= MAX_ATTEMPTS => {
            tracing::error!(%error, key = row.key, "An object cannot be deleted; it stays as an orphan.");
            app.store.delete::<AssetDeletionRow>((SHELF, row.key)).await?;
            outcome.given_up += 1;
        }
        Err(error) => {
            tracing::warn!(%error, key = row.key, "An object was not deleted.");
            row.attempts += 1;
            app.store.put(&row).await?;
            outcome.failed += 1;
        }
    }
    Ok(())
}

/// Notes that the CDN must forget the object's address, where a CDN is told such things.
fn purge_in(app: &App, batch: Batch, key: &str) -> Batch {
    if app.settings.other.get("integrations.cloudflare.purge_enabled").is_none_or(|text| text != "true") {
        return batch;
    }
    let base = app.settings.endpoints.media.as_str();
    let base = base.split_once("://").map_or(base, |(_, rest)| rest);
    let row = CdnPurgeRow { shelf: SHELF, prefix: format!("{base}/{key}"), queued_at: app.clock.now() };
    batch.put(&row)
}

/// The next addresses the CDN is to forget.
pub async fn purges(app: &App, limit: usize) -> Result<Vec<CdnPurgeRow>> {
    Ok(app.store.range::<CdnPurgeRow>((SHELF,)).limit(limit).fetch().await?)
}

/// The CDN has forgotten them.
pub async fn purged(app: &App, rows: &[CdnPurgeRow]) -> Result<()> {
    let batch = rows
        .iter()
        .fold(Batch::new(), |batch, row| batch.delete::<CdnPurgeRow>((row.shelf, row.prefix.clone())));
    Ok(app.store.commit(batch).await?)
}

/// How many objects are to be deleted, and how many addresses to be purged, as far as counted.
pub async fn depths(app: &App) -> Result<(usize, usize)> {
    const MOST: usize = 10_000;
    let deletions = app.store.range::<AssetDeletionRow>((SHELF,)).limit(MOST).fetch().await?.len();
    let purges = app.store.range::<CdnPurgeRow>((SHELF,)).limit(MOST).fetch().await?.len();
    Ok((deletions, purges))
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.cron(KIND, CALENDAR, move |_| {
        let app = app.clone();
        async move {
            let outcome = run(&app).await.map_err(JobError::retry)?;
            match outcome.failed {
                0 => Ok(()),
                // The job's attempts are not the objects': each of those has its own five.
                failed => Err(JobError::retry(format!("{failed} objects were not deleted"))),
            }
        }
    })
}
