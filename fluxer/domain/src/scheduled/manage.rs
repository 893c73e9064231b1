//! `GET /users/@me/scheduled-messages`, and one of them; `DELETE` one.

use fluxer_wire::{ScheduledMessageId, code, saved::ScheduledMessage};

use super::{rows::ScheduledMessageRow, view::view};
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
    Ok(app.store.delete::<ScheduledMessageRow>((actor.id(), id)).await?)
}

pub(super) async fn find(app: &App, actor: &Actor, id: ScheduledMessageId) -> Result<ScheduledMessageRow> {
    match app.store.get::<ScheduledMessageRow>((actor.id(), id)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_MESSAGE),
    }
}
