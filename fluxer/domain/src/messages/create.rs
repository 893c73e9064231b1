//! `POST /channels/{channel_id}/messages`.

use std::time::Duration;

use fluxer_wire::{
    ChannelId, MessageId, Permissions, UserId,
    channel::ChannelType,
    code, flags, invalid,
    message::{Message, MessageReference, MessageType, ReferenceType},
    message_requests::{MessageReferenceRequest, MessageRequestSchema},
};
use platform_store::Batch;

use super::{
    dm,
    draft::{Draft, Limits},
    embed_media, embeds, expressions, files, forward, infected,
    mentioned::{self, Mentioned},
    permit, unfurl, view,
    write::{Readers, announce, write},
};
use crate::{
    Actor, App, Error, Result,
    access::ChannelAccess,
    attachments::{self, Examined, Incoming, Policy, Uploads, examine},
    channels::ChannelInfo,
    dms, fail, favorite_memes,
    mentions::Notice,
    rows::{MessageRow, UserRow},
    safety::Bringer,
    users,
};

const NONCE_TTL: Duration = Duration::from_secs(5 * 60);

/// Sends a message. The same nonce within five minutes gives the message it already made.
pub async fn create(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: MessageRequestSchema,
    uploads: Uploads,
) -> Result<Message> {
    let (access, draft) = admit(app, actor, channel, form).await?;
    match draft.nonce.clone() {
        Some(nonce) => Box::pin(create_once(app, actor, &access, draft, uploads, &nonce)).await,
        None => send(app, actor, &access, draft, uploads, Batch::new()).await,
    }
}

/// Sends a message that was ordered before; `done` takes the order away in the same write, so
/// that one that is carried out twice sends once.
pub(crate) async fn create_ordered(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: MessageRequestSchema,
    uploads: Uploads,
    done: Batch,
) -> Result<Message> {
    let (access, draft) = admit(app, actor, channel, form).await?;
    send(app, actor, &access, draft, uploads, done).await
}

async fn admit(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: MessageRequestSchema,
) -> Result<(ChannelAccess, Draft)> {
    if !is_own_notes(actor, channel) {
        actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_MESSAGES)?;
    }
    let access = enter(app, actor, channel).await?;
    if !is_own_notes(actor, channel) {
        permit::may_send(app, actor, &access, &form).await?;
        permit::take_turn(app, actor, &access).await?;
    }
    access.require_text_based()?;
    let draft = Draft::read(form, &limits(app, &actor.user))?;
    Ok((access, draft))
}

/// Everything [`create`] checks but slowmode, the claimed account and the nonce; sends nothing.
pub(crate) async fn check(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: MessageRequestSchema,
    uploads: &Uploads,
) -> Result<()> {
    let access = enter(app, actor, channel).await?;
    if !is_own_notes(actor, channel) {
        permit::may_send(app, actor, &access, &form).await?;
    }
    access.require_text_based()?;
    let draft = Draft::read(form, &limits(app, &actor.user))?;
    prepare(app, actor, &access, draft, uploads).await?;
    Ok(())
}

fn is_own_notes(actor: &Actor, channel: ChannelId) -> bool {
    channel == actor.id().cast()
}

async fn enter(app: &App, actor: &Actor, channel: ChannelId) -> Result<ChannelAccess> {
    if is_own_notes(actor, channel) {
        Box::pin(dms::ensure_notes(app, actor.id())).await?;
    }
    let access = app.channel_access(actor, channel).await?;
    if !actor.user.has(flags::user::HAS_SESSION_STARTED) {
        return Err(Error::field("content", invalid::MUST_START_SESSION_BEFORE_SENDING));
    }
    Ok(access)
}

pub(super) fn limits(app: &App, user: &UserRow) -> Limits {
    let limit = |key| app.user_limit(user, key).try_into().unwrap_or(0);
    Limits {
        content: limit("max_message_length"),
        embeds: limit("max_embeds_per_message"),
        attachments: limit("max_attachments_per_message"),
        voice_duration: app.user_limit(user, "max_voice_message_duration").try_into().unwrap_or(0),
    }
}

