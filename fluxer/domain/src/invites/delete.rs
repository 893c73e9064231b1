//! `DELETE /invites/{invite_code}`, and removing those of a channel or guild that goes.

use fluxer_wire::{ChannelId, GuildId, Permissions, code};
use platform_store::Batch;
use serde_json::json;

use super::create::{entry, tell};
use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, snapshot},
    fail,
    rows::{InviteByChannelRow, InviteByGuildRow, InviteRow},
};

pub async fn delete(app: &App, actor: &Actor, code: &str) -> Result<()> {
    let row = super::find(app, code).await?;
    match row.guild_id {
        Some(guild) => of_guild(app, actor, guild, &row).await,
        None => of_group_dm(app, actor, &row).await,
    }
}

async fn of_guild(app: &App, actor: &Actor, id: GuildId, row: &InviteRow) -> Result<()> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    let Some(channel) = row.channel_id else { return fail(code::UNKNOWN_INVITE) };
    if row.inviter_id != Some(actor.id()) {
        access.require(Permissions::MANAGE_GUILD)?;
    }
    if !erase(app, row).await? {
        return fail(code::UNKNOWN_INVITE);
    }
    let body = json!({"code": row.code, "channel_id": channel, "guild_id": id});
    app.to_guild(id, Event::new(EventName::InviteDelete, &body).channel(channel)).await;
    let entry = entry(Action::InviteDelete, row).option("uses", row.uses).deleted(snapshot::invite(row));
    app.audit(actor, id, entry).await;
    Ok(())
}

async fn of_group_dm(app: &App, actor: &Actor, row: &InviteRow) -> Result<()> {
    let Some(channel) = row.channel_id else { return fail(code::UNKNOWN_INVITE) };
    let access = app.channel_access_any_age(actor, channel).await?;
    if access.channel.owner_id != Some(actor.id()) {
        return fail(code::MISSING_PERMISSIONS);
    }
    if !erase(app, row).await? {
        return fail(code::UNKNOWN_INVITE);
    }
    let body = json!({"code": row.code, "channel_id": channel});
    tell(app, &access, Event::new(EventName::InviteDelete, &body)).await;
    Ok(())
}

/// Removes the rows; of several callers exactly one gets true.
pub(super) async fn erase(app: &App, row: &InviteRow) -> Result<bool> {
    let erased = app.store.delete_if_exists::<InviteRow>((row.code.clone(),)).await?;
    app.store.commit(unindex(Batch::new(), row)).await?;
    Ok(erased)
}

fn unindex(mut batch: Batch, row: &InviteRow) -> Batch {
    if let Some(guild) = row.guild_id {
        batch = batch.delete::<InviteByGuildRow>((guild, row.code.clone()));
    }
    if let Some(channel) = row.channel_id {
        batch = batch.delete::<InviteByChannelRow>((channel, row.code.clone()));
    }
    batch
}

/// Removes a channel's invites, silently.
pub(crate) async fn erase_of_channel(app: &App, guild: GuildId, channel: ChannelId) -> Result<()> {
    let index = app.store.range::<InviteByChannelRow>((channel,)).all().await?;
    let mut batch = Batch::new().delete_partition::<InviteByChannelRow>((channel,));
    for entry in index {
        batch =
            batch.delete::<InviteRow>((entry.code.clone(),)).delete::<InviteByGuildRow>((guild, entry.code));
    }
    app.store.commit(batch).await?;
    Ok(())
}

/// Removes a guild's invites, silently.
pub(crate) async fn erase_of_guild(app: &App, guild: GuildId) -> Result<()> {
    let rows = super::list::rows_of_guild(app, guild).await?;
    let batch =
        rows.iter().fold(Batch::new().delete_partition::<InviteByGuildRow>((guild,)), |batch, row| {
            unindex(batch.delete::<InviteRow>((row.code.clone(),)), row)
        });
    app.store.commit(batch).await?;
    Ok(())
}
