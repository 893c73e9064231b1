//! Messages the house writes itself: somebody joined, a message was pinned, a group was
//! renamed.

use fluxer_wire::message::MessageType;

use super::{
    view,
    write::{Readers, announce, write},
};
use crate::{
    App, Result,
    channels::ChannelInfo,
    rows::{MessageRow, UserRow},
};

/// Writes and announces a system message in the name of `author`. `fill` sets what its kind
/// has besides: mentions, content, a reference.
pub async fn system_message(
    app: &App,
    channel: &ChannelInfo,
    author: &UserRow,
    kind: MessageType,
    fill: impl FnOnce(&mut MessageRow),
) -> Result<()> {
    let mut row = MessageRow {
        channel_id: channel.row.channel_id,
        author_id: author.user_id,
        kind: kind.number(),
        ..MessageRow::default()
    };
    fill(&mut row);
    let readers = Readers { caught_up: (!author.bot).then_some(author.user_id), mentioned: &[] };
    let (row, turn) = write(app, row, readers, |_, _| Ok(())).await?;
    let message = view::event(app, row).await?;
    announce(app, channel, &message, turn).await;
    Ok(())
}
