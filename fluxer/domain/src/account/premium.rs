//! Staff trying out what it is like without premium.

use fluxer_wire::{code, flags};

use super::announce_change;
use crate::{Actor, App, Result, fail};

/// `POST /users/@me/premium/reset`.
pub async fn reset(app: &App, actor: &Actor) -> Result<()> {
    if !actor.user.has(flags::user::STAFF) {
        return fail(code::MISSING_ACCESS);
    }
    let changed = app
        .update_user(actor.id(), |user| {
            user.premium_type = None;
            user.premium_since = None;
            user.premium_until = None;
            user.premium_will_cancel = false;
            user.premium_billing_cycle = None;
            user.premium_lifetime_sequence = None;
            user.flags &= !flags::user::PREMIUM_ENABLED_OVERRIDE;
        })
        .await?;
    if let Some(changed) = changed {
        announce_change(app, &actor.user, &changed).await;
    }
    Ok(())
}
