//! Accepting an incoming request: both become friends as of the same moment.

use fluxer_wire::{
    UserId, code,
    user::{Relationship, RelationshipType},
};
use platform_store::Batch;

use super::{alone::alone, kind, require_room, row, tell};
use crate::{Actor, App, EventName, Result, fail};

pub async fn accept(app: &App, actor: &Actor, requester_id: UserId) -> Result<Relationship> {
    let _held = alone(app, actor.id(), requester_id).await?;
    accept_held(app, actor, requester_id).await
}

/// As [`accept`], by who holds the pair's lock.
pub(super) async fn accept_held(app: &App, actor: &Actor, requester_id: UserId) -> Result<Relationship> {
    if actor.user.is_deleted() {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_ACCEPT_FRIEND_REQUESTS)?;
    let requester = app.user(requester_id).await?;
    if requester.is_deleted() {
        return fail(code::FRIEND_REQUEST_BLOCKED);
    }
    if kind(app, actor.id(), requester_id).await? != Some(RelationshipType::Incoming) {
        return fail(code::UNKNOWN_USER);
    }
    require_room(app, &actor.user).await?;
    require_room(app, &requester).await?;
    let since = app.clock.now();
    let ours = row(actor.id(), requester_id, RelationshipType::Friend, since);
    let theirs = row(requester_id, actor.id(), RelationshipType::Friend, since);
    app.store.commit(Batch::new().put(&ours).put(&theirs)).await?;
    let told = tell(app, EventName::RelationshipUpdate, &ours).await?;
    tell(app, EventName::RelationshipUpdate, &theirs).await?;
    Ok(told)
}
