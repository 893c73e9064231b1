//! Roles of guilds. Several may share a position; between equals the older one is higher.

mod create;
mod delete;
mod hoist;
mod order;
mod reorder;
mod update;

pub use create::{add_managed_role, create};
pub use delete::delete;
pub use hoist::{reset_hoist, set_hoist};
pub use reorder::reorder;
pub use update::update;

use fluxer_wire::{GuildId, Permissions, RoleId, code, guild as wire};
use futures_util::future::try_join_all;
use serde_json::json;

use super::GuildSnapshot;
use crate::{Actor, App, Event, EventName, Result, access::GuildAccess, rows::RoleRow};

/// `GET /guilds/{guild_id}/roles`, highest first.
pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<wire::Role>> {
    let access = managed(app, actor, id).await?;
    Ok(ordered(&access.guild).into_iter().map(super::role).collect())
}

/// Highest position first, then by id.
pub fn ordered(guild: &GuildSnapshot) -> Vec<&RoleRow> {
    let mut roles: Vec<_> = guild.roles.values().collect();
    roles.sort_by(|a, b| order::by_height(a, b));
    roles
}

/// The guild for somebody who manages roles.
async fn managed(app: &App, actor: &Actor, id: GuildId) -> Result<GuildAccess> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    access.require(Permissions::MANAGE_ROLES)?;
    Ok(access)
}

fn can_manage(actor: &Actor, access: &GuildAccess, role: &RoleRow) -> bool {
    access.guild.can_manage(actor.id(), access.member.as_deref(), role)
}

/// Known bits only, and none the caller does not have.
fn grantable(access: &GuildAccess, bits: Permissions) -> Result<Permissions> {
    let bits = bits.known();
    if access.permissions.contains(bits) { Ok(bits) } else { crate::fail(code::MISSING_PERMISSIONS) }
}

fn is_everyone(guild: GuildId, role: RoleId) -> bool {
    role == guild.cast()
}

/// Writes the order of roles that have a new one and tells the guild; nothing for none.
/// Whatever else of them is changed or deleted meanwhile stays so.
async fn save_order(app: &App, guild: GuildId, changed: Vec<RoleRow>) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let writes = changed.iter().map(|new| {
        app.store.update::<RoleRow, _>((guild, new.role_id), |row| {
            row.position = new.position;
            row.hoist_position = new.hoist_position;
        })
    });
    let rows = try_join_all(writes).await;
    app.forget_guild(guild);
    let roles: Vec<_> = rows?.iter().flatten().map(super::role).collect();
    app.to_guild(guild, Event::new(EventName::GuildRoleUpdateBulk, &json!({"roles": roles}))).await;
    Ok(())
}
