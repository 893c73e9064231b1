//! `DELETE /guilds/{guild_id}/bans/{user_id}`.

use fluxer_wire::{GuildId, Permissions, UserId, code, invalid};
use serde_json::json;

use crate::{
    Actor, App, Error, Event, EventName, Result,
    audit::{Action, Entry, snapshot},
    guilds::rows::BanByIpRow,
    rows::BanRow,
};

pub async fn unban(app: &App, actor: &Actor, id: GuildId, user: UserId) -> Result<()> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::BAN_MEMBERS)?;
    let not_banned = || Error::field("user_id", invalid::USER_IS_NOT_BANNED);
    let row = app.store.get::<BanRow>((id, user)).await?.ok_or_else(not_banned)?;
    if !app.store.delete_if_exists::<BanRow>((id, user)).await? {
        return Err(not_banned());
    }
    if let Some(ip) = &row.ip {
        app.store.delete::<BanByIpRow>((id, ip.clone(), user)).await?;
    }
    let body = json!({"guild_id": id, "user": {"id": user}});
    app.to_guild(id, Event::new(EventName::GuildBanRemove, &body)).await;
    let entry = Entry::new(Action::MemberBanRemove).target(user).deleted(snapshot::ban(&row));
    app.audit(actor, id, entry).await;
    Ok(())
}
