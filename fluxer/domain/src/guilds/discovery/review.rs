//! What the instance's staff decide about applications.

use fluxer_wire::{GuildId, code, discovery::DiscoveryStatus};
use platform_store::Batch;

use super::{find, listing, mark, state, view};
use crate::{App, Result, fail, guilds::rows::DiscoveryRow};

/// Lists the guild.
pub async fn approve(
    app: &App,
    id: GuildId,
    reason: Option<String>,
) -> Result<fluxer_wire::discovery::DiscoveryApplication> {
    let row = decide(app, id, DiscoveryStatus::Approved, reason).await?;
    app.store.commit(listing(Batch::new(), id, true)).await?;
    mark(app, id, true).await?;
    Ok(view(&row))
}

pub async fn reject(
    app: &App,
    id: GuildId,
    reason: Option<String>,
) -> Result<fluxer_wire::discovery::DiscoveryApplication> {
    let row = decide(app, id, DiscoveryStatus::Rejected, reason).await?;
    Ok(view(&row))
}

/// Takes a listed guild off again.
pub async fn remove(
    app: &App,
    id: GuildId,
    reason: Option<String>,
) -> Result<fluxer_wire::discovery::DiscoveryApplication> {
    let now = app.clock.now();
    let row = change(app, id, |row| {
        if state(row) != DiscoveryStatus::Approved {
            return fail(code::DISCOVERY_NOT_DISCOVERABLE);
        }
        row.status = DiscoveryStatus::Removed.as_str().into();
        row.removed_at = Some(now);
        row.removal_reason = reason.clone();
        Ok(true)
    })
    .await?;
    app.store.commit(listing(Batch::new(), id, false)).await?;
    mark(app, id, false).await?;
    Ok(view(&row))
}

async fn decide(
    app: &App,
    id: GuildId,
    status: DiscoveryStatus,
    reason: Option<String>,
) -> Result<DiscoveryRow> {
    let now = app.clock.now();
    change(app, id, |row| {
        if state(row) != DiscoveryStatus::Pending {
            return fail(code::DISCOVERY_APPLICATION_ALREADY_REVIEWED);
        }
        row.status = status.as_str().into();
        row.reviewed_at = Some(now);
        row.review_reason = reason.clone();
        Ok(true)
    })
    .await
}

async fn change(
    app: &App,
    id: GuildId,
    change: impl FnMut(&mut DiscoveryRow) -> Result<bool> + Send,
) -> Result<DiscoveryRow> {
    find(app, id).await?;
    match app.store.try_update::<DiscoveryRow, _, _>((id,), change).await?? {
        Some(row) => Ok(row),
        None => fail(code::DISCOVERY_APPLICATION_NOT_FOUND),
    }
}
