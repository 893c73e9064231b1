//! The private name one gives a friend.

use fluxer_wire::{
    UserId, code,
    social::RelationshipNicknameUpdateRequest,
    user::{Relationship, RelationshipType},
};

use super::{kind, tell};
use crate::{Actor, App, EventName, Result, fail, rows::RelationshipRow};

pub async fn nickname(
    app: &App,
    actor: &Actor,
    friend: UserId,
    form: RelationshipNicknameUpdateRequest,
) -> Result<Relationship> {
    if kind(app, actor.id(), friend).await? != Some(RelationshipType::Friend) {
        return fail(code::UNKNOWN_USER);
    }
    let nickname = form.nickname.value().map(|name| name.as_str().to_owned()).filter(|name| !name.is_empty());
    let row = app
        .store
        .update::<RelationshipRow, _>((actor.id(), friend), |row| row.nickname = nickname.clone())
        .await?;
    match row {
        Some(row) => tell(app, EventName::RelationshipUpdate, &row).await,
        None => fail(code::UNKNOWN_USER),
    }
}
