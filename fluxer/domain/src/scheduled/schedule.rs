//! `POST /channels/{channel_id}/messages/schedule` and
//! `PATCH /users/@me/scheduled-messages/{scheduled_message_id}`.

use fluxer_wire::{
    ChannelId, ScheduledMessageId, code,
    saved::{ScheduledMessage, ScheduledMessageRequest},
};
use platform_store::Batch;

use super::{
    manage::find,
    rows::{ScheduledMessageRow, ScheduledUpload},
    send::job,
    time::resolve,
    uploads,
    view::view,
};
use crate::{Actor, App, Error, Result, attachments::Uploads, fail, messages};

/// What a user needs; given while they are in a guild with the feature of that name.
const TRAIT: &str = "MT_MESSAGE_SCHEDULING";

pub async fn schedule(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: ScheduledMessageRequest,
    uploads: &Uploads,
) -> Result<ScheduledMessage> {
    let id = app.next_id();
    let row = check(app, actor, channel, id, form, uploads).await?;
    save(app, row, uploads, Vec::new()).await
}

/// The whole message again; it is pending again, too.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ScheduledMessageId,
    form: ScheduledMessageRequest,
    uploads: &Uploads,
) -> Result<ScheduledMessage> {
    let old = find(app, actor, id).await?;
    // Files that the new version still names and does not bring along stay.
    let entries = form.message.attachments.as_deref().unwrap_or_default();
    let is_named = |index: u64| entries.iter().any(|entry| entry.filename.is_some() && entry.id.0 == index);
    let is_new = |index: u64| uploads.iter().any(|upload| upload.index == index);
    let (kept, dropped): (Vec<_>, Vec<_>) =
        old.uploads.into_iter().partition(|upload| is_named(upload.index) && !is_new(upload.index));
    let row = check(app, actor, old.channel_id, id, form, uploads).await?;
    let row = ScheduledMessageRow { created_at: old.created_at, version: old.version + 1, ..row };
    let view = save(app, row, uploads, kept).await?;
    uploads::drop_objects(app, dropped);
    Ok(view)
}

async fn check(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    id: ScheduledMessageId,
    form: ScheduledMessageRequest,
    uploads: &Uploads,
) -> Result<ScheduledMessageRow> {
    if !actor.user.traits.iter().any(|name| name == TRAIT) {
        return fail(code::FEATURE_TEMPORARILY_DISABLED);
    }
    messages::check(app, actor, channel, form.message, uploads).await?;
    let now = app.clock.now();
    Ok(ScheduledMessageRow {
        user_id: actor.id(),
        scheduled_message_id: id,
        channel_id: channel,
        payload: form.payload,
        uploads: Vec::new(),
        scheduled_at: resolve(&form.scheduled_local_at, &form.timezone, now)?,
        scheduled_local_at: form.scheduled_local_at.into(),
        timezone: form.timezone.into(),
        invalid: false,
        status_reason: None,
        created_at: now,
        invalidated_at: None,
        version: 0,
    })
}

async fn save(
    app: &App,
    mut row: ScheduledMessageRow,
    uploads: &Uploads,
    kept: Vec<ScheduledUpload>,
) -> Result<ScheduledMessage> {
    row.uploads = uploads::store(app, row.user_id, row.scheduled_message_id, uploads).await?;
    row.uploads.extend(kept);
    let mut batch = Batch::new().put(&row);
    app.queue.push_in(&mut batch, job(&row)).map_err(Error::internal)?;
    app.store.commit(batch).await?;
    view(row)
}
