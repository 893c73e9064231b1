//! Roles of guilds, their order, and the groups of the member list.

use fluxer_domain::guilds::roles;
use fluxer_wire::guild_requests::{
    GuildRoleCreateRequest, GuildRoleHoistPositionItem, GuildRolePositionItem, GuildRoleUpdateRequest,
};

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::{GuildPath, GuildRolePath},
};

pub fn routes(api: &mut Api) {
    api.get("/guilds/{guild_id}/roles", "list_guild_roles")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_LIST)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(roles::list(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.post("/guilds/{guild_id}/roles", "create_guild_role")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_CREATE)
        .run(|call: Call<GuildPath, (), GuildRoleCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(roles::create(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.patch("/guilds/{guild_id}/roles", "update_guild_role_positions")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_POSITIONS)
        .run(|call: Call<GuildPath, (), Vec<GuildRolePositionItem>>| async move {
            roles::reorder(&call.app, call.actor()?, call.path.guild_id, call.body.clone()).await?;
            Ok(NoContent)
        });
    api.patch("/guilds/{guild_id}/roles/hoist-positions", "update_role_hoist_positions")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_HOIST_POSITIONS)
        .run(|call: Call<GuildPath, (), Vec<GuildRoleHoistPositionItem>>| async move {
            roles::set_hoist(&call.app, call.actor()?, call.path.guild_id, call.body.clone()).await?;
            Ok(NoContent)
        });
    api.delete("/guilds/{guild_id}/roles/hoist-positions", "reset_role_hoist_positions")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_HOIST_POSITIONS_RESET)
        .run(|call: Call<GuildPath>| async move {
            roles::reset_hoist(&call.app, call.actor()?, call.path.guild_id).await?;
            Ok(NoContent)
        });
    api.patch("/guilds/{guild_id}/roles/{role_id}", "update_guild_role")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_UPDATE)
        .run(|call: Call<GuildRolePath, (), GuildRoleUpdateRequest>| async move {
            let (GuildRolePath { guild_id, role_id }, form) = (call.path.clone(), call.body.clone());
            Ok(Json(roles::update(&call.app, call.actor()?, guild_id, role_id, form).await?))
        });
    api.delete("/guilds/{guild_id}/roles/{role_id}", "delete_guild_role")
        .tags(&["Guilds"])
        .limit(limits::GUILD_ROLE_DELETE)
        .run(|call: Call<GuildRolePath>| async move {
            let GuildRolePath { guild_id, role_id } = call.path;
            roles::delete(&call.app, call.actor()?, guild_id, role_id).await?;
            Ok(NoContent)
        });
}
