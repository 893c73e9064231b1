//! Sending a friend request, by tag or by id.

use fluxer_wire::{
    UserId, code,
    flags::user::{APP_STORE_REVIEWER, FRIENDLY_BOT, FRIENDLY_BOT_MANUAL_APPROVAL},
    social::FriendRequestByTagRequest,
    user::{Relationship, RelationshipType},
};
use platform_store::Batch;

use super::{
    accept::accept_held, alone::alone, between, kind, mutual_friends, mutual_guilds, require_room, row, tell,
    view,
};
use crate::{
    Actor, App, EventName, Result, fail,
    rows::{UserByTagRow, UserRow, UserSettingsRow},
};

/// `friend_source_flags` of the target.
mod source {
    pub const MUTUAL_FRIENDS: i32 = 1;
    pub const MUTUAL_GUILDS: i32 = 2;
    pub const ANYONE: i32 = 4;
}

pub async fn send_by_tag(app: &App, actor: &Actor, form: FriendRequestByTagRequest) -> Result<Relationship> {
    let key = (form.username.to_lowercase(), form.discriminator.0);
    let Some(tag) = app.store.get::<UserByTagRow>(key).await? else {
        return fail(code::NO_USERS_WITH_FLUXERTAG_EXIST);
    };
    let Some(target) = app.find_user(tag.user_id).await? else {
        return fail(code::NO_USERS_WITH_FLUXERTAG_EXIST);
    };
    if target.is_deleted() {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    if kind(app, actor.id(), tag.user_id).await? == Some(RelationshipType::Friend) {
        return fail(code::ALREADY_FRIENDS);
    }
    send(app, actor, tag.user_id).await
}

pub async fn send(app: &App, actor: &Actor, target_id: UserId) -> Result<Relationship> {
    let sender = &actor.user;
    if target_id == actor.id() {
        return fail(code::CANNOT_SEND_FRIEND_REQUEST_TO_SELF);
    }
    if sender.is_deleted() {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_FRIEND_REQUESTS)?;
    if sender.bot {
        return fail(code::BOTS_CANNOT_SEND_FRIEND_REQUESTS);
    }
    let target = app.user(target_id).await?;
    let unfriendly_bot = target.bot && !target.has(FRIENDLY_BOT);
    if target.is_deleted() || unfriendly_bot || target.has(APP_STORE_REVIEWER) {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    let _held = alone(app, actor.id(), target_id).await?;
    let own = between(app, actor.id(), target_id).await?;
    let own_kind = own.as_ref().and_then(|row| RelationshipType::from_number(row.kind.into()));
    let theirs = kind(app, target_id, actor.id()).await?;
    if own_kind == Some(RelationshipType::Blocked) {
        return fail(code::CANNOT_SEND_FRIEND_REQUEST_TO_BLOCKED_USER);
    }
    if theirs == Some(RelationshipType::Blocked) || !admits(app, &target, actor.id()).await? {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    if theirs == Some(RelationshipType::Outgoing) {
        if own_kind.is_none() {
            // Their request had been ignored; now both want it.
            app.store.put(&row(actor.id(), target_id, RelationshipType::Incoming, app.clock.now())).await?;
        }
        return accept_held(app, actor, target_id).await;
    }
    if let Some(row) =
        own.filter(|_| matches!(own_kind, Some(RelationshipType::Friend | RelationshipType::Outgoing)))
    {
        return view(app, &row).await;
    }
    require_room(app, sender).await?;
    require_room(app, &target).await?;
    let now = app.clock.now();
    let at_once = target.has(FRIENDLY_BOT) && !target.has(FRIENDLY_BOT_MANUAL_APPROVAL);
    let (ours, theirs) = if at_once {
        (RelationshipType::Friend, RelationshipType::Friend)
    } else {
        (RelationshipType::Outgoing, RelationshipType::Incoming)
    };
    let (ours, theirs) = (row(actor.id(), target_id, ours, now), row(target_id, actor.id(), theirs, now));
    app.store.commit(Batch::new().put(&ours).put(&theirs)).await?;
    let told = tell(app, EventName::RelationshipAdd, &ours).await?;
    tell(app, EventName::RelationshipAdd, &theirs).await?;
    Ok(told)
}

/// Whether the target's settings let a request from `sender` through.
async fn admits(app: &App, target: &UserRow, sender: UserId) -> Result<bool> {
    let Some(settings) = app.store.get::<UserSettingsRow>((target.user_id,)).await? else {
        // Bots have no settings; friendly ones take requests from anyone.
        return Ok(true);
    };
    let flags = settings.friend_source_flags;
    if flags & source::ANYONE != 0 {
        return Ok(true);
    }
    if flags & source::MUTUAL_FRIENDS != 0 && !mutual_friends(app, target.user_id, sender).await?.is_empty() {
        return Ok(true);
    }
    Ok(flags & source::MUTUAL_GUILDS != 0 && !mutual_guilds(app, target.user_id, sender).await?.is_empty())
}
