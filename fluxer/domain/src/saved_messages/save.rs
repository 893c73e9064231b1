//! `POST /users/@me/saved-messages` and `DELETE /users/@me/saved-messages/{message_id}`.

use fluxer_wire::{MessageId, code, message::MessageNamed, saved::SaveMessageRequest};

use super::{SavedMessageRow, count};
use crate::{
    Actor, App, Event, EventName, Result, fail,
    messages::view::{self, Reader},
};

/// Saving one again changes nothing.
pub async fn save(app: &App, actor: &Actor, form: SaveMessageRequest) -> Result<()> {
    let limit = app.user_limit(&actor.user, "max_bookmarks");
    if i64::try_from(count(app, actor.id()).await?).unwrap_or(i64::MAX) >= limit {
        return Err(fluxer_wire::Error::new(code::MAX_BOOKMARKS).with("max_bookmarks", limit).into());
    }
    let access = app.channel_access(actor, form.channel_id).await?;
    let row = app.readable_message(&access, form.message_id).await?;
    let entry = SavedMessageRow {
        user_id: actor.id(),
        message_id: form.message_id,
        channel_id: form.channel_id,
        saved_at: app.clock.now(),
    };
    if !app.store.insert_if_absent(&entry).await? {
        return Ok(());
    }
    let Some(message) = view::one(app, Reader::new(actor, &access), row).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    app.to_user(actor.id(), Event::new(EventName::SavedMessageCreate, &message)).await;
    Ok(())
}

pub async fn unsave(app: &App, actor: &Actor, message: MessageId) -> Result<()> {
    app.store.delete::<SavedMessageRow>((actor.id(), message)).await?;
    let body = MessageNamed { message_id: message };
    app.to_user(actor.id(), Event::new(EventName::SavedMessageDelete, &body)).await;
    Ok(())
}
