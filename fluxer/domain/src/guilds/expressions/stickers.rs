//! `/guilds/{guild_id}/stickers`.

use fluxer_wire::{
    GuildId, List, Permissions, StickerId, Str, code,
    expressions::{
        ExpressionFailure, GuildStickerBulkCreateRequest, GuildStickerCreateRequest,
        GuildStickerUpdateRequest, StickerBulk, StickerWithUser,
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
    rows::StickerRow,
};

const TYPES: [&str; 4] = ["image/png", "image/gif", "image/webp", "image/avif"];

pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<StickerWithUser>> {
    app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    let mut views = Vec::new();
    for row in app.store.range::<StickerRow>((id,)).all().await? {
        let user = app.partial(row.creator_id).await?;
        views.push(StickerWithUser {
            id: row.sticker_id,
            name: row.name,
            description: row.description,
            tags: row.tags,
            animated: row.animated,
            user,
        });
    }
    Ok(views)
}

pub async fn create(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildStickerCreateRequest,
) -> Result<wire::Sticker> {
    let access = creatable(app, actor, id).await?;
    let row = add(app, actor, &access, form).await?;
    announce(app, id).await?;
    record_new(app, actor, &row).await;
    Ok(guilds::sticker(&row))
}

/// Each by itself: one that fails does not keep the others from being made.
pub async fn create_many(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildStickerBulkCreateRequest,
) -> Result<StickerBulk> {
    if form.stickers.is_empty() {
        return Err(Error::field("stickers", invalid::INVALID_FORMAT));
    }
    let access = creatable(app, actor, id).await?;
    let (mut made, mut failed) = (Vec::new(), Vec::new());
    for item in form.stickers.0 {
        let name = item.name.as_str().to_owned();
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
    Ok(StickerBulk { success: made.iter().map(guilds::sticker).collect(), failed })
}

pub async fn update(
    app: &App,
    actor: &Actor,
    id: GuildId,
    sticker: StickerId,
    form: GuildStickerUpdateRequest,
) -> Result<wire::Sticker> {
    let (access, old) = changeable(app, actor, id, sticker).await?;
    if access.member.is_none() {
        return fail(code::MISSING_PERMISSIONS);
    }
    super::may_change(actor, &access, old.creator_id)?;
    let row = StickerRow {
        name: form.name.into_inner(),
        description: form.description.map(String::from).unwrap_or_default(),
        tags: tags(form.tags),
        ..old.clone()
    };
    app.store.put(&row).await?;
    announce(app, id).await?;
    let entry = Entry::new(Action::StickerUpdate)
        .target(sticker)
        .changed(&snapshot::sticker(&old), &snapshot::sticker(&row));
    app.audit(actor, id, entry).await;
    Ok(guilds::sticker(&row))
}

pub async fn delete(app: &App, actor: &Actor, id: GuildId, sticker: StickerId, purge: bool) -> Result<()> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    super::may_purge(&access, purge)?;
    let (_, row) = changeable(app, actor, id, sticker).await?;
    super::may_change(actor, &access, row.creator_id)?;
    if !app.store.delete_if_exists::<StickerRow>((id, sticker)).await? {
        return fail(code::UNKNOWN_STICKER);
    }
    if purge {
        assets::discard_now(app, key(sticker), "purged").await?;
    }
    announce(app, id).await?;
    let entry = Entry::new(Action::StickerDelete).target(sticker).deleted(snapshot::sticker(&row));
    app.audit(actor, id, entry).await;
    Ok(())
}

async fn creatable(app: &App, actor: &Actor, id: GuildId) -> Result<GuildAccess> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::CREATE_EXPRESSIONS)?;
    Ok(access)
}

/// The sticker is found before the caller's right to it is asked.
async fn changeable(
    app: &App,
    actor: &Actor,
    id: GuildId,
    sticker: StickerId,
) -> Result<(GuildAccess, StickerRow)> {
    let access = app.guild_standing(actor, id).await?;
    match app.store.get::<StickerRow>((id, sticker)).await? {
        Some(row) => Ok((access, row)),
        None => fail(code::UNKNOWN_STICKER),
    }
}

pub(in crate::guilds) fn key(sticker: StickerId) -> String {
    format!("stickers/{sticker}")
}

async fn add(
    app: &App,
    actor: &Actor,
    access: &GuildAccess,
    form: GuildStickerCreateRequest,
) -> Result<StickerRow> {
    let image = super::inspect(app, actor.id(), form.image, &TYPES).await?;
    let guild = access.guild.id();
    let existing = app.store.range::<StickerRow>((guild,)).all().await?;
    if existing.len() as i64 >= app.guild_limit(&access.guild.row, "max_guild_stickers") {
        return fail(code::MAX_STICKERS);
    }
    let row = StickerRow {
        guild_id: guild,
        sticker_id: app.next_id(),
        name: form.name.into_inner(),
        description: form.description.map(String::from).unwrap_or_default(),
        tags: tags(form.tags),
        creator_id: actor.id(),
        animated: image.animated,
    };
    app.blobs.put(BUCKET, &key(row.sticker_id), image.bytes, image.content_type).await?;
    app.store.put(&row).await?;
    Ok(row)
}

fn tags(given: Option<List<Str<1, 30>, 10>>) -> Vec<String> {
    given.map(|tags| tags.0.into_iter().map(String::from).collect()).unwrap_or_default()
}

async fn record_new(app: &App, actor: &Actor, row: &StickerRow) {
    let entry = Entry::new(Action::StickerCreate).target(row.sticker_id).created(snapshot::sticker(row));
    app.audit(actor, row.guild_id, entry).await;
}

/// GUILD_STICKERS_UPDATE with all of them.
async fn announce(app: &App, id: GuildId) -> Result<()> {
    let rows = app.store.range::<StickerRow>((id,)).all().await?;
    let stickers: Vec<_> = rows.iter().map(guilds::sticker).collect();
    app.to_guild(id, Event::new(EventName::GuildStickersUpdate, &json!({"stickers": stickers}))).await;
    Ok(())
}
