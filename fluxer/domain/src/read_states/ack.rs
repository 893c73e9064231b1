//! Acknowledging messages.

use fluxer_wire::{
    ChannelId, MessageId,
    read_state::{MessageAck, MessageAckRequest, ReadStateAckBulkRequest},
};

use super::marks::blank;
use crate::{Actor, App, Event, EventName, Result, rows::ReadStateRow};

/// `POST /channels/{channel_id}/messages/{message_id}/ack`. The message need not exist, and
/// the marker may move backwards.
pub async fn ack(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    message: MessageId,
    form: MessageAckRequest,
) -> Result<()> {
    app.channel_access_any_age(actor, channel).await?;
    let mention_count = form.mention_count.unwrap_or(0).max(0);
    app.change_mark(actor.id(), channel, |row| {
        row.message_id = Some(message);
        row.mention_count = mention_count;
    })
    .await?;
    let body = MessageAck { channel_id: channel, message_id: message, mention_count, manual: form.manual.0 };
    app.to_user(actor.id(), Event::new(EventName::MessageAck, &body)).await;
    Ok(())
}

/// `POST /read-states/ack-bulk`: no events, no checks.
pub async fn ack_bulk(app: &App, actor: &Actor, form: ReadStateAckBulkRequest) -> Result<()> {
    let keys: Vec<_> = form.read_states.iter().map(|entry| (actor.id(), entry.channel_id)).collect();
    app.marks_of(&keys).await?;
    let changes = form.read_states.iter().map(|entry| {
        app.change_mark(actor.id(), entry.channel_id, |row| {
            row.message_id = Some(entry.message_id);
            row.mention_count = 0;
        })
    });
    futures_util::future::try_join_all(changes).await?;
    Ok(())
}

/// `DELETE /channels/{channel_id}/messages/ack`: no event, no checks.
pub async fn clear(app: &App, actor: &Actor, channel: ChannelId) -> Result<()> {
    let mark = app.mark(actor.id(), channel).await?;
    let written = {
        let mut row = mark.lock();
        *row = blank(actor.id(), channel);
        app.store.delete::<ReadStateRow>((actor.id(), channel))
    };
    if let Err(error) = written.await {
        app.marks.forget(actor.id(), channel);
        return Err(error.into());
    }
    Ok(())
}
