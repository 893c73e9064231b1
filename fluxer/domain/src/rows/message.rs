//! Messages, reactions, pins and read markers.
//!
//! A message's partition is its channel and its *bucket*, a ten-day window of its id, so
//! that no partition grows without end; [`MessageBucketRow`] lists the buckets in use.

use fluxer_wire::{
    ChannelId, EmojiId, MessageId, RoleId, UserId, WebhookId,
    message::{
        Attachment, Embed, MessageCall, MessageReference, MessageSnapshot, MessageSticker, MessageType,
    },
};
use platform_kernel::{Timestamp, id::EPOCH_MS};
use platform_store::Table;

const BUCKET_MS: i64 = 864_000_000;

/// The bucket of a message id.
pub const fn bucket_of(id: MessageId) -> i32 {
    ((id.timestamp().millis() - EPOCH_MS) / BUCKET_MS) as i32
}

#[derive(Table, Clone, Debug, Default)]
#[table(name = "messages")]
pub struct MessageRow {
    #[partition]
    pub channel_id: ChannelId,
    #[partition]
    pub bucket: i32,
    #[cluster(desc)]
    pub message_id: MessageId,
    pub author_id: UserId,
    /// A `MessageType`.
    pub kind: i32,
    pub webhook_id: Option<WebhookId>,
    pub webhook_name: Option<String>,
    pub webhook_avatar_hash: Option<String>,
    pub content: Option<String>,
    pub edited_timestamp: Option<Timestamp>,
    pub pinned_timestamp: Option<Timestamp>,
    pub flags: i32,
    pub mention_everyone: bool,
    /// A hint: false means there is no reaction to look for.
    pub has_reaction: bool,
    #[json]
    pub mention_users: Vec<UserId>,
    #[json]
    pub mention_roles: Vec<RoleId>,
    #[json]
    pub attachments: Vec<Attachment>,
    #[json]
    pub embeds: Vec<Embed>,
    #[json]
    pub stickers: Vec<MessageSticker>,
    #[json]
    pub reference: Option<MessageReference>,
    #[json]
    pub snapshots: Vec<MessageSnapshot>,
    #[json]
    pub call: Option<MessageCall>,
    #[version]
    pub version: i32,
}

impl MessageRow {
    pub fn message_type(&self) -> MessageType {
        MessageType::from_number(self.kind.into()).unwrap_or(MessageType::Default)
    }
    pub fn key(&self) -> (ChannelId, i32, MessageId) {
        (self.channel_id, self.bucket, self.message_id)
    }
}

#[derive(Table, Clone, Debug)]
#[table(name = "channel_message_buckets")]
pub struct MessageBucketRow {
    #[partition]
    pub channel_id: ChannelId,
    #[cluster(desc)]
    pub bucket: i32,
}

/// An author's messages, for deletion and export.
#[derive(Table, Clone, Debug)]
#[table(name = "messages_by_author_id")]
pub struct MessageByAuthorRow {
    #[partition]
    pub author_id: UserId,
    #[cluster(desc)]
    pub message_id: MessageId,
    pub channel_id: ChannelId,
}

/// One user's reaction. A Unicode emoji has id 0.
#[derive(Table, Clone, Debug)]
#[table(name = "message_reactions")]
pub struct ReactionRow {
    #[partition]
    pub channel_id: ChannelId,
    #[partition]
    pub message_id: MessageId,
    #[cluster]
    pub emoji_id: EmojiId,
    /// Empty for a custom emoji, so that renaming it does not split its reactions.
    #[cluster]
    pub emoji_key: String,
    #[cluster]
    pub user_id: UserId,
    pub emoji_name: String,
    pub animated: bool,
    pub reacted_at: Timestamp,
}

#[derive(Table, Clone, Debug)]
#[table(name = "channel_pins")]
pub struct PinRow {
    #[partition]
    pub channel_id: ChannelId,
    #[cluster(desc)]
    pub pinned_timestamp: Timestamp,
    #[cluster(desc)]
    pub message_id: MessageId,
}

#[derive(Table, Clone, Debug)]
#[table(name = "read_states")]
pub struct ReadStateRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub channel_id: ChannelId,
    pub message_id: Option<MessageId>,
    pub mention_count: i32,
    pub last_pin_timestamp: Option<Timestamp>,
}
