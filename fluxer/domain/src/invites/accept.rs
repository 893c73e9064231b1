//! `POST /invites/{invite_code}`.
//!
//! A use is claimed before the join and given back if the join fails, so that a limited
//! invite lets in no more than it says however many come at once.

use std::convert::Infallible;

use fluxer_wire::{
    ApiCode, code,
    flags::{guild_feature, guild_operation},
    invite as wire,
};

use super::view::view;
use crate::{
    Actor, App, Result, dms,
    events::ask::HasActive,
    fail,
    guilds::{self, JoinSource},
    rows::InviteRow,
};

/// Older clients know it; newer guilds cannot ask for it.
const GUILD_DISALLOWS_UNCLAIMED_ACCOUNTS: ApiCode =
    ApiCode { name: "GUILD_DISALLOWS_UNCLAIMED_ACCOUNTS", status: 400 };

pub async fn accept(app: &App, actor: &Actor, code: &str) -> Result<wire::Invite> {
    let row = super::find(app, code).await?;
    if is_exhausted(&row) {
        super::delete::erase(app, &row).await?;
        return fail(code::UNKNOWN_INVITE);
    }
    if super::is_vanity(&row) {
        // Leads nowhere if there is no channel that everybody sees; then nobody comes in.
        view(app, &row).await?;
    }
    match row.guild_id {
        Some(_) => into_guild(app, actor, &row).await?,
        None => into_group_dm(app, actor, &row).await?,
    }
    view(app, &row).await
}

fn is_exhausted(row: &InviteRow) -> bool {
    row.max_uses > 0 && row.uses >= row.max_uses && !super::is_vanity(row)
}

async fn into_guild(app: &App, actor: &Actor, row: &InviteRow) -> Result<()> {
    let guild = match row.guild_id {
        Some(id) => app.guild(id).await?,
        None => return fail(code::UNKNOWN_GUILD),
    };
    if guild.row.disabled_operations & guild_operation::INSTANT_INVITES != 0 {
        return fail(code::FEATURE_TEMPORARILY_DISABLED);
    }
    if guild.row.has_feature(guild_feature::INVITES_DISABLED) {
        return fail(code::INVITES_DISABLED);
    }
    if guild.row.has_feature(guild_feature::DISALLOW_UNCLAIMED_ACCOUNTS) {
        actor.require_claimed(GUILD_DISALLOWS_UNCLAIMED_ACCOUNTS)?;
    }
    if app.find_member(guild.id(), actor.id()).await?.is_some() {
        return Ok(());
    }
    guilds::check_bans(app, &actor.user, guild.id()).await?;
    if row.temporary {
        let connected = app.bus.request(HasActive { user_id: actor.id() }).await;
        if !connected.unwrap_or(false) {
            return fail(code::TEMPORARY_INVITE_REQUIRES_PRESENCE);
        }
    }
    let source = if super::is_vanity(row) {
        JoinSource::Vanity { code: row.code.clone() }
    } else {
        JoinSource::Invite { code: row.code.clone(), inviter: row.inviter_id, temporary: row.temporary }
    };
    claim(app, row).await?;
    match guilds::join(app, &actor.user, guild.id(), source).await {
        Ok(true) => settle(app, row).await,
        Ok(false) => release(app, row).await,
        Err(error) => {
            release(app, row).await?;
            Err(error)
        }
    }
}

async fn into_group_dm(app: &App, actor: &Actor, row: &InviteRow) -> Result<()> {
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_JOIN_GROUP_DMS)?;
    let info = match row.channel_id {
        Some(id) => app.find_channel(id).await?,
        None => None,
    };
    let Some(channel) = info.map(|info| info.row) else { return fail(code::UNKNOWN_INVITE) };
    if channel.recipient_ids.contains(&actor.id()) {
        return Ok(());
    }
    let inviter = match row.inviter_id {
        Some(id) => app.user(id).await?,
        None => return fail(code::UNKNOWN_INVITE),
    };
    claim(app, row).await?;
    match dms::add_by_invite(app, &channel, &inviter, &actor.user).await {
        Ok(()) => settle(app, row).await,
        Err(error) => {
            release(app, row).await?;
            Err(error)
        }
    }
}

/// Counts a use, if there is one left.
async fn claim(app: &App, row: &InviteRow) -> Result<()> {
    let mut claimed = false;
    let updated = app
        .store
        .try_update::<InviteRow, _, Infallible>((row.code.clone(),), |row| {
            claimed = !is_exhausted(row);
            if claimed {
                row.uses += 1;
            }
            Ok(claimed)
        })
        .await?;
    match updated {
        Ok(Some(_)) if claimed => Ok(()),
        _ => fail(code::UNKNOWN_INVITE),
    }
}

async fn release(app: &App, row: &InviteRow) -> Result<()> {
    app.store.update::<InviteRow, _>((row.code.clone(),), |row| row.uses = (row.uses - 1).max(0)).await?;
    Ok(())
}

/// The last use ends the invite, silently.
async fn settle(app: &App, row: &InviteRow) -> Result<()> {
    match app.store.get::<InviteRow>((row.code.clone(),)).await? {
        Some(row) if is_exhausted(&row) => super::delete::erase(app, &row).await.map(drop),
        _ => Ok(()),
    }
}
