//! `PUT` and `DELETE /channels/{channel_id}/permissions/{overwrite_id}`.

use fluxer_wire::{
    AnyId, ChannelId, Permissions, channel::Overwrite, channel_requests::PermissionOverwriteCreateRequest,
    code,
};

use crate::{Actor, App, EventName, Result, access::GuildAccess, fail, rows::ChannelRow};

/// Sets what one role or member is allowed and denied. Nobody grants what they lack.
pub async fn put_overwrite(
    app: &App,
    actor: &Actor,
    id: ChannelId,
    target: AnyId,
    form: PermissionOverwriteCreateRequest,
) -> Result<()> {
    let access = managed(app, actor, id).await?;
    let overwrite = Overwrite {
        id: target,
        kind: form.kind,
        allow: form.allow.unwrap_or_default().known(),
        deny: form.deny.unwrap_or_default().known(),
    };
    let Some(channel) = access.guild.channels.get(&id) else { return fail(code::UNKNOWN_CHANNEL) };
    let own = access.guild.channel_permissions(actor.id(), access.member.as_deref(), channel);
    if !own.contains(overwrite.allow | overwrite.deny) {
        return fail(code::MISSING_PERMISSIONS);
    }
    change(app, id, &access, |row| match row.overwrites.iter_mut().find(|existing| existing.id == target) {
        Some(existing) => *existing = overwrite,
        None => row.overwrites.push(overwrite),
    })
    .await
}

/// Removes it; one that is not there is removed already.
pub async fn delete_overwrite(app: &App, actor: &Actor, id: ChannelId, target: AnyId) -> Result<()> {
    let access = managed(app, actor, id).await?;
    change(app, id, &access, |row| row.overwrites.retain(|existing| existing.id != target)).await
}

async fn managed(app: &App, actor: &Actor, id: ChannelId) -> Result<GuildAccess> {
    let Some(info) = app.find_channel(id).await? else { return fail(code::UNKNOWN_CHANNEL) };
    let Some(guild) = info.guild else { return fail(code::UNKNOWN_CHANNEL) };
    let access = app.guild_access(actor, guild.id(), code::ACCESS_DENIED).await?;
    access.require(Permissions::MANAGE_ROLES)?;
    Ok(access)
}

async fn change(
    app: &App,
    id: ChannelId,
    access: &GuildAccess,
    change: impl FnMut(&mut ChannelRow) + Send,
) -> Result<()> {
    let row = app.store.update::<ChannelRow, _>((id,), change).await?;
    app.forget_channel(id);
    app.forget_guild(access.guild.id());
    let Some(row) = row else { return fail(code::UNKNOWN_CHANNEL) };
    super::tell(app, EventName::ChannelUpdate, &row).await?;
    Ok(())
}
