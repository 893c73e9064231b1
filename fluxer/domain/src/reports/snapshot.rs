//! How a target looked when it was reported.

use std::collections::BTreeMap;

use fluxer_wire::UserId;

use super::{
    GUILD, MESSAGE, USER, context,
    rows::{ContextMessage, CopiedAttachment, ReportRow},
};
use crate::{
    App, Result, attachments,
    channels::ChannelInfo,
    guilds::GuildSnapshot,
    images,
    messages::pages::Span,
    rows::{MessageRow, UserRow},
};

/// Where copies are kept.
pub const BUCKET: &str = "reports";
/// Messages shown before and after the reported one.
const AROUND: usize = 25;

pub fn of_user(row: &mut ReportRow, user: &UserRow) {
    row.report_type = USER;
    row.reported_user_id = Some(user.user_id);
    row.reported_user_avatar_hash.clone_from(&user.avatar_hash);
}

pub fn of_guild(row: &mut ReportRow, guild: &GuildSnapshot) {
    row.report_type = GUILD;
    row.reported_guild_id = Some(guild.id());
    context(row, Some(guild));
}

pub async fn of_message(
    app: &App,
    row: &mut ReportRow,
    channel: &ChannelInfo,
    message: &MessageRow,
    author: &UserRow,
) -> Result<()> {
    of_user(row, author);
    row.report_type = MESSAGE;
    row.reported_message_id = Some(message.message_id);
    row.reported_channel_id = Some(message.channel_id);
    row.reported_channel_name.clone_from(&channel.row.name);
    context(row, channel.guild.as_deref());
    row.message_context = surroundings(app, row.report_id.to_string().as_str(), message).await?;
    Ok(())
}

/// The message with up to 25 on either side, oldest first; what no person wrote is left out.
async fn surroundings(app: &App, report: &str, message: &MessageRow) -> Result<Vec<ContextMessage>> {
    let (channel, id) = (message.channel_id, message.message_id);
    let after = Span { after: Some(id), before: None };
    let (before, after) = futures_util::try_join!(
        app.newest_messages(channel, Span::before(id), AROUND),
        app.oldest_messages(channel, after, AROUND),
    )?;
    let rows = before.into_iter().rev().chain([message.clone()]).chain(after);
    let rows: Vec<MessageRow> = rows.filter(|row| row.webhook_id.is_none()).collect();
    let mut ids: Vec<UserId> = rows.iter().map(|row| row.author_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let users = app.find_users(&ids).await?;
    let authors: BTreeMap<UserId, _> = users.into_iter().flatten().map(|user| (user.user_id, user)).collect();
    let mut context = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(author) = authors.get(&row.author_id) else { continue };
        context.push(ContextMessage {
            attachments: copies(app, report, &row).await?,
            message_id: row.message_id,
            channel_id: row.channel_id,
            author_id: row.author_id,
            author_username: author.username.clone(),
            author_discriminator: author.discriminator,
            author_avatar_hash: author.avatar_hash.clone(),
            kind: row.kind,
            content: row.content,
            edited_timestamp: row.edited_timestamp,
            flags: row.flags,
            mention_everyone: row.mention_everyone,
            mention_users: row.mention_users,
            mention_roles: row.mention_roles.iter().map(|role| role.cast()).collect(),
            embeds: row.embeds,
            stickers: row.stickers,
        });
    }
    Ok(context)
}

/// Removes the copies of a report that is not to be.
pub async fn discard(app: &App, row: &ReportRow) -> Result<()> {
    for copy in row.message_context.iter().flat_map(|message| &message.attachments) {
        if let Some(key) = &copy.key {
            app.blobs.delete(BUCKET, key).await?;
        }
    }
    Ok(())
}

/// Copies of a message's files that no deletion reaches.
async fn copies(app: &App, report: &str, row: &MessageRow) -> Result<Vec<CopiedAttachment>> {
    let mut copies = Vec::with_capacity(row.attachments.len());
    for attachment in &row.attachments {
        let key = attachments::key(row.channel_id, attachment.id, &attachment.filename);
        let copy = format!("{report}/{key}");
        let found = app.blobs.copy((images::BUCKET, &key), (BUCKET, &copy)).await?;
        copies.push(CopiedAttachment { attachment: attachment.clone(), key: found.then_some(copy) });
    }
    Ok(copies)
}
