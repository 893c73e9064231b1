//! `/guilds/{guild_id}/emojis`.

use fluxer_wire::{
    ApiCode, EmojiId, GuildId, Permissions, code,
    expressions::{
        EmojiBulk, EmojiWithUser, ExpressionFailure, GuildEmojiBulkCreateRequest, GuildEmojiCreateRequest,
        GuildEmojiUpdateRequest,
    },
    guild as wire, invalid,
};
use serde_json::json;

use crate::{
    Actor, App, Error, Event, EventName, Result,
    access::GuildAccess,
    assets,
    audit::{Action, Entry, snapshot},
    fail, guilds,
    images::BUCKET,
    rows::EmojiRow,
};

const TYPES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<EmojiWithUser>> {
    app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    let mut views = Vec::new();
    for row in app.store.range::<EmojiRow>((id,)).all().await? {
        let user = app.partial(row.creator_id).await?;
        views.push(EmojiWithUser { id: row.emoji_id, name: row.name, animated: row.animated, user });
    }
    Ok(views)
}

pub async fn create(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildEmojiCreateRequest,
) -> Result<wire::Emoji> {
    let access = creatable(app, actor, id).await?;
    let row = add(app, actor, &access, form).await?;
    announce(app, id).await?;
    record_new(app, actor, &row).await;
    Ok(guilds::emoji(&row))
}

/// Each by itself: one that fails does not keep the others from being made.
pub async fn create_many(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildEmojiBulkCreateRequest,
) -> Result<EmojiBulk> {
    if form.emojis.is_empty() {
        return Err(Error::field("emojis", invalid::INVALID_FORMAT));
    }
    let access = creatable(app, actor, id).await?;
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for item in form.emojis.0 {
        let name = item.name.0.clone();
        match add(app, actor, &access, item).await {
            Ok(row) => made.push(row),
            Err(error) => failed.push(ExpressionFailure { name, error: super::reason(error)? }),
        }
    }
    if !made.is_empty() {
        announce(app, id).await?;
    }
    for row in &made {
        record_new(app, actor, row).await;
    }
    Ok(EmojiBulk { success: made.iter().map(guilds::emoji).collect(), failed })
}

pub async fn update(
    app: &App,
    actor: &Actor,
    id: GuildId,
    emoji: EmojiId,
    form: GuildEmojiUpdateRequest,
) -> Result<wire::Emoji> {
    let (access, old) = changeable(app, actor, id, emoji).await?;
    if access.member.is_none() {
        return fail(code::MISSING_PERMISSIONS);
    }
    super::may_change(actor, &access, old.creator_id)?;
    let row = EmojiRow { name: form.name.0, ..old.clone() };
    app.store.put(&row).await?;
    announce(app, id).await?;
    let entry =
        Entry::new(Action::EmojiUpdate).target(emoji).changed(&snapshot::emoji(&old), &snapshot::emoji(&row));
    app.audit(actor, id, entry).await;
    Ok(guilds::emoji(&row))
}

pub async fn delete(app: &App, actor: &Actor, id: GuildId, emoji: EmojiId, purge: bool) -> Result<()> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    super::may_purge(&access, purge)?;
    let (_, row) = changeable(app, actor, id, emoji).await?;
    super::may_change(actor, &access, row.creator_id)?;
    if !app.store.delete_if_exists::<EmojiRow>((id, emoji)).await? {
        return fail(code::UNKNOWN_EMOJI);
    }
    if purge {
        assets::discard_now(app, key(emoji), "purged").await?;
    }
    announce(app, id).await?;
    let entry = Entry::new(Action::EmojiDelete).target(emoji).deleted(snapshot::emoji(&row));
    app.audit(actor, id, entry).await;
    Ok(())
}

async fn creatable(app: &App, actor: &Actor, id: GuildId) -> Result<GuildAccess> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::CREATE_EXPRESSIONS)?;
    Ok(access)
}

/// The emoji is found before the caller's right to it is asked.
async fn changeable(
    app: &App,
    actor: &Actor,
    id: GuildId,
    emoji: EmojiId,
) -> Result<(GuildAccess, EmojiRow)> {
    let access = app.guild_standing(actor, id).await?;
    match app.store.get::<EmojiRow>((id, emoji)).await? {
        Some(row) => Ok((access, row)),
        None => fail(code::UNKNOWN_EMOJI),
    }
}

pub(in crate::guilds) fn key(emoji: EmojiId) -> String {
    format!("emojis/{emoji}")
}

async fn add(
    app: &App,
    actor: &Actor,
    access: &GuildAccess,
    form: GuildEmojiCreateRequest,
) -> Result<EmojiRow> {
    let image = super::inspect(app, actor.id(), form.image, &TYPES).await?;
    let guild = access.guild.id();
    let existing = app.store.range::<EmojiRow>((guild,)).all().await?;
    let alike = existing.iter().filter(|row| row.animated == image.animated).count() as i64;
    let (limit, refusal): (&str, ApiCode) = match image.animated {
        true => ("max_guild_emojis_animated", code::MAX_ANIMATED_EMOJIS),
        false => ("max_guild_emojis_static", code::MAX_EMOJIS),
    };
    if alike >= app.guild_limit(&access.guild.row, limit) {
        return fail(refusal);
    }
    let row = EmojiRow {
        guild_id: guild,
        emoji_id: app.next_id(),
        name: form.name.0,
        creator_id: actor.id(),
        animated: image.animated,
    };
    app.blobs.put(BUCKET, &key(row.emoji_id), image.bytes, image.content_type).await?;
    app.store.put(&row).await?;
    Ok(row)
}

async fn record_new(app: &App, actor: &Actor, row: &EmojiRow) {
    let entry = Entry::new(Action::EmojiCreate).target(row.emoji_id).created(snapshot::emoji(row));
    app.audit(actor, row.guild_id, entry).await;
}

/// GUILD_EMOJIS_UPDATE with all of them.
async fn announce(app: &App, id: GuildId) -> Result<()> {
    let rows = app.store.range::<EmojiRow>((id,)).all().await?;
    let emojis: Vec<_> = rows.iter().map(guilds::emoji).collect();
    app.to_guild(id, Event::new(EventName::GuildEmojisUpdate, &json!({"emojis": emojis}))).await;
    Ok(())
}
