//! `POST /guilds/{guild_id}/transfer-ownership`.

use fluxer_wire::{GuildId, UserId, code, guild as wire};

use super::update::finish;
use crate::{Actor, App, Result, fail};

/// Hands the guild over to another member. Sudo mode was proven before.
pub async fn transfer(app: &App, actor: &Actor, id: GuildId, heir: UserId) -> Result<wire::Guild> {
    let access = app.guild_access(actor, id, code::ACCESS_DENIED).await?;
    access.require_owner(actor)?;
    if app.find_member(id, heir).await?.is_none() {
        return fail(code::UNKNOWN_MEMBER);
    }
    if app.user(heir).await?.bot {
        return fail(code::CANNOT_TRANSFER_OWNERSHIP_TO_BOT);
    }
    let row = super::change(app, id, |row| row.owner_id = heir).await?;
    finish(app, actor, &access.guild.row, &row).await;
    Ok(super::guild(&row))
}
