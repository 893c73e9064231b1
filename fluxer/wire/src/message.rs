//! Messages and what hangs on them, as clients get them.

use serde::{Deserialize, Serialize};

use crate::{
    AttachmentId, ChannelId, EmojiId, GuildId, MessageId, Reply, RoleId, StickerId, Timestamp, UserId,
    WebhookId, channel::ChannelType, int_enum, user::UserPartial,
};

int_enum! {
    pub enum MessageType {
        Default = 0,
        RecipientAdd = 1,
        RecipientRemove = 2,
        Call = 3,
        ChannelNameChange = 4,
        ChannelIconChange = 5,
        ChannelPinnedMessage = 6,
        UserJoin = 7,
        Reply = 19,
    }
}

impl MessageType {
    /// Can be edited, pinned and replied to.
    pub const fn is_user_content(self) -> bool {
        matches!(self, Self::Default | Self::Reply)
    }
    pub const fn is_deletable(self) -> bool {
        matches!(self, Self::Default | Self::Reply | Self::ChannelPinnedMessage | Self::UserJoin)
    }
}

int_enum! {
    pub enum ReferenceType {
        Reply = 0,
        Forward = 1,
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageResponseSchema")]
pub struct Message {
    pub id: MessageId,
    pub channel_id: ChannelId,
    pub author: UserPartial,
    #[opt]
    pub webhook_id: Option<WebhookId>,
    #[serde(rename = "type")]
    pub kind: MessageType,
    pub flags: i32,
    pub content: String,
    pub timestamp: Timestamp,
    pub edited_timestamp: Option<Timestamp>,
    pub pinned: bool,
    pub mention_everyone: bool,
    #[opt]
    #[serde(default)]
    pub tts: bool,
    #[opt]
    #[serde(default)]
    pub mentions: Vec<UserPartial>,
    #[opt]
    #[serde(default)]
    pub mention_roles: Vec<RoleId>,
    pub embeds: Vec<Embed>,
    pub attachments: Vec<Attachment>,
    pub stickers: Vec<MessageSticker>,
    #[opt]
    #[serde(default)]
    pub reactions: Vec<Reaction>,
    #[opt]
    pub message_reference: Option<MessageReference>,
    #[opt]
    #[serde(default)]
    pub message_snapshots: Vec<MessageSnapshot>,
    #[opt]
    pub call: Option<MessageCall>,
    #[opt]
    pub nonce: Option<String>,
    /// One level deep: it has none of its own.
    #[opt]
    pub referenced_message: Option<Box<Message>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageReferenceResponse")]
pub struct MessageReference {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    #[opt]
    pub guild_id: Option<GuildId>,
    #[serde(rename = "type")]
    pub kind: ReferenceType,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageCallResponse")]
pub struct MessageCall {
    pub participants: Vec<UserId>,
    pub ended_timestamp: Option<Timestamp>,
}

/// A forwarded message as it was.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageSnapshotResponse")]
pub struct MessageSnapshot {
    pub content: Option<String>,
    pub timestamp: Timestamp,
    pub edited_timestamp: Option<Timestamp>,
    #[opt]
    #[serde(default)]
    pub mentions: Vec<UserId>,
    #[opt]
    #[serde(default)]
    pub mention_roles: Vec<RoleId>,
    #[opt]
    #[serde(default)]
    pub embeds: Vec<Embed>,
    #[opt]
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    #[opt]
    #[serde(default)]
    pub stickers: Vec<MessageSticker>,
    #[serde(rename = "type")]
    pub kind: MessageType,
    pub flags: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageAttachmentResponse")]
pub struct Attachment {
    pub id: AttachmentId,
    pub filename: String,
    #[opt]
    pub title: Option<String>,
    #[opt]
    pub description: Option<String>,
    #[opt]
    pub content_type: Option<String>,
    #[opt]
    pub content_hash: Option<String>,
    /// Bytes.
    pub size: i64,
    pub url: Option<String>,
    pub proxy_url: Option<String>,
    #[opt]
    pub width: Option<i32>,
    #[opt]
    pub height: Option<i32>,
    #[opt]
    pub placeholder: Option<String>,
    pub flags: i32,
    #[opt]
    pub nsfw: Option<bool>,
    /// Seconds.
    #[opt]
    pub duration: Option<i32>,
    #[opt]
    pub waveform: Option<String>,
    #[opt]
    pub expires_at: Option<Timestamp>,
    #[opt]
    pub expired: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageStickerResponse")]
pub struct MessageSticker {
    pub id: StickerId,
    pub name: String,
    pub animated: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "MessageReactionResponse")]
pub struct Reaction {
    pub emoji: ReactionEmoji,
    pub count: i32,
    /// Whether the reader is among them; never `false`.
    #[opt]
    #[serde(default)]
    pub me: bool,
}

/// A custom emoji (with id) or a Unicode one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Reply)]
pub struct ReactionEmoji {
    #[opt]
    pub id: Option<EmojiId>,
    pub name: String,
    #[opt]
    #[serde(default)]
    pub animated: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize, Reply)]
#[reply(name = "MessageEmbedResponse")]
pub struct Embed {
    #[serde(rename = "type")]
    pub kind: String,
    #[opt]
    pub url: Option<String>,
    #[opt]
    pub title: Option<String>,
    #[opt]
    pub color: Option<i32>,
    #[opt]
    pub timestamp: Option<Timestamp>,
    #[opt]
    pub description: Option<String>,
    #[opt]
    pub author: Option<EmbedAuthor>,
    #[opt]
    pub image: Option<EmbedMedia>,
    #[opt]
    pub thumbnail: Option<EmbedMedia>,
    #[opt]
    pub footer: Option<EmbedFooter>,
    #[opt]
    #[serde(default)]
    pub fields: Vec<EmbedField>,
    #[opt]
    pub provider: Option<EmbedAuthor>,
    #[opt]
    pub video: Option<EmbedMedia>,
    #[opt]
    pub audio: Option<EmbedMedia>,
    #[opt]
    pub nsfw: Option<bool>,
    #[opt]
    #[serde(default)]
    pub children: Vec<Embed>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize, Reply)]
#[reply(name = "EmbedAuthorResponse")]
pub struct EmbedAuthor {
    pub name: String,
    #[opt]
    pub url: Option<String>,
    #[opt]
    pub icon_url: Option<String>,
    #[opt]
    pub proxy_icon_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize, Reply)]
#[reply(name = "EmbedFooterResponse")]
pub struct EmbedFooter {
    pub text: String,
    #[opt]
    pub icon_url: Option<String>,
    #[opt]
    pub proxy_icon_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "EmbedFieldResponse")]
pub struct EmbedField {
    pub name: String,
    pub value: String,
    pub inline: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize, Reply)]
