//! `DELETE /guilds/{guild_id}/members/{user_id}`.

use fluxer_wire::{GuildId, Permissions, UserId, code};

use crate::{
    Actor, App, Result,
    audit::{Action, Entry},
    fail,
    guilds::remove_member,
};

/// Takes a member out; they may come back.
pub async fn kick(app: &App, actor: &Actor, id: GuildId, user: UserId) -> Result<()> {
    let (access, target) = super::target(app, actor, id, user).await?;
    access.require(Permissions::KICK_MEMBERS)?;
    if user == actor.id() || access.guild.is_owner(user) {
        return fail(code::UNKNOWN_MEMBER);
    }
    if !access.guild.outranks(actor.id(), access.member.as_deref(), &target) {
        return fail(code::MISSING_PERMISSIONS);
    }
    if !remove_member(app, id, user).await? {
        return fail(code::UNKNOWN_MEMBER);
    }
    app.audit(actor, id, Entry::new(Action::MemberKick).target(user)).await;
    Ok(())
}
