//! `POST /channels/{channel_id}/typing`.

use fluxer_wire::{ChannelId, Permissions, flags::guild_operation, message::TypingStarted};

use super::{permit::not_timed_out, write::to_channel};
use crate::{Actor, App, Event, EventName, Result};

pub async fn indicate_typing(app: &App, actor: &Actor, channel: ChannelId) -> Result<()> {
    let access = app.channel_access_any_age(actor, channel).await?;
    access.require_text_based()?;
    if let Some(guild) = &access.guild {
        access.require(Permissions::SEND_MESSAGES)?;
        not_timed_out(app, &access, guild)?;
        if guild.is_operation_disabled(guild_operation::TYPING_EVENTS) {
            return Ok(());
        }
    }
    let body =
        TypingStarted { channel_id: channel, user_id: actor.id(), timestamp: app.clock.now().millis() };
    let event = Event::new(EventName::TypingStart, &body).channel(channel).member(actor.id());
    to_channel(app, &access.channel, event).await;
    Ok(())
}
