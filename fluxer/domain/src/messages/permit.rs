//! Whether a caller may send into a channel right now: everything between seeing the
//! channel and looking at what is said.

use fluxer_wire::{Permissions, channel::ChannelType, code, message_requests::MessageRequestSchema};

use super::{dm, verification};
use crate::{
    Actor, App, Result,
    access::{ChannelAccess, GuildAccess},
    fail,
};

/// Permissions and, for DMs, the relationship; in the order of the specification.
pub async fn may_send(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    form: &MessageRequestSchema,
) -> Result<()> {
    if form.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        access.require(Permissions::EMBED_LINKS)?;
    }
    if form.favorite_meme_id.is_some() {
        access.require(Permissions::EMBED_LINKS | Permissions::ATTACH_FILES)?;
    }
    if let Some(guild) = &access.guild {
        access.require_sending_enabled()?;
        access.require(Permissions::SEND_MESSAGES)?;
        not_timed_out(app, access, guild)?;
        let joined_at = guild.member.as_ref().map(|member| member.joined_at);
        let has_role = guild.member.as_ref().is_some_and(|member| !member.role_ids.is_empty());
        if !guild.guild.is_owner(actor.id()) && !has_role {
            let level = guild.guild.row.verification_level;
            verification::check(level, &actor.user, joined_at, app.clock.now())?;
        }
    } else if access.kind() == ChannelType::Dm {
        Box::pin(dm::may_message(app, actor, access)).await?;
    }
    Ok(())
}

/// A timeout silences; whoever may do everything cannot be silenced.
pub fn not_timed_out(app: &App, access: &ChannelAccess, guild: &GuildAccess) -> Result<()> {
    let silenced = guild.member.as_ref().is_some_and(|member| member.is_timed_out(app.clock.now()));
    if silenced && access.permissions != Permissions::EVERYTHING {
        return fail(code::COMMUNICATION_DISABLED);
    }
    Ok(())
}

/// One message in so many seconds, for those slowmode is for. Takes the turn.
pub async fn take_turn(app: &App, actor: &Actor, access: &ChannelAccess) -> Result<()> {
    let seconds = access.channel.rate_limit_per_user;
    if access.guild.is_none() || seconds <= 0 || actor.user.bot || access.can(Permissions::BYPASS_SLOWMODE) {
        return Ok(());
    }
    let now = app.clock.now();
    let key = format!("slowmode:{}:{}", access.id(), actor.id());
    let until = now.plus_seconds(seconds.into()).millis().to_string();
    let window = std::time::Duration::from_secs(seconds.unsigned_abs().into());
    if app.cache.set_if_absent(&key, until, window).await? {
        return Ok(());
    }
    let until = app.cache.get(&key).await?;
    let until = until.and_then(|text| std::str::from_utf8(&text).ok()?.parse::<i64>().ok());
    let wait = until.map_or(1, |until| (until - now.millis()).max(0).unsigned_abs().div_ceil(1000).max(1));
    Err(fluxer_wire::Error::new(code::SLOWMODE_RATE_LIMITED).with("retry_after", wait).into())
}
