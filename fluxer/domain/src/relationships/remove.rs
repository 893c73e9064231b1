//! Ending a relationship: unfriend, take a request back, ignore one, unblock.

use fluxer_wire::{UserId, code, user::RelationshipType};
use platform_store::Batch;

use super::{kind, tell_removed};
use crate::{Actor, App, Result, fail, rows::RelationshipRow};

pub async fn remove(app: &App, actor: &Actor, target_id: UserId) -> Result<()> {
    let _held = super::alone::alone(app, actor.id(), target_id).await?;
    let Some(kind) = kind(app, actor.id(), target_id).await? else { return fail(code::UNKNOWN_USER) };
    let mirrored = matches!(kind, RelationshipType::Friend | RelationshipType::Outgoing);
    let mut batch = Batch::new().delete::<RelationshipRow>((actor.id(), target_id));
    if mirrored {
        batch = batch.delete::<RelationshipRow>((target_id, actor.id()));
    }
    app.store.commit(batch).await?;
    tell_removed(app, actor.id(), target_id).await;
    if mirrored {
        tell_removed(app, target_id, actor.id()).await;
    }
    Ok(())
}
