//! The one place where a message comes into being: numbered, written and announced.
//!
//! Ids of a channel's messages rise in the order their writes reach the store, and they are
//! announced in that order. The lock that sees to it is never held across a wait.

use fluxer_wire::{
    UserId,
    channel::ChannelType,
    message::{Message, MessageCreated},
};
use platform_store::Batch;

use crate::{
    App, Event, EventName, Result,
    channels::{ChannelInfo, Turn},
    events::Mentions,
    rows::{ChannelRow, MessageBucketRow, MessageByAuthorRow, MessageRow, bucket_of},
};

/// What a new message does to read markers.
#[derive(Debug, Default)]
pub struct Readers<'a> {
    /// Has read everything up to this message: its author, unless a bot.
    pub caught_up: Option<UserId>,
    /// Have one unread mention more.
    pub mentioned: &'a [UserId],
}

/// Writes a message; done when it is durable. `with` adds to the batch what belongs to the
/// message once its id is known.
pub async fn write(
    app: &App,
    mut row: MessageRow,
    readers: Readers<'_>,
    with: impl FnOnce(&MessageRow, &mut Batch) -> Result<()>,
) -> Result<(MessageRow, Turn)> {
    let channel = row.channel_id;
    let head = app.head(channel).await?;
    let own = match readers.caught_up {
        Some(user) => Some(app.mark(user, channel).await?),
        None => None,
    };
    let keys: Vec<_> = readers.mentioned.iter().map(|user| (*user, channel)).collect();
    let others = if keys.is_empty() { Vec::new() } else { app.marks_of(&keys).await? };
    let (written, turn) = {
        let _order = head.order.lock();
        let id = app.next_id();
        row.message_id = id;
        row.bucket = bucket_of(id);
        let by_author = MessageByAuthorRow { author_id: row.author_id, message_id: id, channel_id: channel };
        let mut batch = Batch::new().put(&row).put(&by_author);
        if !head.knows_bucket(row.bucket) {
            batch = batch.put(&MessageBucketRow { channel_id: channel, bucket: row.bucket });
        }
        with(&row, &mut batch)?;
        let noting = app.noting();
        if head.is_searched() {
            app.note_new(&noting, &mut batch, channel)?;
        }
        head.advance(id);
        batch = batch.put(&head.row(channel));
        // No two of these are the same marker, and elsewhere only one is held at a time.
        let mut held = Vec::new();
        if let Some(mark) = &own {
            let mut mark = mark.lock();
            mark.message_id = Some(id);
            mark.mention_count = 0;
            batch = batch.put(&*mark);
            held.push(mark);
        }
        for mark in &others {
            let mut mark = mark.lock();
            mark.mention_count = mark.mention_count.saturating_add(1);
            batch = batch.put(&*mark);
            held.push(mark);
        }
        let written = app.store.commit(batch);
        drop(noting);
        (written, head.turn())
    };
    if let Err(error) = written.await {
        // What is in memory was never written.
        app.forget_head(channel);
        app.search_notes.forget(channel);
        for user in readers.caught_up.iter().chain(readers.mentioned) {
            app.marks.forget(*user, channel);
        }
        return Err(error.into());
    }
    head.learn_bucket(row.bucket);
    Ok((row, turn))
}

/// Tells everybody who may see it, after those before it.
pub async fn announce(app: &App, channel: &ChannelInfo, message: &Message, mut turn: Turn) {
    let body = MessageCreated { message, channel_type: channel.row.channel_type() };
    let event = Event::new(EventName::MessageCreate, &body)
        .channel(message.channel_id)
        .message(message.id)
        .member(message.author.id)
        .mentioning(Mentions {
            everyone: message.mention_everyone,
            users: message.mentions.iter().map(|user| user.id).collect(),
            roles: message.mention_roles.clone(),
        });
    turn.come().await;
    to_channel(app, &channel.row, event).await;
    app.push.arrived(app, channel, message);
}

/// Publishes to a guild's sessions or to everybody in a private channel.
pub async fn to_channel(app: &App, channel: &ChannelRow, event: Event) {
    match channel.guild_id {
        Some(guild) => app.to_guild(guild, event).await,
        None => app.to_users(people_of(channel), event).await,
    }
}

/// Everybody in a DM, group DM or notes.
pub fn people_of(channel: &ChannelRow) -> Vec<UserId> {
    if channel.is(ChannelType::PersonalNotes) {
        vec![channel.channel_id.cast()]
    } else {
        channel.recipient_ids.clone()
    }
}
