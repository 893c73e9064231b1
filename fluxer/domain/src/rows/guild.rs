//! Guilds and what belongs to them.

use std::collections::{BTreeMap, BTreeSet};

use fluxer_wire::{AuditLogId, ChannelId, EmojiId, GuildId, Permissions, RoleId, StickerId, UserId};
use platform_kernel::Timestamp;
use platform_store::Table;

#[derive(Table, Clone, Debug, Default)]
#[table(name = "guilds")]
pub struct GuildRow {
    #[partition]
    pub guild_id: GuildId,
    pub owner_id: UserId,
    pub name: String,
    pub vanity_url_code: Option<String>,
    pub icon_hash: Option<String>,
    pub banner_hash: Option<String>,
    pub banner_width: Option<i32>,
    pub banner_height: Option<i32>,
    pub splash_hash: Option<String>,
    pub splash_width: Option<i32>,
    pub splash_height: Option<i32>,
    pub splash_card_alignment: i32,
    pub embed_splash_hash: Option<String>,
    pub embed_splash_width: Option<i32>,
    pub embed_splash_height: Option<i32>,
    #[json]
    pub features: BTreeSet<String>,
    pub verification_level: i32,
    pub mfa_level: i32,
    pub nsfw_level: i32,
    pub explicit_content_filter: i32,
    pub default_message_notifications: i32,
    pub system_channel_id: Option<ChannelId>,
    pub system_channel_flags: i32,
    pub rules_channel_id: Option<ChannelId>,
    pub afk_channel_id: Option<ChannelId>,
    pub afk_timeout: i32,
    pub disabled_operations: i32,
    pub message_history_cutoff: Option<Timestamp>,
    /// Kept with every join and leave.
    pub member_count: i64,
    #[version]
    pub version: i32,
}

impl GuildRow {
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.contains(feature)
    }
}

#[derive(Table, Clone, Debug)]
#[table(name = "guild_roles")]
pub struct RoleRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub role_id: RoleId,
    pub name: String,
    pub permissions: u64,
    pub position: i32,
    pub hoist_position: Option<i32>,
    pub color: i32,
    pub hoist: bool,
    pub mentionable: bool,
    pub icon_hash: Option<String>,
    pub unicode_emoji: Option<String>,
    #[version]
    pub version: i32,
}

impl RoleRow {
    pub const fn permissions(&self) -> Permissions {
        Permissions::from_bits(self.permissions)
    }
}

#[derive(Table, Clone, Debug)]
#[table(name = "guild_members")]
pub struct MemberRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub user_id: UserId,
    pub joined_at: Timestamp,
    pub nick: Option<String>,
    /// Without `@everyone`.
    #[json]
    pub role_ids: BTreeSet<RoleId>,
    pub avatar_hash: Option<String>,
    pub banner_hash: Option<String>,
    pub accent_color: Option<i32>,
    pub bio: Option<String>,
    pub pronouns: Option<String>,
    pub profile_flags: i32,
    pub mute: bool,
    pub deaf: bool,
    pub communication_disabled_until: Option<Timestamp>,
    /// Leaves with the last session unless given a role.
    pub temporary: bool,
    /// 0 creator, 1 invite, 2 vanity, 3 bot authorisation, 4 operator, 6 discovery.
    pub join_source_type: i32,
    pub source_invite_code: Option<String>,
    pub inviter_id: Option<UserId>,
    #[version]
    pub version: i32,
}

impl MemberRow {
    pub fn is_timed_out(&self, now: Timestamp) -> bool {
        self.communication_disabled_until.is_some_and(|until| until > now)
    }
}

/// The guilds of a user.
#[derive(Table, Clone, Debug)]
#[table(name = "guild_members_by_user_id")]
pub struct MembershipRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub guild_id: GuildId,
}

#[derive(Table, Clone, Debug)]
#[table(name = "guild_bans")]
pub struct BanRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub user_id: UserId,
    pub moderator_id: UserId,
    pub banned_at: Timestamp,
    /// A temporary ban's row lives no longer than this.
    pub expires_at: Option<Timestamp>,
    pub reason: Option<String>,
    /// The user's last address; never shown.
    pub ip: Option<String>,
}

#[derive(Table, Clone, Debug)]
#[table(name = "guild_emojis")]
pub struct EmojiRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub emoji_id: EmojiId,
    pub name: String,
    pub creator_id: UserId,
    pub animated: bool,
}

#[derive(Table, Clone, Debug)]
#[table(name = "guild_stickers")]
pub struct StickerRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub sticker_id: StickerId,
    pub name: String,
    pub description: String,
    #[json]
    pub tags: Vec<String>,
    pub creator_id: UserId,
    pub animated: bool,
}

/// An invite. A limited one's row expires with it.
#[derive(Table, Clone, Debug)]
#[table(name = "invites")]
pub struct InviteRow {
    #[partition]
    pub code: String,
    /// 0 guild, 1 group DM.
    pub kind: i32,
    pub guild_id: Option<GuildId>,
    /// None for a vanity invite.
    pub channel_id: Option<ChannelId>,
    pub inviter_id: Option<UserId>,
    pub uses: i32,
    /// 0 is without end.
    pub max_uses: i32,
    /// Seconds; 0 is for ever.
    pub max_age: i32,
    pub temporary: bool,
    pub created_at: Timestamp,
    #[version]
    pub version: i32,
}

#[derive(Table, Clone, Debug)]
#[table(name = "invites_by_guild_id")]
pub struct InviteByGuildRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub code: String,
}

#[derive(Table, Clone, Debug)]
#[table(name = "invites_by_channel_id")]
pub struct InviteByChannelRow {
    #[partition]
    pub channel_id: ChannelId,
    #[cluster]
    pub code: String,
}

/// Who did what in a guild; kept 45 days.
#[derive(Table, Clone, Debug)]
#[table(name = "guild_audit_logs", ttl = 3888000)]
pub struct AuditLogRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster(desc)]
    pub log_id: AuditLogId,
    pub user_id: UserId,
    pub action_type: i32,
    pub target_id: Option<String>,
    pub reason: Option<String>,
    #[json]
    pub options: BTreeMap<String, String>,
    /// `[{key, old_value?, new_value?}]`
    #[json]
    pub changes: Vec<serde_json::Value>,
}
