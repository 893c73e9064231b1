//! Tables that only the rules of guilds read.

use fluxer_wire::{GuildId, UserId};
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

pub fn tables() -> Vec<&'static Schema> {
    vec![BanByIpRow::SCHEMA]
}
