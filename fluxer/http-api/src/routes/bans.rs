//! Bans from guilds.

use fluxer_domain::guilds::bans;
use fluxer_wire::guild_requests::GuildBanCreateRequest;

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::{GuildPath, GuildUserPath},
};

pub fn routes(api: &mut Api) {
    api.get("/guilds/{guild_id}/bans", "list_guild_bans").tags(&["Guilds"]).limit(limits::GUILD_MEMBERS).run(
        |call: Call<GuildPath>| async move {
            Ok(Json(bans::list(&call.app, call.actor()?, call.path.guild_id).await?))
        },
    );
    api.put("/guilds/{guild_id}/bans/{user_id}", "ban_guild_member2")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_REMOVE)
        .run(|call: Call<GuildUserPath, (), GuildBanCreateRequest>| async move {
            let (GuildUserPath { guild_id, user_id }, form) = (call.path.clone(), call.body.clone());
            bans::ban(&call.app, call.actor()?, guild_id, user_id, form).await?;
            Ok(NoContent)
        });
    api.delete("/guilds/{guild_id}/bans/{user_id}", "unban_guild_member")
        .tags(&["Guilds"])
        .limit(limits::GUILD_MEMBER_REMOVE)
        .run(|call: Call<GuildUserPath>| async move {
            let GuildUserPath { guild_id, user_id } = call.path;
            bans::unban(&call.app, call.actor()?, guild_id, user_id).await?;
            Ok(NoContent)
        });
}
