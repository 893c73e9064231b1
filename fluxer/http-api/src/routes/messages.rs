//! Messages: sending, reading, changing, deleting; bookmarks, mentions and what is sent later.

use std::{pin::Pin, sync::Arc};

use fluxer_domain::{
    Actor, App,
    attachments::{self, Permit},
    mentions, messages, saved_messages, scheduled,
};
use fluxer_wire::{
    AttachmentId, ChannelId, Form, MessageId, ScheduledMessageId, Value,
    message_requests::{
        BulkDeleteMessagesRequest, MessageListQuery, MessageRequestSchema, PreloadMessagesRequest,
    },
    parse,
    saved::{MentionsQuery, SaveMessageRequest, SavedMessagesQuery, ScheduledMessageRequest},
};
use serde_json::Map;

use crate::{
    answer::{Created, Json, NoContent},
    api::{Api, Auth, BodyKind},
    call::Call,
    limits,
    path::{ChannelPath, MessagePath},
};

const TAGS: &[&str] = &["Channels", "Messages"];

#[derive(Debug, Form)]
struct AttachmentPath {
    channel_id: ChannelId,
    message_id: MessageId,
    attachment_id: AttachmentId,
}

#[derive(Debug, Form)]
struct OneMessagePath {
    message_id: MessageId,
}

#[derive(Debug, Form)]
struct ScheduledPath {
    scheduled_message_id: ScheduledMessageId,
}

pub fn routes(api: &mut Api) {
    channel(api);
    one(api);
    own(api);
    later(api);
}

/// What is done with a channel's messages.
fn channel(api: &mut Api) {
    api.get("/channels/{channel_id}/messages", "list_messages")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGES_GET)
        .run(|call: Call<ChannelPath, MessageListQuery>| async move {
            let query = call.query.clone();
            Ok(Json(messages::list(&call.app, call.actor()?, call.path.channel_id, query).await?))
        });
    api.post("/channels/{channel_id}/messages", "send_message")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGE_CREATE)
        .body(BodyKind::Message)
        .uploads(to_channel)
        .run(|call: Call<ChannelPath, (), MessageRequestSchema>| async move {
            let (mut call, body) = call.take_body();
            let uploads = std::mem::take(&mut call.uploads);
            Ok(Json(messages::create(&call.app, call.actor()?, call.path.channel_id, body, uploads).await?))
        });
    api.post("/channels/{channel_id}/messages/bulk-delete", "bulk_delete_messages")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGE_BULK_DELETE)
        .run(|call: Call<ChannelPath, (), BulkDeleteMessagesRequest>| async move {
            let (call, body) = call.take_body();
            messages::bulk_delete(&call.app, call.actor()?, call.path.channel_id, body).await?;
            Ok(NoContent)
        });
    api.post("/channels/{channel_id}/typing", "indicate_typing")
        .tags(&["Channels"])
        .limit(limits::CHANNEL_TYPING)
        .run(|call: Call<ChannelPath>| async move {
            messages::indicate_typing(&call.app, call.actor()?, call.path.channel_id).await?;
            Ok(NoContent)
        });
}

/// What is done with one message.
fn one(api: &mut Api) {
    api.get("/channels/{channel_id}/messages/{message_id}", "get_message")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGE_GET)
        .run(|call: Call<MessagePath>| async move {
            let MessagePath { channel_id, message_id } = call.path;
            Ok(Json(messages::get(&call.app, call.actor()?, channel_id, message_id).await?))
        });
    api.patch("/channels/{channel_id}/messages/{message_id}", "edit_message")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGE_UPDATE)
        .body(BodyKind::Message)
        .uploads(to_channel)
        .run(|call: Call<MessagePath, (), MessageRequestSchema>| async move {
            let (call, body) = call.take_body();
            let MessagePath { channel_id, message_id } = call.path;
            let uploads = &call.uploads;
            Ok(Json(messages::edit(&call.app, call.actor()?, channel_id, message_id, body, uploads).await?))
        });
    api.delete("/channels/{channel_id}/messages/{message_id}", "delete_message2")
        .tags(TAGS)
        .limit(limits::CHANNEL_MESSAGE_DELETE)
        .run(|call: Call<MessagePath>| async move {
            let MessagePath { channel_id, message_id } = call.path;
            messages::delete(&call.app, call.actor()?, channel_id, message_id).await?;
            Ok(NoContent)
        });
    api.delete(
        "/channels/{channel_id}/messages/{message_id}/attachments/{attachment_id}",
        "delete_message_attachment",
    )
    .tags(TAGS)
    .limit(limits::CHANNEL_MESSAGE_DELETE)
    .run(|call: Call<AttachmentPath>| async move {
        let AttachmentPath { channel_id, message_id, attachment_id } = call.path;
        messages::delete_attachment(&call.app, call.actor()?, channel_id, message_id, attachment_id).await?;
        Ok(NoContent)
    });
}

