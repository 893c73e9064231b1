//! The feed of recent mentions.

use fluxer_wire::{ChannelId, GuildId, MessageId, UserId};
use platform_store::{Schema, Table};

/// A mention of a user in a guild; kept seven days.
#[derive(Table, Clone, Debug)]
#[table(name = "recent_mentions", ttl = 604800)]
pub struct RecentMentionRow {
    #[partition]
    pub user_id: UserId,
    #[cluster(desc)]
    pub message_id: MessageId,
    pub channel_id: ChannelId,
    pub guild_id: GuildId,
    pub is_everyone: bool,
    pub is_role: bool,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![RecentMentionRow::SCHEMA]
}
