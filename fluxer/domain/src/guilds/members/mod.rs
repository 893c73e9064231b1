//! Members of guilds: reading them, changing them, their roles, taking them out.

mod kick;
mod list;
mod roles;
mod search;
mod update;

pub use kick::kick;
pub use list::{get, list};
pub use roles::{add_role, remove_role};
pub use search::search;
pub use update::update;

use std::{collections::BTreeSet, sync::Arc};

use fluxer_wire::{GuildId, Timestamp, UserId, code, guild as wire};

use crate::{Actor, App, Event, EventName, Result, access::GuildAccess, fail, rows::MemberRow};

/// A member as they come in: nothing set.
pub(crate) fn blank(guild_id: GuildId, user_id: UserId, joined_at: Timestamp) -> MemberRow {
    MemberRow {
        guild_id,
        user_id,
        joined_at,
        nick: None,
        role_ids: BTreeSet::new(),
        avatar_hash: None,
        banner_hash: None,
        accent_color: None,
        bio: None,
        pronouns: None,
        profile_flags: 0,
        mute: false,
        deaf: false,
        communication_disabled_until: None,
        temporary: false,
        join_source_type: 0,
        source_invite_code: None,
        inviter_id: None,
        version: 0,
    }
}

/// Where a member's pictures of this guild are kept.
fn prefix(guild: GuildId, user: UserId, kind: &str) -> String {
    format!("guilds/{guild}/users/{user}/{kind}")
}

/// The member's pictures of this guild: prefix and hash.
pub(crate) fn pictures(row: &MemberRow) -> impl Iterator<Item = (String, &str)> {
    let all = [("avatars", &row.avatar_hash), ("banners", &row.banner_hash)];
    let (guild, user) = (row.guild_id, row.user_id);
    all.into_iter().filter_map(move |(kind, hash)| Some((prefix(guild, user, kind), hash.as_deref()?)))
}

/// The guild for an operation on one of its members: the target is looked up before the
/// caller's own membership is.
async fn target(
    app: &App,
    actor: &Actor,
    guild: GuildId,
    user: UserId,
) -> Result<(GuildAccess, Arc<MemberRow>)> {
    let access = app.guild_standing(actor, guild).await?;
    let Some(member) = app.find_member(guild, user).await? else { return fail(code::UNKNOWN_MEMBER) };
    if access.member.is_none() { fail(code::UNKNOWN_GUILD) } else { Ok((access, member)) }
}

/// Changes a member's row and forgets what is held of it.
pub(crate) async fn change(
    app: &App,
    guild: GuildId,
    user: UserId,
    change: impl FnMut(&mut MemberRow) + Send,
) -> Result<MemberRow> {
    let row = app.store.update::<MemberRow, _>((guild, user), change).await?;
    app.forget_member(guild, user);
    app.touch_member(guild, user).await?;
    match row {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_MEMBER),
    }
}

/// The member as the wire shows them.
pub(crate) async fn view(app: &App, row: &MemberRow) -> Result<wire::Member> {
    Ok(super::member(row, app.partial(row.user_id).await?, app.clock.now()))
}

/// Tells the guild that the member changed.
pub(crate) async fn announce(app: &App, row: &MemberRow) -> Result<wire::Member> {
    let view = view(app, row).await?;
    app.to_guild(row.guild_id, Event::new(EventName::GuildMemberUpdate, &view)).await;
    Ok(view)
}
