//! What clients send about guilds, their roles, members, bans and expressions, and the
//! answers that only these operations give.

use serde::{Deserialize, Serialize};

use crate::{
    At, Base64Image, ChannelId, Color, Definitions, Describe, Field, Form, GuildId, Int, List, Optional,
    Patch, Permissions, QueryBool, QueryInt, Reply, RoleId, Str, Timestamp, UserId, Value,
    channel::Channel,
    guild::{Emoji, Guild, Role, Sticker},
    int_enum, invalid,
    sudo::SudoVerification,
    text_enum,
    user::UserPartial,
};

/// Icons, banners, splashes, avatars.
pub type Image = Base64Image<{ 10 * 1024 * 1024 }>;

#[derive(Debug, Clone, Form)]
pub struct GuildCreateRequest {
    pub name: Str<1, 100>,
    pub icon: Option<Image>,
    pub empty_features: Option<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildUpdateRequest {
    pub name: Option<Str<1, 100>>,
    pub icon: Patch<Image>,
    pub banner: Patch<Image>,
    pub splash: Patch<Image>,
    pub embed_splash: Patch<Image>,
    pub splash_card_alignment: Option<Int<0, 2>>,
    pub afk_channel_id: Patch<ChannelId>,
    pub afk_timeout: Option<Int<60, 3600>>,
    pub system_channel_id: Patch<ChannelId>,
    pub system_channel_flags: Option<i32>,
    pub default_message_notifications: Option<Int<0, 1>>,
    pub explicit_content_filter: Option<Int<0, 2>>,
    pub verification_level: Option<Int<0, 4>>,
    pub mfa_level: Option<Int<0, 1>>,
    pub nsfw_level: Option<Int<0, 3>>,
    pub features: Option<List<String, 100>>,
    pub message_history_cutoff: Patch<Timestamp>,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct GuildDeleteRequest {
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct GuildTransferOwnershipRequest {
    pub new_owner_id: UserId,
    #[form(flatten)]
    pub sudo: SudoVerification,
}

#[derive(Debug, Clone, Form)]
pub struct EnabledToggleRequest {
    pub enabled: bool,
}

#[derive(Debug, Clone, Form)]
pub struct GuildVanityURLUpdateRequest {
    pub code: Option<VanityCode>,
}

/// A vanity code: lower case, spaces as `-`, 2–32 of `[a-z0-9-]`, no `-` at an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VanityCode(pub String);

impl Field for VanityCode {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let text = crate::text::normalize(&crate::scalar::string(value, at)?);
        let code = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        if !(2..=32).contains(&crate::text::length(&code)) {
            return at.refuse(invalid::VANITY_URL_CODE_LENGTH_INVALID);
        }
        let fits = code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if !fits || code.starts_with('-') || code.ends_with('-') {
            return at.refuse(invalid::VANITY_URL_INVALID_CHARACTERS);
        }
        Some(Self(code))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 2, "maxLength": 32})
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildVanityURLResponse")]
pub struct GuildVanity {
    pub code: Option<String>,
    pub uses: i32,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildVanityURLUpdateResponse")]
pub struct GuildVanityUpdate {
    pub code: String,
}

#[derive(Debug, Clone, Form)]
pub struct GuildListQuery {
    pub before: Optional<GuildId>,
    pub after: Optional<GuildId>,
    pub limit: QueryInt<1, 200, 200>,
    pub with_counts: QueryBool<false>,
}

/// A guild as its own page shows it; older clients read the arrays.
#[derive(Debug, Clone, Serialize)]
pub struct GuildDetails {
    #[serde(flatten)]
    pub guild: Guild,
    pub roles: Vec<Role>,
    pub channels: Vec<Channel>,
    pub emojis: Vec<Emoji>,
    pub stickers: Vec<Sticker>,
}

impl Describe for GuildDetails {
    fn schema(defs: &mut Definitions) -> Value {
        Guild::schema(defs)
    }
}

/// An entry of the own-guild list.
#[derive(Debug, Clone, Serialize)]
pub struct GuildListEntry {
    #[serde(flatten)]
    pub guild: Guild,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_member_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approximate_presence_count: Option<i64>,
}

impl Describe for GuildListEntry {
    fn schema(defs: &mut Definitions) -> Value {
        Guild::schema(defs)
    }
}

#[derive(Debug, Clone, Form)]
pub struct GuildRoleCreateRequest {
    pub name: Str<1, 100>,
    pub color: Optional<Color>,
    pub permissions: Optional<Permissions>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildRoleUpdateRequest {
    pub name: Optional<Str<1, 100>>,
    pub color: Optional<Color>,
    pub permissions: Optional<Permissions>,
    pub hoist: Optional<bool>,
    pub hoist_position: Patch<i32>,
    pub mentionable: Optional<bool>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildRolePositionItem {
    pub id: RoleId,
    pub position: Option<i32>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildRoleHoistPositionItem {
    pub id: RoleId,
    pub hoist_position: i32,
}

#[derive(Debug, Clone, Form)]
pub struct MemberListQuery {
    pub limit: QueryInt<1, 1000, 1>,
    pub after: Optional<UserId>,
}

#[derive(Debug, Clone, Form)]
pub struct GuildMemberUpdateRequest {
    pub nick: Patch<Str<0, 32>>,
    pub roles: Option<List<RoleId, 100>>,
    pub communication_disabled_until: Patch<TimeoutEnd>,
    /// Kept with the audit entry; shown to nobody.
    pub timeout_reason: Option<Str<1, 512>>,
    pub avatar: Patch<Image>,
    pub banner: Patch<Image>,
    pub bio: Patch<Str<1, 320>>,
    pub pronouns: Patch<Str<1, 40>>,
    pub accent_color: Patch<Color>,
    pub profile_flags: Patch<i32>,
    pub mute: Optional<bool>,
    pub deaf: Optional<bool>,
    pub channel_id: Patch<ChannelId>,
    pub connection_id: Option<Str<1, 32>>,
}

/// The same for oneself, without `roles`.
#[derive(Debug, Clone, Form)]
pub struct MyGuildMemberUpdateRequest {
    pub nick: Patch<Str<0, 32>>,
    pub communication_disabled_until: Patch<TimeoutEnd>,
    pub timeout_reason: Option<Str<1, 512>>,
    pub avatar: Patch<Image>,
    pub banner: Patch<Image>,
    pub bio: Patch<Str<1, 320>>,
    pub pronouns: Patch<Str<1, 40>>,
    pub accent_color: Patch<Color>,
    pub profile_flags: Patch<i32>,
    pub mute: Optional<bool>,
    pub deaf: Optional<bool>,
    pub channel_id: Patch<ChannelId>,
    pub connection_id: Option<Str<1, 32>>,
}

impl From<MyGuildMemberUpdateRequest> for GuildMemberUpdateRequest {
    fn from(own: MyGuildMemberUpdateRequest) -> Self {
        Self {
            nick: own.nick,
            roles: None,
            communication_disabled_until: own.communication_disabled_until,
            timeout_reason: own.timeout_reason,
            avatar: own.avatar,
            banner: own.banner,
            bio: own.bio,
            pronouns: own.pronouns,
            accent_color: own.accent_color,
            profile_flags: own.profile_flags,
            mute: own.mute,
            deaf: own.deaf,
            channel_id: own.channel_id,
            connection_id: own.connection_id,
        }
    }
}

/// When a timeout ends; text that is no time is found out by the operation, in its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeoutEnd {
    At(Timestamp),
    Unreadable,
}

impl Field for TimeoutEnd {
    fn read(value: Value, _: &mut At) -> Option<Self> {
        let mut inner = At::default();
        Some(Timestamp::read(value, &mut inner).map_or(Self::Unreadable, Self::At))
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "format": "date-time"})
    }
}

#[derive(Debug, Clone, Form)]
pub struct GuildBanCreateRequest {
    pub delete_message_days: Option<Int<0, 7>>,
    pub reason: Option<Str<0, 512>>,
    pub ban_duration_seconds: Option<BanDuration>,
}

int_enum! {
    /// Seconds; 0 is for ever.
    pub enum BanDuration {
        Permanent = 0,
        Hour = 3600,
        HalfDay = 43200,
        Day = 86400,
        ThreeDays = 259200,
        FiveDays = 432000,
        Week = 604800,
        TwoWeeks = 1209600,
        Month = 2592000,
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildBanResponse")]
pub struct GuildBan {
    pub user: UserPartial,
    pub reason: Option<String>,
    pub moderator_id: UserId,
    pub banned_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

text_enum! {
    pub enum MemberSortBy {
        JoinedAt = "joinedAt",
        Relevance = "relevance",
    }
}
text_enum! {
    pub enum SortOrder {
        Asc = "asc",
        Desc = "desc",
    }
}

#[derive(Debug, Clone, Form)]
pub struct GuildMemberSearchRequest {
    pub query: Option<Str<0, 100>>,
    pub limit: Option<Int<1, 100>>,
    pub offset: Option<Int<0, 9007199254740991>>,
    pub role_ids: Option<List<RoleId, 10>>,
    /// Seconds since 1970, as all times here.
    pub joined_at_gte: Option<i64>,
    pub joined_at_lte: Option<i64>,
    pub join_source_type: Option<List<i32, 10>>,
    pub source_invite_code: Option<List<String, 10>>,
    pub user_created_at_gte: Option<i64>,
    pub user_created_at_lte: Option<i64>,
    pub is_bot: Option<bool>,
    pub sort_by: Option<MemberSortBy>,
    pub sort_order: Option<SortOrder>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildMemberSearchResponse")]
pub struct GuildMemberSearch {
    pub guild_id: GuildId,
    pub members: Vec<FoundMember>,
    pub page_result_count: i64,
    pub total_result_count: i64,
    pub indexing: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "GuildMemberSearchResult")]
pub struct FoundMember {
    pub id: String,
    pub guild_id: GuildId,
    pub user_id: UserId,
    pub username: String,
    pub discriminator: String,
    pub global_name: Option<String>,
    pub nickname: Option<String>,
    pub role_ids: Vec<RoleId>,
    /// Seconds since 1970.
    pub joined_at: i64,
    pub is_bot: bool,
    pub supplemental: FoundMemberSource,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct FoundMemberSource {
    pub join_source_type: Option<i32>,
    pub source_invite_code: Option<String>,
    pub inviter_id: Option<UserId>,
}
