//! From what the rules published to what sessions are sent: the body is completed once with
//! what the gateway knows (§16 step 3), and shared.

use fluxer_domain::events::{Event as DomainEvent, EventName};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::value::RawValue;

use crate::core::event::{Event, Reaction};

/// What the gateway adds to a guild's event.
#[derive(Debug, Clone, Copy)]
pub struct Additions<'a> {
    pub guild: u64,
    /// JSON of the member object that belongs to it.
    pub member: Option<&'a str>,
}

#[derive(Deserialize)]
struct Keys {
    guild_id: Option<IgnoredAny>,
    member: Option<IgnoredAny>,
}

/// The dispatch of an event; `additions` for those of guilds.
pub fn encode(event: &DomainEvent, additions: Option<Additions<'_>>) -> Event {
    let mut body = event.body.to_vec();
    if let Some(additions) = additions {
        complete(&mut body, additions);
    }
    let mut out = Event::raw(event.name.as_str(), &body);
    if matches!(event.name, EventName::MessageReactionAdd | EventName::MessageReactionRemove) {
        out.reaction = reaction(&body).map(Box::new);
    }
    out
}

/// Appends `guild_id` and `member` to a JSON object unless it has them.
fn complete(body: &mut Vec<u8>, additions: Additions<'_>) {
    let Ok(keys) = serde_json::from_slice::<Keys>(body) else { return };
    if body.pop() != Some(b'}') {
        return;
    }
    let add = |body: &mut Vec<u8>, text: &str| {
        if body.last() != Some(&b'{') {
            body.push(b',');
        }
        body.extend_from_slice(text.as_bytes());
    };
    if keys.guild_id.is_none() {
        add(body, &format!(r#""guild_id":"{}""#, additions.guild));
    }
    if let (None, Some(member)) = (keys.member, additions.member) {
        add(body, &format!(r#""member":{member}"#));
    }
    body.push(b'}');
}

#[derive(Deserialize)]
struct ReactionBody<'a> {
    channel_id: fluxer_wire::ChannelId,
    message_id: fluxer_wire::MessageId,
    user_id: fluxer_wire::UserId,
    guild_id: Option<fluxer_wire::GuildId>,
    #[serde(borrow)]
    emoji: &'a RawValue,
    #[serde(borrow)]
    member: Option<&'a RawValue>,
}
#[derive(Deserialize)]
struct EmojiKey {
    id: Option<String>,
    name: Option<String>,
}

fn reaction(body: &[u8]) -> Option<Reaction> {
    let body: ReactionBody<'_> = serde_json::from_slice(body).ok()?;
    let key: EmojiKey = serde_json::from_str(body.emoji.get()).ok()?;
    let mut entry = format!(r#"{{"user_id":"{}","emoji":{}"#, body.user_id, body.emoji);
    if let Some(member) = body.member {
        entry.push_str(r#","member":"#);
        entry.push_str(member.get());
    }
    entry.push('}');
    Some(Reaction {
        channel: body.channel_id.get(),
        message: body.message_id.get(),
        guild: body.guild_id.map(|id| id.get()),
        user: body.user_id.get(),
        emoji: format!("{}:{}", key.id.unwrap_or_default(), key.name.unwrap_or_default()),
        entry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(body: &str, member: Option<&str>) -> String {
        let mut bytes = body.as_bytes().to_vec();
        complete(&mut bytes, Additions { guild: 7, member });
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn keys_are_added_once() {
        assert_eq!(completed("{}", None), r#"{"guild_id":"7"}"#);
        assert_eq!(
            completed(r#"{"a":{"guild_id":1}}"#, Some("{}")),
            r#"{"a":{"guild_id":1},"guild_id":"7","member":{}}"#
        );
        assert_eq!(
            completed(r#"{"guild_id":"7","member":{"x":1}}"#, Some("{}")),
            r#"{"guild_id":"7","member":{"x":1}}"#
        );
    }

    #[test]
    fn reactions_are_understood() {
        let body = r#"{"channel_id":"1","message_id":"2","user_id":"3","emoji":{"name":"x"},"guild_id":"7","member":{"nick":null}}"#;
        let got = reaction(body.as_bytes()).unwrap();
        assert_eq!((got.message, got.emoji.as_str(), got.guild), (2, ":x", Some(7)));
        assert_eq!(got.entry, r#"{"user_id":"3","emoji":{"name":"x"},"member":{"nick":null}}"#);
    }
}
