//! `GET /users/@me/mentions` and `DELETE /users/@me/mentions/{message_id}`.

use fluxer_wire::{
    MessageId, UserId,
    message::{Message, MessageNamed},
    saved::MentionsQuery,
};

use super::RecentMentionRow;
use crate::{
    Actor, App, Error, Event, EventName, Result,
    messages::view::{self, Reader},
};

/// Newest first, without what the caller can no longer read.
pub async fn list(app: &App, actor: &Actor, query: MentionsQuery) -> Result<Vec<Message>> {
    let limit = query.limit.get();
    let mut messages = Vec::new();
    // Every entry of the feed is one of a guild.
    if !query.guilds.0 {
        return Ok(messages);
    }
    let mut before = *query.before;
    loop {
        let mut range = app.store.range::<RecentMentionRow>((actor.id(),)).descending().limit(limit);
        if let Some(id) = before {
            range = range.before((id,));
        }
        let page = range.fetch().await?;
        let Some(last) = page.last() else { return Ok(messages) };
        before = Some(last.message_id);
        for entry in page {
            let wanted = (query.roles.0 || !entry.is_role) && (query.everyone.0 || !entry.is_everyone);
            if !wanted {
                continue;
            }
            if let Some(message) = read(app, actor, &entry).await? {
                messages.push(message);
                if messages.len() == limit {
                    return Ok(messages);
                }
            }
        }
    }
}

/// The message, if the caller can read it.
async fn read(app: &App, actor: &Actor, entry: &RecentMentionRow) -> Result<Option<Message>> {
    let access = match app.channel_access(actor, entry.channel_id).await {
        Ok(access) => access,
        Err(Error::Refused(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    if !access.can_read(entry.message_id) {
        return Ok(None);
    }
    match app.find_message(entry.channel_id, entry.message_id).await? {
        Some(row) => view::one(app, Reader::new(actor, &access), row).await,
        None => Ok(None),
    }
}

pub async fn delete(app: &App, actor: &Actor, message: MessageId) -> Result<()> {
    let key: (UserId, MessageId) = (actor.id(), message);
    if app.store.delete_if_exists::<RecentMentionRow>(key).await? {
        let body = MessageNamed { message_id: message };
        app.to_user(actor.id(), Event::new(EventName::RecentMentionDelete, &body)).await;
    }
    Ok(())
}
