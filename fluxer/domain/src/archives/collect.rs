//! What an archive says about its guild. Never: invite codes that still work, or anything of
//! its members' accounts that is not shown to the other members.

use fluxer_wire::{ChannelId, GuildId, MessageId, Value, channel::ChannelType};
use serde_json::json;

use crate::{
    App, Result,
    audit::{Snapshot, snapshot},
    guilds::GuildSnapshot,
    images,
    messages::{pages::Span, view},
    rows::{EmojiRow, MemberRow, MessageRow, RoleRow, StickerRow},
    users,
};

/// Members whose names are read at a time.
const PAGE: usize = 200;

/// `guild.json`, and the files beside it.
pub async fn documents(app: &App, guild: &GuildSnapshot) -> Result<Vec<(&'static str, Value)>> {
    let id = guild.id();
    let roles = app.store.range::<RoleRow>((id,)).all().await?;
    let emojis = app.store.range::<EmojiRow>((id,)).all().await?;
    let stickers = app.store.range::<StickerRow>((id,)).all().await?;
    let channels = guild.channels.values().map(|row| {
        let mut entry = snapshot::channel(row);
        entry.insert("overwrites".into(), json!(row.overwrites));
        entry
    });
    Ok(vec![
        ("guild.json", Value::Object(snapshot::guild(&guild.row))),
        ("roles.json", roles.iter().map(|row| with("role_id", row.role_id, snapshot::role(row))).collect()),
        ("members.json", Value::Array(members(app, id).await?)),
        (
            "emojis.json",
            emojis.iter().map(|row| with("emoji_id", row.emoji_id, snapshot::emoji(row))).collect(),
        ),
        (
            "stickers.json",
            stickers.iter().map(|row| with("sticker_id", row.sticker_id, snapshot::sticker(row))).collect(),
        ),
        ("channels.json", channels.map(Value::Object).collect()),
    ])
}

fn with(name: &str, id: impl serde::Serialize, mut entry: Snapshot) -> Value {
    entry.insert(name.to_owned(), json!(id));
    Value::Object(entry)
}

async fn members(app: &App, id: GuildId) -> Result<Vec<Value>> {
    let rows = app.store.range::<MemberRow>((id,)).all().await?;
    let mut list = Vec::with_capacity(rows.len());
    for rows in rows.chunks(PAGE) {
        let ids: Vec<_> = rows.iter().map(|row| row.user_id).collect();
        let people = app.find_users(&ids).await?;
        for (row, user) in rows.iter().zip(people) {
            let mut entry = snapshot::member(row);
            entry.insert("joined_at".into(), json!(row.joined_at));
            entry.insert("user".into(), json!(user.map(|user| users::partial(app, &user))));
            list.push(Value::Object(entry));
        }
    }
    Ok(list)
}

/// The stored pictures of the guild: name in the archive, and key of the object.
pub fn pictures(guild: &GuildSnapshot) -> Vec<(String, String)> {
    let row = &guild.row;
    [
        ("icon", "icons", &row.icon_hash),
        ("banner", "banners", &row.banner_hash),
        ("splash", "splashes", &row.splash_hash),
        ("embed_splash", "embed-splashes", &row.embed_splash_hash),
    ]
    .into_iter()
    .filter_map(|(name, prefix, hash)| {
        let hash = hash.as_deref()?;
        let extension = if hash.starts_with("a_") { "gif" } else { "png" };
        let key = images::object_key(&format!("{prefix}/{}", row.guild_id), hash);
        Some((format!("assets/guild/{name}.{extension}"), key))
    })
    .collect()
}

/// The channels that hold messages.
pub fn text_channels(guild: &GuildSnapshot) -> Vec<ChannelId> {
    let mut ids: Vec<_> = guild
        .channels
        .values()
        .filter(|row| !row.is(ChannelType::Category))
        .map(|row| row.channel_id)
        .collect();
    ids.sort_unstable();
    ids
}

/// The messages of a channel after that one, oldest first, and the last one's id.
pub async fn messages(
    app: &App,
    channel: ChannelId,
    after: Option<MessageId>,
    limit: usize,
) -> Result<(Vec<Value>, Option<MessageId>)> {
    let after = Some(after.unwrap_or(MessageId::new(0)));
    let rows = app.oldest_messages(channel, Span { after, before: None }, limit).await?;
    let last = rows.last().map(|row| row.message_id);
    let entry = |row: MessageRow| {
        let url = |file| view::attachment_url(app, channel, file);
        json!({
            "id": row.message_id,
            "type": row.kind,
            "author_id": row.author_id,
            "webhook_id": row.webhook_id,
            "timestamp": row.message_id.timestamp(),
            "edited_timestamp": row.edited_timestamp,
            "content": row.content.as_deref().unwrap_or_default(),
            "attachments": row.attachments.iter().map(url).collect::<Vec<_>>(),
            "embeds": row.embeds,
            "flags": row.flags,
        })
    };
    Ok((rows.into_iter().map(entry).collect(), last))
}
