//! Rows of channels as the wire shows them.

use fluxer_wire::{
    UserId,
    channel::{Channel, ChannelType},
    user::UserPartial,
};

use super::heads::Head;
use crate::rows::ChannelRow;

fn blank(row: &ChannelRow) -> Channel {
    Channel {
        id: row.channel_id,
        kind: row.channel_type(),
        guild_id: row.guild_id,
        name: None,
        topic: None,
        url: None,
        icon: None,
        owner_id: None,
        position: None,
        parent_id: None,
        bitrate: None,
        user_limit: None,
        rtc_region: None,
        last_message_id: None,
        last_pin_timestamp: None,
        permission_overwrites: None,
        recipients: None,
        nsfw: None,
        rate_limit_per_user: None,
        nicks: Default::default(),
    }
}

/// A channel of a guild.
pub fn guild_channel(row: &ChannelRow, head: &Head) -> Channel {
    let mut channel = Channel {
        name: row.name.clone(),
        position: Some(row.position),
        permission_overwrites: Some(row.overwrites.clone()),
        ..blank(row)
    };
    match channel.kind {
        ChannelType::Text => {
            channel.last_message_id = head.last_message_id();
            channel.last_pin_timestamp = head.last_pin_timestamp();
            channel.topic = row.topic.clone();
            channel.nsfw = Some(row.nsfw);
            channel.rate_limit_per_user = Some(row.rate_limit_per_user);
            channel.parent_id = row.parent_id;
        }
        ChannelType::Voice => {
            channel.bitrate = row.bitrate;
            channel.user_limit = row.user_limit;
            channel.rtc_region = row.rtc_region.clone();
            channel.parent_id = row.parent_id;
        }
        ChannelType::Link => {
            channel.url = row.url.clone();
            channel.parent_id = row.parent_id;
        }
        _ => {}
    }
    channel
}

/// A DM, group DM or personal notes channel. `recipients` are all people in it; `reader` is
/// left out of them (`None`: the object is for nobody in particular and lists no one).
pub fn private_channel(
    row: &ChannelRow,
    head: &Head,
    recipients: &[UserPartial],
    reader: Option<UserId>,
) -> Channel {
    let mut channel = Channel {
        last_message_id: head.last_message_id(),
        last_pin_timestamp: head.last_pin_timestamp(),
        ..blank(row)
    };
    if channel.kind != ChannelType::PersonalNotes {
        channel.recipients =
            reader.map(|reader| recipients.iter().filter(|user| user.id != reader).cloned().collect());
    }
    if channel.kind == ChannelType::GroupDm {
        channel.name = row.name.clone();
        channel.icon = row.icon_hash.clone();
        channel.owner_id = row.owner_id;
        channel.nicks = row.nicks.clone();
    }
    channel
}
