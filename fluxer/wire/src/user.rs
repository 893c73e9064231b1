//! Accounts as others and as their owner see them.

use serde::Deserialize;

use crate::{ChannelId, GuildId, Reply, Timestamp, UserId, int_enum};

/// What everybody may know of a user.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "UserPartialResponse")]
pub struct UserPartial {
    pub id: UserId,
    pub username: String,
    /// Four digits.
    pub discriminator: String,
    pub global_name: Option<String>,
    pub avatar: Option<String>,
    pub avatar_color: Option<i32>,
    #[opt]
    #[serde(default)]
    pub bot: bool,
    #[opt]
    #[serde(default)]
    pub system: bool,
    /// Public flags only.
    pub flags: i32,
}

/// What the owner of an account sees of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "UserPrivateResponse")]
pub struct UserPrivate {
    pub id: UserId,
    pub username: String,
    pub discriminator: String,
    pub global_name: Option<String>,
    pub avatar: Option<String>,
    pub avatar_color: Option<i32>,
    #[opt]
    #[serde(default)]
    pub bot: bool,
    #[opt]
    #[serde(default)]
    pub system: bool,
    pub flags: i32,
    pub is_staff: bool,
    pub acls: Vec<String>,
    pub traits: Vec<String>,
    pub email: Option<String>,
    #[opt]
    pub email_bounced: Option<bool>,
    pub phone: Option<String>,
    pub bio: Option<String>,
    pub pronouns: Option<String>,
    pub accent_color: Option<i32>,
    pub banner: Option<String>,
    pub banner_color: Option<i32>,
    pub mfa_enabled: bool,
    #[opt]
    pub authenticator_types: Option<Vec<i32>>,
    pub verified: bool,
    pub premium_type: Option<i32>,
    pub premium_since: Option<Timestamp>,
    pub premium_until: Option<Timestamp>,
    pub premium_will_cancel: bool,
    pub premium_billing_cycle: Option<String>,
    pub premium_lifetime_sequence: Option<i32>,
    pub premium_badge_hidden: bool,
    pub premium_badge_masked: bool,
    pub premium_badge_timestamp_hidden: bool,
    pub premium_badge_sequence_hidden: bool,
    pub premium_purchase_disabled: bool,
    pub premium_enabled_override: bool,
    pub password_last_changed_at: Option<Timestamp>,
    pub required_actions: Option<Vec<String>>,
    pub nsfw_allowed: bool,
    pub has_dismissed_premium_onboarding: bool,
    pub has_ever_purchased: bool,
    pub has_unread_gift_inventory: bool,
    pub unread_gift_inventory_count: i32,
    pub used_mobile_client: bool,
    pub pending_bulk_message_deletion: Option<PendingBulkMessageDeletion>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct PendingBulkMessageDeletion {
    pub scheduled_at: Timestamp,
    pub channel_count: i32,
    pub message_count: i32,
}

int_enum! {
    pub enum RelationshipType {
        Friend = 1,
        Blocked = 2,
        Incoming = 3,
        Outgoing = 4,
    }
}

/// One side of a relationship, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "RelationshipResponse")]
pub struct Relationship {
    /// The other user.
    pub id: UserId,
    #[serde(rename = "type")]
    pub kind: RelationshipType,
    /// Left out in READY, where the user stands in `users`.
    #[opt]
    pub user: Option<UserPartial>,
    #[opt]
    pub since: Option<Timestamp>,
    pub nickname: Option<String>,
}

/// A channel's read marker.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct ReadState {
    pub id: ChannelId,
    pub mention_count: i32,
    pub last_message_id: Option<crate::MessageId>,
    pub last_pin_timestamp: Option<Timestamp>,
}

/// A guild two users share, with the other one's nickname there.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
pub struct MutualGuild {
    pub id: GuildId,
    pub nick: Option<String>,
}
