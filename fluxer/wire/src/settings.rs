//! A user's own settings: of the client, and per guild.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{ChannelId, EmojiId, GuildId, Reply, Timestamp};

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "UserSettingsResponse")]
pub struct UserSettings {
    /// `online`, `idle`, `dnd` or `invisible`.
    pub status: String,
    pub status_resets_at: Option<Timestamp>,
    pub status_resets_to: Option<String>,
    pub theme: String,
    pub locale: String,
    pub custom_status: Option<CustomStatus>,
    pub restricted_guilds: Vec<GuildId>,
    pub bot_restricted_guilds: Vec<GuildId>,
    pub default_guilds_restricted: bool,
    pub bot_default_guilds_restricted: bool,
    pub guild_folders: Vec<GuildFolder>,
    pub developer_mode: bool,
    pub message_display_compact: bool,
    pub animate_emoji: bool,
    pub animate_stickers: i32,
    pub gif_auto_play: bool,
    pub render_embeds: bool,
    pub render_reactions: bool,
    pub render_spoilers: i32,
    pub inline_attachment_media: bool,
    pub inline_embed_media: bool,
    pub friend_source_flags: i32,
    pub incoming_call_flags: i32,
    pub group_dm_add_permission_flags: i32,
    /// Seconds.
    pub afk_timeout: i32,
    pub time_format: i32,
    pub default_hide_muted_channels: bool,
    pub trusted_domains: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "CustomStatusResponse")]
pub struct CustomStatus {
    pub text: Option<String>,
    pub emoji_id: Option<EmojiId>,
    pub emoji_name: Option<String>,
    #[serde(default)]
    pub emoji_animated: bool,
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct GuildFolder {
    /// −1 is the folder of guilds without one.
    pub id: Option<i32>,
    pub name: Option<String>,
    pub color: Option<i32>,
    pub flags: i32,
    pub icon: String,
    pub guild_ids: Vec<GuildId>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "UserGuildSettingsResponse")]
pub struct UserGuildSettings {
    /// `None` for direct messages.
    pub guild_id: Option<GuildId>,
    pub message_notifications: i32,
    pub muted: bool,
    pub mute_config: Option<MuteConfig>,
    pub mobile_push: bool,
    pub suppress_everyone: bool,
    pub suppress_roles: bool,
    pub hide_muted_channels: bool,
    pub channel_overrides: Option<BTreeMap<ChannelId, ChannelOverride>>,
    pub version: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct MuteConfig {
    pub end_time: Option<Timestamp>,
    /// Seconds.
    pub selected_time_window: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct ChannelOverride {
    pub collapsed: bool,
    pub message_notifications: i32,
    pub muted: bool,
    pub mute_config: Option<MuteConfig>,
}
