//! Friends, requests, blocks. Each side of a pair has a row of its own; a block has one.
//!
//! Both rows of a pair change together and one change at a time (see [`alone`]).

mod accept;
mod alone;
mod block;
mod nickname;
mod remove;
mod send;

pub use accept::accept;
pub use block::block;
pub use nickname::nickname;
pub use remove::remove;
pub use send::{send, send_by_tag};

use fluxer_wire::{
    UserId, code,
    user::{Relationship, RelationshipType},
};
use platform_kernel::Timestamp;

use crate::{
    Actor, App, Event, EventName, Result,
    rows::{MembershipRow, RelationshipRow, UserRow},
};

/// What `source` has with `target`, if anything.
pub async fn between(app: &App, source: UserId, target: UserId) -> Result<Option<RelationshipRow>> {
    Ok(app.store.get::<RelationshipRow>((source, target)).await?)
}

async fn kind(app: &App, source: UserId, target: UserId) -> Result<Option<RelationshipType>> {
    let row = between(app, source, target).await?;
    Ok(row.and_then(|row| RelationshipType::from_number(row.kind.into())))
}

pub async fn are_friends(app: &App, one: UserId, other: UserId) -> Result<bool> {
    Ok(kind(app, one, other).await? == Some(RelationshipType::Friend))
}

/// Whether either side has blocked the other.
pub async fn is_blocked_either_way(app: &App, one: UserId, other: UserId) -> Result<bool> {
    Ok(kind(app, one, other).await? == Some(RelationshipType::Blocked)
        || kind(app, other, one).await? == Some(RelationshipType::Blocked))
}

/// Ids of a user's friends.
pub async fn friends(app: &App, user: UserId) -> Result<Vec<UserId>> {
    let rows = app.store.range::<RelationshipRow>((user,)).all().await?;
    let friend = RelationshipType::Friend.number();
    Ok(rows.into_iter().filter(|row| row.kind == friend).map(|row| row.target_user_id).collect())
}

/// Friends of both.
pub async fn mutual_friends(app: &App, one: UserId, other: UserId) -> Result<Vec<UserId>> {
    let theirs = friends(app, other).await?;
    Ok(friends(app, one).await?.into_iter().filter(|id| theirs.contains(id)).collect())
}

/// Guilds both are in.
pub async fn mutual_guilds(app: &App, one: UserId, other: UserId) -> Result<Vec<fluxer_wire::GuildId>> {
    let ours = app.store.range::<MembershipRow>((one,)).all().await?;
    let keys = ours.iter().map(|row| (other, row.guild_id)).collect();
    let theirs = app.store.get_many::<MembershipRow>(keys).await?;
    Ok(theirs.into_iter().flatten().map(|row| row.guild_id).collect())
}

/// The row as its owner sees it.
pub async fn view(app: &App, row: &RelationshipRow) -> Result<Relationship> {
    Ok(Relationship {
        id: row.target_user_id,
        kind: RelationshipType::from_number(row.kind.into()).unwrap_or(RelationshipType::Blocked),
        user: Some(app.partial(row.target_user_id).await?),
        since: Some(row.since),
        nickname: row.nickname.clone(),
    })
}

/// The caller's relationships.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Relationship>> {
    let mut list = Vec::new();
    for row in app.store.range::<RelationshipRow>((actor.id(),)).all().await? {
        list.push(view(app, &row).await?);
    }
    Ok(list)
}

fn row(source: UserId, target: UserId, kind: RelationshipType, since: Timestamp) -> RelationshipRow {
    RelationshipRow {
        source_user_id: source,
        target_user_id: target,
        kind: kind.number(),
        nickname: None,
        since,
        version: 0,
    }
}

/// Tells the row's owner of it, and returns what was told.
async fn tell(app: &App, name: EventName, row: &RelationshipRow) -> Result<Relationship> {
    let view = view(app, row).await?;
    app.to_user(row.source_user_id, Event::new(name, &view)).await;
    Ok(view)
}

/// Tells `owner` that what they had with `other` is over.
async fn tell_removed(app: &App, owner: UserId, other: UserId) {
    let body = serde_json::json!({"id": other});
    app.to_user(owner, Event::new(EventName::RelationshipRemove, &body)).await;
}

/// 400 `MAX_FRIENDS` if a person's list is full. Bots have no limit.
async fn require_room(app: &App, user: &UserRow) -> Result<()> {
    if user.bot {
        return Ok(());
    }
    let limit = app.user_limit(user, "max_relationships");
    let rows =
        app.store.range::<RelationshipRow>((user.user_id,)).limit(limit.max(0) as usize).fetch().await?;
    if (rows.len() as i64) < limit {
        return Ok(());
    }
    Err(fluxer_wire::Error::new(code::MAX_FRIENDS).with("max_relationships", limit).into())
}
