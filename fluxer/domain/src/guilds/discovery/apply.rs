//! `/guilds/{guild_id}/discovery`.

use fluxer_wire::{
    GuildId, code,
    discovery::{
        DiscoveryApplication, DiscoveryApplicationPatchRequest, DiscoveryApplicationRequest, DiscoveryStatus,
        DiscoveryStatusView,
    },
};
use platform_store::Batch;

use super::{find, listing, mark, require_enabled, state, view};
use crate::{
    Actor, App, Result, fail,
    guilds::{rows::DiscoveryRow, update::managed},
};

/// Asks to be listed; after a refusal or removal one may ask again.
pub async fn apply(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: DiscoveryApplicationRequest,
) -> Result<DiscoveryApplication> {
    require_enabled(app)?;
    let access = managed(app, actor, id, code::MISSING_PERMISSIONS).await?;
    if access.guild.row.member_count < app.settings.discovery_min_member_count {
        return fail(code::DISCOVERY_INSUFFICIENT_MEMBERS);
    }
    let old = app.store.get::<DiscoveryRow>((id,)).await?;
    let open =
        |row: &DiscoveryRow| matches!(state(row), DiscoveryStatus::Pending | DiscoveryStatus::Approved);
    if old.as_ref().is_some_and(open) {
        return fail(code::DISCOVERY_ALREADY_APPLIED);
    }
    let row = DiscoveryRow {
        guild_id: id,
        status: DiscoveryStatus::Pending.as_str().into(),
        description: form.description.into_inner(),
        category_type: form.category_type.get() as i32,
        applied_at: app.clock.now(),
        reviewed_at: None,
        review_reason: None,
        removed_at: None,
        removal_reason: None,
        version: old.as_ref().map_or(0, |old| old.version.wrapping_add(1)),
    };
    match old {
        Some(_) => app.store.put(&row).await?,
        None if app.store.insert_if_absent(&row).await? => {}
        None => return fail(code::DISCOVERY_ALREADY_APPLIED),
    }
    Ok(view(&row))
}

pub async fn edit(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: DiscoveryApplicationPatchRequest,
) -> Result<DiscoveryApplication> {
    require_enabled(app)?;
    managed(app, actor, id, code::MISSING_PERMISSIONS).await?;
    if matches!(state(&find(app, id).await?), DiscoveryStatus::Rejected | DiscoveryStatus::Removed) {
        return fail(code::DISCOVERY_APPLICATION_ALREADY_REVIEWED);
    }
    let row = app
        .store
        .update::<DiscoveryRow, _>((id,), |row| {
            if let Some(text) = &*form.description {
                row.description = text.as_str().into();
            }
            if let Some(category) = *form.category_type {
                row.category_type = category.get() as i32;
            }
        })
        .await?;
    match row {
        Some(row) => {
            app.touch_indexed(&crate::search::GUILDS, id).await?;
            Ok(view(&row))
        }
        None => fail(code::DISCOVERY_APPLICATION_NOT_FOUND),
    }
}

/// Takes the application back, and the guild off the list if it was on it.
pub async fn withdraw(app: &App, actor: &Actor, id: GuildId) -> Result<()> {
    require_enabled(app)?;
    managed(app, actor, id, code::MISSING_PERMISSIONS).await?;
    let row = find(app, id).await?;
    app.store.commit(listing(Batch::new().delete::<DiscoveryRow>((id,)), id, false)).await?;
    if state(&row) == DiscoveryStatus::Approved { mark(app, id, false).await } else { Ok(()) }
}

/// How things stand, also where the directory is off.
pub async fn status(app: &App, actor: &Actor, id: GuildId) -> Result<DiscoveryStatusView> {
    let access = managed(app, actor, id, code::MISSING_PERMISSIONS).await?;
    let application = app.store.get::<DiscoveryRow>((id,)).await?;
    let min_member_count = app.settings.discovery_min_member_count;
    Ok(DiscoveryStatusView {
        application: application.as_ref().map(view),
        eligible: app.settings.discovery_enabled && access.guild.row.member_count >= min_member_count,
        min_member_count,
    })
}
