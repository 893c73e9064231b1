//! Changing a group DM: name, icon, owner, nicknames.

use std::collections::BTreeMap;

use fluxer_wire::{
    Patch, UserId,
    channel::{Channel, ChannelType},
    code,
    message::MessageType,
    social::GroupDmUpdate,
};

use super::{tell_channel, view};
use crate::{
    Actor, App, Error, EventName, Result, channels::ChannelInfo, fail, images::Image,
    messages::system_message, rows::ChannelRow,
};

/// `PATCH /channels/{id}` on a private channel the caller is in.
pub async fn update(app: &App, actor: &Actor, channel: &ChannelRow, form: GroupDmUpdate) -> Result<Channel> {
    if !channel.is(ChannelType::GroupDm) {
        return Err(Error::field("type", fluxer_wire::invalid::INVALID_FORMAT));
    }
    let is_owner = channel.owner_id == Some(actor.id());
    if let Some(owner) = form.owner_id {
        if !is_owner {
            return fail(code::MISSING_PERMISSIONS);
        }
        if !channel.recipient_ids.contains(&owner) {
            return fail(code::UNKNOWN_USER);
        }
    }
    check_nicks(actor, channel, &form, is_owner)?;
    let icon = match form.icon {
        Patch::Absent => None,
        Patch::Null => Some(None),
        Patch::Set(image) => Some(Some(Image::inspect(app, actor.id(), "icon", image.0).await?)),
    };
    if let Some(Some(icon)) = &icon {
        app.store_image(&format!("icons/{}", channel.channel_id), icon).await?;
    }
    let name = form.name.map(|name| name.0).into_change();
    let icon_hash = icon.map(|icon| icon.map(|icon| icon.hash));
    let row = app
        .store
        .update::<ChannelRow, _>((channel.channel_id,), |row| {
            if let Some(name) = &name {
                row.name = name.clone();
            }
            if let Some(hash) = &icon_hash {
                row.icon_hash = hash.clone();
            }
            row.owner_id = form.owner_id.or(row.owner_id);
            match &form.nicks {
                Patch::Absent => {}
                Patch::Null => row.nicks = BTreeMap::new(),
                Patch::Set(nicks) => apply_nicks(row, nicks),
            }
        })
        .await?;
    let Some(row) = row else { return fail(code::UNKNOWN_CHANNEL) };
    app.forget_channel(row.channel_id);
    for user in &row.recipient_ids {
        tell_channel(app, EventName::ChannelUpdate, &row, *user).await?;
    }
    announce(app, actor, channel, &row).await?;
    view(app, &row, Some(actor.id())).await
}

/// The owner names everybody; others only themselves; `nicks: null` is the owner's.
fn check_nicks(actor: &Actor, channel: &ChannelRow, form: &GroupDmUpdate, is_owner: bool) -> Result<()> {
    match &form.nicks {
        Patch::Absent => Ok(()),
        Patch::Null if is_owner => Ok(()),
        Patch::Null => fail(code::MISSING_PERMISSIONS),
        Patch::Set(nicks) => {
            for user in nicks.keys() {
                if !channel.recipient_ids.contains(user) {
                    return fail(code::UNKNOWN_USER);
                }
                if !is_owner && *user != actor.id() {
                    return fail(code::MISSING_PERMISSIONS);
                }
            }
            Ok(())
        }
    }
}

fn apply_nicks(row: &mut ChannelRow, nicks: &BTreeMap<UserId, Option<fluxer_wire::Str<0, 32>>>) {
    for (user, nick) in nicks {
        match nick.as_deref().map(str::trim).filter(|nick| !nick.is_empty()) {
            Some(nick) => {
                row.nicks.insert(*user, nick.to_owned());
            }
            None => {
                row.nicks.remove(user);
            }
        }
    }
}

/// System messages for a new name and a new icon.
async fn announce(app: &App, actor: &Actor, before: &ChannelRow, after: &ChannelRow) -> Result<()> {
    let info = ChannelInfo { row: after.clone().into(), guild: None };
    if before.name != after.name {
        let name = after.name.clone().unwrap_or_default();
        system_message(app, &info, &actor.user, MessageType::ChannelNameChange, |message| {
            message.content = Some(name);
        })
        .await?;
    }
    if before.icon_hash != after.icon_hash {
        let hash = after.icon_hash.clone().unwrap_or_default();
        system_message(app, &info, &actor.user, MessageType::ChannelIconChange, |message| {
            message.content = Some(hash);
        })
        .await?;
    }
    Ok(())
}
