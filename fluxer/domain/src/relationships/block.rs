//! Blocking: whatever there was ends; the blocked one is told only of a lost friendship or a
//! request that was taken back, never of the block.

use fluxer_wire::{
    UserId,
    user::{Relationship, RelationshipType},
};
use platform_store::Batch;

use super::{between, row, tell, tell_removed, view};
use crate::{Actor, App, EventName, Result, rows::RelationshipRow};

pub async fn block(app: &App, actor: &Actor, target_id: UserId) -> Result<Relationship> {
    app.user(target_id).await?;
    let _held = super::alone::alone(app, actor.id(), target_id).await?;
    let before = between(app, actor.id(), target_id).await?;
    let kind = before.as_ref().and_then(|row| RelationshipType::from_number(row.kind.into()));
    if let Some(row) = before.filter(|_| kind == Some(RelationshipType::Blocked)) {
        return view(app, &row).await;
    }
    let ours = row(actor.id(), target_id, RelationshipType::Blocked, app.clock.now());
    let mut batch = Batch::new().put(&ours);
    // The sender of an ignored request keeps seeing it as sent.
    let mirrored = matches!(kind, Some(RelationshipType::Friend | RelationshipType::Outgoing));
    if mirrored {
        batch = batch.delete::<RelationshipRow>((target_id, actor.id()));
    }
    app.store.commit(batch).await?;
    if mirrored {
        tell_removed(app, target_id, actor.id()).await;
    }
    tell(app, EventName::RelationshipAdd, &ours).await
}
