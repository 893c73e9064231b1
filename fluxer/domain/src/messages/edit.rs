//! `PATCH /channels/{channel_id}/messages/{message_id}`: by the author, or by a moderator who
//! may hide embeds and correct descriptions.

use std::collections::HashMap;

use fluxer_wire::{
    ChannelId, MessageId, Optional, Patch, Permissions, code, flags, invalid,
    message::{Attachment, Embed, Message},
    message_requests::{ClientAttachmentRequest, MessageRequestSchema},
};
use platform_store::Batch;

use super::{
    allowed::Allowed,
    attachment,
    create::limits,
    draft::{check_amounts, is_blank},
    embed_media, embeds, expressions, files, infected,
    mentioned::{self, Mentioned},
    text::normalize_untrimmed,
    unfurl, view,
    write::to_channel,
};
use crate::{
    Actor, App, Error, Event, EventName, Result,
    access::ChannelAccess,
    attachments::{self, Examined, Policy, Uploads, examine},
    fail,
    rows::{ChannelRow, MessageRow},
    safety::Bringer,
};

pub async fn edit(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    id: MessageId,
    form: MessageRequestSchema,
    uploads: &Uploads,
) -> Result<Message> {
    let access = app.channel_access(actor, channel).await?;
    let embeds = form.embeds.as_deref().unwrap_or_default();
    if !embeds.is_empty() {
        access.require(Permissions::EMBED_LINKS)?;
    }
    access.require_sending_enabled()?;
    let Some(row) = app.find_message(channel, id).await? else { return fail(code::UNKNOWN_MESSAGE) };
    if !row.message_type().is_user_content() {
        return fail(code::CANNOT_MODIFY_SYSTEM_WEBHOOK);
    }
    let content = form.content.value().map(String::as_str).unwrap_or_default();
    let files = form.attachments.as_deref().unwrap_or_default();
    if is_blank(content) && embeds.is_empty() && files.is_empty() && form.flags.is_none() {
        return fail(code::CANNOT_SEND_EMPTY_MESSAGE);
    }
    check_amounts(content, embeds.len(), files.len(), &limits(app, &actor.user))?;
    let kept: Vec<&str> = match form.attachments.as_deref() {
        Some(_) => files.iter().filter_map(|file| file.filename.as_deref()).collect(),
        None => row.attachments.iter().map(|file| file.filename.as_str()).collect(),
    };
    embeds::check_references(embeds, &kept)?;
    embeds::check_size(embeds)?;
    // once before and once after: whatever happens between, the index is told
    app.touch_messages(&[(channel, id)]).await?;
    let row = if row.author_id == actor.id() && row.webhook_id.is_none() {
        by_author(app, actor, &access, row, form, uploads).await?
    } else {
        by_moderator(app, &access, row, form).await?
    };
    announce_update(app, &access.channel, row).await
}

/// Tells everybody who may read it what the message is now.
pub(crate) async fn announce_update(app: &App, channel: &ChannelRow, row: MessageRow) -> Result<Message> {
    app.touch_messages(&[(row.channel_id, row.message_id)]).await?;
    let message = view::event(app, row).await?;
    let event = Event::new(EventName::MessageUpdate, &message)
        .channel(message.channel_id)
        .message(message.id)
        .member(message.author.id);
    to_channel(app, channel, event).await;
    Ok(message)
}

/// What an author changes; `None` leaves as it is.
struct Change {
    content: Option<(Option<String>, Mentioned)>,
    flags: Option<i32>,
    attachments: Option<Files>,
    embeds: Option<Vec<Embed>>,
    /// What a changed content shows instead of the embeds there are.
    previews: Option<Vec<Embed>>,
}

/// The files an edited message is to have: what is said of each, and those that are new.
struct Files {
    wanted: Vec<ClientAttachmentRequest>,
    /// By the number of their upload.
    new: HashMap<u64, Attachment>,
}

