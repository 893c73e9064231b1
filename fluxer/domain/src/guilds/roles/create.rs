//! `POST /guilds/{guild_id}/roles`, and the role a bot brings along.

use fluxer_wire::{
    Error as Refusal, GuildId, Permissions, UserId, code, guild as wire,
    guild_requests::GuildRoleCreateRequest,
};
use serde_json::json;

use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, Entry, snapshot},
    guilds::members,
    rows::RoleRow,
};

pub async fn create(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildRoleCreateRequest,
) -> Result<wire::Role> {
    let access = super::managed(app, actor, id).await?;
    let limit = app.guild_limit(&access.guild.row, "max_guild_roles");
    if access.guild.roles.len() as i64 >= limit {
        return Err(Refusal::new(code::MAX_GUILD_ROLES).with("max_guild_roles", limit).into());
    }
    let bits = match form.permissions.0 {
        Some(bits) => super::grantable(&access, bits)?,
        None => Permissions::DEFAULT,
    };
    let row = RoleRow {
        color: form.color.map_or(0, |color| color.0),
        ..blank(app, id, form.name.into_inner(), bits)
    };
    save(app, actor, &row).await?;
    Ok(crate::guilds::role(&row))
}

/// A role named like the bot's application with what the bot was granted, given to it. The
/// caller was found to have those bits.
pub async fn add_managed_role(
    app: &App,
    actor: &Actor,
    id: GuildId,
    bot: UserId,
    name: &str,
    granted: Permissions,
) -> Result<()> {
    let row = blank(app, id, name.into(), granted.known());
    save(app, actor, &row).await?;
    let member = members::change(app, id, bot, |member| {
        member.role_ids.insert(row.role_id);
    })
    .await?;
    members::announce(app, &member).await?;
    Ok(())
}

/// Above `@everyone` and level with other new roles.
const POSITION: i32 = 1;

fn blank(app: &App, guild_id: GuildId, name: String, bits: Permissions) -> RoleRow {
    RoleRow {
        guild_id,
        role_id: app.next_id(),
        name,
        permissions: bits.bits(),
        position: POSITION,
        hoist_position: None,
        color: 0,
        hoist: false,
        mentionable: false,
        icon_hash: None,
        unicode_emoji: None,
        version: 0,
    }
}

async fn save(app: &App, actor: &Actor, row: &RoleRow) -> Result<()> {
    app.store.put(row).await?;
    app.forget_guild(row.guild_id);
    let body = json!({"role": crate::guilds::role(row)});
    app.to_guild(row.guild_id, Event::new(EventName::GuildRoleCreate, &body)).await;
    let entry = Entry::new(Action::RoleCreate).target(row.role_id).created(snapshot::role(row));
    app.audit(actor, row.guild_id, entry).await;
    Ok(())
}
