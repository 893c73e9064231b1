//! Channels of guilds and between people.

use std::collections::BTreeMap;

use fluxer_wire::{
    ChannelId, GuildId, MessageId, UserId,
    channel::{ChannelType, Overwrite},
};
use platform_kernel::Timestamp;
use platform_store::Table;

/// Any channel. What changes with every message stands in [`ChannelStateRow`].
#[derive(Table, Clone, Debug, Default)]
#[table(name = "channels")]
pub struct ChannelRow {
    #[partition]
    pub channel_id: ChannelId,
    /// A `ChannelType`.
    pub kind: i32,
    pub guild_id: Option<GuildId>,
    pub name: Option<String>,
    pub topic: Option<String>,
    pub url: Option<String>,
    pub icon_hash: Option<String>,
    pub owner_id: Option<UserId>,
    pub parent_id: Option<ChannelId>,
    pub position: i32,
    pub nsfw: bool,
    /// Slowmode, in seconds.
    pub rate_limit_per_user: i32,
    pub bitrate: Option<i32>,
    pub user_limit: Option<i32>,
    pub rtc_region: Option<String>,
    #[json]
    pub overwrites: Vec<Overwrite>,
    /// DM and group DM: everybody in it.
    #[json]
    pub recipient_ids: Vec<UserId>,
    /// Group DM: nicknames.
    #[json]
    pub nicks: BTreeMap<UserId, String>,
    #[version]
    pub version: i32,
}

impl ChannelRow {
    pub fn channel_type(&self) -> ChannelType {
        ChannelType::from_number(self.kind.into()).unwrap_or(ChannelType::Text)
    }
    pub fn is(&self, kind: ChannelType) -> bool {
        self.kind == kind.number()
    }
}

#[derive(Table, Clone, Debug)]
#[table(name = "channels_by_guild_id")]
pub struct ChannelByGuildRow {
    #[partition]
    pub guild_id: GuildId,
    #[cluster]
    pub channel_id: ChannelId,
}

/// The moving part of a channel, written together with messages and pins.
#[derive(Table, Clone, Debug)]
#[table(name = "channel_state")]
pub struct ChannelStateRow {
    #[partition]
    pub channel_id: ChannelId,
    pub last_message_id: Option<MessageId>,
    pub last_pin_timestamp: Option<Timestamp>,
}

/// The open DMs and group DMs of a user.
#[derive(Table, Clone, Debug)]
#[table(name = "private_channels")]
pub struct PrivateChannelRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub channel_id: ChannelId,
    pub is_gdm: bool,
}

/// Every DM a user ever had, open or closed.
#[derive(Table, Clone, Debug)]
#[table(name = "dms_by_user")]
pub struct DmByUserRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub channel_id: ChannelId,
}

/// The one DM of two users.
#[derive(Table, Clone, Debug)]
#[table(name = "dm_states")]
pub struct DmPairRow {
    /// The higher id.
    #[partition]
    pub hi_user_id: UserId,
    #[partition]
    pub lo_user_id: UserId,
    pub channel_id: ChannelId,
}
