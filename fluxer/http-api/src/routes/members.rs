//! Members of guilds and the roles they have.

use fluxer_domain::guilds::members;
use fluxer_wire::guild_requests::{
    GuildMemberSearchRequest, GuildMemberUpdateRequest, MemberListQuery, MyGuildMemberUpdateRequest,
};

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::{GuildPath, GuildUserPath, GuildUserRolePath},
};

pub fn routes(api: &mut Api) {
    read(api);
    api.patch("/guilds/{guild_id}/members/@me", "update_current_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_UPDATE)
        .run(|call: Call<GuildPath, (), MyGuildMemberUpdateRequest>| async move {
            let (actor, form) = (call.actor()?, call.body.clone().into());
            Ok(Json(members::update(&call.app, actor, call.path.guild_id, actor.id(), form).await?))
        });
    api.patch("/guilds/{guild_id}/members/{user_id}", "update_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_UPDATE)
        .run(|call: Call<GuildUserPath, (), GuildMemberUpdateRequest>| async move {
            let (GuildUserPath { guild_id, user_id }, form) = (call.path.clone(), call.body.clone());
            Ok(Json(members::update(&call.app, call.actor()?, guild_id, user_id, form).await?))
        });
    api.delete("/guilds/{guild_id}/members/{user_id}", "remove_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_REMOVE)
        .run(|call: Call<GuildUserPath>| async move {
            let GuildUserPath { guild_id, user_id } = call.path;
            members::kick(&call.app, call.actor()?, guild_id, user_id).await?;
            Ok(NoContent)
        });
    api.put("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", "add_guild_member_role")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_ROLE_ADD)
        .run(|call: Call<GuildUserRolePath>| async move {
            let GuildUserRolePath { guild_id, user_id, role_id } = call.path;
            members::add_role(&call.app, call.actor()?, guild_id, user_id, role_id).await?;
            Ok(NoContent)
        });
    api.delete("/guilds/{guild_id}/members/{user_id}/roles/{role_id}", "remove_guild_member_role")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_ROLE_REMOVE)
        .run(|call: Call<GuildUserRolePath>| async move {
            let GuildUserRolePath { guild_id, user_id, role_id } = call.path;
            members::remove_role(&call.app, call.actor()?, guild_id, user_id, role_id).await?;
            Ok(NoContent)
        });
}

fn read(api: &mut Api) {
    api.get("/guilds/{guild_id}/members", "list_guild_members2")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBERS)
        .run(|call: Call<GuildPath, MemberListQuery>| async move {
            let query = call.query.clone();
            Ok(Json(members::list(&call.app, call.actor()?, call.path.guild_id, query).await?))
        });
    api.get("/guilds/{guild_id}/members/@me", "get_current_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBERS)
        .run(|call: Call<GuildPath>| async move {
            let actor = call.actor()?;
            Ok(Json(members::get(&call.app, actor, call.path.guild_id, actor.id()).await?))
        });
    api.get("/guilds/{guild_id}/members/{user_id}", "get_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBERS)
        .run(|call: Call<GuildUserPath>| async move {
            let GuildUserPath { guild_id, user_id } = call.path;
            Ok(Json(members::get(&call.app, call.actor()?, guild_id, user_id).await?))
        });
    api.post("/guilds/{guild_id}/members-search", "search_guild_members")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBERS)
        .run(|call: Call<GuildPath, (), GuildMemberSearchRequest>| async move {
            let form = call.body.clone();
            Ok(Json(members::search(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
}
