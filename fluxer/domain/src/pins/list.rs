//! `GET /channels/{channel_id}/messages/pins`.

use fluxer_wire::{
    ChannelId, MessageId,
    message::{ChannelPin, ChannelPins},
    message_requests::ChannelPinsQuery,
};

use crate::{
    Actor, App, Result,
    access::History,
    messages::view,
    rows::{MessageRow, PinRow, bucket_of},
};

/// Newest pin first.
pub async fn list(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    query: ChannelPinsQuery,
) -> Result<ChannelPins> {
    let access = app.channel_access_any_age(actor, channel).await?;
    if access.history_cutoff() == History::None {
        return Ok(ChannelPins { items: Vec::new(), has_more: false });
    }
    let limit = query.limit.get();
    let mut pins: Vec<(PinRow, MessageRow)> = Vec::new();
    let mut before = query.before.map(|at| (at, MessageId::new(0)));
    while pins.len() <= limit {
        let mut range = app.store.range::<PinRow>((channel,)).descending().limit(limit + 1);
        if let Some((at, id)) = before {
            range = range.before((at, id));
        }
        let page = range.fetch().await?;
        let Some(last) = page.last() else { break };
        before = Some((last.pinned_timestamp, last.message_id));
        let keys = page.iter().map(|pin| (channel, bucket_of(pin.message_id), pin.message_id)).collect();
        let rows = app.store.get_many::<MessageRow>(keys).await?;
        let pinned = page.into_iter().zip(rows).filter_map(|(pin, row)| {
            let row = row?;
            let holds = row.pinned_timestamp == Some(pin.pinned_timestamp) && access.can_read(pin.message_id);
            holds.then_some((pin, row))
        });
        pins.extend(pinned);
    }
    let has_more = pins.len() > limit;
    pins.truncate(limit);
    let (pins, rows): (Vec<_>, Vec<_>) = pins.into_iter().unzip();
    let messages = view::bare(app, rows).await?;
    let items = messages
        .into_iter()
        .zip(pins)
        .map(|(message, pin)| ChannelPin { message, pinned_at: pin.pinned_timestamp });
    Ok(ChannelPins { items: items.collect(), has_more })
}
