//! `POST /users/@me/preload-messages`: the newest message of each of many private channels.

use std::collections::BTreeMap;

use fluxer_wire::{ChannelId, invalid, message::Message, message_requests::PreloadMessagesRequest};

use super::{
    pages::Span,
    view::{self, Reader},
};
use crate::{Actor, App, Error, Result, access::History};

const MAX: usize = 100;

/// Newest message by channel; null where there is none or the caller may not look.
pub async fn preload(
    app: &App,
    actor: &Actor,
    form: PreloadMessagesRequest,
) -> Result<BTreeMap<ChannelId, Option<Message>>> {
    if form.channels.len() > MAX {
        return Err(Error::field("channels", invalid::CANNOT_PRELOAD_MORE_THAN_100_CHANNELS));
    }
    let reads = form
        .channels
        .into_iter()
        .map(|id| async move { Ok::<_, Error>((id, newest(app, actor, id).await?)) });
    Ok(futures_util::future::try_join_all(reads).await?.into_iter().collect())
}

async fn newest(app: &App, actor: &Actor, channel: ChannelId) -> Result<Option<Message>> {
    let access = match app.channel_access(actor, channel).await {
        Ok(access) if access.guild.is_none() => access,
        Ok(_) | Err(Error::Refused(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let reader = Reader { history: History::All, ..Reader::new(actor, &access) };
    match app.newest_messages(channel, Span::default(), 1).await?.pop() {
        Some(row) => view::one(app, reader, row).await,
        None => Ok(None),
    }
}
