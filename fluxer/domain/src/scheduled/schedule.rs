//! `POST /channels/{channel_id}/messages/schedule` and
//! `PATCH /users/@me/scheduled-messages/{scheduled_message_id}`.

use fluxer_wire::{
    ChannelId, ScheduledMessageId, code,
    saved::{ScheduledMessage, ScheduledMessageRequest},
};
use platform_store::Batch;

use super::{manage::find, rows::ScheduledMessageRow, send::job, time::resolve, view::view};
use crate::{Actor, App, Error, Result, fail, messages};

/// What a user needs; given while they are in a guild with the feature of that name.
const TRAIT: &str = "MT_MESSAGE_SCHEDULING";

pub async fn schedule(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: ScheduledMessageRequest,
) -> Result<ScheduledMessage> {
    let id = app.next_id();
    let row = check(app, actor, channel, id, form).await?;
    save(app, row).await
}

/// The whole message again; it is pending again, too.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ScheduledMessageId,
    form: ScheduledMessageRequest,
) -> Result<ScheduledMessage> {
    let old = find(app, actor, id).await?;
    let row = check(app, actor, old.channel_id, id, form).await?;
    save(app, ScheduledMessageRow { created_at: old.created_at, version: old.version + 1, ..row }).await
}

async fn check(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    id: ScheduledMessageId,
    form: ScheduledMessageRequest,
) -> Result<ScheduledMessageRow> {
    if !actor.user.traits.iter().any(|name| name == TRAIT) {
        return fail(code::FEATURE_TEMPORARILY_DISABLED);
    }
    messages::check(app, actor, channel, form.message).await?;
    let now = app.clock.now();
    Ok(ScheduledMessageRow {
        user_id: actor.id(),
        scheduled_message_id: id,
        channel_id: channel,
        payload: form.payload,
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

async fn save(app: &App, row: ScheduledMessageRow) -> Result<ScheduledMessage> {
    let mut batch = Batch::new().put(&row);
    app.queue.push_in(&mut batch, job(&row)).map_err(Error::internal)?;
    app.store.commit(batch).await?;
    view(row)
}
