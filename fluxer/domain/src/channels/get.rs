//! `GET /channels/{channel_id}` and the voice regions of one.

use fluxer_wire::{
    ChannelId,
    channel::{Channel, ChannelType},
    channel_requests::RtcRegion,
    code,
};

use crate::{Actor, App, Result, dms, fail};

/// A channel the caller can see.
pub async fn get(app: &App, actor: &Actor, id: ChannelId) -> Result<Channel> {
    let access = app.channel_access(actor, id).await?;
    match access.guild {
        Some(_) => super::view_of(app, &access.channel).await,
        None => dms::view(app, &access.channel, Some(actor.id())).await,
    }
}

/// The voice regions the caller may choose for a voice channel: none without voice.
pub async fn rtc_regions(app: &App, actor: &Actor, id: ChannelId) -> Result<Vec<RtcRegion>> {
    let access = app.channel_access(actor, id).await?;
    if access.kind() == ChannelType::Voice { Ok(Vec::new()) } else { fail(code::INVALID_CHANNEL_TYPE) }
}
