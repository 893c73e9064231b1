//! A user's own settings: of the client, and per guild.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    At, ChannelId, Definitions, EmojiId, Field, Form, GuildId, Int, List, Optional, Patch, Reply, Str,
    Timestamp, Value, invalid, text_enum,
};

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

text_enum! {
    pub enum StatusType {
        Online = "online",
        Dnd = "dnd",
        Idle = "idle",
        Invisible = "invisible",
    }
}

text_enum! {
    pub enum ThemeType {
        Dark = "dark",
        Coal = "coal",
        Light = "light",
        System = "system",
    }
}

text_enum! {
    pub enum FolderIcon {
        Folder = "folder",
        Star = "star",
        Heart = "heart",
        Bookmark = "bookmark",
        GameController = "game_controller",
        Shield = "shield",
        MusicNote = "music_note",
    }
}

/// Languages the instance knows.
pub const LOCALES: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-ES", "es-419", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk",
    "vi", "zh-CN", "zh-TW",
];

/// One of [`LOCALES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locale(pub &'static str);

impl Field for Locale {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let known = value.as_str().and_then(|text| LOCALES.iter().find(|locale| **locale == text));
        known.map(|locale| Self(locale)).or_else(|| at.refuse(invalid::INVALID_FORMAT))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "enum": LOCALES})
    }
}

#[derive(Debug, Clone, Form)]
pub struct UserSettingsUpdateRequest {
    pub status: Optional<StatusType>,
    pub status_resets_at: Patch<Timestamp>,
    pub status_resets_to: Patch<StatusType>,
    pub theme: Optional<ThemeType>,
    pub locale: Optional<Locale>,
    pub custom_status: Patch<CustomStatusPayload>,
    pub restricted_guilds: Optional<List<GuildId, 200>>,
    pub bot_restricted_guilds: Optional<List<GuildId, 200>>,
    pub default_guilds_restricted: Optional<bool>,
    pub bot_default_guilds_restricted: Optional<bool>,
    pub guild_folders: Optional<List<GuildFolderRequest, 200>>,
    pub developer_mode: Optional<bool>,
    pub message_display_compact: Optional<bool>,
    pub animate_emoji: Optional<bool>,
    pub animate_stickers: Optional<Int<0, 2>>,
    pub gif_auto_play: Optional<bool>,
    pub render_embeds: Optional<bool>,
    pub render_reactions: Optional<bool>,
    pub render_spoilers: Optional<Int<0, 2>>,
    pub inline_attachment_media: Optional<bool>,
    pub inline_embed_media: Optional<bool>,
    pub friend_source_flags: Optional<i32>,
    /// The same field, not normalised.
    pub flags: Optional<i32>,
    pub incoming_call_flags: Optional<i32>,
    pub group_dm_add_permission_flags: Optional<i32>,
    pub afk_timeout: Optional<i32>,
    pub time_format: Optional<Int<0, 2>>,
    pub default_hide_muted_channels: Optional<bool>,
    pub trusted_domains: Optional<List<Str<1, 253>, 1000>>,
}

#[derive(Debug, Clone, Form)]
pub struct CustomStatusPayload {
    pub text: Option<Str<1, 128>>,
    pub emoji_id: Option<EmojiId>,
    pub emoji_name: Option<Str<1, 32>>,
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildFolderRequest {
    pub id: i32,
    pub name: Option<Str<0, 100>>,
    pub color: Option<i32>,
    pub flags: Optional<i32>,
    pub icon: Optional<FolderIcon>,
    pub guild_ids: List<GuildId, 200>,
}

#[derive(Debug, Clone, Form)]
pub struct UserGuildSettingsUpdateRequest {
    pub message_notifications: Optional<Int<-1, 3>>,
    pub muted: Optional<bool>,
    pub mute_config: Patch<MuteConfigRequest>,
    pub mobile_push: Optional<bool>,
    pub suppress_everyone: Optional<bool>,
    pub suppress_roles: Optional<bool>,
    pub hide_muted_channels: Optional<bool>,
    pub channel_overrides: Patch<BTreeMap<ChannelId, ChannelOverrideUpdate>>,
}

#[derive(Debug, Clone, Form)]
pub struct MuteConfigRequest {
    pub end_time: Option<Timestamp>,
    pub selected_time_window: i32,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelOverrideUpdate {
    pub collapsed: bool,
    pub message_notifications: Int<-1, 3>,
    pub muted: bool,
    pub mute_config: Option<MuteConfigRequest>,
}
