//! What clients send to make and change messages.

use crate::{
    AnyId, At, ChannelId, Definitions, Field, Form, GuildId, List, MessageId, Optional, Patch, QueryInt,
    RoleId, StickerId, UserId, Value, embed_requests::RichEmbedRequest, invalid, message::ReferenceType,
    scalar::Str, text_enum,
};

/// Body of message create and edit.
#[derive(Debug, Clone, Form)]
pub struct MessageRequestSchema {
    pub content: Patch<String>,
    pub embeds: Optional<Vec<RichEmbedRequest>>,
    pub attachments: Optional<Vec<ClientAttachmentRequest>>,
    pub message_reference: Option<MessageReferenceRequest>,
    pub allowed_mentions: Option<AllowedMentionsRequest>,
    pub flags: Optional<i32>,
    pub nonce: Optional<Str<1, 32>>,
    pub favorite_meme_id: Option<AnyId>,
    pub sticker_ids: Option<List<StickerId, 3>>,
    pub tts: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct MessageReferenceRequest {
    pub message_id: MessageId,
    pub channel_id: Optional<ChannelId>,
    pub guild_id: Optional<GuildId>,
    #[form(rename = "type")]
    pub kind: Optional<ReferenceType>,
}

text_enum! {
    pub enum MentionKind {
        Users = "users",
        Roles = "roles",
        Everyone = "everyone",
    }
}

#[derive(Debug, Clone, Form)]
pub struct AllowedMentionsRequest {
    pub parse: Optional<List<MentionKind, 100>>,
    pub users: Optional<List<UserId, 100>>,
    pub roles: Optional<List<RoleId, 100>>,
    pub replied_user: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct ClientAttachmentRequest {
    pub id: AttachmentKey,
    pub filename: Option<Str<1, 255>>,
    pub title: Option<Str<1, 1024>>,
    pub description: Option<Str<1, 4096>>,
    pub flags: Optional<i32>,
    pub duration: Option<i32>,
    pub waveform: Option<Str<1, 4096>>,
}

/// What an attachment is called in a request: the number of an uploaded file or the id of a
/// stored one, as a number or as digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttachmentKey(pub u64);

impl Field for AttachmentKey {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let key = match &value {
            Value::Number(number) => number.as_u64(),
            Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
            _ => None,
        };
        key.map(Self).or_else(|| at.refuse(invalid::INVALID_FORMAT))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "integer", "format": "int32"})
    }
}

/// Query of the message list. `around` wins over the others.
#[derive(Debug, Clone, Form)]
pub struct MessageListQuery {
    pub limit: QueryInt<1, 100, 50>,
    pub before: Optional<MessageId>,
    pub after: Optional<MessageId>,
    pub around: Optional<MessageId>,
}

#[derive(Debug, Clone, Form)]
pub struct BulkDeleteMessagesRequest {
    pub message_ids: Vec<MessageId>,
}

#[derive(Debug, Clone, Form)]
pub struct PreloadMessagesRequest {
    pub channels: Vec<ChannelId>,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelPinsQuery {
    pub limit: QueryInt<1, 50, 50>,
    /// Pins older than this one's time.
    pub before: Optional<crate::Timestamp>,
}

#[derive(Debug, Clone, Form)]
pub struct ReactionUsersQuery {
    pub limit: QueryInt<1, 100, 25>,
    pub after: Optional<UserId>,
}

/// Query of operations that change reactions.
#[derive(Debug, Clone, Form)]
pub struct SessionQuery {
    /// The gateway session that already shows the change and is not told of it.
    pub session_id: Option<String>,
}
