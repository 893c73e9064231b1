//! `PATCH /guilds/{guild_id}/channels`: all moves or none.

use fluxer_wire::{
    ChannelId, GuildId, Patch, Permissions, channel::ChannelType, channel_requests::ChannelPositionItem,
    code, invalid,
};
use futures_util::future::try_join_all;

use super::order::{self, Move, Place, Refusal};
use crate::{
    Actor, App, Error, Result,
    access::GuildAccess,
    fail,
    guilds::{GuildSnapshot, exclusively, tell_all_channels},
    rows::ChannelRow,
};

pub async fn reorder(app: &App, actor: &Actor, id: GuildId, items: Vec<ChannelPositionItem>) -> Result<()> {
    managed(app, actor, id).await?;
    let _lock = exclusively(app, id).await?;
    // Read again: the order may have changed before the lock was had.
    let access = managed(app, actor, id).await?;
    let guild = &access.guild;
    for item in &items {
        check(actor, &access, item)?;
    }
    let capacity = app.guild_limit(&guild.row, "max_channels_per_category") as usize;
    let before = places(guild);
    let mut places = before.clone();
    let mut locked = Vec::new();
    for item in &items {
        let old_parent = parent_of(&places, item.id);
        let step = Move {
            id: item.id,
            index: item.position.map(|position| position.get() as usize),
            parent: item.parent_id.into_change(),
        };
        places = order::apply(&places, step, capacity).map_err(refuse)?;
        let parent = parent_of(&places, item.id);
        if item.lock_permissions == Some(true) && parent != old_parent {
            locked.extend(parent.map(|parent| (item.id, parent)));
        }
    }
    if places == before {
        return Ok(());
    }
    save(app, guild, &places, &locked).await?;
    tell_all_channels(app, id).await
}

async fn managed(app: &App, actor: &Actor, id: GuildId) -> Result<GuildAccess> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::MANAGE_CHANNELS)?;
    Ok(access)
}

/// The channel and its parent are of this guild, and the caller sees them.
fn check(actor: &Actor, access: &GuildAccess, item: &ChannelPositionItem) -> Result<()> {
    let guild = &access.guild;
    let Some(channel) = guild.channels.get(&item.id) else {
        return Err(Error::field("id", invalid::CHANNEL_NOT_FOUND));
    };
    let mut seen = vec![channel];
    if let Patch::Set(parent) = item.parent_id {
        match guild.channels.get(&parent) {
            Some(parent) => seen.push(parent),
            None => return Err(Error::field("parent_id", invalid::INVALID_PARENT_CHANNEL)),
        }
    }
    for channel in seen {
        let bits = guild.channel_permissions(actor.id(), access.member.as_deref(), channel);
        if !bits.contains(Permissions::VIEW_CHANNEL) {
            return fail(code::MISSING_PERMISSIONS);
        }
    }
    Ok(())
}

/// Every channel, by position and then by id as text. Creation gives a new text channel the
/// position of the first voice channel below it, so at equal positions voice comes last.
fn places(guild: &GuildSnapshot) -> Vec<Place> {
    let mut rows: Vec<_> = guild.channels.values().collect();
    rows.sort_by_cached_key(|row| (row.position, row.is(ChannelType::Voice), row.channel_id.to_string()));
    rows.iter()
        .map(|row| Place { id: row.channel_id, kind: row.channel_type(), parent: row.parent_id })
        .collect()
}

fn parent_of(places: &[Place], id: ChannelId) -> Option<ChannelId> {
    places.iter().find(|place| place.id == id).and_then(|place| place.parent)
}

fn refuse(refusal: Refusal) -> Error {
    match refusal {
        Refusal::ParentIsNoCategory => Error::field("parent_id", invalid::PARENT_MUST_BE_CATEGORY),
        Refusal::CategoryWithParent => Error::field("parent_id", invalid::CATEGORIES_CANNOT_HAVE_PARENTS),
        Refusal::CategoryIsFull => code::MAX_CATEGORY_CHANNELS.into(),
        Refusal::VoiceAboveText => {
            Error::field("preceding_sibling_id", invalid::VOICE_CHANNELS_CANNOT_BE_ABOVE_TEXT_CHANNELS)
        }
    }
}

/// Numbers the channels from 1 and writes those that changed. Whatever else of them is
/// changed or deleted meanwhile stays so.
async fn save(
    app: &App,
    guild: &GuildSnapshot,
    places: &[Place],
    locked: &[(ChannelId, ChannelId)],
) -> Result<()> {
    let mut writes = Vec::new();
    for (place, position) in places.iter().zip(1..) {
        let Some(old) = guild.channels.get(&place.id) else { continue };
        let follows = locked.iter().any(|pair| Some(*pair) == place.parent.map(|parent| (place.id, parent)));
        let parent = place.parent.filter(|_| follows).and_then(|id| guild.channels.get(&id));
        if old.position == position && old.parent_id == place.parent && parent.is_none() {
            continue;
        }
        writes.push(app.store.update::<ChannelRow, _>((place.id,), move |row| {
            row.position = position;
            row.parent_id = place.parent;
            if let Some(parent) = parent {
                row.overwrites = parent.overwrites.clone();
            }
        }));
    }
    let written = try_join_all(writes).await;
    for place in places {
        app.forget_channel(place.id);
    }
    app.forget_guild(guild.id());
    written?;
    Ok(())
}
