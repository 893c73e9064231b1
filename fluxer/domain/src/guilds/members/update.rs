//! `PATCH /guilds/{guild_id}/members/{user_id}`: nickname, timeout, roles, the member's own
//! profile, server mute. Checks run in this order; nothing is written until all have passed.

use std::{collections::BTreeSet, time::Duration};

use fluxer_wire::{
    GuildId, Invalid, Patch, Permissions, RoleId, UserId, code, guild as wire,
    guild_requests::{GuildMemberUpdateRequest, TimeoutEnd},
    invalid,
};

use crate::{
    Actor, App, Error, Result,
    access::GuildAccess,
    audit::{Action, Entry, snapshot},
    fail,
    guilds::assets::{self, Pictures},
    images::Image,
    rows::MemberRow,
};

const TIMEOUT_MAX_MS: i64 = 365 * 86_400_000;
/// How often each part of a profile may change.
const PROFILE_CHANGES: u64 = 25;
const PROFILE_WINDOW: Duration = Duration::from_secs(30 * 60);

pub async fn update(
    app: &App,
    actor: &Actor,
    id: GuildId,
    user: UserId,
    mut form: GuildMemberUpdateRequest,
) -> Result<wire::Member> {
    let (access, target) = super::target(app, actor, id, user).await?;
    let own = user == actor.id();
    check_nick(actor, &access, &target, &form)?;
    check_timeout(app, actor, &access, &target, &form)?;
    let roles = check_roles(actor, &access, &target, &form)?;
    let pictures = if own { profile(app, actor, &target, &mut form).await? } else { (None, None) };
    if !own {
        form.bio = Patch::Absent;
        form.pronouns = Patch::Absent;
        form.accent_color = Patch::Absent;
        form.profile_flags = Patch::Absent;
    }
    if form.mute.is_some() || form.deaf.is_some() {
        access.require(Permissions::MUTE_MEMBERS)?;
    }
    if form.channel_id.is_present() {
        access.require(Permissions::MOVE_MEMBERS)?;
        // Nobody is connected to voice.
        return fail(code::USER_NOT_IN_VOICE);
    }
    let row = save(app, &target, &form, roles, pictures).await?;
    let view = super::announce(app, &row).await?;
    let entry = Entry::new(Action::MemberUpdate)
        .target(user)
        .changed(&snapshot::member(&target), &snapshot::member(&row));
    let entry = match &form.timeout_reason {
        Some(reason) => entry.option("timeout_reason", reason.as_str()),
        None => entry,
    };
    app.audit(actor, id, entry).await;
    Ok(view)
}

fn check_nick(
    actor: &Actor,
    access: &GuildAccess,
    target: &MemberRow,
    form: &GuildMemberUpdateRequest,
) -> Result<()> {
    if form.nick.is_absent() {
        return Ok(());
    }
    if target.user_id == actor.id() {
        return access.require(Permissions::CHANGE_NICKNAME);
    }
    access.require(Permissions::MANAGE_NICKNAMES)?;
    outranks(actor, access, target)
}

fn outranks(actor: &Actor, access: &GuildAccess, target: &MemberRow) -> Result<()> {
    match access.guild.outranks(actor.id(), access.member.as_deref(), target) {
        true => Ok(()),
        false => fail(code::MISSING_PERMISSIONS),
    }
}

fn check_timeout(
    app: &App,
    actor: &Actor,
    access: &GuildAccess,
    target: &MemberRow,
    form: &GuildMemberUpdateRequest,
) -> Result<()> {
    const FIELD: &str = "communication_disabled_until";
    if form.communication_disabled_until.is_absent() {
        return Ok(());
    }
    if target.user_id == actor.id() {
        return fail(code::MISSING_PERMISSIONS);
    }
    access.require(Permissions::MODERATE_MEMBERS)?;
    let theirs = access.guild.permissions(target.user_id, Some(target));
    if theirs.contains(Permissions::MODERATE_MEMBERS) {
        return fail(code::MISSING_PERMISSIONS);
    }
    outranks(actor, access, target)?;
    match form.communication_disabled_until.value() {
        Some(TimeoutEnd::Unreadable) => Err(Error::field(FIELD, invalid::INVALID_TIMEOUT_VALUE)),
        Some(TimeoutEnd::At(at)) if at.since(app.clock.now()) > TIMEOUT_MAX_MS => {
            Err(Error::field(FIELD, invalid::TIMEOUT_CANNOT_EXCEED_365_DAYS))
        }
        _ => Ok(()),
    }
}

