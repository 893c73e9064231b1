//! Channels of every kind: how one is found, shown, and what its newest message is.

mod heads;
mod view;

use std::sync::Arc;

use crate::{guilds::GuildSnapshot, rows::ChannelRow};

pub use heads::Heads;
pub use view::{guild_channel, private_channel};

/// A channel and, if it has one, its guild.
#[derive(Debug, Clone)]
pub struct ChannelInfo {
    pub row: Arc<ChannelRow>,
    pub guild: Option<Arc<GuildSnapshot>>,
}
