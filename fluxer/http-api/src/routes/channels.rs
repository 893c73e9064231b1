//! Channels: those of a guild, and any one by id.

use fluxer_domain::channels;
use fluxer_wire::{
    AnyId, ChannelId, Form,
    channel_requests::{
        ChannelCreateRequest, ChannelPositionItem, ChannelUpdateRequest, PermissionOverwriteCreateRequest,
    },
    social::SilentQuery,
};

use crate::{
    answer::{Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::{ChannelPath, GuildPath},
};

#[derive(Debug, Clone, Form)]
struct OverwritePath {
    channel_id: ChannelId,
    overwrite_id: AnyId,
}

pub fn routes(api: &mut Api) {
    of_guild(api);
    api.get("/channels/{channel_id}", "get_channel").tags(&["Channels"]).limit(limits::CHANNEL_GET).run(
        |call: Call<ChannelPath>| async move {
            Ok(Json(channels::get(&call.app, call.actor()?, call.path.channel_id).await?))
        },
    );
    api.patch("/channels/{channel_id}", "update_channel")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_UPDATE)
        .run(|call: Call<ChannelPath, (), ChannelUpdateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(channels::update(&call.app, call.actor()?, call.path.channel_id, form).await?))
        });
    api.delete("/channels/{channel_id}", "delete_channel")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_DELETE)
        .run(|call: Call<ChannelPath, SilentQuery>| async move {
            let silent = call.query.silent.0;
            channels::delete(&call.app, call.actor()?, call.path.channel_id, silent).await?;
            Ok(NoContent)
        });
    api.put("/channels/{channel_id}/permissions/{overwrite_id}", "set_channel_permission_overwrite")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_UPDATE)
        .run(|call: Call<OverwritePath, (), PermissionOverwriteCreateRequest>| async move {
            let (OverwritePath { channel_id, overwrite_id }, form) = (call.path.clone(), call.body.clone());
            channels::put_overwrite(&call.app, call.actor()?, channel_id, overwrite_id, form).await?;
            Ok(NoContent)
        });
    api.delete("/channels/{channel_id}/permissions/{overwrite_id}", "delete_channel_permission_overwrite")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_UPDATE)
        .run(|call: Call<OverwritePath>| async move {
            let OverwritePath { channel_id, overwrite_id } = call.path;
            channels::delete_overwrite(&call.app, call.actor()?, channel_id, overwrite_id).await?;
            Ok(NoContent)
        });
    api.get("/channels/{channel_id}/rtc-regions", "list_rtc_regions")
        .tags(&["Channels"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_GET)
        .run(|call: Call<ChannelPath>| async move {
            Ok(Json(channels::rtc_regions(&call.app, call.actor()?, call.path.channel_id).await?))
        });
}

fn of_guild(api: &mut Api) {
    api.get("/guilds/{guild_id}/channels", "list_guild_channels")
        .tags(&["Guilds"])
        .limit(limits::GUILD_CHANNELS_LIST)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(channels::list(&call.app, call.actor()?, call.path.guild_id).await?))
        });
    api.post("/guilds/{guild_id}/channels", "create_guild_channel")
        .tags(&["Guilds"])
        .limit(limits::GUILD_CHANNEL_CREATE)
        .run(|call: Call<GuildPath, (), ChannelCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(channels::create(&call.app, call.actor()?, call.path.guild_id, form).await?))
        });
    api.patch("/guilds/{guild_id}/channels", "update_guild_channel_positions")
        .tags(&["Guilds"])
        .limit(limits::GUILD_CHANNEL_POSITIONS)
        .run(|call: Call<GuildPath, (), Vec<ChannelPositionItem>>| async move {
            channels::reorder(&call.app, call.actor()?, call.path.guild_id, call.body.clone()).await?;
            Ok(NoContent)
        });
}