/// The roles as they are to be, if they are to change.
fn check_roles(
    actor: &Actor,
    access: &GuildAccess,
    target: &MemberRow,
    form: &GuildMemberUpdateRequest,
) -> Result<Option<BTreeSet<RoleId>>> {
    let Some(wanted) = &form.roles else { return Ok(None) };
    let guild = &access.guild;
    let wanted: BTreeSet<RoleId> = wanted.iter().copied().collect();
    if wanted.contains(&guild.id().cast()) {
        return Err(Error::field("roles", invalid::INVALID_ROLE_ID));
    }
    if !guild.is_owner(actor.id()) {
        access.require(Permissions::MANAGE_ROLES)?;
        let may = |id: &RoleId| {
            let role = guild.roles.get(id);
            role.is_some_and(|role| guild.can_assign(actor.id(), access.member.as_deref(), role))
        };
        let taken = target.role_ids.difference(&wanted).filter(|id| guild.roles.contains_key(id));
        if !wanted.difference(&target.role_ids).chain(taken).all(may) {
            return fail(code::MISSING_PERMISSIONS);
        }
    }
    if wanted.iter().all(|id| guild.roles.contains_key(id)) {
        Ok(Some(wanted))
    } else {
        fail(code::UNKNOWN_ROLE)
    }
}

type Picture = Option<Option<Image>>;

/// What the caller may change of their own profile here; the rest is dropped from the form.
async fn profile(
    app: &App,
    actor: &Actor,
    target: &MemberRow,
    form: &mut GuildMemberUpdateRequest,
) -> Result<(Picture, Picture)> {
    if !app.has_feature(&actor.user, "feature_per_guild_profiles") {
        form.avatar = Patch::Absent;
        form.banner = Patch::Absent;
        form.bio = Patch::Absent;
        form.accent_color = Patch::Absent;
    }
    let bio = form.bio.clone().map(String::from).into_change();
    let pronouns = form.pronouns.clone().map(String::from).into_change();
    let color = form.accent_color.map(|color| color.0).into_change();
    let parts = [
        ("avatar", form.avatar.is_present(), invalid::AVATAR_CHANGED_TOO_MANY_TIMES),
        ("banner", form.banner.is_present(), invalid::BANNER_CHANGED_TOO_MANY_TIMES),
        ("bio", bio.is_some_and(|bio| bio != target.bio), invalid::BIO_CHANGED_TOO_MANY_TIMES),
        (
            "accent_color",
            color.is_some_and(|color| color != target.accent_color),
            invalid::ACCENT_COLOR_CHANGED_TOO_MANY_TIMES,
        ),
        (
            "pronouns",
            pronouns.is_some_and(|pronouns| pronouns != target.pronouns),
            invalid::PRONOUNS_CHANGED_TOO_MANY_TIMES,
        ),
    ];
    for (field, changes, code) in parts {
        if changes {
            allow_change(app, target, field, code).await?;
        }
    }
    let avatar = std::mem::take(&mut form.avatar);
    let banner = std::mem::take(&mut form.banner);
    let by = target.user_id;
    Ok((assets::read(app, by, "avatar", avatar).await?, assets::read(app, by, "banner", banner).await?))
}

async fn allow_change(app: &App, target: &MemberRow, field: &str, code: Invalid) -> Result<()> {
    let key = format!("member:{field}:{}:{}", target.guild_id, target.user_id);
    match app.cache.hit(&key, PROFILE_CHANGES, PROFILE_WINDOW).await? {
        true => Ok(()),
        false => Err(Error::field(field, code)),
    }
}

async fn save(
    app: &App,
    target: &MemberRow,
    form: &GuildMemberUpdateRequest,
    roles: Option<BTreeSet<RoleId>>,
    (avatar, banner): (Picture, Picture),
) -> Result<MemberRow> {
    let (guild, user) = (target.guild_id, target.user_id);
    let mut staged = Pictures::default();
    let prefix = |kind| super::prefix(guild, user, kind);
    let avatar = staged.stage(app, &prefix("avatars"), target.avatar_hash.as_deref(), avatar).await?;
    let banner = staged.stage(app, &prefix("banners"), target.banner_hash.as_deref(), banner).await?;
    let changed = super::change(app, guild, user, |row| {
        if let Some(nick) = form.nick.clone().into_change() {
            row.nick = nick.map(String::from).filter(|nick| !nick.is_empty());
        }
        if let Some(end) = form.communication_disabled_until.clone().into_change() {
            row.communication_disabled_until = match end {
                Some(TimeoutEnd::At(at)) => Some(at),
                _ => None,
            };
        }
        if let Some(roles) = &roles {
            row.temporary &= roles.is_subset(&row.role_ids);
            row.role_ids = roles.clone();
        }
        if let Some(image) = &avatar {
            row.avatar_hash = image.as_ref().map(|image| image.hash.clone());
        }
        if let Some(image) = &banner {
            row.banner_hash = image.as_ref().map(|image| image.hash.clone());
        }
        form.bio.clone().map(String::from).apply(&mut row.bio);
        form.pronouns.clone().map(String::from).apply(&mut row.pronouns);
        form.accent_color.map(|color| color.0).apply(&mut row.accent_color);
        if let Some(flags) = form.profile_flags.into_change() {
            row.profile_flags = flags.unwrap_or(0);
        }
        row.mute = form.mute.unwrap_or(row.mute);
        row.deaf = form.deaf.unwrap_or(row.deaf);
    })
    .await;
    match changed {
        Ok(row) => {
            staged.settle(app).await;
            Ok(row)
        }
        Err(error) => {
            staged.roll_back(app).await;
            Err(error)
        }
    }
}
