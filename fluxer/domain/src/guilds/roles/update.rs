//! `PATCH /guilds/{guild_id}/roles/{role_id}`.

use fluxer_wire::{
    GuildId, Permissions, RoleId, code, guild as wire, guild_requests::GuildRoleUpdateRequest,
};
use serde_json::json;

use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, Entry, snapshot},
    fail,
    rows::RoleRow,
};

/// Changes a role; of `@everyone` only its permissions and colour.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: GuildId,
    role: RoleId,
    form: GuildRoleUpdateRequest,
) -> Result<wire::Role> {
    let access = super::managed(app, actor, id).await?;
    let Some(old) = access.guild.roles.get(&role).cloned() else { return fail(code::UNKNOWN_ROLE) };
    if !super::can_manage(actor, &access, &old) {
        return fail(code::MISSING_PERMISSIONS);
    }
    let bits = form.permissions.map(|bits| super::grantable(&access, bits)).transpose()?;
    let everyone = super::is_everyone(id, role);
    let updated = app.store.update::<RoleRow, _>((id, role), |row| apply(row, &form, bits, everyone)).await?;
    app.forget_guild(id);
    let Some(row) = updated else { return fail(code::UNKNOWN_ROLE) };
    let view = crate::guilds::role(&row);
    app.to_guild(id, Event::new(EventName::GuildRoleUpdate, &json!({"role": view}))).await;
    let mut entry =
        Entry::new(Action::RoleUpdate).target(role).changed(&snapshot::role(&old), &snapshot::role(&row));
    if let Some(change) = difference(old.permissions(), row.permissions()) {
        entry = entry.change(change);
    }
    app.audit(actor, id, entry).await;
    Ok(view)
}

fn apply(row: &mut RoleRow, form: &GuildRoleUpdateRequest, bits: Option<Permissions>, everyone: bool) {
    if let Some(bits) = bits {
        row.permissions = bits.bits();
    }
    if let Some(color) = *form.color {
        row.color = color.0;
    }
    if everyone {
        return;
    }
    if let Some(name) = &*form.name {
        row.name = name.as_str().into();
    }
    row.hoist = form.hoist.unwrap_or(row.hoist);
    row.mentionable = form.mentionable.unwrap_or(row.mentionable);
    form.hoist_position.apply(&mut row.hoist_position);
}

/// What was granted and taken, by name.
fn difference(old: Permissions, new: Permissions) -> Option<serde_json::Value> {
    let names = |bits: Permissions| bits.names().collect::<Vec<_>>();
    let (added, removed) = (names(new & !old), names(old & !new));
    (!added.is_empty() || !removed.is_empty())
        .then(|| json!({"key": "permissions_diff", "new_value": {"added": added, "removed": removed}}))
}
