//! `DELETE /guilds/{guild_id}/roles/{role_id}`.

use fluxer_wire::{GuildId, RoleId, code};
use futures_util::future::try_join_all;
use serde_json::json;

use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, Entry, snapshot},
    fail,
    rows::{MemberRow, RoleRow},
};

/// Deletes a role and takes it from every member; overwrites that name it stay.
pub async fn delete(app: &App, actor: &Actor, id: GuildId, role: RoleId) -> Result<()> {
    let access = super::managed(app, actor, id).await?;
    let Some(row) = access.guild.roles.get(&role).filter(|_| !super::is_everyone(id, role)) else {
        return fail(code::UNKNOWN_ROLE);
    };
    if !super::can_manage(actor, &access, row) {
        return fail(code::MISSING_PERMISSIONS);
    }
    if !app.store.delete_if_exists::<RoleRow>((id, role)).await? {
        return fail(code::UNKNOWN_ROLE);
    }
    app.forget_guild(id);
    take_from_all(app, id, role).await?;
    app.to_guild(id, Event::new(EventName::GuildRoleDelete, &json!({"role_id": role}))).await;
    let entry = Entry::new(Action::RoleDelete).target(role).deleted(snapshot::role(row));
    app.audit(actor, id, entry).await;
    Ok(())
}

/// Members changed at a time, so that the store can write them together.
const TOGETHER: usize = 100;

async fn take_from_all(app: &App, id: GuildId, role: RoleId) -> Result<()> {
    let members = app.store.range::<MemberRow>((id,)).all().await?;
    let holders: Vec<_> = members.iter().filter(|member| member.role_ids.contains(&role)).collect();
    for some in holders.chunks(TOGETHER) {
        let changes = some.iter().map(|member| async move {
            let key = (id, member.user_id);
            app.store
                .update::<MemberRow, _>(key, |member| {
                    member.role_ids.remove(&role);
                })
                .await?;
            app.forget_member(id, member.user_id);
            app.touch_member(id, member.user_id).await?;
            Ok::<_, crate::Error>(())
        });
        try_join_all(changes).await?;
    }
    Ok(())
}
