//! Rows of messages as the wire shows them.
//!
//! Whatever a page needs besides its rows (people, answered messages, reactions) is read
//! for all of them at once; turning a row into its wire form then waits for nothing.

use std::{collections::HashMap, sync::Arc};

use fluxer_wire::{
    MessageId, UserId,
    message::{Attachment, Embed, Message, MessageType, Reaction, ReferenceType},
    user::UserPartial,
};

use crate::{
    Actor, App, Result,
    access::{ChannelAccess, History},
    attachments::decay,
    media_urls::external_url,
    reactions::reactions_of,
    rows::{MessageRow, UserRow, bucket_of},
    users,
};

/// For whom messages are shown.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub id: UserId,
    pub history: History,
}

impl Reader {
    pub fn new(actor: &Actor, access: &ChannelAccess) -> Self {
        Self { id: actor.id(), history: access.history_cutoff() }
    }
    fn sees(&self, id: MessageId) -> bool {
        match self.history {
            History::All => true,
            History::None => false,
            History::Since(at) => id.timestamp() >= at,
        }
    }
}

/// Accounts by id; absent ones are shown as deleted.
#[derive(Debug, Default)]
pub struct People(HashMap<UserId, Arc<UserRow>>);

impl People {
    pub async fn load(app: &App, ids: Vec<UserId>) -> Result<Self> {
        let found = app.find_users(&ids).await?;
        Ok(Self(ids.into_iter().zip(found).filter_map(|(id, user)| Some((id, user?))).collect()))
    }
    pub fn partial(&self, app: &App, id: UserId) -> UserPartial {
        self.0.get(&id).map_or_else(|| users::deleted(id), |user| users::partial(app, user))
    }
}

/// Everybody who is named in the rows, each once.
fn named<'a>(rows: impl Iterator<Item = &'a MessageRow>) -> Vec<UserId> {
    let mut ids = Vec::new();
    for row in rows {
        let author = row.webhook_id.is_none().then_some(row.author_id);
        ids.extend(author.into_iter().chain(row.mention_users.iter().copied()));
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A page with reactions and answered messages.
pub async fn page(app: &App, reader: Reader, mut rows: Vec<MessageRow>) -> Result<Vec<Message>> {
    decay::settle(app, &mut rows, true).await?;
    let (answered, reactions) =
        futures_util::try_join!(answered(app, reader, &rows), all_reactions(app, reader.id, &rows))?;
    let people = People::load(app, named(rows.iter().chain(answered.values()))).await?;
    let messages = rows.into_iter().zip(reactions).map(|(row, reactions)| {
        let referenced = answered_id(&row).and_then(|id| answered.get(&id)).cloned();
        let mut message = message(app, row, &people);
        message.reactions = reactions;
        message.referenced_message = referenced.map(|row| Box::new(self::message(app, row, &people)));
        message
    });
    Ok(messages.collect())
}

/// One message with reactions and what it answers.
pub async fn one(app: &App, reader: Reader, row: MessageRow) -> Result<Option<Message>> {
    Ok(page(app, reader, vec![row]).await?.pop())
}

/// Messages by themselves: no reactions, nothing answered.
pub async fn bare(app: &App, mut rows: Vec<MessageRow>) -> Result<Vec<Message>> {
    decay::settle(app, &mut rows, true).await?;
    let people = People::load(app, named(rows.iter())).await?;
    Ok(rows.into_iter().map(|row| message(app, row, &people)).collect())
}

/// A message as events show it: with what it answers, whoever reads it, and no reactions.
pub async fn event(app: &App, row: MessageRow) -> Result<Message> {
    let answered = match answered_id(&row) {
        Some(id) => app.find_message(row.channel_id, id).await?,
        None => None,
    };
    answering(app, row, answered).await
}

/// A message with what it answers at hand.
pub async fn answering(app: &App, mut row: MessageRow, mut answered: Option<MessageRow>) -> Result<Message> {
    decay::settle(app, std::slice::from_mut(&mut row), false).await?;
    decay::settle(app, answered.as_mut_slice(), false).await?;
    let people = People::load(app, named([&row].into_iter().chain(&answered))).await?;
    let mut shown = message(app, row, &people);
    shown.referenced_message = answered.map(|row| Box::new(message(app, row, &people)));
    Ok(shown)
}

/// The message a reply answers or a pin notice is about, in the same channel.
fn answered_id(row: &MessageRow) -> Option<MessageId> {
    let reference = row.reference.as_ref()?;
    (reference.kind == ReferenceType::Reply && reference.channel_id == row.channel_id)
        .then_some(reference.message_id)
}

/// Answered messages by id; without those that are gone or that the reader may not see.
async fn answered(app: &App, reader: Reader, rows: &[MessageRow]) -> Result<HashMap<MessageId, MessageRow>> {
    let keys: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.channel_id, answered_id(row)?)))
        .filter(|(_, id)| reader.sees(*id))
        .map(|(channel, id)| (channel, bucket_of(id), id))
        .collect();
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let found = app.store.get_many::<MessageRow>(keys).await?;
    let mut found: Vec<MessageRow> = found.into_iter().flatten().collect();
    decay::settle(app, &mut found, false).await?;
    Ok(found.into_iter().map(|row| (row.message_id, row)).collect())
}

