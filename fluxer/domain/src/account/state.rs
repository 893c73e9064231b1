//! Disabling an account, and asking for its deletion. Logging in takes either back. Sudo is
//! the caller's to require.

use fluxer_wire::{code, flags};

use super::{announce, deletion};
use crate::{
    Actor, App, Result,
    auth::sessions,
    fail,
    mails::{self, Template},
    rows::MembershipRow,
};

/// In test mode nobody wants to wait.
const TEST_GRACE_HOURS: f64 = 0.01;
const USER_REQUESTED: i32 = 1;

/// `POST /users/@me/disable`.
pub async fn disable(app: &App, actor: &Actor) -> Result<()> {
    let changed = app.update_user(actor.id(), |user| user.flags |= flags::user::DISABLED).await?;
    if let Some(user) = changed {
        announce(app, &user).await;
    }
    sessions::revoke_all(app, actor.id()).await
}

/// `POST /users/@me/delete`: after a grace period, unless the owner logs in.
pub async fn delete(app: &App, actor: &Actor) -> Result<()> {
    let id = actor.id();
    for membership in app.store.range::<MembershipRow>((id,)).all().await? {
        if app.find_guild(membership.guild_id).await?.is_some_and(|guild| guild.is_owner(id)) {
            return fail(code::USER_OWNS_GUILDS);
        }
    }
    let at = app.clock.now().plus_millis(grace_ms(app));
    let Some(user) = deletion::schedule(app, id, at, USER_REQUESTED, true).await? else {
        return fail(code::UNKNOWN_USER);
    };
    mails::send(app, &user, Template::SelfDeletionScheduled { deletion_date: at }).await?;
    announce(app, &user).await;
    sessions::revoke_all(app, id).await
}

/// How long an owner has to think it over.
pub(super) fn grace_ms(app: &App) -> i64 {
    let hours =
        if app.settings.test_mode { TEST_GRACE_HOURS } else { app.settings.deletion_grace_period_hours };
    (hours * 3_600_000.0) as i64
}
