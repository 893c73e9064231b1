//! `GET /users/@me/scheduled-messages`, and one of them; `DELETE` one.

use fluxer_wire::{ChannelId, ScheduledMessageId, code, saved::ScheduledMessage};

use super::{rows::ScheduledMessageRow, uploads, view::view};
use crate::{Actor, App, Result, fail};

pub async fn list(app: &App, actor: &Actor) -> Result<Vec<ScheduledMessage>> {
    let rows = app.store.range::<ScheduledMessageRow>((actor.id(),)).all().await?;
    rows.into_iter().map(view).collect()
}

pub async fn get(app: &App, actor: &Actor, id: ScheduledMessageId) -> Result<ScheduledMessage> {
    view(find(app, actor, id).await?)
}

/// Not an error if there is none.
pub async fn cancel(app: &App, actor: &Actor, id: ScheduledMessageId) -> Result<()> {
    let Some(row) = app.store.get::<ScheduledMessageRow>((actor.id(), id)).await? else { return Ok(()) };
    app.store.delete::<ScheduledMessageRow>((actor.id(), id)).await?;
    uploads::drop_objects(app, row.uploads);
    Ok(())
}

/// Where the message is to be sent.
pub(crate) async fn channel_of(app: &App, actor: &Actor, id: ScheduledMessageId) -> Result<ChannelId> {
    Ok(find(app, actor, id).await?.channel_id)
}

pub(super) async fn find(app: &App, actor: &Actor, id: ScheduledMessageId) -> Result<ScheduledMessageRow> {
    match app.store.get::<ScheduledMessageRow>((actor.id(), id)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_MESSAGE),
    }
}
