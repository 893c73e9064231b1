//! `GET /channels/{channel_id}/messages/{message_id}`, and finding a message for the
//! operations on one.

use fluxer_wire::{ChannelId, MessageId, code, message::Message};

use super::view::{self, Reader};
use crate::{Actor, App, Result, access::ChannelAccess, fail, rows::MessageRow};

pub async fn get(app: &App, actor: &Actor, channel: ChannelId, id: MessageId) -> Result<Message> {
    let access = app.channel_access(actor, channel).await?;
    let row = app.readable_message(&access, id).await?;
    match view::one(app, Reader::new(actor, &access), row).await? {
        Some(message) => Ok(message),
        None => fail(code::UNKNOWN_MESSAGE),
    }
}

impl App {
    /// A message the caller may read, or 404 `UNKNOWN_MESSAGE`.
    pub(crate) async fn readable_message(&self, access: &ChannelAccess, id: MessageId) -> Result<MessageRow> {
        if !access.can_read(id) {
            return fail(code::UNKNOWN_MESSAGE);
        }
        match self.find_message(access.id(), id).await? {
            Some(row) => Ok(row),
            None => fail(code::UNKNOWN_MESSAGE),
        }
    }
}
