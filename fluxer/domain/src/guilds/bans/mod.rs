//! Bans: kept by user id, and by the address the user was last seen at.

mod ban;
mod purge;
mod unban;

pub use ban::ban;
pub use purge::jobs;
pub use unban::unban;

use fluxer_wire::{GuildId, Permissions, code, guild_requests::GuildBan};

use crate::{Actor, App, Result, rows::BanRow, users};

/// `GET /guilds/{guild_id}/bans`.
pub async fn list(app: &App, actor: &Actor, id: GuildId) -> Result<Vec<GuildBan>> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::BAN_MEMBERS)?;
    let rows = app.store.range::<BanRow>((id,)).all().await?;
    let ids: Vec<_> = rows.iter().map(|row| row.user_id).collect();
    let people = app.find_users(&ids).await?;
    let bans = rows.into_iter().zip(people).map(|(row, user)| GuildBan {
        user: user.map_or_else(|| users::deleted(row.user_id), |user| users::partial(app, &user)),
        reason: row.reason,
        moderator_id: row.moderator_id,
        banned_at: row.banned_at,
        expires_at: row.expires_at,
    });
    Ok(bans.collect())
}
