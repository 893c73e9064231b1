//! A message as the index keeps it.

use std::collections::BTreeSet;

use fluxer_wire::{ChannelId, GuildId, MessageId};
use platform_search::{Document, Value};
use url::Url;

use crate::rows::MessageRow;

/// Bits of an id below its milliseconds.
const LOW_BITS: u32 = 22;
const LOW: u64 = (1 << LOW_BITS) - 1;
/// Longer endings of file names tell no type.
const LONGEST_EXTENSION: usize = 10;
/// Hosts and names of files kept of one message.
const MOST: usize = 64;

/// The two numbers that make the order of messages: seconds, and the rest of the id.
pub fn order(id: MessageId) -> (i64, i64) {
    let ms = id.timestamp().millis();
    (ms.div_euclid(1000), (ms.rem_euclid(1000) << LOW_BITS) | (id.get() & LOW) as i64)
}

pub fn name(channel: ChannelId, id: MessageId) -> String {
    format!("{channel}-{id}")
}

/// The message of a name.
pub fn read_name(name: &str) -> Option<(ChannelId, MessageId)> {
    let (channel, id) = name.split_once('-')?;
    Some((channel.parse().ok()?, id.parse().ok()?))
}

pub fn message(row: &MessageRow, guild: Option<GuildId>, by_bot: bool) -> Document {
    let (seconds, sequence) = order(row.message_id);
    let content = row.content.as_deref().unwrap_or_default();
    let author_type = match (row.webhook_id, by_bot) {
        (Some(_), _) => "webhook",
        (None, true) => "bot",
        (None, false) => "user",
    };
    let is_kind = |kind: &str| {
        let of = |content_type: &Option<String>| {
            content_type.as_deref().is_some_and(|content_type| content_type.starts_with(kind))
        };
        row.attachments.iter().any(|file| of(&file.content_type))
    };
    let links = links(content);
    let of_embeds = row.embeds.iter().filter_map(|embed| host(embed.url.as_deref()?));
    let hosts: BTreeSet<String> = links.iter().filter_map(|link| host(link)).chain(of_embeds).collect();
    let texts = |texts: BTreeSet<String>| Value::Texts(texts.into_iter().take(MOST).collect());
    let names = row.attachments.iter().map(|file| file.filename.to_lowercase());
    let extensions = row.attachments.iter().filter_map(|file| extension(&file.filename));
    let providers = row.embeds.iter().filter_map(|embed| Some(embed.provider.as_ref()?.name.to_lowercase()));
    Document::new(name(row.channel_id, row.message_id))
        .with("content", content)
        .with("channelId", row.channel_id.to_string())
        .with("guildId", guild.map(|guild| guild.to_string()))
        .with("authorId", row.author_id.to_string())
        .with("authorType", author_type)
        .with("createdAt", seconds)
        .with("sequence", sequence)
        .with("editedAt", row.edited_timestamp.map(|at| at.millis().div_euclid(1000)))
        .with("isPinned", row.pinned_timestamp.is_some())
        .with("mentionedUserIds", texts(row.mention_users.iter().map(ToString::to_string).collect()))
        .with("mentionEveryone", row.mention_everyone)
        .with("hasLink", !links.is_empty())
        .with("hasEmbed", !row.embeds.is_empty())
        .with("hasFile", !row.attachments.is_empty())
        .with("hasVideo", is_kind("video/"))
        .with("hasImage", is_kind("image/"))
        .with("hasSound", is_kind("audio/"))
        .with("hasSticker", !row.stickers.is_empty())
        .with("hasForward", !row.snapshots.is_empty())
        .with("embedTypes", texts(row.embeds.iter().map(|embed| embed.kind.clone()).collect()))
        .with("embedProviders", texts(providers.collect()))
        .with("linkHostnames", texts(hosts))
        .with("attachmentFilenames", texts(names.collect()))
        .with("attachmentExtensions", texts(extensions.collect()))
}

fn extension(name: &str) -> Option<String> {
    let (_, extension) = name.rsplit_once('.')?;
    (1..=LONGEST_EXTENSION).contains(&extension.chars().count()).then(|| extension.to_lowercase())
}

fn host(link: &str) -> Option<String> {
    Some(Url::parse(link).ok()?.host_str()?.to_lowercase())
}

/// What begins like a link to a web page, up to where such a thing ends in running text.
fn links(content: &str) -> Vec<&str> {
    let begins = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    let mut links = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find("http") {
        rest = &rest[at..];
        if begins(rest) {
            let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | '`' | ')' | ']');
            let (link, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
            if host(link).is_some() && links.len() < MOST {
                links.push(link);
            }
            rest = after;
        } else {
            rest = &rest["http".len()..];
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_ids_is_kept() {
        let ids = [1_u64, 4_194_303, 4_194_304, 4_194_303_999, 4_194_304_000, 1_442_000_000_000_000_000]
            .map(MessageId::new);
        let orders = ids.map(order);
        assert!(orders.is_sorted() && orders.windows(2).all(|pair| pair[0] != pair[1]), "{orders:?}");
    }

    #[test]
    fn links_and_hosts() {
        let text = "see <https://A.example/x> (http://b.example) httpd https:// http://c.example:80/?q=\"z\"";
        let hosts: Vec<_> = links(text).into_iter().filter_map(host).collect();
        assert_eq!(hosts, ["a.example", "b.example", "c.example"]);
        assert!(links("no link, http and https").is_empty());
    }

    #[test]
    fn extensions() {
        assert_eq!(extension("a.tar.GZ").as_deref(), Some("gz"));
        assert_eq!(extension("none"), None);
        assert_eq!(extension("x.averylongending"), None);
        assert_eq!(
            read_name(&name(ChannelId::new(5), MessageId::new(7))),
            Some((ChannelId::new(5), MessageId::new(7)))
        );
    }
}
