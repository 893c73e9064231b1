//! Reactions.

use fluxer_domain::reactions;
use fluxer_wire::{
    ChannelId, Form, MessageId, UserId,
    message_requests::{ReactionUsersQuery, SessionQuery},
};

use crate::{
    answer::{Json, NoContent},
    api::Api,
    call::Call,
    limits,
    path::MessagePath,
};

#[derive(Debug, Form)]
struct EmojiPath {
    channel_id: ChannelId,
    message_id: MessageId,
    emoji: String,
}

#[derive(Debug, Form)]
struct EmojiUserPath {
    channel_id: ChannelId,
    message_id: MessageId,
    emoji: String,
    target_id: UserId,
}

pub fn routes(api: &mut Api) {
    api.get("/channels/{channel_id}/messages/{message_id}/reactions/{emoji}", "list_reaction_users")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_REACTIONS)
        .run(|call: Call<EmojiPath, ReactionUsersQuery>| async move {
            let EmojiPath { channel_id, message_id, emoji } = &call.path;
            let query = call.query.clone();
            let users =
                reactions::users(&call.app, call.actor()?, *channel_id, *message_id, emoji, query).await?;
            Ok(Json(users))
        });
    api.put("/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me", "add_reaction")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_REACTIONS)
        .run(|call: Call<EmojiPath, SessionQuery>| async move {
            let EmojiPath { channel_id, message_id, emoji } = &call.path;
            let session = call.query.session_id.clone();
            reactions::add(&call.app, call.actor()?, *channel_id, *message_id, emoji, session).await?;
            Ok(NoContent)
        });
    api.delete("/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me", "remove_own_reaction")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_REACTIONS)
        .run(|call: Call<EmojiPath, SessionQuery>| async move {
            let EmojiPath { channel_id, message_id, emoji } = &call.path;
            let session = call.query.session_id.clone();
            reactions::remove_own(&call.app, call.actor()?, *channel_id, *message_id, emoji, session).await?;
            Ok(NoContent)
        });
    api.delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{target_id}",
        "remove_reaction",
    )
    .tags(&["Channels"])
    .limit(limits::CHANNEL_REACTIONS)
    .run(|call: Call<EmojiUserPath, SessionQuery>| async move {
        let EmojiUserPath { channel_id, message_id, emoji, target_id } = &call.path;
        let (actor, session) = (call.actor()?, call.query.session_id.clone());
        reactions::remove_other(&call.app, actor, *channel_id, *message_id, emoji, *target_id, session)
            .await?;
        Ok(NoContent)
    });
    api.delete(
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}",
        "remove_all_reactions_for_emoji",
    )
    .tags(&["Channels"])
    .limit(limits::CHANNEL_REACTIONS)
    .run(|call: Call<EmojiPath>| async move {
        let EmojiPath { channel_id, message_id, emoji } = &call.path;
        reactions::clear_emoji(&call.app, call.actor()?, *channel_id, *message_id, emoji).await?;
        Ok(NoContent)
    });
    api.delete("/channels/{channel_id}/messages/{message_id}/reactions", "remove_all_reactions")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_REACTIONS)
        .run(|call: Call<MessagePath>| async move {
            let MessagePath { channel_id, message_id } = call.path;
            reactions::clear(&call.app, call.actor()?, channel_id, message_id).await?;
            Ok(NoContent)
        });
}
