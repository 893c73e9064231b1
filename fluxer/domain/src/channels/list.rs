//! `GET /guilds/{guild_id}/channels`.

use fluxer_wire::{GuildId, channel::Channel, code};

use crate::{Actor, App, Result, guilds::visible};

/// The channels the caller can view.
pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<Channel>> {
    let access = app.guild_access(actor, id, code::UNKNOWN_GUILD).await?;
    super::views(app, visible(actor, &access)).await
}
