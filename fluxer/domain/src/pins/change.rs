//! `PUT` and `DELETE /channels/{channel_id}/pins/{message_id}`.

use fluxer_wire::{
    ChannelId, MessageId, Permissions,
    channel::ChannelType,
    code,
    message::{MessageReference, MessageType, PinsUpdated, ReferenceType},
};
use platform_store::Batch;

use crate::{
    Actor, App, Event, EventName, Result,
    access::ChannelAccess,
    audit::{Action, Entry},
    channels::ChannelInfo,
    fail,
    messages::{announce_update, dm, system_message, write::to_channel},
    rows::{MessageRow, PinRow},
};

pub async fn pin(app: &App, actor: &Actor, channel: ChannelId, id: MessageId) -> Result<()> {
    let (access, row) = enter(app, actor, channel, id).await?;
    if row.pinned_timestamp.is_some() {
        return Ok(());
    }
    let head = app.head(channel).await?;
    let now = app.clock.now();
    let written = {
        let _order = head.order.lock();
        head.set_last_pin(now);
        let entry = PinRow { channel_id: channel, pinned_timestamp: now, message_id: id };
        app.store.commit(Batch::new().put(&entry).put(&head.row(channel)))
    };
    written.await?;
    app.touch_messages(&[(channel, id)]).await?;
    let mut first = false;
    let pinned = |row: &mut MessageRow| {
        first = row.pinned_timestamp.is_none();
        row.pinned_timestamp.get_or_insert(now);
    };
    let Some(row) = app.store.update::<MessageRow, _>(row.key(), pinned).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    if !first {
        // Somebody else pinned it meanwhile; the list's entry of this one is passed over.
        if row.pinned_timestamp != Some(now) {
            app.store.delete::<PinRow>((channel, now, id)).await?;
        }
        return Ok(());
    }
    tell_pins(app, &access).await?;
    let info = ChannelInfo {
        row: access.channel.clone(),
        guild: access.guild.as_ref().map(|guild| guild.guild.clone()),
    };
    system_message(app, &info, &actor.user, MessageType::ChannelPinnedMessage, |notice| {
        notice.reference = Some(MessageReference {
            channel_id: channel,
            message_id: id,
            guild_id: access.guild_id(),
            kind: ReferenceType::Reply,
        });
    })
    .await?;
    announce_update(app, &access.channel, row).await?;
    audit(app, actor, &access, id, Action::MessagePin).await;
    Ok(())
}

pub async fn unpin(app: &App, actor: &Actor, channel: ChannelId, id: MessageId) -> Result<()> {
    let (access, row) = enter(app, actor, channel, id).await?;
    let Some(pinned_at) = row.pinned_timestamp else { return Ok(()) };
    app.touch_messages(&[(channel, id)]).await?;
    let mut last = false;
    let unpinned = |row: &mut MessageRow| last = row.pinned_timestamp.take().is_some();
    let Some(row) = app.store.update::<MessageRow, _>(row.key(), unpinned).await? else {
        return fail(code::UNKNOWN_MESSAGE);
    };
    if !last {
        return Ok(());
    }
    app.store.delete::<PinRow>((channel, pinned_at, id)).await?;
    tell_pins(app, &access).await?;
    announce_update(app, &access.channel, row).await?;
    audit(app, actor, &access, id, Action::MessageUnpin).await;
    Ok(())
}

async fn enter(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    id: MessageId,
) -> Result<(ChannelAccess, MessageRow)> {
    let access = app.channel_access_any_age(actor, channel).await?;
    access.require_text_based()?;
    if access.guild.is_some() {
        access.require(Permissions::PIN_MESSAGES)?;
        access.require_sending_enabled()?;
    } else if access.kind() == ChannelType::Dm {
        dm::may_message(app, actor, &access).await?;
    }
    let row = app.readable_message(&access, id).await?;
    if row.message_type().is_user_content() {
        Ok((access, row))
    } else {
        fail(code::CANNOT_MODIFY_SYSTEM_WEBHOOK)
    }
}

async fn tell_pins(app: &App, access: &ChannelAccess) -> Result<()> {
    let channel = access.id();
    let last_pin_timestamp = app.head(channel).await?.last_pin_timestamp();
    let body = PinsUpdated { channel_id: channel, last_pin_timestamp };
    let event = Event::new(EventName::ChannelPinsUpdate, &body).channel(channel);
    to_channel(app, &access.channel, event).await;
    Ok(())
}

async fn audit(app: &App, actor: &Actor, access: &ChannelAccess, id: MessageId, action: Action) {
    if let Some(guild) = access.guild_id() {
        let entry = Entry::new(action).target(id).option("channel_id", access.id()).option("message_id", id);
        app.audit(actor, guild, entry).await;
    }
}
