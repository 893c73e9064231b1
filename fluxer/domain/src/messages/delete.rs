//! `DELETE /channels/{channel_id}/messages/{message_id}`.

use fluxer_wire::{
    ChannelId, MessageId, Permissions, code,
    message::{MessageDeleted, PinsUpdated},
};

use super::{erase::erase, write::to_channel};
use crate::{
    Actor, App, Event, EventName, Result,
    access::ChannelAccess,
    audit::{Action, Entry},
    fail,
    rows::MessageRow,
};

pub async fn delete(app: &App, actor: &Actor, channel: ChannelId, id: MessageId) -> Result<()> {
    let access = app.channel_access(actor, channel).await?;
    access.require_sending_enabled()?;
    let Some(row) = app.find_message(channel, id).await? else { return fail(code::UNKNOWN_MESSAGE) };
    let is_moderator =
        access.guild.is_some() && access.can(Permissions::SEND_MESSAGES | Permissions::MANAGE_MESSAGES);
    if !row.message_type().is_deletable() || !(row.author_id == actor.id() || is_moderator) {
        return fail(code::MISSING_PERMISSIONS);
    }
    remove(app, actor, &access, row).await
}

/// Removes a message and tells everybody who could see it.
pub(super) async fn remove(app: &App, actor: &Actor, access: &ChannelAccess, row: MessageRow) -> Result<()> {
    let (channel, id) = (row.channel_id, row.message_id);
    erase(app, channel, std::slice::from_ref(&row)).await?;
    let author_id = row.webhook_id.is_none().then_some(row.author_id);
    let body = MessageDeleted { channel_id: channel, id, content: row.content, author_id };
    let event = Event::new(EventName::MessageDelete, &body).channel(channel).message(id);
    let event = match author_id {
        Some(author) => event.member(author),
        None => event,
    };
    to_channel(app, &access.channel, event).await;
    if row.pinned_timestamp.is_some() {
        let last_pin_timestamp = app.head(channel).await?.last_pin_timestamp();
        let body = PinsUpdated { channel_id: channel, last_pin_timestamp };
        let event = Event::new(EventName::ChannelPinsUpdate, &body).channel(channel);
        to_channel(app, &access.channel, event).await;
    }
    if let Some(guild) = access.guild_id() {
        let entry =
            Entry::new(Action::MessageDelete).target(id).option("channel_id", channel).without_reason();
        app.audit(actor, guild, entry).await;
    }
    Ok(())
}
