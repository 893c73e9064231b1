//! Direct messages and group DMs: opening, listing, pinning, who is in them.

use fluxer_domain::dms;
use fluxer_wire::social::{CreatePrivateChannelRequest, SilentQuery};

use crate::{
    answer::{Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::{ChannelPath, ChannelUserPath},
};

pub fn routes(api: &mut Api) {
    api.get("/users/@me/channels", "list_private_channels")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_CHANNELS)
        .run(|call: Call| async move { Ok(Json(dms::list(&call.app, call.actor()?.id()).await?)) });
    api.post("/users/@me/channels", "create_private_channel")
        .tags(&["Users"])
        .limit(limits::USER_CHANNELS)
        .run(|call: Call<(), (), CreatePrivateChannelRequest>| async move {
            Ok(Json(dms::create(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.put("/users/@me/channels/{channel_id}/pin", "pin_direct_message_channel")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_CHANNELS)
        .run(|call: Call<ChannelPath>| async move {
            dms::pin(&call.app, call.actor()?, call.path.channel_id).await?;
            Ok(NoContent)
        });
    api.delete("/users/@me/channels/{channel_id}/pin", "unpin_direct_message_channel")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_CHANNELS)
        .run(|call: Call<ChannelPath>| async move {
            dms::unpin(&call.app, call.actor()?, call.path.channel_id).await?;
            Ok(NoContent)
        });
    api.put("/channels/{channel_id}/recipients/{user_id}", "add_group_dm_recipient")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_UPDATE)
        .run(|call: Call<ChannelUserPath>| async move {
            let ChannelUserPath { channel_id, user_id } = call.path;
            dms::add_recipient(&call.app, call.actor()?, channel_id, user_id).await?;
            Ok(NoContent)
        });
    api.delete("/channels/{channel_id}/recipients/{user_id}", "remove_group_dm_recipient")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_UPDATE)
        .run(|call: Call<ChannelUserPath, SilentQuery>| async move {
            let ChannelUserPath { channel_id, user_id } = call.path;
            let silent = call.query.silent.0;
            dms::remove_recipient(&call.app, call.actor()?, channel_id, user_id, silent).await?;
            Ok(NoContent)
        });
}
