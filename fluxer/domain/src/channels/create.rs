//! `POST /guilds/{guild_id}/channels`.

use fluxer_wire::{
    ChannelId, GuildId, Permissions,
    channel::{Channel, ChannelOverwriteRequest, ChannelType, Overwrite},
    channel_requests::ChannelCreateRequest,
    code,
    flags::guild_feature,
    invalid,
    text::text_channel_name,
};
use platform_store::Batch;

use crate::{
    Actor, App, Error, EventName, Result,
    access::GuildAccess,
    audit::{Action, Entry, snapshot},
    fail,
    guilds::{BITRATE, GuildSnapshot},
    rows::{ChannelByGuildRow, ChannelRow},
};

pub async fn create(app: &App, actor: &Actor, id: GuildId, form: ChannelCreateRequest) -> Result<Channel> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::MANAGE_CHANNELS)?;
    let guild = &access.guild;
    if guild.channels.len() as i64 >= app.guild_limit(&guild.row, "max_guild_channels") {
        return fail(code::MAX_GUILD_CHANNELS);
    }
    let kind = form.kind.0;
    let parent = match form.parent_id.filter(|_| kind != ChannelType::Category) {
        Some(parent) => Some(room_in(app, guild, parent)?),
        None => None,
    };
    let overwrites = match form.permission_overwrites {
        Some(given) => {
            let scope = scope(actor, &access, parent);
            grantable(&given, scope)?
        }
        None => parent.map(|parent| parent.overwrites.clone()).unwrap_or_default(),
    };
    let voice = kind == ChannelType::Voice;
    let row = ChannelRow {
        channel_id: app.next_id(),
        kind: kind.number(),
        guild_id: Some(id),
        name: Some(name(guild, kind, form.name.0)),
        topic: form.topic.map(String::from),
        url: form.url.filter(|_| kind == ChannelType::Link).map(|url| url.0),
        parent_id: parent.map(|parent| parent.channel_id),
        position: position(guild, kind, parent),
        bitrate: voice.then(|| form.bitrate.map_or(BITRATE, |bitrate| bitrate.get() as i32)),
        user_limit: voice.then(|| form.user_limit.map_or(0, |limit| limit.get() as i32)),
        overwrites,
        ..ChannelRow::default()
    };
    let entry = ChannelByGuildRow { guild_id: id, channel_id: row.channel_id };
    app.store.commit(Batch::new().put(&row).put(&entry)).await?;
    app.forget_channel(row.channel_id);
    app.forget_guild(id);
    let view = super::tell(app, EventName::ChannelCreate, &row).await?;
    let entry = Entry::new(Action::ChannelCreate)
        .target(row.channel_id)
        .option("type", row.kind)
        .created(snapshot::channel(&row));
    app.audit(actor, id, entry).await;
    Ok(view)
}

/// The category, if it is one of this guild and holds another channel.
pub(super) fn room_in<'a>(app: &App, guild: &'a GuildSnapshot, id: ChannelId) -> Result<&'a ChannelRow> {
    let parent = guild.channels.get(&id).filter(|row| row.is(ChannelType::Category));
    let Some(parent) = parent else {
        return Err(Error::field("parent_id", invalid::INVALID_PARENT_CHANNEL));
    };
    let children = guild.channels.values().filter(|row| row.parent_id == Some(id)).count();
    if children as i64 >= app.guild_limit(&guild.row, "max_channels_per_category") {
        return fail(code::MAX_CATEGORY_CHANNELS);
    }
    Ok(parent)
}

/// A channel's name by the guild's rule for its type.
pub(super) fn name(guild: &GuildSnapshot, kind: ChannelType, name: String) -> String {
    let flexible = guild.row.has_feature(guild_feature::TEXT_CHANNEL_FLEXIBLE_NAMES);
    if kind == ChannelType::Text && !flexible { text_channel_name(&name) } else { name }
}

/// What the caller can do in the category the channel goes to, or in the guild.
fn scope(actor: &Actor, access: &GuildAccess, parent: Option<&ChannelRow>) -> Permissions {
    match parent {
        Some(parent) => access.guild.channel_permissions(actor.id(), access.member.as_deref(), parent),
        None => access.permissions,
    }
}

/// Known bits only, none beyond `scope`; the last of several for one id counts.
pub(super) fn grantable(given: &[ChannelOverwriteRequest], scope: Permissions) -> Result<Vec<Overwrite>> {
    let mut overwrites: Vec<Overwrite> = Vec::with_capacity(given.len());
    for item in given {
        let overwrite = Overwrite {
            id: item.id,
            kind: item.kind,
            allow: item.allow.unwrap_or_default().known(),
            deny: item.deny.unwrap_or_default().known(),
        };
        if !scope.contains(overwrite.allow | overwrite.deny) {
            return fail(code::MISSING_PERMISSIONS);
        }
        overwrites.retain(|other| other.id != overwrite.id);
        overwrites.push(overwrite);
    }
    Ok(overwrites)
}

/// At the end; in a category after the last of its sort, text before voice.
fn position(guild: &GuildSnapshot, kind: ChannelType, parent: Option<&ChannelRow>) -> i32 {
    let Some(parent) = parent else {
        return guild.channels.values().map(|row| row.position).max().map_or(0, |last| last + 1);
    };
    let last = |voice: bool| {
        let children = guild.channels.values().filter(|row| row.parent_id == Some(parent.channel_id));
        children.filter(|row| row.is(ChannelType::Voice) == voice).map(|row| row.position).max()
    };
    let before = match kind {
        ChannelType::Voice => last(true).or_else(|| last(false)),
        _ => last(false),
    };
    before.unwrap_or(parent.position) + 1
}
