//! `/guilds/{guild_id}/roles/hoist-positions`: the order of groups in the member list.

use fluxer_wire::{GuildId, code, guild_requests::GuildRoleHoistPositionItem, invalid};

use crate::{Actor, App, Error, Result, fail, guilds::exclusively, rows::RoleRow};

pub async fn set_hoist(
    app: &App,
    actor: &Actor,
    id: GuildId,
    items: Vec<GuildRoleHoistPositionItem>,
) -> Result<()> {
    super::managed(app, actor, id).await?;
    let _lock = exclusively(app, id).await?;
    let access = super::managed(app, actor, id).await?;
    let mut roles = access.guild.roles.clone();
    for item in items {
        if super::is_everyone(id, item.id) {
            return Err(Error::field("id", invalid::CANNOT_SET_HOIST_FOR_EVERYONE_ROLE));
        }
        let Some(role) = roles.get_mut(&item.id) else {
            return Err(Error::field("id", invalid::INVALID_ROLE_ID));
        };
        if !super::can_manage(actor, &access, role) {
            return fail(code::MISSING_PERMISSIONS);
        }
        role.hoist_position = Some(item.hoist_position);
    }
    let before = &access.guild.roles;
    let changed =
        roles.into_values().filter(|role| before[&role.role_id].hoist_position != role.hoist_position);
    super::save_order(app, id, changed.collect()).await
}

pub async fn reset_hoist(app: &App, actor: &Actor, id: GuildId) -> Result<()> {
    let access = super::managed(app, actor, id).await?;
    let set = access.guild.roles.values().filter(|role| role.hoist_position.is_some());
    let changed = set.map(|role| RoleRow { hoist_position: None, ..role.clone() });
    super::save_order(app, id, changed.collect()).await
}
