//! Taking reactions away: one's own, another's, all of an emoji, all.

use fluxer_wire::{
    ChannelId, MessageId, Permissions, UserId, code, flags::guild_operation, message::ReactionEvent,
};
use platform_store::Batch;

use super::emoji::{self, Key};
use crate::{
    Actor, App, Event, EventName, Result,
    access::ChannelAccess,
    fail,
    messages::write::to_channel,
    rows::{MessageRow, ReactionRow},
};

/// `DELETE …/reactions/{emoji}/@me`.
pub async fn remove_own(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
    session: Option<String>,
) -> Result<()> {
    match enter(app, actor, channel, message).await? {
        Some((access, _)) => remove(app, &access, message, emoji, actor.id(), session).await,
        None => Ok(()),
    }
}

/// `DELETE …/reactions/{emoji}/{target_id}`.
pub async fn remove_other(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
    user: UserId,
    session: Option<String>,
) -> Result<()> {
    let Some((access, row)) = enter(app, actor, channel, message).await? else { return Ok(()) };
    if user != actor.id() {
        may_clear(actor, &access, &row)?;
    }
    remove(app, &access, message, emoji, user, session).await
}

async fn remove(
    app: &App,
    access: &ChannelAccess,
    message: MessageId,
    emoji: &str,
    user: UserId,
    session: Option<String>,
) -> Result<()> {
    let channel = access.id();
    let key = Key::read(emoji);
    let (id, text) = key.columns();
    let place = (channel, message, id, text, user);
    let row = app.store.get::<ReactionRow>(place.clone()).await?;
    app.store.delete::<ReactionRow>(place).await?;
    let emoji = row.as_ref().map_or_else(|| key.shown(), emoji::of);
    let body =
        ReactionEvent { channel_id: channel, message_id: message, emoji: Some(emoji), user_id: Some(user) };
    let event = Event::new(EventName::MessageReactionRemove, &body)
        .channel(channel)
        .message(message)
        .member(user)
        .excluding(session);
    to_channel(app, &access.channel, event).await;
    Ok(())
}

/// `DELETE …/reactions/{emoji}`.
pub async fn clear_emoji(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
) -> Result<()> {
    let Some((access, row)) = enter(app, actor, channel, message).await? else { return Ok(()) };
    may_clear(actor, &access, &row)?;
    let key = Key::read(emoji);
    let rows = app.store.range::<ReactionRow>((channel, message)).starting_with(key.columns()).all().await?;
    let shown = rows.first().map_or_else(|| key.shown(), emoji::of);
    let batch = rows.into_iter().fold(Batch::new(), |batch, row| {
        batch.delete::<ReactionRow>((channel, message, row.emoji_id, row.emoji_key, row.user_id))
    });
    app.store.commit(batch).await?;
    tell(app, &access, message, EventName::MessageReactionRemoveEmoji, Some(shown)).await;
    Ok(())
}

/// `DELETE …/reactions`.
pub async fn clear(app: &App, actor: &Actor, channel: ChannelId, message: MessageId) -> Result<()> {
    let Some((access, row)) = enter(app, actor, channel, message).await? else { return Ok(()) };
    may_clear(actor, &access, &row)?;
    app.store.delete_partition::<ReactionRow>((channel, message)).await?;
    tell(app, &access, message, EventName::MessageReactionRemoveAll, None).await;
    Ok(())
}

async fn tell(
    app: &App,
    access: &ChannelAccess,
    message: MessageId,
    name: EventName,
    emoji: Option<fluxer_wire::message::ReactionEmoji>,
) {
    let body = ReactionEvent { channel_id: access.id(), message_id: message, emoji, user_id: None };
    to_channel(app, &access.channel, Event::new(name, &body).channel(access.id()).message(message)).await;
}

/// The channel and the message; `None` if there is no such message, which is not an error.
async fn enter(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
) -> Result<Option<(ChannelAccess, MessageRow)>> {
    let access = app.channel_access_any_age(actor, channel).await?;
    access.require_text_based()?;
    access.require_enabled(guild_operation::REACTIONS)?;
    let row = app.find_message(channel, message).await?;
    Ok(row.filter(|row| access.can_read(row.message_id)).map(|row| (access, row)))
}

/// The message's author, or in a guild a moderator.
fn may_clear(actor: &Actor, access: &ChannelAccess, row: &MessageRow) -> Result<()> {
    let is_moderator = access.guild.is_some() && access.can(Permissions::MANAGE_MESSAGES);
    if row.author_id == actor.id() || is_moderator { Ok(()) } else { fail(code::MISSING_PERMISSIONS) }
}
