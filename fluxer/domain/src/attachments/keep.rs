//! Attachments become objects, and objects without a message go again.
//!
//! Before the first object is written a sweep of all of them is ordered for later, durably;
//! so whatever happens to this process, none stays that no message came to have.

use std::sync::Arc;

use fluxer_wire::{AttachmentId, ChannelId, MessageId, message::Attachment};
use platform_blobs::Blobs;
use platform_queue::{Job, JobError, Worker};
use platform_store::{Batch, Store};
use serde::{Deserialize, Serialize};

use super::{
    Content, Incoming, decay,
    rows::{AttachmentLookupRow, DecayRow},
};
use crate::{
    App, Result,
    favorite_memes::FavoriteMemeRow,
    images::BUCKET,
    rows::{MessageRow, bucket_of},
};

const SWEEP: &str = "attachments.sweep";
/// Longer than any request takes.
const SWEEP_AFTER_MS: u64 = 3_600_000;

/// Objects that were made for one message, and whose they might become.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Made {
    channel_id: ChannelId,
    files: Vec<(AttachmentId, String)>,
}

/// Attachments whose objects are durable. Dropped before [`Kept::settle`], they go again
/// unless a message has them after all.
pub(crate) struct Kept {
    pub attachments: Vec<Attachment>,
    made: Made,
    sweeper: Option<(Store, Blobs)>,
}

/// The object of an attachment.
pub(crate) fn key(channel: ChannelId, id: AttachmentId, filename: &str) -> String {
    format!("attachments/{channel}/{id}/{filename}")
}

/// Makes an object of every file. All or none: what was made before a failure goes.
pub(crate) async fn keep(app: &App, channel: ChannelId, incoming: Vec<Incoming>) -> Result<Kept> {
    let files = incoming.iter().map(|file| (file.attachment.id, file.attachment.filename.clone())).collect();
    let made = Made { channel_id: channel, files };
    if incoming.is_empty() {
        return Ok(Kept { attachments: Vec::new(), made, sweeper: None });
    }
    app.queue.push(Job::new(SWEEP, &made).delay(SWEEP_AFTER_MS)).await?;
    let sweeper = Some((app.store.clone(), app.blobs.clone()));
    let mut kept = Kept { attachments: Vec::with_capacity(incoming.len()), made, sweeper };
    let now = app.clock.now();
    for Incoming { mut attachment, content, lasting, .. } in incoming {
        let key = key(channel, attachment.id, &attachment.filename);
        let content_type = attachment.content_type.clone().unwrap_or_default();
        let meta = match content {
            Content::File(file) => {
                app.blobs.put_file(BUCKET, &key, file.path(), content_type.as_str()).await?
            }
            Content::Bytes(bytes) => app.blobs.put(BUCKET, &key, bytes, content_type.as_str()).await?,
            Content::Copy { bucket, key: from } => {
                if !app.blobs.copy((bucket, &from), (BUCKET, &key)).await? {
                    // Deleted since it was looked at.
                    continue;
                }
                match app.blobs.head(BUCKET, &key).await? {
                    Some(meta) => meta,
                    None => continue,
                }
            }
        };
        attachment.size = i64::try_from(meta.size).unwrap_or(i64::MAX);
        attachment.expires_at = if lasting { None } else { decay::expiry(app, &attachment, now) };
        attachment.expired = attachment.expires_at.map(|_| false);
        kept.attachments.push(attachment);
    }
    Ok(kept)
}

impl Kept {
    /// Adds what is kept beside the message.
    pub fn record(&self, app: &App, message: MessageId, batch: Batch) -> Batch {
        let channel = self.made.channel_id;
        self.attachments.iter().fold(batch, |batch, file| {
            let batch = batch.put(&AttachmentLookupRow {
                channel_id: channel,
                attachment_id: file.id,
                filename: file.filename.clone(),
                message_id: message,
            });
            decay::record(batch, channel, message, file, app.clock.now())
        })
    }
    /// The message has them.
    pub fn settle(mut self) {
        self.sweeper = None;
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let Some((store, blobs)) = self.sweeper.take() else { return };
        let made = self.made.clone();
        tokio::spawn(async move {
            if let Err(error) = sweep(&store, &blobs, &made).await {
                tracing::warn!(%error, "Files of a message that failed are removed later.");
            }
        });
    }
}

/// Deletes those of the objects that no message has.
async fn sweep(store: &Store, blobs: &Blobs, made: &Made) -> Result<()> {
    let channel = made.channel_id;
    for (id, filename) in &made.files {
        // Somebody's saved media is not a message's, and lies where their notes' files do.
        if store.get::<FavoriteMemeRow>((channel.cast(), id.cast())).await?.is_some() {
            continue;
        }
        let lookup = store.get::<AttachmentLookupRow>((channel, *id)).await?;
        if let Some(lookup) = &lookup {
            let place = (channel, bucket_of(lookup.message_id), lookup.message_id);
            let message = store.get::<MessageRow>(place).await?;
            let forwarded = |row: &MessageRow| {
                row.snapshots.iter().any(|part| part.attachments.iter().any(|file| file.id == *id))
            };
            let has = |row: &MessageRow| row.attachments.iter().any(|file| file.id == *id) || forwarded(row);
            if message.as_ref().is_some_and(has) {
                continue;
            }
        }
        blobs.delete(BUCKET, &key(channel, *id, filename)).await?;
        let mut batch = Batch::new().delete::<AttachmentLookupRow>((channel, *id));
        if let Some(row) = store.get::<DecayRow>((*id,)).await? {
            batch = decay::remove(batch, &row);
        }
        store.commit(batch).await?;
    }
    Ok(())
}

/// Adds the end of what is kept beside messages for attachments that go with them.
pub(crate) async fn forget<'a>(
    app: &App,
    channel: ChannelId,
    files: impl Iterator<Item = &'a Attachment>,
    mut batch: Batch,
) -> Result<Batch> {
    let ids: Vec<AttachmentId> = files.map(|file| file.id).collect();
    for row in decay::find(app, &ids).await?.values() {
        batch = decay::remove(batch, row);
    }
    Ok(ids.into_iter().fold(batch, |batch, id| batch.delete::<AttachmentLookupRow>((channel, id))))
}

/// What attachments need of the worker.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(SWEEP, 2, move |payload| {
        let app = app.clone();
        async move {
            let made: Made = payload.parse()?;
            sweep(&app.store, &app.blobs, &made).await.map_err(JobError::retry)
        }
    })
}
