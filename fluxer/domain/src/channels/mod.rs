//! Channels of every kind: how one is found and shown, what its newest message is, and what
//! can be done with those of guilds. Direct messages and group DMs have their own place.

mod create;
mod delete;
mod get;
mod heads;
mod list;
mod order;
mod overwrites;
mod purge;
mod reorder;
mod update;
mod view;

use std::sync::Arc;

use fluxer_wire::channel::Channel;

use crate::{App, Event, EventName, Result, guilds::GuildSnapshot, rows::ChannelRow};

pub use create::create;
pub use delete::delete;
pub use get::{get, rtc_regions};
pub use heads::{Head, Heads, Turn};
pub use list::list;
pub use overwrites::{delete_overwrite, put_overwrite};
pub use purge::jobs;
pub(crate) use purge::purge_in;
pub use reorder::reorder;
pub use update::update;
pub use view::{guild_channel, private_channel};

/// A channel and, if it has one, its guild.
#[derive(Debug, Clone)]
pub struct ChannelInfo {
    pub row: Arc<ChannelRow>,
    pub guild: Option<Arc<GuildSnapshot>>,
}

/// A guild's channel as the wire shows it.
pub(crate) async fn view_of(app: &App, row: &ChannelRow) -> Result<Channel> {
    Ok(guild_channel(row, &*app.head(row.channel_id).await?))
}

/// A guild's channels as the wire shows them, in the order given.
pub(crate) async fn views<'a>(
    app: &App,
    rows: impl Iterator<Item = &'a ChannelRow> + Send,
) -> Result<Vec<Channel>> {
    let rows: Vec<&ChannelRow> = rows.collect();
    let ids: Vec<_> = rows.iter().map(|row| row.channel_id).collect();
    let heads = app.heads(&ids).await?;
    Ok(rows.into_iter().zip(&heads).map(|(row, head)| guild_channel(row, head)).collect())
}

/// Tells the guild of a channel.
async fn tell(app: &App, name: EventName, row: &ChannelRow) -> Result<Channel> {
    let view = view_of(app, row).await?;
    if let Some(guild) = row.guild_id {
        app.to_guild(guild, Event::new(name, &view).channel(row.channel_id)).await;
    }
    Ok(view)
}
