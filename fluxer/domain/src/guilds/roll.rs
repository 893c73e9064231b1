//! Who is a member, and how many there are: written together, under the guild's version. The
//! count is right whatever happens in between.

use fluxer_wire::{GuildId, UserId};
use platform_store::Batch;

use crate::{
    App, Error, Result,
    rows::{GuildRow, MemberRow, MembershipRow},
};

/// In this process everybody waits for their turn; others are met this often at most.
const TRIES: usize = 20;

/// Adds the member; false if there is one already, or no guild. Of several callers exactly one
/// gets true.
pub(super) async fn add(app: &App, member: &MemberRow) -> Result<bool> {
    let (guild_id, user_id) = (member.guild_id, member.user_id);
    let _turn = app.store.turn::<GuildRow>((guild_id,)).await;
    for _ in 0..TRIES {
        // The guild first: who came or went after this is met by its version.
        let Some(mut guild) = app.store.get::<GuildRow>((guild_id,)).await? else { return Ok(false) };
        if app.store.get::<MemberRow>((guild_id, user_id)).await?.is_some() {
            return Ok(false);
        }
        guild.member_count += 1;
        let with = Batch::new().put(member).put(&MembershipRow { user_id, guild_id });
        if app.store.update_if_version_with(&guild, with).await? {
            forget(app, guild_id, user_id);
            return Ok(true);
        }
    }
    Err(Error::internal("too many change one guild at once"))
}

/// Takes the member off; none if there is none. Of several callers exactly one gets it.
pub(super) async fn strike(app: &App, guild_id: GuildId, user_id: UserId) -> Result<Option<MemberRow>> {
    let _turn = app.store.turn::<GuildRow>((guild_id,)).await;
    let rows =
        || Batch::new().delete::<MemberRow>((guild_id, user_id)).delete::<MembershipRow>((user_id, guild_id));
    for _ in 0..TRIES {
        let guild = app.store.get::<GuildRow>((guild_id,)).await?;
        let member = app.store.get::<MemberRow>((guild_id, user_id)).await?;
        let (Some(mut guild), Some(_)) = (guild, &member) else {
            // What is left of a guild that is gone, or of a member who is.
            app.store.commit(rows()).await?;
            forget(app, guild_id, user_id);
            return Ok(member);
        };
        guild.member_count = (guild.member_count - 1).max(0);
        if app.store.update_if_version_with(&guild, rows()).await? {
            forget(app, guild_id, user_id);
            return Ok(member);
        }
    }
    Err(Error::internal("too many change one guild at once"))
}

fn forget(app: &App, guild: GuildId, user: UserId) {
    app.forget_member(guild, user);
    app.forget_guild(guild);
}
