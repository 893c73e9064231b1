//! `PUT …/reactions/{emoji}/@me`.

use fluxer_wire::{
    ChannelId, MessageId, Permissions, code,
    flags::guild_operation,
    invalid,
    message::{ReactionEmoji, ReactionEvent},
};

use super::{
    emoji::{self, Key, is_unicode_emoji},
    list::distinct,
};
use crate::{
    Actor, App, Error, Event, EventName, Result,
    access::ChannelAccess,
    fail,
    messages::{find_emoji, write::to_channel},
    rows::{EmojiRow, MessageRow, ReactionRow},
};

pub async fn add(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
    session: Option<String>,
) -> Result<()> {
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_ADD_REACTIONS)?;
    let access = app.channel_access_any_age(actor, channel).await?;
    access.require_text_based()?;
    if !access.can_read(message) {
        return fail(code::UNKNOWN_MESSAGE);
    }
    access.require_enabled(guild_operation::REACTIONS)?;
    let Some(target) = app.find_message(channel, message).await? else { return fail(code::UNKNOWN_MESSAGE) };
    let key = Key::read(emoji);
    let (emoji_id, emoji_key) = key.columns();
    let place = (channel, message, emoji_id, emoji_key.clone(), actor.id());
    if app.store.get::<ReactionRow>(place).await?.is_some() {
        return Ok(());
    }
    let present = distinct(app, channel, message).await?;
    let same = present.iter().find(|row| row.emoji_id == emoji_id && row.emoji_key == emoji_key);
    let shown = match same {
        Some(row) => emoji::of(row),
        None => new_emoji(app, actor, &access, &key).await?,
    };
    let limit = app.user_limit(&actor.user, "max_reactions_per_message");
    if i64::try_from(present.len()).unwrap_or(i64::MAX) >= limit {
        return fail(code::MAX_REACTIONS);
    }
    if !target.has_reaction {
        // First, so that no reaction is ever overlooked.
        let mark = |row: &mut MessageRow| row.has_reaction = true;
        if app.store.update::<MessageRow, _>(target.key(), mark).await?.is_none() {
            return fail(code::UNKNOWN_MESSAGE);
        }
    }
    let row = ReactionRow {
        channel_id: channel,
        message_id: message,
        emoji_id,
        emoji_key,
        user_id: actor.id(),
        emoji_name: shown.name.clone(),
        animated: shown.animated,
        reacted_at: app.clock.now(),
    };
    if !app.store.insert_if_absent(&row).await? {
        return Ok(());
    }
    let body = ReactionEvent {
        channel_id: channel,
        message_id: message,
        emoji: Some(shown),
        user_id: Some(actor.id()),
    };
    let event = Event::new(EventName::MessageReactionAdd, &body)
        .channel(channel)
        .message(message)
        .member(actor.id())
        .excluding(session);
    to_channel(app, &access.channel, event).await;
    Ok(())
}

/// Whether the caller may bring this emoji to the message, and what it is called.
async fn new_emoji(app: &App, actor: &Actor, access: &ChannelAccess, key: &Key) -> Result<ReactionEmoji> {
    if access.guild.is_some() {
        access.require(Permissions::ADD_REACTIONS)?;
    }
    let shown = match key {
        Key::Unicode(text) if is_unicode_emoji(text) => key.shown(),
        Key::Unicode(_) => return Err(Error::field("emoji", invalid::NOT_A_VALID_UNICODE_EMOJI)),
        Key::Custom { id, .. } => {
            let own = match access.guild_id() {
                Some(guild) => app.store.get::<EmojiRow>((guild, *id)).await?,
                None => None,
            };
            let row = match own {
                Some(row) => row,
                None => {
                    let Some(row) = find_emoji(app, &actor.user, *id).await? else {
                        return Err(Error::field("emoji", invalid::CUSTOM_EMOJI_NOT_FOUND));
                    };
                    if !app.has_feature(&actor.user, "feature_global_expressions") {
                        let code = invalid::CUSTOM_EMOJIS_REQUIRE_PREMIUM_OUTSIDE_SOURCE;
                        return Err(Error::field("emoji", code));
                    }
                    access.require(Permissions::USE_EXTERNAL_EMOJIS)?;
                    row
                }
            };
            ReactionEmoji { id: Some(row.emoji_id), name: row.name, animated: row.animated }
        }
    };
    let timed_out = access
        .guild
        .as_ref()
        .and_then(|guild| guild.member.as_ref())
        .is_some_and(|member| member.is_timed_out(app.clock.now()));
    if timed_out { fail(code::COMMUNICATION_DISABLED) } else { Ok(shown) }
}
