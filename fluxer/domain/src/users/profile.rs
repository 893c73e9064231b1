//! A user's profile, for those with a reason to look.

use fluxer_wire::{
    UserId, code, flags,
    social::{GuildMemberProfile, ProfileQuery, TagCheck, UserProfile, UserProfileData},
    user::{MutualGuild, RelationshipType},
};

use super::partial;
use crate::{
    Actor, App, Result, fail, guilds,
    relationships::{between, mutual_friends, mutual_guilds},
    rows::{MemberRow, PrivateChannelRow, UserByTagRow, UserRow},
};

/// `GET /users/{id}/profile`.
pub async fn get(app: &App, actor: &Actor, target_id: UserId, query: ProfileQuery) -> Result<UserProfile> {
    let target = app.user(target_id).await?;
    let oneself = target_id == actor.id();
    if !oneself && !target.bot && !may_look(app, actor.id(), target_id).await? {
        return fail(code::MISSING_ACCESS);
    }
    let (guild_member, guild_member_profile) = match query.guild_id {
        Some(guild) => in_guild(app, actor, &target, guild).await?,
        None => (None, None),
    };
    let mutual_friends = if query.with_mutual_friends.0 && !oneself {
        let mut ids = mutual_friends(app, actor.id(), target_id).await?;
        ids.sort_unstable_by(|one, other| other.cmp(one));
        Some(app.partials(ids).await?)
    } else {
        None
    };
    let mutual_guilds = if query.with_mutual_guilds.0 && !oneself {
        let mut list = Vec::new();
        for id in mutual_guilds(app, actor.id(), target_id).await? {
            let nick = app.find_member(id, target_id).await?.and_then(|member| member.nick.clone());
            list.push(MutualGuild { id, nick });
        }
        Some(list)
    } else {
        None
    };
    let badge = app.is_premium(&target) && !target.has(flags::user::PREMIUM_BADGE_HIDDEN);
    let since = !target.has(flags::user::PREMIUM_BADGE_TIMESTAMP_HIDDEN);
    let sequence = !target.has(flags::user::PREMIUM_BADGE_SEQUENCE_HIDDEN);
    let premium_type = target
        .premium_type
        .filter(|kind| badge && *kind > 0)
        .map(|kind| if target.has(flags::user::PREMIUM_BADGE_MASKED) { 1 } else { kind });
    let deleted = target.is_deleted();
    Ok(UserProfile {
        user: partial(app, &target),
        user_profile: UserProfileData {
            bio: target.bio.clone().filter(|_| !deleted),
            pronouns: target.pronouns.clone().filter(|_| !deleted),
            banner: target.banner_hash.clone().filter(|_| !deleted),
            banner_color: target.banner_color.filter(|_| !deleted),
            accent_color: target.accent_color.filter(|_| !deleted),
        },
        guild_member,
        guild_member_profile,
        premium_type,
        premium_since: target.premium_since.filter(|_| premium_type.is_some() && since),
        premium_lifetime_sequence: target
            .premium_lifetime_sequence
            .filter(|_| premium_type.is_some() && sequence),
        mutual_friends,
        mutual_guilds,
        connected_accounts: Vec::new(),
    })
}

/// Friends, somebody who asked to be one, and people met in a guild or group.
async fn may_look(app: &App, viewer: UserId, target: UserId) -> Result<bool> {
    let kind = between(app, viewer, target).await?.map(|row| row.kind);
    let known = [RelationshipType::Friend, RelationshipType::Incoming].map(RelationshipType::number);
    if kind.is_some_and(|kind| known.contains(&kind)) || !mutual_guilds(app, viewer, target).await?.is_empty()
    {
        return Ok(true);
    }
    let open = app.store.range::<PrivateChannelRow>((viewer,)).all().await?;
    for entry in open.into_iter().filter(|entry| entry.is_gdm) {
        let channel = app.find_channel(entry.channel_id).await?;
        if channel.is_some_and(|info| info.row.recipient_ids.contains(&target)) {
            return Ok(true);
        }
    }
    Ok(false)
}

type InGuild = (Option<fluxer_wire::guild::Member>, Option<GuildMemberProfile>);

/// The target's face in a guild, if both are in it.
async fn in_guild(
    app: &App,
    actor: &Actor,
    target: &UserRow,
    guild: fluxer_wire::GuildId,
) -> Result<InGuild> {
    if app.find_member(guild, actor.id()).await?.is_none() {
        return Ok((None, None));
    }
    let Some(member) = app.find_member(guild, target.user_id).await? else { return Ok((None, None)) };
    let MemberRow { bio, pronouns, banner_hash, accent_color, .. } = (*member).clone();
    let view = guilds::member(&member, partial(app, target), app.clock.now());
    Ok((Some(view), Some(GuildMemberProfile { bio, pronouns, banner: banner_hash, accent_color })))
}

/// Whether somebody else has the tag.
pub async fn check_tag(app: &App, actor: &Actor, username: &str, discriminator: i32) -> Result<TagCheck> {
    let lower = username.to_lowercase();
    if actor.user.username.to_lowercase() == lower && actor.user.discriminator == discriminator {
        return Ok(TagCheck { taken: false });
    }
    let taken = app.store.get::<UserByTagRow>((lower, discriminator)).await?.is_some();
    Ok(TagCheck { taken })
}
