//! Temporary membership ends with a user's last session (gateway specification §16.4).

use fluxer_wire::{GuildId, UserId};

use crate::{
    App, Result,
    rows::{MemberRow, MembershipRow},
};

/// The guilds in which the user is only a temporary member.
pub async fn temporary_guilds(app: &App, user: UserId) -> Result<Vec<GuildId>> {
    let guilds = app.store.range::<MembershipRow>((user,)).all().await?;
    let keys = guilds.iter().map(|row| (row.guild_id, user)).collect();
    let members = app.store.get_many::<MemberRow>(keys).await?;
    Ok(members.into_iter().flatten().filter(|row| row.temporary).map(|row| row.guild_id).collect())
}

/// Takes the user out of the guilds they were in only for as long as they were here.
pub async fn end_temporary_memberships(app: &App, user: UserId) -> Result<()> {
    for guild in temporary_guilds(app, user).await? {
        crate::guilds::remove_member(app, guild, user).await?;
    }
    Ok(())
}
