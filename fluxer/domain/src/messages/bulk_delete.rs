//! `POST /channels/{channel_id}/messages/bulk-delete`.

use fluxer_wire::{
    ChannelId, MessageId, Permissions, code, invalid, message::MessagesDeleted,
    message_requests::BulkDeleteMessagesRequest,
};

use super::{erase::erase, write::to_channel};
use crate::{
    Actor, App, Error, Event, EventName, Result,
    audit::{Action, Entry},
    fail,
    rows::{ChannelRow, MessageRow, bucket_of},
};

const MAX: usize = 100;

pub async fn bulk_delete(
    app: &App,
    actor: &Actor,
    channel: ChannelId,
    form: BulkDeleteMessagesRequest,
) -> Result<()> {
    let ids = form.message_ids;
    if ids.is_empty() {
        return Err(Error::field("message_ids", invalid::MESSAGE_IDS_CANNOT_BE_EMPTY));
    }
    if ids.len() > MAX {
        return Err(Error::field("message_ids", invalid::CANNOT_DELETE_MORE_THAN_100_MESSAGES));
    }
    let access = app.channel_access(actor, channel).await?;
    let Some(guild) = access.guild_id() else { return fail(code::CANNOT_EXECUTE_ON_DM) };
    access.require(Permissions::MANAGE_MESSAGES)?;
    let count = remove_many(app, &access.channel, ids).await?;
    if count > 0 {
        let entry =
            Entry::new(Action::MessageBulkDelete).option("channel_id", channel).option("count", count);
        app.audit(actor, guild, entry).await;
    }
    Ok(())
}

/// Removes those of the messages that exist, and says so if there were any; how many.
pub(crate) async fn remove_many(app: &App, channel: &ChannelRow, ids: Vec<MessageId>) -> Result<usize> {
    let id = channel.channel_id;
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    let keys = unique.into_iter().map(|message| (id, bucket_of(message), message)).collect();
    let rows: Vec<MessageRow> = app.store.get_many::<MessageRow>(keys).await?.into_iter().flatten().collect();
    if rows.is_empty() {
        return Ok(0);
    }
    erase(app, id, &rows).await?;
    let body = MessagesDeleted { channel_id: id, ids };
    to_channel(app, channel, Event::new(EventName::MessageDeleteBulk, &body).channel(id)).await;
    Ok(rows.len())
}
