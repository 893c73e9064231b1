//! Being listed in the directory: applying, editing, withdrawing, being reviewed; looking
//! through the directory and joining from it.

mod apply;
mod browse;
mod review;

pub use apply::{apply, edit, status, withdraw};
pub use browse::{categories, join, search};
pub use review::{approve, reject, remove};

use fluxer_wire::{
    GuildId, code,
    discovery::{DiscoveryApplication, DiscoveryStatus},
    flags::guild_feature,
};
use platform_store::Batch;

use super::rows::{DiscoveryListedRow, DiscoveryRow};
use crate::{App, Result, fail, search};

/// 400 `DISCOVERY_DISABLED` where the operator switched the directory off.
fn require_enabled(app: &App) -> Result<()> {
    if app.settings.discovery_enabled { Ok(()) } else { fail(code::DISCOVERY_DISABLED) }
}

fn state(row: &DiscoveryRow) -> DiscoveryStatus {
    DiscoveryStatus::from_text(&row.status).unwrap_or(DiscoveryStatus::Pending)
}

/// Whether the guild stands in the directory.
pub(crate) fn is_listed(row: &DiscoveryRow) -> bool {
    state(row) == DiscoveryStatus::Approved
}

async fn find(app: &App, id: GuildId) -> Result<DiscoveryRow> {
    match app.store.get::<DiscoveryRow>((id,)).await? {
        Some(row) => Ok(row),
        None => fail(code::DISCOVERY_APPLICATION_NOT_FOUND),
    }
}

fn view(row: &DiscoveryRow) -> DiscoveryApplication {
    let removed = state(row) == DiscoveryStatus::Removed;
    DiscoveryApplication {
        guild_id: row.guild_id,
        status: state(row),
        description: row.description.clone(),
        category_type: row.category_type,
        applied_at: row.applied_at,
        reviewed_at: if removed { row.removed_at } else { row.reviewed_at },
        review_reason: if removed { row.removal_reason.clone() } else { row.review_reason.clone() },
    }
}

/// The writes that list the guild, or take it off the list.
fn listing(batch: Batch, guild_id: GuildId, listed: bool) -> Batch {
    let row = DiscoveryListedRow { shelf: DiscoveryListedRow::SHELF, guild_id };
    if listed { batch.put(&row) } else { batch.delete::<DiscoveryListedRow>((row.shelf, guild_id)) }
}

/// Gives the guild the feature or takes it away, and tells it.
async fn mark(app: &App, id: GuildId, listed: bool) -> Result<()> {
    let row = super::change(app, id, |row| {
        if listed {
            row.features.insert(guild_feature::DISCOVERABLE.into());
        } else {
            row.features.remove(guild_feature::DISCOVERABLE);
        }
    })
    .await?;
    app.touch_indexed(&search::GUILDS, id).await?;
    super::announce(app, &row).await;
    Ok(())
}
