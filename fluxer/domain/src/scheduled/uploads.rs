//! Files of messages that are sent later: objects in the bucket of uploads, until the message
//! is sent or will never be. A job looks after them, so that none stays when the message is
//! gone, however that came about.

use std::sync::Arc;

use fluxer_wire::{ScheduledMessageId, UserId};
use futures_util::StreamExt;
use platform_queue::{Job, JobError, Worker};
use serde::{Deserialize, Serialize};

use super::rows::{ScheduledMessageRow, ScheduledUpload};
use crate::{
    App, Error, Result,
    attachments::{Upload, Uploads},
};

const BUCKET: &str = "uploads";
const SWEEP: &str = "scheduled.sweep_uploads";
const SWEEP_EVERY_MS: u64 = 6 * 3_600_000;

#[derive(Debug, Serialize, Deserialize)]
struct Held {
    user_id: UserId,
    id: ScheduledMessageId,
    keys: Vec<String>,
}

/// Stores the files; done when they are durable and looked after.
pub async fn store(
    app: &App,
    user_id: UserId,
    id: ScheduledMessageId,
    uploads: &Uploads,
) -> Result<Vec<ScheduledUpload>> {
    let held: Vec<ScheduledUpload> = uploads
        .iter()
        .map(|upload| ScheduledUpload {
            index: upload.index,
            key: format!("scheduled/{user_id}/{id}/{}", app.rng.alphanumeric(24)),
            size: upload.file.size(),
            name: upload.name.clone(),
        })
        .collect();
    if held.is_empty() {
        return Ok(held);
    }
    let keys = held.iter().map(|upload| upload.key.clone()).collect();
    app.queue.push(Job::new(SWEEP, &Held { user_id, id, keys }).delay(SWEEP_EVERY_MS)).await?;
    for (upload, place) in uploads.iter().zip(&held) {
        let path = upload.file.path();
        if let Err(error) = app.blobs.put_file(BUCKET, &place.key, path, "application/octet-stream").await {
            drop_objects(app, held);
            return Err(error.into());
        }
    }
    Ok(held)
}

/// The files as if they had just been uploaded.
pub async fn load(app: &App, row: &ScheduledMessageRow) -> Result<Uploads> {
    let mut files = Vec::with_capacity(row.uploads.len());
    for held in &row.uploads {
        let Some(mut reading) = app.blobs.read(BUCKET, &held.key, None).await? else { continue };
        let failed = |error: std::io::Error| Error::Blobs(error.into());
        let mut file = app.spool.begin().await.map_err(failed)?;
        while let Some(bytes) = reading.stream.next().await {
            file.write(bytes.map_err(failed)?).await.map_err(failed)?;
        }
        let file = Arc::new(file.finish().await.map_err(failed)?);
        files.push(Upload { index: held.index, file, name: held.name.clone() });
    }
    Ok(Uploads::new(files))
}

/// Deletes objects behind the caller's back.
pub fn drop_objects(app: &App, uploads: Vec<ScheduledUpload>) {
    if uploads.is_empty() {
        return;
    }
    let blobs = app.blobs.clone();
    tokio::spawn(async move {
        for upload in uploads {
            if let Err(error) = blobs.delete(BUCKET, &upload.key).await {
                tracing::warn!(%error, key = upload.key, "A scheduled upload is removed later.");
            }
        }
    });
}

/// Deletes what the message does not refer to any more; looks again while it does.
async fn sweep(app: &App, held: Held) -> Result<()> {
    let row = app.store.get::<ScheduledMessageRow>((held.user_id, held.id)).await?;
    let is_used =
        |key: &String| row.as_ref().is_some_and(|row| row.uploads.iter().any(|upload| upload.key == *key));
    let (used, unused): (Vec<String>, Vec<String>) = held.keys.into_iter().partition(is_used);
    for key in unused {
        app.blobs.delete(BUCKET, &key).await?;
    }
    if !used.is_empty() {
        let again = Held { user_id: held.user_id, id: held.id, keys: used };
        app.queue.push(Job::new(SWEEP, &again).delay(SWEEP_EVERY_MS)).await?;
    }
    Ok(())
}

pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(SWEEP, 1, move |payload| {
        let app = app.clone();
        async move { sweep(&app, payload.parse()?).await.map_err(JobError::retry) }
    })
}