async fn all_reactions(app: &App, reader: UserId, rows: &[MessageRow]) -> Result<Vec<Vec<Reaction>>> {
    let reads = rows.iter().map(|row| async move {
        if row.has_reaction { reactions_of(app, reader, row).await } else { Ok(Vec::new()) }
    });
    futures_util::future::try_join_all(reads).await
}

/// The row as it is shown to nobody in particular.
pub fn message(app: &App, row: MessageRow, people: &People) -> Message {
    let author = match row.webhook_id {
        Some(id) => webhook_author(id.cast(), &row),
        None => people.partial(app, row.author_id),
    };
    let mentions = row.mention_users.iter().map(|id| people.partial(app, *id)).collect();
    shown(app, row, author, mentions)
}

/// As [`message`], with its people at hand.
pub fn shown(app: &App, row: MessageRow, author: UserPartial, mentions: Vec<UserPartial>) -> Message {
    let channel = row.channel_id;
    let mut attachments = row.attachments;
    for attachment in &mut attachments {
        place(app, channel, attachment);
    }
    Message {
        id: row.message_id,
        channel_id: channel,
        author,
        webhook_id: row.webhook_id,
        kind: MessageType::from_number(row.kind.into()).unwrap_or(MessageType::Default),
        flags: row.flags,
        content: row.content.unwrap_or_default(),
        timestamp: row.message_id.timestamp(),
        edited_timestamp: row.edited_timestamp,
        pinned: row.pinned_timestamp.is_some(),
        mention_everyone: row.mention_everyone,
        tts: false,
        mentions,
        mention_roles: row.mention_roles,
        embeds: proxied(app, row.embeds),
        attachments,
        stickers: row.stickers,
        reactions: Vec::new(),
        message_reference: row.reference,
        message_snapshots: row
            .snapshots
            .into_iter()
            .map(|mut snapshot| {
                snapshot.embeds = proxied(app, snapshot.embeds);
                for attachment in &mut snapshot.attachments {
                    place(app, channel, attachment);
                }
                snapshot
            })
            .collect(),
        call: row.call,
        nonce: None,
        referenced_message: None,
    }
}

/// Embeds with the addresses under which the media proxy has what lies elsewhere. They are
/// not kept with the message: the proxy and its key may change.
fn proxied(app: &App, mut embeds: Vec<Embed>) -> Vec<Embed> {
    for embed in &mut embeds {
        let media = [&mut embed.image, &mut embed.thumbnail, &mut embed.video, &mut embed.audio];
        for media in media.into_iter().flatten() {
            media.proxy_url = Some(external_url(app, &media.url));
        }
        for author in [&mut embed.author, &mut embed.provider].into_iter().flatten() {
            author.proxy_icon_url = author.icon_url.as_deref().map(|url| external_url(app, url));
        }
        if let Some(footer) = &mut embed.footer {
            footer.proxy_icon_url = footer.icon_url.as_deref().map(|url| external_url(app, url));
        }
        embed.children = proxied(app, std::mem::take(&mut embed.children));
    }
    embeds
}

/// Where an attachment is served from is not kept with it: addresses of a server may change.
fn place(app: &App, channel: fluxer_wire::ChannelId, attachment: &mut Attachment) {
    let expired = attachment.expired == Some(true);
    let url = (!expired).then(|| attachment_url(app, channel, attachment));
    attachment.proxy_url.clone_from(&url);
    attachment.url = url;
}

pub fn attachment_url(app: &App, channel: fluxer_wire::ChannelId, attachment: &Attachment) -> String {
    format!("{}/{}", app.settings.endpoints.media, attachment_key(channel, attachment))
}

/// The object of an attachment.
pub fn attachment_key(channel: fluxer_wire::ChannelId, attachment: &Attachment) -> String {
    format!("attachments/{channel}/{}/{}", attachment.id, attachment.filename)
}

fn webhook_author(id: UserId, row: &MessageRow) -> UserPartial {
    UserPartial {
        id,
        username: row.webhook_name.clone().unwrap_or_default(),
        discriminator: "0000".into(),
        global_name: None,
        avatar: row.webhook_avatar_hash.clone(),
        avatar_color: None,
        bot: true,
        system: false,
        flags: 0,
    }
}
