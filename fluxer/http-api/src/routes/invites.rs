//! Invites to guilds and group DMs.

use fluxer_domain::invites;
use fluxer_wire::{Form, invite::ChannelInviteCreateRequest};

use crate::{
    answer::{Json, NoContent},
    api::{Api, Auth},
    call::Call,
    limits,
    path::{ChannelPath, GuildPath},
};

#[derive(Debug, Clone, Form)]
struct InvitePath {
    invite_code: String,
}

pub fn routes(api: &mut Api) {
    api.get("/invites/{invite_code}", "get_invite")
        .tags(&["Invites"])
        .auth(Auth::None)
        .limit(limits::INVITE_GET)
        .run(|call: Call<InvitePath>| async move {
            Ok(Json(invites::get(&call.app, &call.path.invite_code).await?))
        });
    api.post("/invites/{invite_code}", "accept_invite")
        .tags(&["Invites"])
        .auth(Auth::User)
        .limit(limits::INVITE_ACCEPT)
        .run(|call: Call<InvitePath>| async move {
            Ok(Json(invites::accept(&call.app, call.actor()?, &call.path.invite_code).await?))
        });
    api.delete("/invites/{invite_code}", "delete_invite")
        .tags(&["Invites"])
        .limit(limits::INVITE_DELETE)
        .run(|call: Call<InvitePath>| async move {
            invites::delete(&call.app, call.actor()?, &call.path.invite_code).await?;
            Ok(NoContent)
        });
    api.get("/channels/{channel_id}/invites", "list_channel_invites")
        .tags(&["Invites"])
        .limit(limits::INVITE_LIST_CHANNEL)
        .run(|call: Call<ChannelPath>| async move {
            Ok(Json(invites::of_channel(&call.app, call.actor()?, call.path.channel_id).await?))
        });
    api.post("/channels/{channel_id}/invites", "create_channel_invite")
        .tags(&["Invites"])
        .limit(limits::INVITE_CREATE)
        .run(|call: Call<ChannelPath, (), ChannelInviteCreateRequest>| async move {
            let form = call.body.clone();
            Ok(Json(invites::create(&call.app, call.actor()?, call.path.channel_id, form).await?))
        });
    api.get("/guilds/{guild_id}/invites", "list_guild_invites")
        .tags(&["Invites"])
        .limit(limits::INVITE_LIST_GUILD)
        .run(|call: Call<GuildPath>| async move {
            Ok(Json(invites::of_guild(&call.app, call.actor()?, call.path.guild_id).await?))
        });
}
