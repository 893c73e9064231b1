//! The index of messages: filling it channel by channel, keeping it up to date, asking it.

pub mod fill;
mod filter;
pub mod find;
mod phrases;

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use fluxer_wire::{ChannelId, GuildId, MessageId};
use platform_search::{Document, Expr};
use platform_store::Batch;

use super::{changes::Noted, document, indexes::MESSAGES, rows::SearchedChannelRow};
use crate::{
    App, Error, Result,
    messages::pages::Span,
    rows::{MessageRow, bucket_of},
};

/// Messages read and put together.
const CHUNK: usize = 500;

/// The rows as documents.
pub(super) async fn documents(app: &App, rows: &[MessageRow]) -> Result<Vec<Document>> {
    let mut authors: Vec<_> = rows.iter().map(|row| row.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let people = app.find_users(&authors).await?;
    let bots: BTreeSet<_> =
        people.into_iter().flatten().filter(|user| user.bot).map(|user| user.user_id).collect();
    let mut guilds: BTreeMap<ChannelId, Option<GuildId>> = BTreeMap::new();
    for row in rows {
        if let Entry::Vacant(place) = guilds.entry(row.channel_id) {
            place.insert(app.find_channel(row.channel_id).await?.and_then(|info| info.row.guild_id));
        }
    }
    let document = |row: &MessageRow| {
        let guild = guilds.get(&row.channel_id).copied().flatten();
        document::message(row, guild, bots.contains(&row.author_id))
    };
    Ok(rows.iter().map(document).collect())
}

/// Tells the index what is noted. The caller holds [`super::Notes::telling`].
pub(super) async fn update(app: &App, noted: Vec<Noted<ChannelId, MessageId>>) -> Result<()> {
    let (mut new, mut gone, mut single) = (Vec::new(), Vec::new(), Vec::new());
    for note in noted {
        match note {
            Noted::New(channel) => new.push(channel),
            Noted::Gone(channel) => gone.push(channel),
            Noted::One(channel, id) => single.push((channel, id)),
        }
    }
    changed(app, &single).await?;
    let mut growing = new;
    while !growing.is_empty() {
        growing = grow(app, &growing).await?;
    }
    if !gone.is_empty() {
        app.search.delete_where(&MESSAGES, Expr::any("channelId", &gone)).await.map_err(Error::internal)?;
        let batch = gone.iter().fold(Batch::new(), |batch, id| batch.delete::<SearchedChannelRow>((*id,)));
        app.store.commit(batch).await?;
        gone.iter().for_each(|id| app.searched.invalidate(id));
    }
    Ok(())
}

async fn changed(app: &App, messages: &[(ChannelId, MessageId)]) -> Result<()> {
    for messages in messages.chunks(CHUNK) {
        let keys = messages.iter().map(|(channel, id)| (*channel, bucket_of(*id), *id)).collect();
        let rows = app.store.get_many::<MessageRow>(keys).await?;
        let gone = messages.iter().zip(&rows).filter(|(_, row)| row.is_none());
        let gone = gone.map(|((channel, id), _)| document::name(*channel, *id)).collect();
        let there: Vec<MessageRow> = rows.into_iter().flatten().collect();
        let documents = documents(app, &there).await?;
        let (put, deleted) =
            futures_util::join!(app.search.put(&MESSAGES, documents), app.search.delete(&MESSAGES, gone));
        put.and(deleted).map_err(Error::internal)?;
    }
    Ok(())
}

/// Puts messages that came after what is indexed; which of the channels have still more.
async fn grow(app: &App, channels: &[ChannelId]) -> Result<Vec<ChannelId>> {
    let keys = channels.iter().map(|id| (*id,)).collect();
    let searched = app.store.get_many::<SearchedChannelRow>(keys).await?;
    let generation = app.search.generation(&MESSAGES).await.map_err(Error::internal)?;
    let mut more = Vec::new();
    let (mut found, mut moved) = (Vec::new(), Vec::new());
    // one that was put into an index that is gone is filled from the beginning when asked for
    for mut row in searched.into_iter().flatten().filter(|row| row.generation == generation) {
        let span = Span { after: row.newest, before: None };
        let rows = app.oldest_messages(row.channel_id, span, CHUNK).await?;
        let Some(last) = rows.last().map(|message| message.message_id) else { continue };
        if rows.len() == CHUNK {
            more.push(row.channel_id);
        }
        row.newest = Some(last);
        moved.push(row);
        found.extend(documents(app, &rows).await?);
    }
    app.search.put(&MESSAGES, found).await.map_err(Error::internal)?;
    let moves = moved.iter().map(|row| {
        app.store.update::<SearchedChannelRow, _>((row.channel_id,), |kept| {
            if kept.generation == row.generation {
                kept.newest = kept.newest.max(row.newest);
            }
        })
    });
    futures_util::future::try_join_all(moves).await?;
    Ok(more)
}
