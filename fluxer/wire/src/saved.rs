//! Saved messages, the mentions feed and messages scheduled for later.

use serde::Deserialize;

use crate::{
    AnyId, At, ChannelId, Definitions, Field, Form, GuildId, MessageId, Optional, QueryBool, QueryInt, Reply,
    RoleId, ScheduledMessageId, StickerId, Str, Timestamp, UserId, Value,
    message::{Attachment, Embed, Message, MessageSticker, ReferenceType},
    message_requests::{MentionKind, MessageRequestSchema},
    text_enum,
};

#[derive(Debug, Clone, Form)]
pub struct SaveMessageRequest {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
}

#[derive(Debug, Clone, Form)]
pub struct SavedMessagesQuery {
    pub limit: QueryInt<1, 100, 25>,
}

text_enum! {
    pub enum SavedStatus {
        Available = "available",
        MissingPermissions = "missing_permissions",
    }
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "SavedMessageEntryResponse")]
pub struct SavedMessage {
    pub id: MessageId,
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    pub status: SavedStatus,
    pub message: Option<Message>,
}

/// Query of the mentions feed.
#[derive(Debug, Clone, Form)]
pub struct MentionsQuery {
    pub limit: QueryInt<1, 100, 25>,
    pub roles: QueryBool<true>,
    pub everyone: QueryBool<true>,
    pub guilds: QueryBool<true>,
    pub before: Optional<MessageId>,
}

/// A message body with the time to send it.
#[derive(Debug, Clone)]
pub struct ScheduledMessageRequest {
    /// The message's part as it was sent; kept, and read again when its time has come.
    pub payload: Value,
    pub message: MessageRequestSchema,
    pub scheduled_local_at: Str<1, 64>,
    pub timezone: Str<1, 128>,
}

impl Field for ScheduledMessageRequest {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let mut map = at.object(value)?;
        let scheduled_local_at = at.field(&mut map, "scheduled_local_at");
        let timezone = at.field(&mut map, "timezone");
        let payload = Value::Object(map);
        let message = MessageRequestSchema::read(payload.clone(), at);
        Some(Self {
            payload,
            message: message?,
            scheduled_local_at: scheduled_local_at?,
            timezone: timezone?,
        })
    }
    fn schema(defs: &mut Definitions) -> Value {
        let timing = serde_json::json!({
            "type": "object",
            "properties": {
                "scheduled_local_at": {"type": "string", "minLength": 1, "maxLength": 64},
                "timezone": {"type": "string", "minLength": 1, "maxLength": 128},
            },
            "required": ["scheduled_local_at", "timezone"],
        });
        serde_json::json!({"allOf": [MessageRequestSchema::schema(defs), timing]})
    }
}

text_enum! {
    pub enum ScheduledStatus {
        Pending = "pending",
        Invalid = "invalid",
    }
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "ScheduledMessageResponseSchema")]
pub struct ScheduledMessage {
    pub id: ScheduledMessageId,
    pub channel_id: ChannelId,
    pub scheduled_at: Timestamp,
    /// As it was sent.
    pub scheduled_local_at: String,
    pub timezone: String,
    pub status: ScheduledStatus,
    /// Why it could not be sent.
    pub status_reason: Option<String>,
    pub payload: ScheduledPayload,
    pub created_at: Timestamp,
    pub invalidated_at: Option<Timestamp>,
}

/// The message as it will be sent.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct ScheduledPayload {
    pub content: Option<String>,
    pub tts: bool,
    #[opt]
    pub embeds: Vec<Embed>,
    #[opt]
    pub attachments: Vec<Attachment>,
    #[opt]
    pub stickers: Vec<MessageSticker>,
    #[opt]
    pub sticker_ids: Vec<StickerId>,
    #[opt]
    pub message_reference: Option<ScheduledReference>,
    #[opt]
    pub allowed_mentions: Option<ScheduledAllowedMentions>,
    #[opt]
    pub flags: Option<i32>,
    #[opt]
    pub nonce: Option<String>,
    #[opt]
    pub favorite_meme_id: Option<AnyId>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "ScheduledMessageReferenceSchema")]
pub struct ScheduledReference {
    pub message_id: MessageId,
    #[opt]
    pub channel_id: Option<ChannelId>,
    #[opt]
    pub guild_id: Option<GuildId>,
    #[opt]
    #[serde(rename = "type")]
    pub kind: Option<ReferenceType>,
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "ScheduledMessageAllowedMentionsSchema")]
pub struct ScheduledAllowedMentions {
    #[opt]
    pub parse: Option<Vec<MentionKind>>,
    #[opt]
    pub users: Option<Vec<UserId>>,
    #[opt]
    pub roles: Option<Vec<RoleId>>,
    #[opt]
    pub replied_user: Option<bool>,
}
