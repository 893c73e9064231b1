//! Custom emojis and stickers in messages: which of them an author may use where.
//!
//! An expression belongs to a guild. It works in its own guild for everybody, elsewhere for
//! members of its guild with the right feature and permission.

use std::collections::HashSet;

use fluxer_wire::{EmojiId, Permissions, StickerId, code, invalid, message::MessageSticker};

use super::text::{EmojiToken, emojis, replace_emojis};
use crate::{
    App, Error, Result,
    access::ChannelAccess,
    fail,
    rows::{EmojiRow, MembershipRow, StickerRow, UserRow},
};

/// The content with custom emojis the author may not use here replaced by their names.
pub async fn settle_emojis(
    app: &App,
    author: &UserRow,
    access: &ChannelAccess,
    content: String,
    check_permission: bool,
) -> Result<String> {
    let tokens = emojis(&content);
    if tokens.is_empty() {
        return Ok(content);
    }
    let usable = Box::pin(usable(app, author, access, &tokens, check_permission)).await?;
    Ok(replace_emojis(content, &tokens, |id| usable.contains(&id)))
}

async fn usable(
    app: &App,
    author: &UserRow,
    access: &ChannelAccess,
    tokens: &[EmojiToken],
    check_permission: bool,
) -> Result<HashSet<EmojiId>> {
    let ids: HashSet<EmojiId> = tokens.iter().map(|token| token.id).collect();
    let mut usable = HashSet::new();
    if let Some(guild) = access.guild_id() {
        let keys = ids.iter().map(|id| (guild, *id)).collect();
        let own = app.store.get_many::<EmojiRow>(keys).await?;
        usable.extend(own.into_iter().flatten().map(|row| row.emoji_id));
    }
    let external = app.has_feature(author, "feature_global_expressions")
        && (!check_permission || access.can(Permissions::USE_EXTERNAL_EMOJIS));
    if external {
        for id in ids.difference(&usable.clone()) {
            if find_emoji(app, author, *id).await?.is_some() {
                usable.insert(*id);
            }
        }
    }
    Ok(usable)
}

/// An emoji of a guild the user is in.
pub async fn find_emoji(app: &App, user: &UserRow, id: EmojiId) -> Result<Option<EmojiRow>> {
    let guilds = app.store.range::<MembershipRow>((user.user_id,)).all().await?;
    let keys = guilds.into_iter().map(|row| (row.guild_id, id)).collect();
    Ok(app.store.get_many::<EmojiRow>(keys).await?.into_iter().flatten().next())
}

async fn find_sticker(app: &App, user: &UserRow, id: StickerId) -> Result<Option<StickerRow>> {
    let guilds = app.store.range::<MembershipRow>((user.user_id,)).all().await?;
    let keys = guilds.into_iter().map(|row| (row.guild_id, id)).collect();
    Ok(app.store.get_many::<StickerRow>(keys).await?.into_iter().flatten().next())
}

/// The stickers of a message, or the first refusal.
pub async fn stickers(
    app: &App,
    author: &UserRow,
    access: &ChannelAccess,
    ids: &[StickerId],
) -> Result<Vec<MessageSticker>> {
    let mut stickers = Vec::with_capacity(ids.len());
    for id in ids {
        let row = sticker(app, author, access, *id).await?;
        stickers.push(MessageSticker { id: row.sticker_id, name: row.name, animated: row.animated });
    }
    Ok(stickers)
}

async fn sticker(app: &App, author: &UserRow, access: &ChannelAccess, id: StickerId) -> Result<StickerRow> {
    let global = app.has_feature(author, "feature_global_expressions");
    let refuse = |code| Err(Error::field("sticker", code));
    let Some(guild) = access.guild_id() else {
        if !global {
            return refuse(invalid::CUSTOM_STICKERS_IN_DMS_REQUIRE_PREMIUM);
        }
        return match find_sticker(app, author, id).await? {
            Some(row) => Ok(row),
            None => refuse(invalid::CUSTOM_STICKER_NOT_FOUND),
        };
    };
    if let Some(own) = app.store.get::<StickerRow>((guild, id)).await? {
        return Ok(own);
    }
    match find_sticker(app, author, id).await? {
        None => refuse(invalid::CUSTOM_STICKER_NOT_FOUND),
        Some(_) if !global => refuse(invalid::CUSTOM_STICKERS_REQUIRE_PREMIUM_OUTSIDE_SOURCE),
        Some(_) if !access.can(Permissions::USE_EXTERNAL_STICKERS) => fail(code::MISSING_PERMISSIONS),
        Some(row) => Ok(row),
    }
}
