//! `/guilds/{guild_id}/vanity-url`: an invite under a name of the guild's own choosing.

use fluxer_wire::{
    GuildId, code,
    flags::guild_feature,
    guild_requests::{GuildVanity, GuildVanityURLUpdateRequest, GuildVanityUpdate},
    invalid,
};
use platform_store::Batch;

use super::update::{finish, managed};
use crate::{
    Actor, App, Error, Result,
    rows::{InviteByGuildRow, InviteRow},
};

/// The code in use and how often it was used.
pub async fn vanity(app: &App, actor: &Actor, id: GuildId) -> Result<GuildVanity> {
    let access = managed(app, actor, id, code::ACCESS_DENIED).await?;
    let code = access.guild.row.vanity_url_code.clone();
    let invite = match &code {
        Some(code) => app.store.get::<InviteRow>((code.clone(),)).await?,
        None => None,
    };
    Ok(GuildVanity { code, uses: invite.map_or(0, |invite| invite.uses) })
}

/// Sets or removes the code.
pub async fn set_vanity(
    app: &App,
    actor: &Actor,
    id: GuildId,
    form: GuildVanityURLUpdateRequest,
) -> Result<GuildVanityUpdate> {
    let access = managed(app, actor, id, code::ACCESS_DENIED).await?;
    let old = &access.guild.row;
    let new = form.code.map(|code| code.0);
    if !old.has_feature(guild_feature::VANITY_URL) {
        return Err(Error::field("code", invalid::VANITY_URL_REQUIRES_FEATURE));
    }
    if new.as_deref().is_some_and(|code| code.contains("fluxer")) {
        return Err(Error::field("code", invalid::VANITY_URL_CODE_CANNOT_CONTAIN_FLUXER));
    }
    let answer = GuildVanityUpdate { code: new.clone().unwrap_or_default() };
    if old.vanity_url_code == new {
        return Ok(answer);
    }
    if let Some(code) = &new {
        reserve(app, id, code).await?;
    }
    let row = super::change(app, id, |row| row.vanity_url_code = new.clone()).await?;
    if let Some(code) = &old.vanity_url_code {
        let gone =
            Batch::new().delete::<InviteRow>((code.clone(),)).delete::<InviteByGuildRow>((id, code.clone()));
        app.store.commit(gone).await?;
    }
    finish(app, actor, old, &row).await;
    Ok(answer)
}

async fn reserve(app: &App, guild_id: GuildId, code: &str) -> Result<()> {
    let invite = InviteRow {
        code: code.into(),
        kind: 0,
        guild_id: Some(guild_id),
        channel_id: None,
        inviter_id: None,
        uses: 0,
        max_uses: 0,
        max_age: 0,
        temporary: false,
        created_at: app.clock.now(),
        version: 0,
    };
    if !app.store.insert_if_absent(&invite).await? {
        return Err(Error::field("code", invalid::VANITY_URL_CODE_ALREADY_TAKEN));
    }
    app.store.put(&InviteByGuildRow { guild_id, code: code.into() }).await?;
    Ok(())
}
