//! Managed traits: a guild's features `MT_…` give every member the trait of that name for as
//! long as they are in a guild that has it.

use std::collections::BTreeSet;

use fluxer_wire::{GuildId, UserId};

use crate::{
    App, Event, EventName, Result,
    rows::{GuildRow, MemberRow, MembershipRow},
    users::private,
};

const PREFIX: &str = "MT_";

fn managed(names: &BTreeSet<String>) -> impl Iterator<Item = &String> {
    names.iter().filter(|name| name.starts_with(PREFIX))
}

/// Whether the guild gives its members a trait at all.
pub(super) fn gives_any(guild: &GuildRow) -> bool {
    managed(&guild.features).next().is_some()
}

/// Makes a user's managed traits what their guilds give, and tells them of a change.
pub async fn refresh_traits(app: &App, user: UserId) -> Result<()> {
    let Some(row) = app.find_user(user).await? else { return Ok(()) };
    let mut due = BTreeSet::new();
    for membership in app.store.range::<MembershipRow>((user,)).all().await? {
        if let Some(guild) = app.find_guild(membership.guild_id).await? {
            due.extend(managed(&guild.row.features).cloned());
        }
    }
    let held: BTreeSet<String> = row.traits.iter().filter(|name| name.starts_with(PREFIX)).cloned().collect();
    if held == due {
        return Ok(());
    }
    let changed = app
        .update_user(user, |row| {
            row.traits.retain(|name| !name.starts_with(PREFIX));
            row.traits.extend(due.iter().cloned());
        })
        .await?;
    if let Some(row) = changed {
        app.to_user(user, Event::new(EventName::UserUpdate, &private(app, &row))).await;
    }
    Ok(())
}

/// The same for one who joined or left the guild; nothing to do where it gives no trait.
pub(crate) async fn refresh_for(app: &App, guild: GuildId, user: UserId) -> Result<()> {
    match app.find_guild(guild).await? {
        Some(guild) if gives_any(&guild.row) => refresh_traits(app, user).await,
        _ => Ok(()),
    }
}

/// The same for every member, after the guild's features changed.
pub async fn reconcile_traits(app: &App, guild: GuildId) -> Result<()> {
    for member in app.store.range::<MemberRow>((guild,)).all().await? {
        refresh_traits(app, member.user_id).await?;
    }
    Ok(())
}