async fn create_once(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    draft: Draft,
    uploads: Uploads,
    nonce: &str,
) -> Result<Message> {
    let mut created = None;
    let key = format!("nonce:{}:{nonce}", actor.id());
    let make = async {
        let message = send(app, actor, access, draft, uploads, Batch::new()).await?;
        let place = (message.channel_id, message.id);
        created = Some(message);
        Ok::<_, Error>(place)
    };
    let (channel, id): (ChannelId, MessageId) = app.cache.get_with(&key, NONCE_TTL, make).await?;
    if let Some(message) = created {
        return Ok(message);
    }
    if channel != access.id() {
        return fail(code::UNKNOWN_MESSAGE);
    }
    let Some(row) = app.find_message(channel, id).await? else { return fail(code::UNKNOWN_MESSAGE) };
    let mut message = view::event(app, row).await?;
    message.nonce = Some(nonce.to_owned());
    Ok(message)
}

/// A message that only needs writing.
struct Prepared {
    row: MessageRow,
    /// The message it replies to.
    answered: Option<MessageRow>,
    mentioned: Mentioned,
    /// What is previewed, unless it brings embeds of its own.
    links: Option<unfurl::Links>,
    /// Its files, which have no objects yet.
    files: Vec<Incoming>,
    tts: bool,
    nonce: Option<String>,
}

/// The way of nearly every message. What only few of them need is boxed along it, so that
/// the future which is moved into a task for each stays small.
async fn send(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    draft: Draft,
    uploads: Uploads,
    with: Batch,
) -> Result<Message> {
    let mut prepared = prepare(app, actor, access, draft, &uploads).await?;
    let row = &mut prepared.row;
    if !row.embeds.is_empty() {
        Box::pin(embed_media::look(app, &mut row.embeds, Policy::of(access).explicit)).await?;
    }
    let may_have_links =
        row.embeds.is_empty() && row.content.as_ref().is_some_and(|text| text.contains("://"));
    if may_have_links
        && let Some(links) = Box::pin(unfurl::look_up(app, access, row.content.as_deref())).await
    {
        row.embeds.clone_from(&links.embeds);
        prepared.links = Some(links);
    }
    deliver(app, actor, access, prepared, with).await
}

async fn prepare(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    mut draft: Draft,
    uploads: &Uploads,
) -> Result<Prepared> {
    let own_notes = access.kind() == ChannelType::PersonalNotes;
    let mut row = MessageRow {
        channel_id: access.id(),
        author_id: actor.id(),
        kind: MessageType::Default.number(),
        flags: draft.flags,
        ..MessageRow::default()
    };
    let tts = draft.tts && access.can(Permissions::SEND_TTS_MESSAGES);
    if draft.is_forward() {
        let files = match &draft.reference {
            Some(reference) => Box::pin(forward::fill(app, actor, access, reference, &mut row)).await?,
            None => Vec::new(),
        };
        let mentioned = Mentioned::default();
        let nonce = draft.nonce;
        return Ok(Prepared { row, answered: None, mentioned, links: None, files, tts, nonce });
    }
    let answered = match &draft.reference {
        Some(reference) => Some(Box::pin(answered(app, access, reference)).await?),
        None => None,
    };
    if let Some(answered) = &answered {
        row.kind = MessageType::Reply.number();
        row.reference = Some(MessageReference {
            channel_id: access.id(),
            message_id: answered.message_id,
            guild_id: access.guild_id(),
            kind: ReferenceType::Reply,
        });
    }
    let mentioned =
        mentioned::resolve(app, actor.id(), access, &draft.content, &draft.allowed, answered.as_ref())
            .await?;
    let meme = match draft.favorite_meme {
        Some(id) => Some(Box::pin(favorite_memes::attach(app, actor, Policy::of(access), id.cast())).await?),
        None => None,
    };
    let (mut files, mut clean) = (Vec::new(), true);
    if !uploads.is_empty() {
        let examining =
            examine(app, Bringer::of(actor, access), Policy::of(access), &draft.attachments, uploads);
        match Box::pin(examining).await? {
            Examined::Fine(found) => files = found,
            Examined::Infected => {
                infected::replace(app, &mut draft, &mut row.flags);
                clean = false;
            }
        }
    }
    if let Some(meme) = meme.filter(|_| clean) {
        files.insert(0, meme);
        row.flags |= flags::message::COMPACT_ATTACHMENTS;
    }
    if !own_notes && !draft.stickers.is_empty() {
        let stickers = expressions::stickers(app, &actor.user, access, &draft.stickers);
        row.stickers = Box::pin(stickers).await?;
    }
    let content = expressions::settle_emojis(app, &actor.user, access, draft.content, true).await?;
    row.content = Some(content).filter(|content| !content.is_empty());
    row.embeds = embeds::build(draft.embeds, |name| files::url(app, access.id(), &files, name))?;
    files::describe(app, access.id(), &files, &mut row.embeds);
    row.mention_users.clone_from(&mentioned.users);
    row.mention_roles.clone_from(&mentioned.roles);
    row.mention_everyone = mentioned.everyone || mentioned.here;
    Ok(Prepared { row, answered, mentioned, links: None, files, tts, nonce: draft.nonce })
}

