//! What a push says.

use fluxer_wire::{ChannelId, GuildId, MessageId, UserId, channel::ChannelType};
use serde::Serialize;

use super::Arrival;
use crate::{App, settings::Endpoints};

/// Of the text, at most so many bytes.
const MOST: usize = 100;

/// What the browser's service worker gets.
#[derive(Debug, Serialize)]
pub struct Note<'a> {
    title: String,
    body: String,
    icon: String,
    badge: String,
    data: Data<'a>,
}

#[derive(Debug, Serialize)]
struct Data<'a> {
    channel_id: ChannelId,
    message_id: MessageId,
    guild_id: Option<GuildId>,
    url: &'a str,
    badge_count: i64,
    target_user_id: UserId,
}

impl<'a> Note<'a> {
    pub fn new(app: &App, arrival: &'a Arrival, target: UserId, badge_count: i64) -> Self {
        let endpoints = &app.settings.endpoints;
        Self {
            title: arrival.title.clone(),
            body: arrival.body.clone(),
            icon: arrival.icon.clone(),
            badge: format!("{}/web/apple-touch-icon.png", endpoints.static_cdn),
            data: Data {
                channel_id: arrival.channel.row.channel_id,
                message_id: arrival.message,
                guild_id: arrival.channel.row.guild_id,
                url: &arrival.url,
                badge_count: badge_count.max(0),
                target_user_id: target,
            },
        }
    }
}

/// Who speaks, and where.
pub fn title(author: &str, kind: ChannelType, channel: Option<&str>, guild: Option<&str>) -> String {
    match (kind, channel, guild) {
        (ChannelType::GroupDm, ..) => format!("{author} (Group DM)"),
        (_, Some(channel), Some(guild)) => format!("{author} (#{channel}, {guild})"),
        _ => author.to_owned(),
    }
}

/// What is said: mentions as names, cut between characters. Of a message without text, what
/// it brings.
pub fn body<'a>(
    content: &str,
    mentions: impl IntoIterator<Item = (UserId, &'a str)>,
    files: &[&str],
    stickers: &[&str],
) -> String {
    let mut text = content.to_owned();
    for (user, name) in mentions {
        for mention in [format!("<@{user}>"), format!("<@!{user}>")] {
            text = text.replace(&mention, &format!("@{name}"));
        }
    }
    if text.is_empty() {
        text = match (files, stickers) {
            ([file], _) => format!("📎 {file}"),
            ([file, others @ ..], _) => format!("📎 {file} +{}", others.len()),
            (_, [sticker, ..]) => (*sticker).to_owned(),
            _ => "…".to_owned(),
        };
    }
    text.truncate(text.floor_char_boundary(MOST));
    text
}

pub fn url(guild: Option<GuildId>, channel: ChannelId, message: MessageId) -> String {
    match guild {
        Some(guild) => format!("/channels/{guild}/{channel}/{message}"),
        None => format!("/channels/@me/{channel}/{message}"),
    }
}

/// The author's picture, or the one of those without.
pub fn icon(endpoints: &Endpoints, user: UserId, avatar: Option<&str>) -> String {
    const DEFAULTS: u64 = 6;
    match avatar {
        Some(hash) => {
            format!("{}/avatars/{user}/{}.png", endpoints.media, hash.strip_prefix("a_").unwrap_or(hash))
        }
        None => format!("{}/avatars/{}.png", endpoints.static_cdn, user.get() % DEFAULTS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_and_where() {
        let title = |kind, channel, guild| title("ada", kind, channel, guild);
        assert_eq!(title(ChannelType::Dm, None, None), "ada");
        assert_eq!(title(ChannelType::GroupDm, Some("tea"), None), "ada (Group DM)");
        assert_eq!(title(ChannelType::Text, Some("tea"), Some("Room")), "ada (#tea, Room)");
        assert_eq!(title(ChannelType::Text, None, Some("Room")), "ada");
    }

    #[test]
    fn says_what_and_cuts_between_characters() {
        let ada = [(UserId::new(7), "ada")];
        assert_eq!(body("hi <@7> and <@!7>, not <@8>", ada, &[], &[]), "hi @ada and @ada, not <@8>");
        let cut = body(&"ü".repeat(80), [], &[], &[]);
        assert_eq!((cut.len(), cut.chars().count()), (100, 50));
        assert_eq!(body(&format!("a{}", "ü".repeat(80)), [], &[], &[]).len(), 99);
        assert_eq!(body("", [], &["a.png", "b.png"], &[]), "📎 a.png +1");
        assert_eq!(body("", [], &[], &["wave"]), "wave");
        assert_eq!(body("", [], &[], &[]), "…");
    }

    #[test]
    fn leads_to_the_message() {
        let (channel, message) = (ChannelId::new(2), MessageId::new(3));
        assert_eq!(url(Some(GuildId::new(1)), channel, message), "/channels/1/2/3");
        assert_eq!(url(None, channel, message), "/channels/@me/2/3");
    }
}
