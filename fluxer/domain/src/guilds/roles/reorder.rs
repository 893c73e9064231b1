//! `PATCH /guilds/{guild_id}/roles`.

use std::collections::BTreeMap;

use fluxer_wire::{GuildId, code, guild_requests::GuildRolePositionItem, invalid};

use super::order;
use crate::{Actor, App, Error, Result, fail, guilds::exclusively, rows::RoleRow};

/// Gives roles new positions; those the caller cannot manage must keep theirs.
pub async fn reorder(app: &App, actor: &Actor, id: GuildId, items: Vec<GuildRolePositionItem>) -> Result<()> {
    super::managed(app, actor, id).await?;
    let _lock = exclusively(app, id).await?;
    // Read again: the order may have changed before the lock was had.
    let access = super::managed(app, actor, id).await?;
    let mut wanted = BTreeMap::new();
    for item in items {
        if super::is_everyone(id, item.id) {
            return Err(Error::field("id", invalid::CANNOT_REORDER_EVERYONE_ROLE));
        }
        let Some(role) = access.guild.roles.get(&item.id) else {
            return Err(Error::field("id", invalid::INVALID_ROLE_ID));
        };
        if !super::can_manage(actor, &access, role) {
            return fail(code::MISSING_PERMISSIONS);
        }
        if let Some(position) = item.position {
            wanted.insert(item.id, position);
        }
    }
    let mut current: Vec<RoleRow> = access.guild.roles.values().cloned().collect();
    current.retain(|role| !super::is_everyone(id, role.role_id));
    current.sort_by(order::by_height);
    let target = order::arrange(&current, &wanted);
    if !order::keeps(&current, &target, |role| !super::can_manage(actor, &access, role)) {
        return fail(code::MISSING_PERMISSIONS);
    }
    super::save_order(app, id, order::renumber(target)).await
}
