//! The directory of guilds: looking through it, and being listed in it.

use fluxer_domain::guilds::discovery;
use fluxer_wire::discovery::{
    DiscoveryApplicationPatchRequest, DiscoveryApplicationRequest, DiscoverySearchQuery,
};

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::GuildPath,
};

pub fn routes(api: &mut Api) {
    api.get("/discovery/categories", "list_discovery_categories")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_CATEGORIES)
        .run(|_: Call| async { Ok(Json(discovery::categories())) });
    api.get("/discovery/guilds", "search_discovery_guilds")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_SEARCH)
        .run(|call: Call<(), DiscoverySearchQuery>| async move {
            Ok(Json(discovery::search(&call.app, call.query).await?))
        });
    api.post("/discovery/guilds/{guild_id}/join", "join_discovery_guild")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_JOIN)
        .run(|call: Call<GuildPath>| async move {
            discovery::join(&call.app, call.actor()?, call.path.guild_id).await?;
            Ok(NoContent)
        });
    api.get("/guilds/{guild_id}/discovery", "get_discovery_status")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_STATUS)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(discovery::status(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.post("/guilds/{guild_id}/discovery", "apply_for_discovery")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_APPLY)
        .run(|call: Call<GuildPath, (), DiscoveryApplicationRequest>| async move {
            let form = call.body.clone();
            Ok(Json(discovery::apply(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.patch("/guilds/{guild_id}/discovery", "edit_discovery_application")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_APPLY)
        .run(|call: Call<GuildPath, (), DiscoveryApplicationPatchRequest>| async move {
            let form = call.body.clone();
            Ok(Json(discovery::edit(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.delete("/guilds/{guild_id}/discovery", "withdraw_discovery_application")
        .tags(&["Discovery"])
        .limit(limits::DISCOVERY_APPLY)
        .run(|call: Call<GuildPath>| async move {
            discovery::withdraw(&call.app, call.actor()?, call.path.guild_id).await?;
            Ok(NoContent)
        });
}
