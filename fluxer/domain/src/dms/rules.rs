//! Who may write to whom, and who may pull whom into a group.

use fluxer_wire::{UserId, code, flags::user::APP_STORE_REVIEWER};

use crate::{
    App, Result, fail,
    relationships::{are_friends, is_blocked_either_way, mutual_friends, mutual_guilds},
    rows::{UserRow, UserSettingsRow},
    verification,
};

/// `group_dm_add_permission_flags`.
mod may_add {
    pub const FRIENDS_OF_FRIENDS: i32 = 1;
    pub const GUILD_MEMBERS: i32 = 2;
    pub const EVERYONE: i32 = 4;
    pub const FRIENDS_ONLY: i32 = 8;
    pub const NOBODY: i32 = 16;
}

/// Checks a message of `sender` to `target` in their DM.
pub async fn require_can_write(app: &App, sender: &UserRow, target_id: UserId) -> Result<()> {
    if sender.system {
        return Ok(());
    }
    if sender.is_unclaimed() {
        return fail(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES);
    }
    if is_blocked_either_way(app, sender.user_id, target_id).await? {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    if are_friends(app, sender.user_id, target_id).await? {
        return Ok(());
    }
    let Some(target) = app.find_user(target_id).await? else { return fail(code::CANNOT_SEND_MESSAGES_TO_USER) };
    if target.has(APP_STORE_REVIEWER) {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    let Some(settings) = app.store.get::<UserSettingsRow>((target_id,)).await? else { return Ok(()) };
    // Which of the target's lists counts depends on who writes.
    let (default, restricted) = if sender.bot {
        (settings.bot_default_guilds_restricted, &settings.bot_restricted_guilds)
    } else {
        (settings.default_guilds_restricted, &settings.restricted_guilds)
    };
    if !default && restricted.is_empty() {
        return Ok(());
    }
    for guild_id in mutual_guilds(app, sender.user_id, target_id).await? {
        if restricted.contains(&guild_id) {
            continue;
        }
        let Some(guild) = app.find_guild(guild_id).await? else { continue };
        let member = app.find_member(guild_id, sender.user_id).await?;
        if verification::check(app, &guild, sender, member.as_deref()).is_ok() {
            return Ok(());
        }
    }
    fail(code::CANNOT_SEND_MESSAGES_TO_USER)
}

/// Whether `target` lets `adder` put them into a group DM.
pub async fn may_add_to_group(app: &App, adder: UserId, target: UserId) -> Result<bool> {
    let Some(settings) = app.store.get::<UserSettingsRow>((target,)).await? else { return Ok(false) };
    let flags = settings.group_dm_add_permission_flags;
    if flags & may_add::NOBODY != 0 {
        return Ok(false);
    }
    if flags & may_add::EVERYONE != 0 || are_friends(app, adder, target).await? {
        return Ok(true);
    }
    if flags & may_add::FRIENDS_ONLY != 0 {
        return Ok(false);
    }
    if flags & may_add::FRIENDS_OF_FRIENDS != 0 && !mutual_friends(app, adder, target).await?.is_empty() {
        return Ok(true);
    }
    Ok(flags & may_add::GUILD_MEMBERS != 0 && !mutual_guilds(app, adder, target).await?.is_empty())
}