/// The message a reply is to: in this channel, readable, said by somebody.
async fn answered(
    app: &App,
    access: &ChannelAccess,
    reference: &MessageReferenceRequest,
) -> Result<MessageRow> {
    let found = app.find_message(access.id(), reference.message_id).await?;
    let Some(row) = found.filter(|row| access.can_read(row.message_id)) else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    if row.message_type().is_user_content() {
        Ok(row)
    } else {
        Err(Error::field("message_reference", invalid::CANNOT_REPLY_TO_SYSTEM_MESSAGE))
    }
}

async fn deliver(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    prepared: Prepared,
    with: Batch,
) -> Result<Message> {
    let Prepared { mut row, answered, mentioned, links, files, tts, nonce } = prepared;
    let kept = match files.is_empty() {
        true => None,
        false => {
            let kept = Box::pin(attachments::keep(app, access.id(), files)).await?;
            match row.snapshots.first_mut() {
                Some(snapshot) => snapshot.attachments.clone_from(&kept.attachments),
                None => row.attachments.clone_from(&kept.attachments),
            }
            Some(kept)
        }
    };
    let (closed, unread) = match access.guild {
        Some(_) => (Vec::new(), Vec::new()),
        None => Box::pin(private(app, actor, access, &row)).await?,
    };
    let notice = (access.guild.is_some() && (mentioned.is_anybody() || answered.is_some()))
        .then_some(mentioned.here && !mentioned.everyone);
    let readers = Readers { caught_up: (!actor.user.bot).then_some(actor.id()), mentioned: &unread };
    let (row, turn) = write(app, row, readers, |row, batch| {
        dm::reopen(&access.channel, &closed, batch);
        *batch = std::mem::take(batch).append(with);
        if let Some(here_only) = notice {
            let notice = Notice { channel_id: row.channel_id, message_id: row.message_id, here_only };
            app.queue.push_in(batch, notice.job()).map_err(Error::internal)?;
        }
        if let Some(job) = links.as_ref().and_then(|links| links.job(row)) {
            app.queue.push_in(batch, job).map_err(Error::internal)?;
        }
        if let Some(kept) = &kept {
            *batch = kept.record(app, row.message_id, std::mem::take(batch));
        }
        Ok(())
    })
    .await?;
    if let Some(kept) = kept {
        kept.settle();
    }
    if !closed.is_empty() {
        Box::pin(dm::announce_reopened(app, &access.channel, &closed)).await?;
    }
    let mut message = if row.mention_users.is_empty() && answered.is_none() {
        view::shown(app, row, users::partial(app, &actor.user), Vec::new())
    } else {
        Box::pin(view::answering(app, row, answered)).await?
    };
    message.tts = tts;
    message.nonce = nonce;
    let guild = access.guild.as_ref().map(|guild| guild.guild.clone());
    announce(app, &ChannelInfo { row: access.channel.clone(), guild }, &message, turn).await;
    Ok(message)
}

/// Whom the message reopens a DM for, and whose counter it raises.
async fn private(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    row: &MessageRow,
) -> Result<(Vec<UserId>, Vec<UserId>)> {
    let closed = dm::closed_for(app, &access.channel).await?;
    Ok((closed, unread_in_private(app, actor, access, row).await?))
}

/// Whose counter a message in a DM or group DM raises: of a person everybody's, of a bot
/// those it mentions.
async fn unread_in_private(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    row: &MessageRow,
) -> Result<Vec<UserId>> {
    if !matches!(access.kind(), ChannelType::Dm | ChannelType::GroupDm) {
        return Ok(Vec::new());
    }
    let mut others: Vec<UserId> =
        access.channel.recipient_ids.iter().copied().filter(|id| *id != actor.id()).collect();
    if actor.user.bot {
        others.retain(|id| row.mention_users.contains(id));
    }
    others.sort_unstable();
    others.dedup();
    let people = app.find_users(&others).await?;
    let is_person = |user: &Option<std::sync::Arc<UserRow>>| user.as_ref().is_some_and(|user| !user.bot);
    Ok(others.into_iter().zip(people).filter(|(_, user)| is_person(user)).map(|(id, _)| id).collect())
}
