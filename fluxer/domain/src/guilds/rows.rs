//! Tables that only the rules of guilds read.

use fluxer_wire::{GuildId, Timestamp, UserId};
use platform_store::{Schema, Table};

/// Bans by the address they were spoken against.
#[derive(Table, Clone, Debug)]
#[table(name = "guild_bans_by_ip")]
pub struct BanByIpRow {
    #[partition]
    pub guild_id: GuildId,
    #[partition]
    pub ip: String,
    #[cluster]
    pub user_id: UserId,
}

/// A guild's application to be listed in the directory.
#[derive(Table, Clone, Debug)]
#[table(name = "guild_discovery")]
pub struct DiscoveryRow {
    #[partition]
    pub guild_id: GuildId,
    /// A `DiscoveryStatus`.
    pub status: String,
    pub description: String,
    pub category_type: i32,
    pub applied_at: Timestamp,
    pub reviewed_at: Option<Timestamp>,
    pub review_reason: Option<String>,
    pub removed_at: Option<Timestamp>,
    pub removal_reason: Option<String>,
    #[version]
    pub version: i32,
}

/// The guilds that are listed.
#[derive(Table, Clone, Debug)]
#[table(name = "guild_discovery_listed")]
pub struct DiscoveryListedRow {
    /// One for all: a directory is looked through whole.
    #[partition]
    pub shelf: i32,
    #[cluster]
    pub guild_id: GuildId,
}

impl DiscoveryListedRow {
    pub const SHELF: i32 = 0;
}

pub fn tables() -> Vec<&'static Schema> {
    vec![BanByIpRow::SCHEMA, DiscoveryRow::SCHEMA, DiscoveryListedRow::SCHEMA]
}
