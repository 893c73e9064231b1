//! Pinned messages.

use fluxer_domain::pins;
use fluxer_wire::message_requests::ChannelPinsQuery;

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::{ChannelPath, MessagePath},
};

pub fn routes(api: &mut Api) {
    api.get("/channels/{channel_id}/messages/pins", "list_pinned_messages")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_PINS)
        .run(|call: Call<ChannelPath, ChannelPinsQuery>| async move {
            let query = call.query.clone();
            Ok(Json(pins::list(&call.app, call.actor()?, call.path.channel_id, query).await?))
        });
    api.put("/channels/{channel_id}/pins/{message_id}", "pin_message")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_PINS)
        .run(|call: Call<MessagePath>| async move {
            let MessagePath { channel_id, message_id } = call.path;
            pins::pin(&call.app, call.actor()?, channel_id, message_id).await?;
            Ok(NoContent)
        });
    api.delete("/channels/{channel_id}/pins/{message_id}", "unpin_message")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_PINS)
        .run(|call: Call<MessagePath>| async move {
            let MessagePath { channel_id, message_id } = call.path;
            pins::unpin(&call.app, call.actor()?, channel_id, message_id).await?;
            Ok(NoContent)
        });
    api.post("/channels/{channel_id}/pins/ack", "acknowledge_pins")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_PINS)
        .run(|call: Call<ChannelPath>| async move {
            pins::ack(&call.app, call.actor()?, call.path.channel_id).await?;
            Ok(NoContent)
        });
}