async fn by_author(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    row: MessageRow,
    mut form: MessageRequestSchema,
    uploads: &Uploads,
) -> Result<MessageRow> {
    if !row.snapshots.is_empty() {
        return Err(Error::field("message", invalid::MESSAGES_WITH_SNAPSHOTS_CANNOT_BE_EDITED));
    }
    let allowed = Allowed::read(form.allowed_mentions.take())?;
    let mut files = Vec::new();
    if !uploads.is_empty() {
        let metadata = form.attachments.as_deref().unwrap_or_default();
        match Box::pin(examine(app, Bringer::of(actor, access), Policy::of(access), metadata, uploads))
            .await?
        {
            Examined::Fine(found) => files = found,
            Examined::Infected => {
                form.content = Patch::Set(infected::notice(app));
                form.attachments = Optional(Some(Vec::new()));
                infected::drop_references(form.embeds.0.as_deref_mut().unwrap_or_default());
            }
        }
    }
    let content = match form.content.into_change() {
        None => None,
        Some(text) => {
            let text = normalize_untrimmed(text.unwrap_or_default());
            let answered = match &row.reference {
                Some(reference) => app.find_message(row.channel_id, reference.message_id).await?,
                None => None,
            };
            let mentioned =
                mentioned::resolve(app, actor.id(), access, &text, &allowed, answered.as_ref()).await?;
            let text = expressions::settle_emojis(app, &actor.user, access, text, false).await?;
            Some((Some(text).filter(|text| !text.is_empty()), mentioned))
        }
    };
    let url = |name: &str| {
        if let Some(url) = files::url(app, row.channel_id, &files, name) {
            return Some(url);
        }
        let file = row.attachments.iter().find(|file| file.filename == name)?;
        Some(view::attachment_url(app, row.channel_id, file))
    };
    let embeds = match form.embeds.0 {
        Some(embeds) if access.can(Permissions::EMBED_LINKS) => {
            let mut embeds = embeds::build(embeds, url)?;
            files::describe(app, row.channel_id, &files, &mut embeds);
            Box::pin(embed_media::look(app, &mut embeds, Policy::of(access).explicit)).await?;
            Some(embeds)
        }
        _ => None,
    };
    let (previews, links) = match &content {
        Some((text, _)) if embeds.is_none() && unfurl::may_preview(app, access) => {
            let links = Box::pin(unfurl::look_up(app, access, text.as_deref())).await;
            (Some(links.as_ref().map(|links| links.embeds.clone()).unwrap_or_default()), links)
        }
        _ => (None, None),
    };
    let sets_embeds = embeds.is_some();
    let numbers: Vec<u64> = files.iter().map(|file| file.index).collect();
    let kept = Box::pin(attachments::keep(app, row.channel_id, files)).await?;
    // What points at the message comes before the message points at it: a sweep sees neither or both.
    let recorded = kept.record(app, row.message_id, Batch::new());
    if !recorded.is_empty() {
        app.store.commit(recorded).await?;
    }
    let new = numbers.into_iter().zip(kept.attachments.iter().cloned()).collect();
    let attachments = form.attachments.0.map(|wanted| Files { wanted, new });
    let change = Change { content, flags: form.flags.0, attachments, embeds, previews };
    let now = app.clock.now();
    let mut removed = Vec::new();
    let updated = app
        .store
        .try_update_with::<MessageRow, _, Error>(row.key(), |row, batch| {
            let old = row.attachments.clone();
            let is_new = apply(row, &change, now);
            removed = gone(old, row);
            // with the row: a crash in between must not lose the preview
            if is_new
                && !sets_embeds
                && let Some(job) = links.as_ref().and_then(|links| links.job(row))
            {
                app.queue.push_in(batch, job).map_err(Error::internal)?;
            }
            Ok(true)
        })
        .await??;
    let Some(row) = updated else { return fail(code::UNKNOWN_MESSAGE) };
    kept.settle();
    attachment::removed(app, row.channel_id, &removed).await?;
    if sets_embeds {
        unfurl::cancel(app, &row).await;
    }
    Ok(row)
}

