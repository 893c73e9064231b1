//! `GET /users/@me/saved-messages`.

use fluxer_wire::{
    message::Message,
    saved::{SavedMessage, SavedMessagesQuery, SavedStatus},
};
use platform_store::Batch;

use super::SavedMessageRow;
use crate::{
    Actor, App, Error, Result,
    messages::view::{self, Reader},
};

/// Newest message first. Entries whose message is gone are dropped on the way.
pub async fn list(app: &App, actor: &Actor, query: SavedMessagesQuery) -> Result<Vec<SavedMessage>> {
    let limit = query.limit.get();
    let mut saved = Vec::new();
    let mut gone = Batch::new();
    let mut before = None;
    while saved.len() < limit {
        let mut range = app.store.range::<SavedMessageRow>((actor.id(),)).descending().limit(limit);
        if let Some(id) = before {
            range = range.before((id,));
        }
        let page = range.fetch().await?;
        let Some(last) = page.last() else { break };
        before = Some(last.message_id);
        let looks = page.iter().map(|entry| look(app, actor, entry));
        for (entry, found) in page.iter().zip(futures_util::future::try_join_all(looks).await?) {
            let (status, message) = match found {
                Found::Gone => {
                    gone = gone.delete::<SavedMessageRow>((actor.id(), entry.message_id));
                    continue;
                }
                Found::Hidden => (SavedStatus::MissingPermissions, None),
                Found::Message(message) => (SavedStatus::Available, Some(*message)),
            };
            saved.push(SavedMessage {
                id: entry.message_id,
                channel_id: entry.channel_id,
                message_id: entry.message_id,
                status,
                message,
            });
        }
    }
    saved.truncate(limit);
    app.store.commit(gone).await?;
    Ok(saved)
}

enum Found {
    Gone,
    Hidden,
    Message(Box<Message>),
}

async fn look(app: &App, actor: &Actor, entry: &SavedMessageRow) -> Result<Found> {
    let access = match app.channel_access(actor, entry.channel_id).await {
        Ok(access) if access.can_read(entry.message_id) => access,
        Ok(_) => return Ok(Found::Hidden),
        Err(Error::Refused(refusal)) if refusal.is(fluxer_wire::code::UNKNOWN_CHANNEL) => {
            // Not there for anybody, or not for this one.
            let exists = app.find_channel(entry.channel_id).await?.is_some();
            return Ok(if exists { Found::Hidden } else { Found::Gone });
        }
        Err(Error::Refused(_)) => return Ok(Found::Hidden),
        Err(error) => return Err(error),
    };
    let Some(row) = app.find_message(entry.channel_id, entry.message_id).await? else {
        return Ok(Found::Gone);
    };
    match view::one(app, Reader::new(actor, &access), row).await? {
        Some(message) => Ok(Found::Message(Box::new(message))),
        None => Ok(Found::Gone),
    }
}
