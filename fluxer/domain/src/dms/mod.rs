//! Direct messages, group DMs and personal notes: opening and closing them, who is in them.
//! What is said there is the business of `messages`.

mod group;
mod open;
mod pins;
mod recipients;
pub mod rules;
mod update;

pub use group::create_group;
pub use open::{close, ensure_notes, list, open};
pub use pins::{PinnedDmRow, pin, pinned, unpin};
pub use recipients::{add_by_invite, add_recipient, leave, remove_recipient};
pub use update::update;

use std::sync::Arc;

use fluxer_wire::{
    ChannelId, UserId,
    channel::{Channel, ChannelType},
    code,
    social::CreatePrivateChannelRequest,
};

use crate::{
    Actor, App, Event, EventName, Result,
    channels::private_channel,
    fail,
    rows::{ChannelRow, DmPairRow},
};

/// The key of the one DM of two users.
pub fn pair(one: UserId, other: UserId) -> (UserId, UserId) {
    (one.max(other), one.min(other))
}

/// `POST /users/@me/channels`.
pub async fn create(app: &App, actor: &Actor, form: CreatePrivateChannelRequest) -> Result<Channel> {
    match (form.recipient_id, form.recipients) {
        (Some(recipient), None) => open(app, actor, recipient).await,
        (None, Some(recipients)) => create_group(app, actor, &recipients).await,
        _ => Err(crate::Error::field("recipient_id", fluxer_wire::invalid::INVALID_FORMAT)),
    }
}

/// A private channel as `reader` sees it.
pub async fn view(app: &App, row: &ChannelRow, reader: Option<UserId>) -> Result<Channel> {
    let head = app.head(row.channel_id).await?;
    let people = app.partials(row.recipient_ids.iter().copied()).await?;
    Ok(private_channel(row, &head, &people, reader))
}

/// Everybody an event in the channel goes to.
pub fn audience(row: &ChannelRow) -> Vec<UserId> {
    match row.channel_type() {
        ChannelType::PersonalNotes => vec![row.channel_id.cast()],
        _ => row.recipient_ids.clone(),
    }
}

/// Sends a channel event to one user, with the channel as that user sees it.
async fn tell_channel(app: &App, name: EventName, row: &ChannelRow, user: UserId) -> Result<Channel> {
    let view = view(app, row, Some(user)).await?;
    app.to_user(user, Event::new(name, &view)).await;
    Ok(view)
}

/// The group DM for somebody in it: 400 `INVALID_CHANNEL_TYPE` if it is another kind of
/// channel, 403 `MISSING_ACCESS` for outsiders.
async fn group_of(app: &App, actor: &Actor, id: ChannelId) -> Result<Arc<ChannelRow>> {
    let Some(info) = app.find_channel(id).await? else { return fail(code::UNKNOWN_CHANNEL) };
    if !info.row.is(ChannelType::GroupDm) {
        return fail(code::INVALID_CHANNEL_TYPE);
    }
    if !info.row.recipient_ids.contains(&actor.id()) {
        return fail(code::MISSING_ACCESS);
    }
    Ok(info.row)
}

/// The DM of two users, if they ever had one.
pub async fn find_dm(app: &App, one: UserId, other: UserId) -> Result<Option<Arc<ChannelRow>>> {
    let Some(entry) = app.store.get::<DmPairRow>(pair(one, other)).await? else { return Ok(None) };
    Ok(app.find_channel(entry.channel_id).await?.map(|info| info.row))
}
