//! `PUT` and `DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}`.

use fluxer_wire::{GuildId, Permissions, RoleId, UserId, code, invalid};

use crate::{
    Actor, App, Error, Result,
    audit::{Action, Entry, snapshot},
    fail,
};

pub async fn add_role(app: &App, actor: &Actor, guild: GuildId, user: UserId, role: RoleId) -> Result<()> {
    set(app, actor, guild, user, role, true).await
}

pub async fn remove_role(app: &App, actor: &Actor, guild: GuildId, user: UserId, role: RoleId) -> Result<()> {
    set(app, actor, guild, user, role, false).await
}

async fn set(app: &App, actor: &Actor, id: GuildId, user: UserId, role: RoleId, held: bool) -> Result<()> {
    let (access, target) = super::target(app, actor, id, user).await?;
    access.require(Permissions::MANAGE_ROLES)?;
    if role == id.cast() {
        return Err(Error::field("role_id", invalid::INVALID_ROLE_ID));
    }
    let guild = &access.guild;
    match guild.roles.get(&role) {
        Some(row) if guild.can_assign(actor.id(), access.member.as_deref(), row) => {}
        None if guild.is_owner(actor.id()) => return fail(code::UNKNOWN_ROLE),
        _ => return fail(code::MISSING_PERMISSIONS),
    }
    let row = super::change(app, id, user, |row| {
        if held {
            row.role_ids.insert(role);
            row.temporary = false;
        } else {
            row.role_ids.remove(&role);
        }
    })
    .await?;
    super::announce(app, &row).await?;
    let entry = Entry::new(Action::MemberRoleUpdate)
        .target(user)
        .changed(&snapshot::member(&target), &snapshot::member(&row));
    app.audit(actor, id, entry).await;
    Ok(())
}
