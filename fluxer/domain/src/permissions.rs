//! The permission algebra: pure, no store, no clock. The gateway keeps audiences with the
//! same functions.

use fluxer_wire::{
    AnyId, GuildId, Permissions, RoleId, UserId,
    channel::{Overwrite, OverwriteType},
};

/// Permissions at guild level. `role` looks a role up; missing ones are ignored.
///
/// `roles` is `None` for a user who is not a member.
pub fn in_guild(
    guild_id: GuildId,
    owner_id: UserId,
    user_id: UserId,
    roles: Option<impl IntoIterator<Item = RoleId>>,
    role: impl Fn(RoleId) -> Option<Permissions>,
) -> Permissions {
    let Some(roles) = roles else {
        // An owner is a member; a guild whose owner left is nobody's.
        return if owner_id == user_id { Permissions::EVERYTHING } else { Permissions::NONE };
    };
    if owner_id == user_id {
        return Permissions::EVERYTHING;
    }
    let everyone = role(guild_id.cast()).unwrap_or_default();
    let all = roles.into_iter().filter_map(role).fold(everyone, |sum, bits| sum | bits);
    if all.contains(Permissions::ADMINISTRATOR) { Permissions::EVERYTHING } else { all }
}

/// Permissions in a channel, from those at guild level and the channel's overwrites.
pub fn in_channel(
    base: Permissions,
    guild_id: GuildId,
    user_id: UserId,
    has_role: impl Fn(AnyId) -> bool,
    overwrites: &[Overwrite],
) -> Permissions {
    if base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::EVERYTHING;
    }
    let mut bits = base;
    let (mut deny, mut allow) = (Permissions::NONE, Permissions::NONE);
    let mut own = None;
    for overwrite in overwrites {
        match overwrite.kind {
            OverwriteType::Role if overwrite.id == guild_id.cast() => {
                bits = (bits & !overwrite.deny) | overwrite.allow;
            }
            OverwriteType::Role if has_role(overwrite.id) => {
                deny |= overwrite.deny;
                allow |= overwrite.allow;
            }
            OverwriteType::Member if overwrite.id == user_id.cast() => own = Some(overwrite),
            _ => {}
        }
    }
    bits = (bits & !deny) | allow;
    if let Some(overwrite) = own {
        bits = (bits & !overwrite.deny) | overwrite.allow;
    }
    bits
}
