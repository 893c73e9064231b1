//! Who may pull whom into a group.

use fluxer_wire::UserId;

use crate::{
    App, Result,
    relationships::{are_friends, mutual_friends, mutual_guilds},
    rows::UserSettingsRow,
};

/// `group_dm_add_permission_flags`.
mod may_add {
    pub const FRIENDS_OF_FRIENDS: i32 = 1;
    pub const GUILD_MEMBERS: i32 = 2;
    pub const EVERYONE: i32 = 4;
    pub const FRIENDS_ONLY: i32 = 8;
    pub const NOBODY: i32 = 16;
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
