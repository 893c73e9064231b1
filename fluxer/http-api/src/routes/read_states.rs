//! Read markers.

use fluxer_domain::read_states;
use fluxer_wire::read_state::{MessageAckRequest, ReadStateAckBulkRequest};

use crate::{
    answer::NoContent,
    api::{Api, Auth},
    call::Call,
    limits,
    path::{ChannelPath, MessagePath},
};

pub fn routes(api: &mut Api) {
    api.post("/channels/{channel_id}/messages/{message_id}/ack", "acknowledge_message")
        .tags(&["Channels", "Messages"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_MESSAGE_ACK)
        .run(|call: Call<MessagePath, (), MessageAckRequest>| async move {
            let (call, body) = call.take_body();
            let MessagePath { channel_id, message_id } = call.path;
            read_states::ack(&call.app, call.actor()?, channel_id, message_id, body).await?;
            Ok(NoContent)
        });
    api.delete("/channels/{channel_id}/messages/ack", "clear_channel_read_state")
        .tags(&["Channels", "Messages"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_READ_STATE_DELETE)
        .run(|call: Call<ChannelPath>| async move {
            read_states::clear(&call.app, call.actor()?, call.path.channel_id).await?;
            Ok(NoContent)
        });
    api.post("/read-states/ack-bulk", "ack_bulk_messages")
        .tags(&["Read States"])
        .auth(Auth::User)
        .limit(limits::READ_STATE_ACK_BULK)
        .run(|call: Call<(), (), ReadStateAckBulkRequest>| async move {
            let (call, body) = call.take_body();
            read_states::ack_bulk(&call.app, call.actor()?, body).await?;
            Ok(NoContent)
        });
}
