//! `POST /guilds/{guild_id}/delete`.
//!
//! The guild is gone for everybody at once; its members' rows, messages and pictures go with
//! it before the call returns, except messages, which a job removes.

use fluxer_wire::{GuildId, UserId, code};
use futures_util::future::try_join_all;
use platform_store::Batch;
use serde_json::json;

use super::{
    expressions, members,
    rows::{DiscoveryListedRow, DiscoveryRow},
    traits,
};
use crate::{
    Actor, App, Event, EventName, Result, assets, channels,
    events::Control,
    images::object_key,
    invites,
    rows::{
        AuditLogRow, BanRow, ChannelByGuildRow, ChannelRow, EmojiRow, GuildRow, MemberRow, MembershipRow,
        RoleRow, StickerRow,
    },
    users::{guild_settings::UserGuildSettingsRow, settings},
};

/// Deletes the guild. Sudo mode was proven before.
pub async fn delete(app: &App, actor: &Actor, id: GuildId) -> Result<()> {
    let access = app.guild_access(actor, id, code::ACCESS_DENIED).await?;
    access.require_owner(actor)?;
    erase(app, id).await
}

/// Deletes the guild, whoever asked.
pub async fn erase(app: &App, id: GuildId) -> Result<()> {
    let guild = app.guild(id).await?;
    // Who comes in now waits, and finds no guild.
    let turn = app.store.turn::<GuildRow>((id,)).await;
    let members = app.store.range::<MemberRow>((id,)).all().await?;
    let mut objects: Vec<String> = pictures(&guild.row).collect();
    for member in &members {
        objects.extend(members::pictures(member).map(|(prefix, hash)| object_key(&prefix, hash)));
    }
    let emojis = app.store.range::<EmojiRow>((id,)).all().await?;
    let stickers = app.store.range::<StickerRow>((id,)).all().await?;
    objects.extend(emojis.iter().map(|row| expressions::emoji_key(row.emoji_id)));
    objects.extend(stickers.iter().map(|row| expressions::sticker_key(row.sticker_id)));
    invites::erase_of_guild(app, id).await?;
    let mut batch = Batch::new()
        .delete_partition::<RoleRow>((id,))
        .delete_partition::<MemberRow>((id,))
        .delete_partition::<BanRow>((id,))
        .delete_partition::<EmojiRow>((id,))
        .delete_partition::<StickerRow>((id,))
        .delete_partition::<AuditLogRow>((id,))
        .delete_partition::<ChannelByGuildRow>((id,))
        .delete::<DiscoveryRow>((id,))
        .delete::<DiscoveryListedRow>((DiscoveryListedRow::SHELF, id));
    for member in &members {
        batch = batch
            .delete::<MembershipRow>((member.user_id, id))
            .delete::<UserGuildSettingsRow>((member.user_id, id));
    }
    for channel in guild.channels.keys() {
        batch = channels::purge_in(app, batch.delete::<ChannelRow>((*channel,)), *channel)?;
    }
    assets::discard_all_in(app, &mut batch, objects, "guild deleted")?;
    app.store.commit(batch.delete::<GuildRow>((id,))).await?;
    drop(turn);
    app.touch_guild_gone(id).await?;
    app.touch_guild_erased(id).await?;
    app.forget_guild(id);
    for channel in guild.channels.keys() {
        app.forget_channel(*channel);
        app.forget_head(*channel);
    }
    app.to_guild(id, Event::new(EventName::GuildDelete, &json!({"id": id}))).await;
    for member in &members {
        app.forget_member(id, member.user_id);
        app.control_user(member.user_id, Control::LeaveGuild { guild_id: id }).await;
    }
    app.control_guild(id, Control::GuildDeleted).await;
    for some in members.chunks(TOGETHER) {
        try_join_all(some.iter().map(|member| follow_up(app, &guild.row, member.user_id))).await?;
    }
    Ok(())
}

/// Members attended to at a time.
const TOGETHER: usize = 50;

/// What a member keeps of the guild goes, too.
async fn follow_up(app: &App, row: &GuildRow, user: UserId) -> Result<()> {
    settings::guild_left(app, user, row.guild_id).await?;
    if traits::gives_any(row) { traits::refresh_traits(app, user).await } else { Ok(()) }
}

fn pictures(row: &GuildRow) -> impl Iterator<Item = String> {
    let pictures = [
        ("icons", &row.icon_hash),
        ("banners", &row.banner_hash),
        ("splashes", &row.splash_hash),
        ("embed-splashes", &row.embed_splash_hash),
    ];
    let id = row.guild_id;
    let key = move |(prefix, hash): (&str, &Option<String>)| {
        hash.as_ref().map(|hash| object_key(&format!("{prefix}/{id}"), hash))
    };
    pictures.into_iter().filter_map(key)
}
