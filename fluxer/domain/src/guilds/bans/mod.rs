//! Bans: kept by user id, and by the address the user was last seen at.

mod ban;
mod purge;
mod unban;

pub use ban::ban;
pub use purge::jobs;
pub use unban::unban;

use fluxer_wire::{GuildId, Permissions, code, guild_requests::GuildBan};

use crate::{Actor, App, Result, rows::BanRow};

/// `GET /guilds/{guild_id}/bans`.
pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<GuildBan>> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::BAN_MEMBERS)?;
    let mut bans = Vec::new();
    for row in app.store.range::<BanRow>((id,)).all().await? {
        bans.push(GuildBan {
            user: app.partial(row.user_id).await?,
            reason: row.reason,
            moderator_id: row.moderator_id,
            banned_at: row.banned_at,
            expires_at: row.expires_at,
        });
    }
    Ok(bans)
}
