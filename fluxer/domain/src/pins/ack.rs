//! `POST /channels/{channel_id}/pins/ack`.

use fluxer_wire::{ChannelId, message::PinsAcked};

use crate::{Actor, App, Event, EventName, Result};

pub async fn ack(app: &App, actor: &Actor, channel: ChannelId) -> Result<()> {
    app.channel_access_any_age(actor, channel).await?;
    let Some(timestamp) = app.head(channel).await?.last_pin_timestamp() else { return Ok(()) };
    app.change_mark(actor.id(), channel, |row| row.last_pin_timestamp = Some(timestamp)).await?;
    let body = PinsAcked { channel_id: channel, timestamp };
    app.to_user(actor.id(), Event::new(EventName::ChannelPinsAck, &body)).await;
    Ok(())
}
