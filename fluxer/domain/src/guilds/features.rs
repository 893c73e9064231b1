//! Features with a switch of their own.

use fluxer_wire::{
    GuildId, channel::ChannelType, code, flags::guild_feature, guild as wire, text::text_channel_name,
};

use super::update::{finish, managed};
use crate::{Actor, App, Event, EventName, Result, channels, rows::ChannelRow};

/// `PATCH /guilds/{guild_id}/detached-banner`.
pub async fn set_detached_banner(app: &App, actor: &Actor, id: GuildId, on: bool) -> Result<wire::Guild> {
    Ok(switch(app, actor, id, guild_feature::DETACHED_BANNER, on).await?.0)
}

/// `PATCH /guilds/{guild_id}/disallow-unclaimed-accounts`.
pub async fn set_disallow_unclaimed(app: &App, actor: &Actor, id: GuildId, on: bool) -> Result<wire::Guild> {
    Ok(switch(app, actor, id, guild_feature::DISALLOW_UNCLAIMED_ACCOUNTS, on).await?.0)
}

/// `PATCH /guilds/{guild_id}/text-channel-flexible-names`. Switched off, text channels get
/// names that follow the rule again.
pub async fn set_flexible_names(app: &App, actor: &Actor, id: GuildId, on: bool) -> Result<wire::Guild> {
    let (guild, changed) = switch(app, actor, id, guild_feature::TEXT_CHANNEL_FLEXIBLE_NAMES, on).await?;
    if changed && !on {
        normalise_names(app, id).await?;
    }
    Ok(guild)
}

async fn switch(
    app: &App,
    actor: &Actor,
    id: GuildId,
    feature: &'static str,
    on: bool,
) -> Result<(wire::Guild, bool)> {
    let access = managed(app, actor, id, code::MISSING_PERMISSIONS).await?;
    let old = &access.guild.row;
    if old.has_feature(feature) == on {
        return Ok((super::guild(old), false));
    }
    let row = super::change(app, id, |row| {
        if on {
            row.features.insert(feature.into());
        } else {
            row.features.remove(feature);
        }
    })
    .await?;
    finish(app, actor, old, &row).await;
    Ok((super::guild(&row), true))
}

async fn normalise_names(app: &App, id: GuildId) -> Result<()> {
    let guild = app.guild(id).await?;
    let mut renamed = false;
    for channel in guild.channels.values().filter(|channel| channel.is(ChannelType::Text)) {
        let name = channel.name.clone().unwrap_or_default();
        if text_channel_name(&name) != name {
            let key = (channel.channel_id,);
            app.store
                .update::<ChannelRow, _>(key, |row| {
                    row.name = row.name.as_deref().map(text_channel_name);
                })
                .await?;
            app.forget_channel(channel.channel_id);
            renamed = true;
        }
    }
    if renamed {
        app.forget_guild(id);
        tell_all_channels(app, id).await?;
    }
    Ok(())
}

/// CHANNEL_UPDATE_BULK with every channel of the guild.
pub(crate) async fn tell_all_channels(app: &App, id: GuildId) -> Result<()> {
    let guild = app.guild(id).await?;
    let rows = guild.ordered_channels();
    let body = serde_json::json!({"channels": channels::views(app, rows.iter().map(|row| &***row)).await?});
    app.to_guild(id, Event::new(EventName::ChannelUpdateBulk, &body)).await;
    Ok(())
}
