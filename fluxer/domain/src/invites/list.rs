//! The invites of a channel and of a guild, newest first, without the vanity code.

use fluxer_wire::{ChannelId, GuildId, Permissions, channel::ChannelType, code, invite as wire};

use super::view::with_metadata;
use crate::{
    Actor, App, Result, fail,
    rows::{InviteByChannelRow, InviteByGuildRow, InviteRow},
};

/// `GET /channels/{channel_id}/invites`.
pub async fn of_channel(app: &App, actor: &Actor, id: ChannelId) -> Result<Vec<wire::Invite>> {
    let access = app.channel_access_any_age(actor, id).await?;
    match &access.guild {
        Some(guild) => guild.require(Permissions::MANAGE_CHANNELS)?,
        None if access.kind() != ChannelType::GroupDm => return fail(code::UNKNOWN_CHANNEL),
        None if access.channel.owner_id != Some(actor.id()) => return fail(code::MISSING_PERMISSIONS),
        None => {}
    }
    views(app, rows_of_channel(app, id).await?).await
}

/// `GET /guilds/{guild_id}/invites`.
pub async fn of_guild(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<wire::Invite>> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::MANAGE_GUILD)?;
    views(app, rows_of_guild(app, id).await?).await
}

pub(super) async fn rows_of_channel(app: &App, id: ChannelId) -> Result<Vec<InviteRow>> {
    let index = app.store.range::<InviteByChannelRow>((id,)).all().await?;
    rows(app, index.into_iter().map(|entry| entry.code)).await
}

pub(super) async fn rows_of_guild(app: &App, id: GuildId) -> Result<Vec<InviteRow>> {
    let index = app.store.range::<InviteByGuildRow>((id,)).all().await?;
    rows(app, index.into_iter().map(|entry| entry.code)).await
}

async fn rows(app: &App, codes: impl Iterator<Item = String>) -> Result<Vec<InviteRow>> {
    let found = app.store.get_many::<InviteRow>(codes.map(|code| (code,)).collect()).await?;
    let mut rows: Vec<_> = found.into_iter().flatten().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
    Ok(rows)
}

async fn views(app: &App, rows: Vec<InviteRow>) -> Result<Vec<wire::Invite>> {
    let mut views = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| !super::is_vanity(row)) {
        views.push(with_metadata(app, row).await?);
    }
    Ok(views)
}
