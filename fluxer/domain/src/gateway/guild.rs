//! A guild with everybody and everything in it, as the gateway's read model starts.

use fluxer_wire::{
    GuildId, UserId,
    channel::Channel,
    guild::{Emoji, Guild, Member, Role, Sticker},
};

use crate::{
    App, Result, channels, guilds,
    rows::{EmojiRow, MemberRow, StickerRow, UserRow},
    users,
};

/// See the module's description.
#[derive(Debug, Clone)]
pub struct GuildData {
    pub guild: Guild,
    pub roles: Vec<Role>,
    pub channels: Vec<Channel>,
    pub emojis: Vec<Emoji>,
    pub stickers: Vec<Sticker>,
    pub members: Vec<Member>,
}

/// Accounts are read this many at a time.
const USERS: usize = 500;

/// The guild, or `None`. Subscribe to its events before reading it: what is published during
/// the read is then either in it or still to come.
pub async fn load_guild(app: &App, id: GuildId) -> Result<Option<GuildData>> {
    let Some(snapshot) = app.find_guild(id).await? else { return Ok(None) };
    let ordered = snapshot.ordered_channels();
    let ids: Vec<_> = ordered.iter().map(|row| row.channel_id).collect();
    let heads = app.heads(&ids).await?;
    let rows = app.store.range::<MemberRow>((id,)).all().await?;
    let now = app.clock.now();
    let mut members = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(USERS) {
        let keys = chunk.iter().map(|row| (row.user_id,)).collect();
        let accounts = app.store.get_many::<UserRow>(keys).await?;
        let pairs = chunk.iter().zip(accounts);
        // A member whose account is gone is left out until the removal catches up.
        let found =
            pairs.filter_map(|(row, user)| Some(guilds::member(row, users::partial(app, &user?), now)));
        members.extend(found);
    }
    let emojis = app.store.range::<EmojiRow>((id,)).all().await?;
    let stickers = app.store.range::<StickerRow>((id,)).all().await?;
    Ok(Some(GuildData {
        guild: guilds::guild(&snapshot.row),
        roles: snapshot.roles.values().map(guilds::role).collect(),
        channels: ordered.iter().zip(&heads).map(|(row, head)| channels::guild_channel(row, head)).collect(),
        emojis: emojis.iter().map(guilds::emoji).collect(),
        stickers: stickers.iter().map(guilds::sticker).collect(),
        members,
    }))
}

/// One member, or `None`.
pub async fn load_member(app: &App, guild: GuildId, user: UserId) -> Result<Option<Member>> {
    let Some(row) = app.find_member(guild, user).await? else { return Ok(None) };
    Ok(Some(guilds::member(&row, app.partial(user).await?, app.clock.now())))
}
