//! Messages between two people: who may write to whom, and the channel coming back for
//! whoever had closed it.

use fluxer_wire::{UserId, channel::ChannelType, code, flags, user::RelationshipType};
use platform_store::Batch;

use super::verification;
use crate::{
    Actor, App, Event, EventName, Result,
    access::ChannelAccess,
    channels::private_channel,
    fail,
    rows::{ChannelRow, MembershipRow, PrivateChannelRow, RelationshipRow, UserRow, UserSettingsRow},
};

/// The other one in a DM; oneself if there is no other.
pub fn partner(channel: &ChannelRow, of: UserId) -> UserId {
    channel.recipient_ids.iter().copied().find(|id| *id != of).unwrap_or(of)
}

/// The rules for a DM; 400 `CANNOT_SEND_MESSAGES_TO_USER` where they forbid it.
pub async fn may_message(app: &App, actor: &Actor, access: &ChannelAccess) -> Result<()> {
    may_message_user(app, actor, partner(&access.channel, actor.id())).await
}

/// Whether `actor` may write to `target`.
pub async fn may_message_user(app: &App, actor: &Actor, target: UserId) -> Result<()> {
    if actor.user.system || target == actor.id() {
        return Ok(());
    }
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES)?;
    let keys = vec![(actor.id(), target), (target, actor.id())];
    let sides = app.store.get_many::<RelationshipRow>(keys).await?;
    let is = |kind: RelationshipType| sides.iter().flatten().any(|side| side.kind == kind.number());
    if is(RelationshipType::Blocked) {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    if is(RelationshipType::Friend) {
        return Ok(());
    }
    let Some(user) = app.find_user(target).await? else {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    };
    if user.has(flags::user::APP_STORE_REVIEWER) {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    if open_to(app, &actor.user, &user).await? { Ok(()) } else { fail(code::CANNOT_SEND_MESSAGES_TO_USER) }
}

/// Whether the target's settings let this stranger in: without restrictions everybody,
/// otherwise through a guild they share.
async fn open_to(app: &App, sender: &UserRow, target: &UserRow) -> Result<bool> {
    let Some(settings) = app.store.get::<UserSettingsRow>((target.user_id,)).await? else { return Ok(true) };
    let (by_default, restricted) = if sender.bot {
        (settings.bot_default_guilds_restricted, settings.bot_restricted_guilds)
    } else {
        (settings.default_guilds_restricted, settings.restricted_guilds)
    };
    if !by_default && restricted.is_empty() {
        return Ok(true);
    }
    let (own, theirs) = futures_util::try_join!(
        app.store.range::<MembershipRow>((sender.user_id,)).all(),
        app.store.range::<MembershipRow>((target.user_id,)).all(),
    )?;
    for guild_id in own.iter().map(|row| row.guild_id) {
        let shared = theirs.iter().any(|row| row.guild_id == guild_id);
        if !shared || restricted.contains(&guild_id) {
            continue;
        }
        let Some(guild) = app.find_guild(guild_id).await? else { continue };
        let member = app.find_member(guild_id, sender.user_id).await?;
        let exempt = guild.is_owner(sender.user_id)
            || member.as_ref().is_some_and(|member| !member.role_ids.is_empty());
        let joined_at = member.map(|member| member.joined_at);
        let level = guild.row.verification_level;
        if exempt || verification::check(level, sender, joined_at, app.clock.now()).is_ok() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Those who have the DM closed.
pub async fn closed_for(app: &App, channel: &ChannelRow) -> Result<Vec<UserId>> {
    if !channel.is(ChannelType::Dm) {
        return Ok(Vec::new());
    }
    let keys = channel.recipient_ids.iter().map(|user| (*user, channel.channel_id)).collect();
    let open = app.store.get_many::<PrivateChannelRow>(keys).await?;
    let closed = channel.recipient_ids.iter().zip(open).filter(|(_, row)| row.is_none());
    Ok(closed.map(|(user, _)| *user).collect())
}

/// Adds to the batch what opens the channel for `users`.
pub fn reopen(channel: &ChannelRow, users: &[UserId], batch: &mut Batch) {
    for user in users {
        let row = PrivateChannelRow { user_id: *user, channel_id: channel.channel_id, is_gdm: false };
        *batch = std::mem::take(batch).put(&row);
    }
}

/// Shows the reopened channel to `users`.
pub async fn announce_reopened(app: &App, channel: &ChannelRow, users: &[UserId]) -> Result<()> {
    if users.is_empty() {
        return Ok(());
    }
    let head = app.head(channel.channel_id).await?;
    let people = app.partials(channel.recipient_ids.iter().copied()).await?;
    for user in users {
        let shown = private_channel(channel, &head, &people, Some(*user));
        app.to_user(*user, Event::new(EventName::ChannelCreate, &shown)).await;
    }
    Ok(())
}