/// A user's own lists of messages.
fn own(api: &mut Api) {
    for (path, id) in [
        ("/users/@me/preload-messages", "preload_messages_for_channels"),
        ("/users/@me/channels/messages/preload", "preload_messages_for_channels_alt"),
    ] {
        api.post(path, id).tags(&["Users"]).limit(limits::USER_PRELOAD_MESSAGES).run(
            |call: Call<(), (), PreloadMessagesRequest>| async move {
                let (call, body) = call.take_body();
                Ok(Json(messages::preload(&call.app, call.actor()?, body).await?))
            },
        );
    }
    api.get("/users/@me/mentions", "list_mentions_for_current_user")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_MENTIONS_READ)
        .run(|call: Call<(), MentionsQuery>| async move {
            Ok(Json(mentions::list(&call.app, call.actor()?, call.query.clone()).await?))
        });
    api.delete("/users/@me/mentions/{message_id}", "delete_mention")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_MENTIONS_DELETE)
        .run(|call: Call<OneMessagePath>| async move {
            mentions::delete(&call.app, call.actor()?, call.path.message_id).await?;
            Ok(NoContent)
        });
    api.get("/users/@me/saved-messages", "list_saved_messages")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_READ)
        .run(|call: Call<(), SavedMessagesQuery>| async move {
            Ok(Json(saved_messages::list(&call.app, call.actor()?, call.query.clone()).await?))
        });
    api.post("/users/@me/saved-messages", "save_message")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_WRITE)
        .run(|call: Call<(), (), SaveMessageRequest>| async move {
            let (call, body) = call.take_body();
            saved_messages::save(&call.app, call.actor()?, body).await?;
            Ok(NoContent)
        });
    api.delete("/users/@me/saved-messages/{message_id}", "unsave_message")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_WRITE)
        .run(|call: Call<OneMessagePath>| async move {
            saved_messages::unsave(&call.app, call.actor()?, call.path.message_id).await?;
            Ok(NoContent)
        });
}

/// Messages that are sent later.
fn later(api: &mut Api) {
    api.post("/channels/{channel_id}/messages/schedule", "schedule_message")
        .tags(&["Channels"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_MESSAGE_CREATE)
        .body(BodyKind::ScheduledMessage)
        .uploads(to_channel)
        .run(|call: Call<ChannelPath, (), ScheduledMessageRequest>| async move {
            let (call, body) = call.take_body();
            let (channel, uploads) = (call.path.channel_id, &call.uploads);
            Ok(Created(scheduled::schedule(&call.app, call.actor()?, channel, body, uploads).await?))
        });
    api.get("/users/@me/scheduled-messages", "list_scheduled_messages")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_READ)
        .run(|call: Call| async move { Ok(Json(scheduled::list(&call.app, call.actor()?).await?)) });
    api.get("/users/@me/scheduled-messages/{scheduled_message_id}", "get_scheduled_message")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_READ)
        .run(|call: Call<ScheduledPath>| async move {
            let id = call.path.scheduled_message_id;
            Ok(Json(scheduled::get(&call.app, call.actor()?, id).await?))
        });
    api.patch("/users/@me/scheduled-messages/{scheduled_message_id}", "update_scheduled_message")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_WRITE)
        .body(BodyKind::ScheduledMessage)
        .uploads(to_scheduled)
        .run(|call: Call<ScheduledPath, (), ScheduledMessageRequest>| async move {
            let (call, body) = call.take_body();
            let id = call.path.scheduled_message_id;
            Ok(Json(scheduled::update(&call.app, call.actor()?, id, body, &call.uploads).await?))
        });
    api.delete("/users/@me/scheduled-messages/{scheduled_message_id}", "cancel_scheduled_message")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_SAVED_MESSAGES_WRITE)
        .run(|call: Call<ScheduledPath>| async move {
            let id = call.path.scheduled_message_id;
            scheduled::cancel(&call.app, call.actor()?, id).await?;
            Ok(NoContent)
        });
}

/// What may be uploaded to the channel of the path.
fn to_channel(
    app: Arc<App>,
    actor: Actor,
    path: Map<String, Value>,
) -> Pin<Box<dyn Future<Output = Permit> + Send>> {
    Box::pin(async move {
        match parse::<ChannelPath>(Value::Object(path)) {
            Ok(path) => attachments::permit(&app, &actor, path.channel_id).await,
            Err(refusal) => Permit::refused(refusal.into()),
        }
    })
}

/// What may be uploaded for the scheduled message of the path.
fn to_scheduled(
    app: Arc<App>,
    actor: Actor,
    path: Map<String, Value>,
) -> Pin<Box<dyn Future<Output = Permit> + Send>> {
    Box::pin(async move {
        match parse::<ScheduledPath>(Value::Object(path)) {
            Ok(path) => attachments::permit_scheduled(&app, &actor, path.scheduled_message_id).await,
            Err(refusal) => Permit::refused(refusal.into()),
        }
    })
}
