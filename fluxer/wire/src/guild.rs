//! Guilds, their members, roles and expressions.

use serde::Deserialize;

use crate::{
    ChannelId, EmojiId, GuildId, Permissions, Reply, RoleId, StickerId, Timestamp, UserId, channel::Channel,
    user::UserPartial,
};

/// The guild itself (`properties` of a guild on the gateway).
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildResponse")]
pub struct Guild {
    pub id: GuildId,
    pub name: String,
    pub icon: Option<String>,
    pub banner: Option<String>,
    pub banner_width: Option<i32>,
    pub banner_height: Option<i32>,
    pub splash: Option<String>,
    pub splash_width: Option<i32>,
    pub splash_height: Option<i32>,
    /// 0 centre, 1 left, 2 right.
    pub splash_card_alignment: i32,
    pub embed_splash: Option<String>,
    pub embed_splash_width: Option<i32>,
    pub embed_splash_height: Option<i32>,
    pub vanity_url_code: Option<String>,
    pub owner_id: UserId,
    pub system_channel_id: Option<ChannelId>,
    pub system_channel_flags: i32,
    pub rules_channel_id: Option<ChannelId>,
    pub afk_channel_id: Option<ChannelId>,
    /// Seconds.
    pub afk_timeout: i32,
    pub features: Vec<String>,
    pub verification_level: i32,
    pub mfa_level: i32,
    pub nsfw_level: i32,
    pub explicit_content_filter: i32,
    pub default_message_notifications: i32,
    pub disabled_operations: i32,
    pub message_history_cutoff: Option<Timestamp>,
    /// The reader's guild-level permissions; only in the own-guild list.
    #[opt]
    pub permissions: Option<Permissions>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildRoleResponse")]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    /// 24-bit RGB; 0 is none.
    pub color: i32,
    pub position: i32,
    pub hoist_position: Option<i32>,
    pub permissions: Permissions,
    pub hoist: bool,
    pub mentionable: bool,
    pub unicode_emoji: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildMemberResponse")]
pub struct Member {
    pub user: UserPartial,
    pub nick: Option<String>,
    pub avatar: Option<String>,
    pub banner: Option<String>,
    pub accent_color: Option<i32>,
    /// Without `@everyone`.
    pub roles: Vec<RoleId>,
    pub joined_at: Timestamp,
    /// Also true while timed out.
    pub mute: bool,
    pub deaf: bool,
    pub communication_disabled_until: Option<Timestamp>,
    #[opt]
    pub profile_flags: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildEmojiResponse")]
pub struct Emoji {
    pub id: EmojiId,
    pub name: String,
    pub animated: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildStickerResponse")]
pub struct Sticker {
    pub id: StickerId,
    pub name: String,
    pub description: String,
    pub tags: Vec<String>,
    pub animated: bool,
}

/// A guild on the gateway: READY, GUILD_CREATE and GUILD_SYNC. `members` holds the reader
/// and whoever is connected to voice; `channels` those the reader can view.
#[derive(Debug, Clone, Deserialize, Reply)]
pub struct GuildState {
    pub id: GuildId,
    pub properties: Guild,
    pub roles: Vec<Role>,
    pub channels: Vec<Channel>,
    pub emojis: Vec<Emoji>,
    pub stickers: Vec<Sticker>,
    pub members: Vec<crate::Value>,
    pub member_count: i64,
    pub online_count: i64,
    pub presences: Vec<crate::Value>,
    pub voice_states: Vec<crate::Value>,
    pub joined_at: Option<Timestamp>,
}