/// The files a message had before and has no more.
fn gone(old: Vec<Attachment>, row: &MessageRow) -> Vec<Attachment> {
    let is_gone = |file: &Attachment| row.attachments.iter().all(|kept| kept.id != file.id);
    old.into_iter().filter(is_gone).collect()
}

/// True if it says something else now.
fn apply(row: &mut MessageRow, change: &Change, now: platform_kernel::Timestamp) -> bool {
    let mut is_new = false;
    if let Some((content, mentioned)) = &change.content {
        if row.content != *content {
            row.content.clone_from(content);
            row.edited_timestamp = Some(now);
            is_new = true;
        }
        row.mention_users.clone_from(&mentioned.users);
        row.mention_roles.clone_from(&mentioned.roles);
        row.mention_everyone = mentioned.everyone;
    }
    if let Some(bits) = change.flags {
        row.flags = row.flags & !flags::message::SENDABLE | bits & flags::message::SENDABLE;
    }
    if let Some(files) = &change.attachments {
        row.attachments = kept_files(&row.attachments, &files.wanted, &files.new);
    }
    if let Some(embeds) = &change.embeds {
        row.embeds.clone_from(embeds);
    } else if is_new && let Some(previews) = &change.previews {
        row.embeds.clone_from(previews);
    }
    is_new
}

/// The files an edit leaves, in its order: new ones by the number of their upload, others by
/// id or by place, with new texts.
fn kept_files(
    files: &[Attachment],
    wanted: &[ClientAttachmentRequest],
    new: &HashMap<u64, Attachment>,
) -> Vec<Attachment> {
    let find = |wanted: &ClientAttachmentRequest| {
        let number = wanted.id.0;
        if wanted.filename.is_some()
            && let Some(file) = new.get(&number)
        {
            return Some(file.clone());
        }
        let by_id = || files.iter().find(|file| file.id.get() == number);
        let place = usize::try_from(number).ok().filter(|place| *place < files.len());
        let mut file = place.map_or_else(by_id, |place| files.get(place))?.clone();
        if let Some(title) = &wanted.title {
            file.title = Some(title.to_string());
        }
        if let Some(description) = &wanted.description {
            file.description = Some(description.to_string());
        }
        Some(file)
    };
    wanted.iter().filter_map(find).collect()
}

async fn by_moderator(
    app: &App,
    access: &ChannelAccess,
    row: MessageRow,
    form: MessageRequestSchema,
) -> Result<MessageRow> {
    let concerns_moderators = form.flags.is_some() || form.attachments.is_some();
    if access.guild.is_none() || !access.can(Permissions::MANAGE_MESSAGES) || !concerns_moderators {
        return fail(code::CANNOT_EDIT_OTHER_USER_MESSAGE);
    }
    let files = form.attachments.0;
    let is_new = |file: &ClientAttachmentRequest| {
        file.filename.is_some() || file.flags.is_some() || file.duration.is_some() || file.waveform.is_some()
    };
    if files.iter().flatten().any(is_new) {
        return Err(Error::field("attachments", invalid::CANNOT_EDIT_ATTACHMENT_METADATA));
    }
    let suppress = form.flags.map(|bits| bits & flags::message::SUPPRESS_EMBEDS);
    let mut removed = Vec::new();
    let updated = app
        .store
        .update::<MessageRow, _>(row.key(), |row| {
            if let Some(bit) = suppress {
                row.flags = row.flags & !flags::message::SUPPRESS_EMBEDS | bit;
            }
            if let Some(files) = &files {
                let old = row.attachments.clone();
                row.attachments = kept_files(&old, files, &HashMap::new());
                removed = gone(old, row);
            }
        })
        .await?;
    let Some(row) = updated else { return fail(code::UNKNOWN_MESSAGE) };
    attachment::removed(app, row.channel_id, &removed).await?;
    Ok(row)
}
