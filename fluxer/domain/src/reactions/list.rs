//! Reactions as they are shown: counts with a message, people on request.

use fluxer_wire::{
    ChannelId, EmojiId, MessageId, UserId, code, message::Reaction, message_requests::ReactionUsersQuery,
    user::UserPartial,
};

use super::emoji::{self, Key};
use crate::{
    Actor, App, Result, fail,
    rows::{MessageRow, ReactionRow},
};

/// Counts of a message's reactions, in the order the emojis were first used.
pub async fn reactions_of(app: &App, reader: UserId, message: &MessageRow) -> Result<Vec<Reaction>> {
    let rows = app.store.range::<ReactionRow>((message.channel_id, message.message_id)).all().await?;
    let mut groups: Vec<(platform_kernel::Timestamp, Reaction)> = Vec::new();
    let mut current: Option<(EmojiId, String)> = None;
    for row in rows {
        if current.as_ref().is_none_or(|(id, key)| *id != row.emoji_id || *key != row.emoji_key) {
            let reaction = Reaction { emoji: emoji::of(&row), count: 0, me: false };
            groups.push((row.reacted_at, reaction));
            current = Some((row.emoji_id, row.emoji_key));
        }
        if let Some((first, reaction)) = groups.last_mut() {
            *first = row.reacted_at.min(*first);
            reaction.count += 1;
            reaction.me |= row.user_id == reader;
        }
    }
    groups.sort_by_key(|(first, _)| *first);
    Ok(groups.into_iter().map(|(_, reaction)| reaction).collect())
}

/// The first row of every emoji on a message.
pub async fn distinct(app: &App, channel: ChannelId, message: MessageId) -> Result<Vec<ReactionRow>> {
    let mut found: Vec<ReactionRow> = Vec::new();
    loop {
        let mut range = app.store.range::<ReactionRow>((channel, message));
        if let Some(last) = found.last() {
            range = range.after((last.emoji_id, last.emoji_key.clone()));
        }
        match range.ascending().first().await? {
            Some(row) => found.push(row),
            None => return Ok(found),
        }
    }
}

/// `GET …/reactions/{emoji}`: people by id.
pub async fn users(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    emoji: &str,
    query: ReactionUsersQuery,
) -> Result<Vec<UserPartial>> {
    let access = app.channel_access_any_age(actor, channel).await?;
    access.require_text_based()?;
    if !access.can_read(message) || app.find_message(channel, message).await?.is_none() {
        return fail(code::UNKNOWN_MESSAGE);
    }
    let (id, key) = Key::read(emoji).columns();
    let range = app.store.range::<ReactionRow>((channel, message)).to((id, key.clone()));
    let range = match *query.after {
        Some(user) => range.after((id, key, user)),
        None => range.from((id, key)),
    };
    let rows = range.ascending().limit(query.limit.get()).fetch().await?;
    app.partials(rows.into_iter().map(|row| row.user_id)).await
}
