//! Channels of guilds, DMs and group DMs.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    AnyId, ChannelId, Form, GuildId, MessageId, Permissions, Reply, Timestamp, UserId, int_enum,
    user::UserPartial,
};

int_enum! {
    pub enum ChannelType {
        Text = 0,
        Dm = 1,
        Voice = 2,
        GroupDm = 3,
        Category = 4,
        Link = 998,
        PersonalNotes = 999,
    }
}

impl ChannelType {
    /// Whether messages can be sent there.
    pub const fn is_text_based(self) -> bool {
        matches!(self, Self::Text | Self::Dm | Self::GroupDm | Self::PersonalNotes)
    }
    pub const fn is_guild(self) -> bool {
        matches!(self, Self::Text | Self::Voice | Self::Category | Self::Link)
    }
}

int_enum! {
    /// What an overwrite is for.
    pub enum OverwriteType {
        Role = 0,
        Member = 1,
    }
}

/// What a role or member is allowed and denied in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Reply)]
#[reply(name = "ChannelOverwriteResponse")]
pub struct Overwrite {
    /// Role or user id, by `kind`.
    pub id: AnyId,
    #[serde(rename = "type")]
    pub kind: OverwriteType,
    pub allow: Permissions,
    pub deny: Permissions,
}

/// An overwrite as a client sends it.
#[derive(Debug, Clone, Form)]
pub struct ChannelOverwriteRequest {
    pub id: AnyId,
    #[form(rename = "type")]
    pub kind: OverwriteType,
    pub allow: Option<Permissions>,
    pub deny: Option<Permissions>,
}

/// A channel; which keys it has depends on its type.
#[derive(Debug, Clone, PartialEq, Deserialize, Reply)]
#[reply(name = "ChannelResponse")]
pub struct Channel {
    pub id: ChannelId,
    #[serde(rename = "type")]
    pub kind: ChannelType,
    #[opt]
    pub guild_id: Option<GuildId>,
    #[opt]
    pub name: Option<String>,
    #[opt]
    pub topic: Option<String>,
    #[opt]
    pub url: Option<String>,
    #[opt]
    pub icon: Option<String>,
    #[opt]
    pub owner_id: Option<UserId>,
    #[opt]
    pub position: Option<i32>,
    #[opt]
    pub parent_id: Option<ChannelId>,
    #[opt]
    pub bitrate: Option<i32>,
    #[opt]
    pub user_limit: Option<i32>,
    #[opt]
    pub rtc_region: Option<String>,
    #[opt]
    pub last_message_id: Option<MessageId>,
    #[opt]
    pub last_pin_timestamp: Option<Timestamp>,
    #[opt]
    pub permission_overwrites: Option<Vec<Overwrite>>,
    /// DMs: everybody but the reader.
    #[opt]
    pub recipients: Option<Vec<UserPartial>>,
    #[opt]
    pub nsfw: Option<bool>,
    /// Slowmode, in seconds.
    #[opt]
    pub rate_limit_per_user: Option<i32>,
    #[opt]
    #[serde(default)]
    pub nicks: BTreeMap<UserId, String>,
}
