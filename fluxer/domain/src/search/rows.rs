//! What is remembered of the indexes beside them.

use fluxer_wire::{ChannelId, GuildId, MessageId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

/// A channel whose messages are indexed, or are about to be: from now on its changes count.
#[derive(Table, Clone, Debug)]
#[table(name = "searched_channels")]
pub struct SearchedChannelRow {
    #[partition]
    pub channel_id: ChannelId,
    /// The life of the index that they were put into.
    pub generation: String,
    /// Messages up to this one are indexed by whoever began; later ones as they come.
    pub newest: Option<MessageId>,
    /// How far back that has come.
    pub oldest: Option<MessageId>,
    /// When it came to an end.
    pub indexed_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

/// The same of a guild's members.
#[derive(Table, Clone, Debug)]
#[table(name = "searched_guilds")]
pub struct SearchedGuildRow {
    #[partition]
    pub guild_id: GuildId,
    pub generation: String,
    pub indexed_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

/// An index of everything there is of a kind, or about to be.
#[derive(Table, Clone, Debug)]
#[table(name = "searched_indexes")]
pub struct SearchedIndexRow {
    #[partition]
    pub index: String,
    pub generation: String,
    pub indexed_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

/// Something that an index has to be told of. What, is read from the store when it is.
#[derive(Table, Clone, Debug)]
#[table(name = "search_changes")]
pub struct ChangeRow {
    /// The index.
    #[partition]
    pub index: String,
    #[cluster]
    pub id: String,
    /// Another one each time: whoever has told the index takes back only what it has seen.
    #[version]
    pub stamp: i32,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![SearchedChannelRow::SCHEMA, SearchedGuildRow::SCHEMA, SearchedIndexRow::SCHEMA, ChangeRow::SCHEMA]
}
