//! Ceasing to be a member: by leaving, by being taken out, by being banned.

use fluxer_wire::{GuildId, UserId, code, invalid};
use serde_json::json;

use super::{roll, traits};
use crate::{Actor, App, Error, Event, EventName, Result, events::Control, fail, users::settings};

/// `DELETE /users/@me/guilds/{guild_id}`.
pub async fn leave(app: &App, actor: &Actor, id: GuildId) -> Result<()> {
    let access = app.guild_access(actor, id, code::UNKNOWN_MEMBER).await?;
    if access.guild.is_owner(actor.id()) {
        return Err(Error::field("guild_id", invalid::CANNOT_LEAVE_GUILD_AS_OWNER));
    }
    match remove_member(app, id, actor.id()).await? {
        true => Ok(()),
        false => fail(code::UNKNOWN_MEMBER),
    }
}

/// Takes a member out and tells everybody; false if they are not (or no longer) one.
pub async fn remove_member(app: &App, guild_id: GuildId, user_id: UserId) -> Result<bool> {
    if !erase(app, guild_id, user_id).await? {
        return Ok(false);
    }
    app.control_user(user_id, Control::LeaveGuild { guild_id }).await;
    tell_guild(app, guild_id, user_id).await;
    follow_up(app, guild_id, user_id).await;
    Ok(true)
}

/// The same in the order of a ban: the guild is told first.
pub(crate) async fn expel(app: &App, guild_id: GuildId, user_id: UserId) -> Result<bool> {
    if !erase(app, guild_id, user_id).await? {
        return Ok(false);
    }
    tell_guild(app, guild_id, user_id).await;
    app.control_user(user_id, Control::LeaveGuild { guild_id }).await;
    follow_up(app, guild_id, user_id).await;
    Ok(true)
}

/// The rows: of several callers exactly one gets true.
async fn erase(app: &App, guild_id: GuildId, user_id: UserId) -> Result<bool> {
    let member = roll::strike(app, guild_id, user_id).await?;
    app.touch_member(guild_id, user_id).await?;
    let Some(member) = member else { return Ok(false) };
    for (prefix, hash) in super::members::pictures(&member) {
        app.remove_image(&prefix, hash).await;
    }
    Ok(true)
}

async fn tell_guild(app: &App, guild_id: GuildId, user_id: UserId) {
    let body = json!({"user": {"id": user_id}});
    app.to_guild(guild_id, Event::new(EventName::GuildMemberRemove, &body)).await;
}

async fn follow_up(app: &App, guild_id: GuildId, user_id: UserId) {
    let steps = async {
        settings::guild_left(app, user_id, guild_id).await?;
        traits::refresh_for(app, guild_id, user_id).await
    };
    if let Err(error) = steps.await {
        tracing::warn!(%error, %guild_id, "A leave was not followed up.");
    }
}
