//! Opening and closing DMs. A DM exists once per pair and for ever; *open* is a matter of
//! each side: closing hides it, the next message opens it again.

use fluxer_wire::{
    ChannelId, UserId,
    channel::{Channel, ChannelType},
    code, invalid,
};
use platform_store::Batch;

use super::{find_dm, pair, tell_channel, view};
use crate::{
    Actor, App, Error, Event, EventName, Result, fail,
    relationships::{are_friends, is_blocked_either_way, mutual_guilds},
    rows::{ChannelRow, DmByUserRow, DmPairRow, PrivateChannelRow},
};

/// The caller's DM with somebody, opened on the caller's side.
pub async fn open(app: &App, actor: &Actor, recipient: UserId) -> Result<Channel> {
    if recipient == actor.id() {
        return Err(Error::field("recipient_id", invalid::CANNOT_DM_YOURSELF));
    }
    app.user(recipient).await?;
    if let Some(row) = find_dm(app, actor.id(), recipient).await? {
        mark_open(app, &row, actor.id()).await?;
        return tell_channel(app, EventName::ChannelCreate, &row, actor.id()).await;
    }
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES)?;
    if is_blocked_either_way(app, actor.id(), recipient).await? {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    if !are_friends(app, actor.id(), recipient).await?
        && mutual_guilds(app, actor.id(), recipient).await?.is_empty()
    {
        return fail(code::CANNOT_SEND_MESSAGES_TO_USER);
    }
    let row = create(app, actor.id(), recipient).await?;
    tell_channel(app, EventName::ChannelCreate, &row, actor.id()).await
}

/// Makes the DM of a pair; of two callers at once both get the same one.
async fn create(app: &App, opener: UserId, recipient: UserId) -> Result<ChannelRow> {
    let (hi_user_id, lo_user_id) = pair(opener, recipient);
    let channel_id: ChannelId = app.next_id();
    let row = ChannelRow {
        channel_id,
        kind: ChannelType::Dm.number(),
        recipient_ids: vec![opener, recipient],
        ..ChannelRow::default()
    };
    // The channel first: a pair must never point at nothing.
    let open = PrivateChannelRow { user_id: opener, channel_id, is_gdm: false };
    app.store.put(&row).await?;
    if app.store.insert_if_absent(&DmPairRow { hi_user_id, lo_user_id, channel_id }).await? {
        let known = [opener, recipient].map(|user_id| DmByUserRow { user_id, channel_id });
        app.store.commit(known.iter().fold(Batch::new().put(&open), Batch::put)).await?;
        app.forget_channel(channel_id);
        return Ok(row);
    }
    app.store.delete::<ChannelRow>((channel_id,)).await?;
    match find_dm(app, opener, recipient).await? {
        Some(row) => {
            mark_open(app, &row, opener).await?;
            Ok((*row).clone())
        }
        None => fail(code::UNKNOWN_CHANNEL),
    }
}

async fn mark_open(app: &App, row: &ChannelRow, user: UserId) -> Result<()> {
    let entry = PrivateChannelRow { user_id: user, channel_id: row.channel_id, is_gdm: false };
    Ok(app.store.put(&entry).await?)
}

/// `DELETE /channels/{id}` on a private channel.
pub async fn close(app: &App, actor: &Actor, row: &ChannelRow, silent: bool) -> Result<()> {
    match row.channel_type() {
        ChannelType::PersonalNotes => fail(code::CANNOT_EXECUTE_ON_DM),
        ChannelType::GroupDm => super::leave(app, actor, row.channel_id, silent).await,
        _ => {
            // it can be found again, also where it was made before there was such a list
            let known = DmByUserRow { user_id: actor.id(), channel_id: row.channel_id };
            let closed = Batch::new().put(&known).delete::<PrivateChannelRow>((actor.id(), row.channel_id));
            app.store.commit(closed).await?;
            let view = view(app, row, Some(actor.id())).await?;
            app.to_user(actor.id(), Event::new(EventName::ChannelDelete, &view)).await;
            Ok(())
        }
    }
}

/// The caller's open DMs and group DMs.
pub async fn list(app: &App, user: UserId) -> Result<Vec<Channel>> {
    let mut channels = Vec::new();
    for entry in app.store.range::<PrivateChannelRow>((user,)).all().await? {
        if let Some(info) = app.find_channel(entry.channel_id).await? {
            channels.push(view(app, &info.row, Some(user)).await?);
        }
    }
    Ok(channels)
}

/// Everybody has a channel for notes to themselves; its id is theirs.
pub async fn ensure_notes(app: &App, user: UserId) -> Result<ChannelRow> {
    let channel_id: ChannelId = user.cast();
    let row = ChannelRow { channel_id, kind: ChannelType::PersonalNotes.number(), ..ChannelRow::default() };
    if app.find_channel(channel_id).await?.is_none() && app.store.insert_if_absent(&row).await? {
        app.forget_channel(channel_id);
    }
    Ok(row)
}

/// Deletes a private channel that nobody is in any more, with what was said in it.
pub(super) async fn dissolve(app: &App, row: &ChannelRow) -> Result<()> {
    crate::messages::purge_channel(app, row.channel_id).await?;
    app.store.commit(Batch::new().delete::<ChannelRow>((row.channel_id,))).await?;
    app.forget_channel(row.channel_id);
    app.forget_head(row.channel_id);
    Ok(())
}
