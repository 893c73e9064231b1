//! `DELETE /channels/{channel_id}`.

use fluxer_wire::{ChannelId, Permissions, channel::ChannelType};
use platform_store::Batch;

use crate::{
    Actor, App, Event, EventName, Result,
    access::{ChannelAccess, GuildAccess},
    audit::{Action, Entry, snapshot},
    dms, guilds, invites,
    rows::{ChannelByGuildRow, ChannelRow, GuildRow},
};

/// Deletes a channel of a guild; closes a DM; leaves a group DM.
pub async fn delete(app: &App, actor: &Actor, id: ChannelId, silent: bool) -> Result<()> {
    let access = app.channel_access(actor, id).await?;
    match &access.guild {
        Some(guild) => guild_channel(app, actor, &access, guild).await,
        None => dms::close(app, actor, &access.channel, silent).await,
    }
}

async fn guild_channel(app: &App, actor: &Actor, access: &ChannelAccess, guild: &GuildAccess) -> Result<()> {
    access.require(Permissions::MANAGE_CHANNELS)?;
    let (id, guild_id) = (access.id(), guild.guild.id());
    if access.kind() == ChannelType::Category {
        free_children(app, guild, id).await?;
    }
    let view = super::view_of(app, &access.channel).await?;
    invites::erase_of_channel(app, guild_id, id).await?;
    let batch = Batch::new().delete::<ChannelRow>((id,)).delete::<ChannelByGuildRow>((guild_id, id));
    app.store.commit(super::purge_in(app, batch, id)?).await?;
    app.forget_channel(id);
    app.forget_head(id);
    app.forget_guild(guild_id);
    let event = Event::new(EventName::ChannelDelete, &view).channel(id);
    app.to_guild(guild_id, event).await;
    unname(app, &guild.guild.row, id).await?;
    let entry = Entry::new(Action::ChannelDelete)
        .target(id)
        .option("type", access.channel.kind)
        .deleted(snapshot::channel(&access.channel))
        .without_reason();
    app.audit(actor, guild_id, entry).await;
    Ok(())
}

/// A category's channels move to the top level.
async fn free_children(app: &App, guild: &GuildAccess, category: ChannelId) -> Result<()> {
    for child in guild.guild.ordered_channels() {
        if child.parent_id != Some(category) {
            continue;
        }
        let key = (child.channel_id,);
        let freed = app.store.update::<ChannelRow, _>(key, |row| row.parent_id = None).await?;
        app.forget_channel(child.channel_id);
        app.forget_guild(guild.guild.id());
        if let Some(row) = freed {
            super::tell(app, EventName::ChannelUpdate, &row).await?;
        }
    }
    Ok(())
}

/// The guild no longer names the channel as its system, rules or AFK channel.
async fn unname(app: &App, row: &GuildRow, id: ChannelId) -> Result<()> {
    let named = [row.system_channel_id, row.rules_channel_id, row.afk_channel_id];
    if !named.contains(&Some(id)) {
        return Ok(());
    }
    let row = guilds::change(app, row.guild_id, |row| {
        for slot in [&mut row.system_channel_id, &mut row.rules_channel_id, &mut row.afk_channel_id] {
            slot.take_if(|named| *named == id);
        }
    })
    .await?;
    guilds::announce(app, &row).await;
    Ok(())
}
