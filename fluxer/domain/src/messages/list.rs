//! `GET /channels/{channel_id}/messages`.

use fluxer_wire::{ChannelId, MessageId, message::Message, message_requests::MessageListQuery};

use super::{
    pages::Span,
    view::{self, Reader},
    window::{Window, around},
};
use crate::{Actor, App, Result, access::History, rows::MessageRow};

/// A page of a channel, newest first.
pub async fn list(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    query: MessageListQuery,
) -> Result<Vec<Message>> {
    let access = app.channel_access(actor, channel).await?;
    let floor = match access.history_cutoff() {
        History::All => None,
        History::None => return Ok(Vec::new()),
        History::Since(at) => before(MessageId::floor(at)),
    };
    let limit = query.limit.get();
    let rows = match Window::read(&query) {
        Window::Newest { after, before } => {
            app.newest_messages(channel, Span { after: after.max(floor), before }, limit).await?
        }
        Window::Around(anchor) => surrounding(app, channel, anchor, floor, limit).await?,
    };
    view::page(app, Reader::new(actor, &access), rows).await
}

/// The id just below, so that an excluding bound includes `id`.
fn before(id: MessageId) -> Option<MessageId> {
    id.get().checked_sub(1).map(MessageId::new)
}

async fn surrounding(
    app: &App,
    channel: ChannelId,
    anchor: MessageId,
    floor: Option<MessageId>,
    limit: usize,
) -> Result<Vec<MessageRow>> {
    let older = Span { after: floor, before: Some(anchor) };
    let newer = Span { after: Some(anchor).max(floor), before: None };
    let (mut older, own, mut newer) = futures_util::try_join!(
        app.newest_messages(channel, older, limit),
        app.find_message(channel, anchor),
        app.oldest_messages(channel, newer, limit),
    )?;
    let own = own.filter(|row| floor.is_none_or(|floor| row.message_id > floor));
    let (take_older, take_newer) = around(limit, older.len(), newer.len());
    older.truncate(take_older);
    newer.truncate(take_newer);
    newer.reverse();
    newer.extend(own);
    newer.append(&mut older);
    Ok(newer)
}
