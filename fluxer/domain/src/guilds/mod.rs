//! Guilds: their snapshot and, in a file each, what can be done with them.

mod snapshot;
mod view;

pub use snapshot::GuildSnapshot;
pub use view::{emoji, guild, member, role, sticker};
