//! `PATCH /channels/{channel_id}`: which keys count is up to the stored channel's type.

use fluxer_wire::{
    ChannelId, Patch, Permissions,
    channel::{Channel, ChannelType, Overwrite},
    channel_requests::{
        ChannelUpdateCategoryRequest, ChannelUpdateLinkRequest, ChannelUpdateRequest,
        ChannelUpdateTextRequest, ChannelUpdateVoiceRequest,
    },
    invalid,
};

use super::create::{grantable, name, room_in};
use crate::{
    Actor, App, Error, EventName, Result,
    access::{ChannelAccess, GuildAccess},
    audit::{Action, Entry, snapshot},
    dms, fail,
    rows::ChannelRow,
};

pub async fn update(app: &App, actor: &Actor, id: ChannelId, form: ChannelUpdateRequest) -> Result<Channel> {
    let access = app.channel_access(actor, id).await?;
    match &access.guild {
        Some(guild) => guild_channel(app, actor, &access, guild, form).await,
        None => dms::update(app, actor, &access.channel, form.read_as()?).await,
    }
}

/// The change, read by the channel's type.
enum ByType {
    Text(ChannelUpdateTextRequest),
    Voice(ChannelUpdateVoiceRequest),
    Link(ChannelUpdateLinkRequest),
    Category,
}

async fn guild_channel(
    app: &App,
    actor: &Actor,
    access: &ChannelAccess,
    guild: &GuildAccess,
    form: ChannelUpdateRequest,
) -> Result<Channel> {
    let old = &access.channel;
    let common: ChannelUpdateCategoryRequest = form.clone().read_as()?;
    let special = match access.kind() {
        ChannelType::Text => ByType::Text(form.read_as()?),
        ChannelType::Voice => ByType::Voice(form.read_as()?),
        ChannelType::Link => ByType::Link(form.read_as()?),
        _ => ByType::Category,
    };
    access.require(Permissions::MANAGE_CHANNELS)?;
    if let ByType::Voice(voice) = &special
        && voice.rtc_region.is_present()
    {
        access.require(Permissions::UPDATE_RTC_REGION)?;
        // There are no regions to choose from.
        if voice.rtc_region.value().is_some() {
            return Err(Error::field("rtc_region", invalid::INVALID_OR_RESTRICTED_RTC_REGION));
        }
    }
    let parent = match &common.parent_id {
        Patch::Set(parent) if access.kind() != ChannelType::Category => {
            if old.parent_id != Some(*parent) {
                room_in(app, &guild.guild, *parent)?;
            }
            Patch::Set(*parent)
        }
        Patch::Null => Patch::Null,
        _ => Patch::Absent,
    };
    let overwrites = match &common.permission_overwrites {
        Some(given) => Some(grantable(given, access.permissions)?),
        None => None,
    };
    let name = common.name.clone().map(|new| name(&guild.guild, access.kind(), new.0));
    let changed = app
        .store
        .update::<ChannelRow, _>((old.channel_id,), |row| {
            if let Some(name) = &name {
                row.name = Some(name.clone());
            }
            common.topic.clone().map(String::from).apply(&mut row.topic);
            parent.apply(&mut row.parent_id);
            if let Some(overwrites) = &overwrites {
                row.overwrites = overwrites.clone();
            }
            apply(row, &special);
        })
        .await?;
    app.forget_channel(old.channel_id);
    app.forget_guild(guild.guild.id());
    let Some(row) = changed else { return fail(fluxer_wire::code::UNKNOWN_CHANNEL) };
    let view = super::tell(app, EventName::ChannelUpdate, &row).await?;
    if row.is(ChannelType::Category)
        && let Some(overwrites) = &overwrites
    {
        sync_children(app, guild, old, overwrites).await?;
    }
    let entry = Entry::new(Action::ChannelUpdate)
        .target(row.channel_id)
        .option("type", row.kind)
        .changed(&snapshot::channel(old), &snapshot::channel(&row))
        .without_reason();
    if entry.has_changes() {
        app.audit(actor, guild.guild.id(), entry).await;
    }
    Ok(view)
}

fn apply(row: &mut ChannelRow, special: &ByType) {
    match special {
        ByType::Text(form) => {
            row.nsfw = form.nsfw.unwrap_or(row.nsfw);
            if let Some(seconds) = form.rate_limit_per_user {
                row.rate_limit_per_user = seconds.get() as i32;
            }
        }
        ByType::Voice(form) => {
            if let Some(bitrate) = form.bitrate {
                row.bitrate = Some(bitrate.get() as i32);
            }
            if let Some(limit) = form.user_limit {
                row.user_limit = Some(limit.get() as i32);
            }
            form.rtc_region.clone().map(String::from).apply(&mut row.rtc_region);
        }
        ByType::Link(form) => {
            if let Some(url) = &form.url {
                row.url = Some(url.0.clone());
            }
        }
        ByType::Category => {}
    }
}

/// Children whose overwrites were the category's follow it.
async fn sync_children(
    app: &App,
    guild: &GuildAccess,
    category: &ChannelRow,
    overwrites: &[Overwrite],
) -> Result<()> {
    for child in guild.guild.ordered_channels() {
        let in_step =
            child.parent_id == Some(category.channel_id) && same(&child.overwrites, &category.overwrites);
        if !in_step {
            continue;
        }
        let key = (child.channel_id,);
        let changed =
            app.store.update::<ChannelRow, _>(key, |row| row.overwrites = overwrites.to_vec()).await?;
        app.forget_channel(child.channel_id);
        app.forget_guild(guild.guild.id());
        if let Some(row) = changed {
            super::tell(app, EventName::ChannelUpdate, &row).await?;
        }
    }
    Ok(())
}

/// Whether two sets of overwrites are the same, in whatever order.
fn same(one: &[Overwrite], other: &[Overwrite]) -> bool {
    one.len() == other.len() && one.iter().all(|overwrite| other.contains(overwrite))
}
