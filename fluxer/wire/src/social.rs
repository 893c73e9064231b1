//! What people ask of each other and of their own lists: relationships, notes, private
//! channels, profiles.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    At, Base64Image, ChannelId, Definitions, Field, Form, GuildId, List, Optional, Patch, QueryBool, Reply,
    Str, UserId, Value,
    guild::Member,
    identity::{Discriminator, Username},
    invalid,
    scalar::string,
    text::{channel_name, length},
    user::{MutualGuild, RelationshipType, UserPartial},
};

#[derive(Debug, Clone, Form)]
pub struct FriendRequestByTagRequest {
    pub username: Username,
    pub discriminator: Discriminator,
}

#[derive(Debug, Clone, Form)]
pub struct RelationshipTypePutRequest {
    #[form(rename = "type")]
    pub kind: Option<RelationshipType>,
}

#[derive(Debug, Clone, Form)]
pub struct RelationshipNicknameUpdateRequest {
    pub nickname: Patch<Str<0, 256>>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "UserNoteResponse")]
pub struct Note {
    pub note: String,
}

#[derive(Debug, Clone, Form)]
pub struct UserNoteUpdateRequest {
    pub note: Option<Str<1, 256>>,
}

/// Exactly one of the two: a DM, or a group DM.
#[derive(Debug, Clone, Form)]
pub struct CreatePrivateChannelRequest {
    pub recipient_id: Option<UserId>,
    pub recipients: Option<List<UserId, 9>>,
}

/// What can be changed of a group DM.
#[derive(Debug, Clone, Form)]
pub struct GroupDmUpdate {
    pub name: Patch<GroupName>,
    pub icon: Patch<Base64Image<{ 10 * 1024 * 1024 }>>,
    pub owner_id: Option<UserId>,
    pub nicks: Patch<BTreeMap<UserId, Option<Str<0, 32>>>>,
}

#[derive(Debug, Clone, Form)]
pub struct SilentQuery {
    pub silent: QueryBool<false>,
}

#[derive(Debug, Clone, Form)]
pub struct ProfileQuery {
    pub guild_id: Option<GuildId>,
    pub with_mutual_friends: QueryBool<false>,
    pub with_mutual_guilds: QueryBool<false>,
}

#[derive(Debug, Clone, Form)]
pub struct CheckTagQuery {
    pub username: Username,
    pub discriminator: Discriminator,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "UserTagCheckResponse")]
pub struct TagCheck {
    pub taken: bool,
}

/// A user's profile as another may see it.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "UserProfileFullResponse")]
pub struct UserProfile {
    pub user: UserPartial,
    pub user_profile: UserProfileData,
    #[opt]
    pub guild_member: Option<Member>,
    #[opt]
    pub guild_member_profile: Option<GuildMemberProfile>,
    #[opt]
    pub premium_type: Option<i32>,
    #[opt]
    pub premium_since: Option<crate::Timestamp>,
    #[opt]
    pub premium_lifetime_sequence: Option<i32>,
    /// Absent for oneself.
    #[opt]
    pub mutual_friends: Option<Vec<UserPartial>>,
    #[opt]
    pub mutual_guilds: Option<Vec<MutualGuild>>,
    pub connected_accounts: Vec<Connection>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct UserProfileData {
    pub bio: Option<String>,
    pub pronouns: Option<String>,
    pub banner: Option<String>,
    pub banner_color: Option<i32>,
    pub accent_color: Option<i32>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
pub struct GuildMemberProfile {
    pub bio: Option<String>,
    pub pronouns: Option<String>,
    pub banner: Option<String>,
    pub accent_color: Option<i32>,
}

/// An account elsewhere that was proven to be the user's.
#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "ConnectionResponse")]
pub struct Connection {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub verified: bool,
    pub visibility_flags: i32,
    pub sort_order: i32,
}

/// `{channel id: newest message or null}`.
pub type NewestMessages = BTreeMap<ChannelId, Value>;

/// The name of a group DM: invisible characters dropped, white space collapsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName(pub String);

impl Field for GroupName {
    fn read(value: Value, at: &mut At) -> Option<Self> {
        let name = channel_name(&string(value, at)?);
        match length(&name) {
            0 => at.refuse(invalid::NAME_EMPTY_AFTER_NORMALIZATION),
            1..=100 => Some(Self(name)),
            _ => at.refuse(invalid::STRING_LENGTH_INVALID),
        }
    }
    fn schema(_: &mut Definitions) -> Value {
        serde_json::json!({"type": "string", "minLength": 1, "maxLength": 100})
    }
}

#[derive(Debug, Clone, Form)]
pub struct PushSubscribeRequest {
    pub endpoint: Str<1, 2048>,
    pub keys: PushKeys,
    pub user_agent: Optional<Str<1, 1024>>,
}

#[derive(Debug, Clone, Form)]
pub struct PushKeys {
    pub p256dh: Str<1, 1024>,
    pub auth: Str<1, 1024>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "PushSubscribeResponse")]
pub struct PushSubscribed {
    pub subscription_id: String,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "PushSubscriptionsListResponse")]
pub struct PushSubscriptions {
    pub subscriptions: Vec<PushSubscription>,
}

#[derive(Debug, Clone, Deserialize, Reply)]
#[reply(name = "PushSubscriptionItemResponse")]
pub struct PushSubscription {
    pub subscription_id: String,
    pub user_agent: Option<String>,
}