#[reply(name = "EmbedMediaResponse")]
pub struct EmbedMedia {
    pub url: String,
    #[opt]
    pub proxy_url: Option<String>,
    #[opt]
    pub content_type: Option<String>,
    #[opt]
    pub content_hash: Option<String>,
    #[opt]
    pub width: Option<i32>,
    #[opt]
    pub height: Option<i32>,
    #[opt]
    pub description: Option<String>,
    #[opt]
    pub placeholder: Option<String>,
    #[opt]
    pub duration: Option<i32>,
    pub flags: i32,
}

/// Body of MESSAGE_CREATE.
#[derive(Debug, Serialize)]
pub struct MessageCreated<'a> {
    #[serde(flatten)]
    pub message: &'a Message,
    pub channel_type: ChannelType,
}

/// Body of MESSAGE_DELETE.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct MessageDeleted {
    pub channel_id: ChannelId,
    pub id: MessageId,
    #[opt]
    pub content: Option<String>,
    #[opt]
    pub author_id: Option<UserId>,
}

/// Body of MESSAGE_DELETE_BULK.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct MessagesDeleted {
    pub channel_id: ChannelId,
    pub ids: Vec<MessageId>,
}

/// Body of the reaction events; what does not apply to one is left out.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct ReactionEvent {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    #[opt]
    pub emoji: Option<ReactionEmoji>,
    #[opt]
    pub user_id: Option<UserId>,
}

/// Body of TYPING_START.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct TypingStarted {
    pub channel_id: ChannelId,
    pub user_id: UserId,
    /// Milliseconds since 1970.
    pub timestamp: i64,
}

/// Body of CHANNEL_PINS_UPDATE.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct PinsUpdated {
    pub channel_id: ChannelId,
    pub last_pin_timestamp: Option<Timestamp>,
}

/// Body of CHANNEL_PINS_ACK.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct PinsAcked {
    pub channel_id: ChannelId,
    pub timestamp: Timestamp,
}

/// Body of events that name a message and nothing else.
#[derive(Debug, Clone, PartialEq, Reply)]
pub struct MessageNamed {
    pub message_id: MessageId,
}

/// A page of a channel's pins.
#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "ChannelPinsResponse")]
pub struct ChannelPins {
    pub items: Vec<ChannelPin>,
    pub has_more: bool,
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "ChannelPinResponse")]
pub struct ChannelPin {
    pub message: Message,
    pub pinned_at: Timestamp,
}
