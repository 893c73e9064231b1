//! `GET /guilds/{guild_id}`.

use fluxer_wire::{GuildId, Permissions, code, guild_requests::GuildDetails};

use crate::{
    Actor, App, Result,
    access::GuildAccess,
    channels,
    rows::{ChannelRow, EmojiRow, StickerRow},
};

/// The guild with its roles and what of it the caller can see.
pub async fn details(app: &App, actor: &Actor, id: GuildId) -> Result<GuildDetails> {
    let access = app.guild_access(actor, id, code::ACCESS_DENIED).await?;
    let emojis = app.store.range::<EmojiRow>((id,)).all().await?;
    let stickers = app.store.range::<StickerRow>((id,)).all().await?;
    Ok(GuildDetails {
        guild: super::guild(&access.guild.row),
        roles: super::roles::ordered(&access.guild).into_iter().map(super::role).collect(),
        channels: channels::views(app, visible(actor, &access)).await?,
        emojis: emojis.iter().map(super::emoji).collect(),
        stickers: stickers.iter().map(super::sticker).collect(),
    })
}

/// The channels the caller can view, in display order.
pub(crate) fn visible<'a>(
    actor: &Actor,
    access: &'a GuildAccess,
) -> impl Iterator<Item = &'a ChannelRow> + use<'a> {
    let (user, member) = (actor.id(), access.member.as_deref());
    access.guild.ordered_channels().into_iter().map(|row| &**row).filter(move |row| {
        access.guild.channel_permissions(user, member, row).contains(Permissions::VIEW_CHANNEL)
    })
}
