//! Accounts, their sessions, settings and relationships.

use fluxer_wire::{
    GuildId, UserId,
    settings::{CustomStatus, GuildFolder},
};
use platform_kernel::Timestamp;
use platform_store::Table;

/// An account. Bots have `bot`, no e-mail and no password.
#[derive(Table, Clone, Debug, Default)]
#[table(name = "users")]
pub struct UserRow {
    #[partition]
    pub user_id: UserId,
    pub username: String,
    /// 0 is shown as `0000`.
    pub discriminator: i32,
    pub global_name: Option<String>,
    pub bot: bool,
    pub system: bool,
    pub email: Option<String>,
    pub email_verified: bool,
    pub email_bounced: bool,
    pub phone: Option<String>,
    /// argon2id in PHC form; none for bots and unclaimed accounts.
    pub password_hash: Option<String>,
    pub password_last_changed_at: Option<Timestamp>,
    /// Base32.
    pub totp_secret: Option<String>,
    /// 0 TOTP, 1 SMS, 2 WebAuthn.
    #[json]
    pub authenticator_types: Vec<i32>,
    pub avatar_hash: Option<String>,
    pub avatar_color: Option<i32>,
    pub banner_hash: Option<String>,
    pub banner_color: Option<i32>,
    pub accent_color: Option<i32>,
    pub bio: Option<String>,
    pub pronouns: Option<String>,
    /// `YYYY-MM-DD`.
    pub date_of_birth: Option<String>,
    pub locale: Option<String>,
    pub flags: u64,
    pub suspicious_activity_flags: i32,
    #[json]
    pub acls: Vec<String>,
    #[json]
    pub traits: Vec<String>,
    pub premium_type: Option<i32>,
    pub premium_since: Option<Timestamp>,
    pub premium_until: Option<Timestamp>,
    pub premium_will_cancel: bool,
    pub premium_billing_cycle: Option<String>,
    pub premium_lifetime_sequence: Option<i32>,
    pub premium_onboarding_dismissed_at: Option<Timestamp>,
    pub has_ever_purchased: bool,
    pub gift_inventory_server_seq: i32,
    pub gift_inventory_client_seq: i32,
    pub terms_agreed_at: Option<Timestamp>,
    pub privacy_agreed_at: Option<Timestamp>,
    pub last_active_at: Option<Timestamp>,
    pub last_active_ip: Option<String>,
    pub temp_banned_until: Option<Timestamp>,
    pub pending_deletion_at: Option<Timestamp>,
    pub deletion_reason_code: Option<i32>,
    pub pending_bulk_message_deletion_at: Option<Timestamp>,
    pub pending_bulk_message_deletion_channel_count: i32,
    pub pending_bulk_message_deletion_message_count: i32,
    #[version]
    pub version: i32,
}

impl UserRow {
    pub const fn has(&self, flag: u64) -> bool {
        self.flags & flag != 0
    }
    /// A person who never set a password.
    pub const fn is_unclaimed(&self) -> bool {
        !self.bot && self.password_hash.is_none()
    }
    pub fn is_deleted(&self) -> bool {
        self.has(fluxer_wire::flags::user::DELETED) && !self.system
    }
    pub fn has_mfa(&self) -> bool {
        !self.authenticator_types.is_empty()
    }
}

/// Which discriminators of a name are taken.
#[derive(Table, Clone, Debug)]
#[table(name = "users_by_username")]
pub struct UserByTagRow {
    /// Lower case.
    #[partition]
    pub username: String,
    #[cluster]
    pub discriminator: i32,
    pub user_id: UserId,
}

/// Who has an e-mail address; inserted if absent, so that it is unique.
#[derive(Table, Clone, Debug)]
#[table(name = "users_by_email")]
pub struct UserByEmailRow {
    #[partition]
    pub email_lower: String,
    pub user_id: UserId,
}

/// A login. The token itself is nowhere stored.
#[derive(Table, Clone, Debug)]
#[table(name = "auth_sessions")]
pub struct SessionRow {
    /// SHA-256 of the token.
    #[partition]
    pub session_id_hash: Vec<u8>,
    pub user_id: UserId,
    pub created_at: Timestamp,
    pub approx_last_used_at: Timestamp,
    pub client_ip: String,
    pub client_user_agent: Option<String>,
    pub client_is_desktop: bool,
    #[version]
    pub version: i32,
}

#[derive(Table, Clone, Debug)]
#[table(name = "auth_sessions_by_user_id")]
pub struct SessionByUserRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub session_id_hash: Vec<u8>,
}

/// Client settings, one row a user (bots have none).
#[derive(Table, Clone, Debug)]
#[table(name = "user_settings")]
pub struct UserSettingsRow {
    #[partition]
    pub user_id: UserId,
    pub status: String,
    pub status_resets_at: Option<Timestamp>,
    pub status_resets_to: Option<String>,
    pub theme: String,
    pub locale: String,
    #[json]
    pub custom_status: Option<CustomStatus>,
    #[json]
    pub restricted_guilds: Vec<GuildId>,
    #[json]
    pub bot_restricted_guilds: Vec<GuildId>,
    pub default_guilds_restricted: bool,
    pub bot_default_guilds_restricted: bool,
    #[json]
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
    pub afk_timeout: i32,
    pub time_format: i32,
    pub default_hide_muted_channels: bool,
    #[json]
    pub trusted_domains: Vec<String>,
    #[version]
    pub version: i32,
}

/// One side of a relationship: what `source` has with `target`.
#[derive(Table, Clone, Debug)]
#[table(name = "relationships")]
pub struct RelationshipRow {
    #[partition]
    pub source_user_id: UserId,
    #[cluster]
    pub target_user_id: UserId,
    /// A `RelationshipType`: one row a pair and side.
    pub kind: i32,
    pub nickname: Option<String>,
    pub since: Timestamp,
    #[version]
    pub version: i32,
}
