//! Decoding what a client sends: bytes to a [`Command`], in the order of checks of §2. Sizes
//! are checked by the frame reader before this, the rate between [`parse`] and [`command`].
//! Any input gives a value or a close code; unknown keys are ignored.

use serde_json::Value;

use super::{
    close::Close,
    member_list::ranges::{self, Range},
    presence::Status,
};

/// The largest payload a client may send, in bytes.
pub const MAX_PAYLOAD: usize = 4096;
const MAX_USER_IDS: usize = 100;
const MAX_GUILDS: usize = 100;
const MAX_NONCE: usize = 32;

/// A syntactically valid frame.
#[derive(Debug)]
pub struct Frame {
    op: Value,
    d: Option<Value>,
}

/// Reads a payload as `{op, d}`.
pub fn parse(bytes: &[u8]) -> Result<Frame, Close> {
    if bytes.len() > MAX_PAYLOAD {
        return Err(Close::TOO_LARGE);
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(mut fields)) => match fields.remove("op") {
            Some(op) => Ok(Frame { op, d: fields.remove("d") }),
            None => Err(Close::PAYLOAD),
        },
        Ok(_) => Err(Close::PAYLOAD),
        Err(_) => Err(Close::DECODE),
    }
}

/// A client message, its payload parsed as far as it decides anything.
#[derive(Debug, PartialEq)]
pub enum Command {
    /// `None`: the payload was null. `Err`: neither null nor a whole number ≥ 0.
    Heartbeat(Option<Result<u64, ()>>),
    Identify(Value),
    /// `None`: no such status; refused once it is known that there is a session.
    Presence(Option<SetPresence>),
    /// Accepted and not acted upon: voice is not served here yet.
    Voice,
    Resume(Resume),
    Members(Option<Box<RequestMembers>>),
    Subscribe(Vec<Subscription>),
    Counts {
        guilds: Vec<u64>,
        nonce: Option<String>,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub struct SetPresence {
    pub status: Status,
    pub afk: Option<bool>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Resume {
    pub token: String,
    /// `None` when it is no string: such a session cannot exist.
    pub session_id: Option<String>,
    pub seq: Option<u64>,
}

/// Op 8.
#[derive(Debug, PartialEq, Eq)]
pub struct RequestMembers {
    pub guild: u64,
    pub query: String,
    pub limit: usize,
    pub users: Vec<u64>,
    pub presences: bool,
    pub nonce: Option<String>,
}

/// Op 14 for one guild; what is `None` stays as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    pub guild: u64,
    pub active: Option<bool>,
    pub sync: bool,
    pub lists: Vec<(u64, Vec<Range>)>,
    pub members: Option<Vec<u64>>,
    pub typing: Option<bool>,
}

/// Interprets a frame.
pub fn command(frame: Frame) -> Result<Command, Close> {
    let (Some(op), Some(d)) = (frame.op.as_u64(), frame.d) else { return Err(Close::UNKNOWN_OPCODE) };
    Ok(match op {
        1 if d.is_null() => Command::Heartbeat(None),
        1 => Command::Heartbeat(Some(d.as_u64().ok_or(()))),
        2 => Command::Identify(d),
        3 => Command::Presence(presence(&d)),
        4 => Command::Voice,
        6 => Command::Resume(resume(d).ok_or(Close::PAYLOAD)?),
        8 => Command::Members(members(&d).map(Box::new)),
        14 => Command::Subscribe(subscriptions(&d)),
        15 => Command::Counts { guilds: ids(d.get("guild_ids"), MAX_GUILDS), nonce: nonce(&d) },
        _ => return Err(Close::UNKNOWN_OPCODE),
    })
}

/// A snowflake in either form that clients use.
pub fn id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => {
            let canonical = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|&id| canonical && id <= i64::MAX as u64)
        }
        Value::Number(number) => number.as_u64().filter(|&id| id <= i64::MAX as u64),
        _ => None,
    }
}

fn ids(value: Option<&Value>, most: usize) -> Vec<u64> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(id).take(most).collect(),
        Some(one) => id(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn nonce(d: &Value) -> Option<String> {
    d.get("nonce")?.as_str().filter(|nonce| nonce.len() <= MAX_NONCE).map(str::to_owned)
}

fn presence(d: &Value) -> Option<SetPresence> {
    let status = Status::parse(d.get("status")?.as_str()?)?;
    // A live session cannot be offline; the client that says so wants to be unseen.
    let status = if status == Status::Offline { Status::Invisible } else { status };
    Some(SetPresence { status, afk: d.get("afk").and_then(Value::as_bool) })
}

fn resume(d: Value) -> Option<Resume> {
    let Value::Object(mut fields) = d else { return None };
    let (token, session, seq) =
        (fields.remove("token")?, fields.remove("session_id")?, fields.remove("seq")?);
    let Value::String(token) = token else { return None };
    let session_id = match session {
        Value::String(id) => Some(id),
        _ => None,
    };
    Some(Resume { token, session_id, seq: seq.as_u64() })
}

/// Op 8; `None` for what is answered with silence. Some libraries send the guild as a list of
/// one, ids as a single string, or nest the query: all of it is understood.
fn members(d: &Value) -> Option<RequestMembers> {
    let guild = match d.get("guild_id").or_else(|| d.get("guild_ids"))? {
        Value::Array(guilds) => id(guilds.first()?)?,
        one => id(one)?,
    };
    let nested = d.get("query").filter(|query| query.is_object());
    let field = |name: &str| nested.and_then(|query| query.get(name)).or_else(|| d.get(name));
    if field("user_ids").and_then(Value::as_array).is_some_and(|users| users.len() > MAX_USER_IDS) {
        return None;
    }
    Some(RequestMembers {
        guild,
        query: field("query").and_then(Value::as_str).unwrap_or_default().to_owned(),
        limit: field("limit").and_then(Value::as_u64).map_or(0, |limit| limit.min(100_000) as usize),
        users: ids(field("user_ids"), MAX_USER_IDS),
        presences: field("presences").and_then(Value::as_bool).unwrap_or(false),
        nonce: nonce(d),
    })
}

fn subscriptions(d: &Value) -> Vec<Subscription> {
    let Some(guilds) = d.get("subscriptions").and_then(Value::as_object) else { return Vec::new() };
    let one = |(guild, wish): (&String, &Value)| {
        let guild = id(&Value::String(guild.clone()))?;
        let flag = |name: &str| wish.get(name).and_then(Value::as_bool);
        let lists = wish.get("member_list_channels").and_then(Value::as_object);
        let lists = lists.into_iter().flatten().filter_map(|(channel, wanted)| {
            Some((id(&Value::String(channel.clone()))?, ranges::parse(wanted)))
        });
        Some(Subscription {
            guild,
            active: flag("active"),
            sync: flag("sync").unwrap_or(false),
            lists: lists.collect(),
            members: wish
                .get("members")
                .filter(|members| members.is_array())
                .map(|m| ids(Some(m), usize::MAX)),
            typing: flag("typing"),
        })
    };
    guilds.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(text: &str) -> Result<Command, Close> {
        parse(text.as_bytes()).and_then(command)
    }

    #[test]
    fn checks_come_in_order() {
        assert_eq!(parse(&[b' '; 4097]).err(), Some(Close::TOO_LARGE));
        for (text, close) in [
            ("", Close::DECODE),
            ("{", Close::DECODE),
            ("\u{0}", Close::DECODE),
            (r#"{"op":1,"d":"\ud800"}"#, Close::DECODE),
            ("[]", Close::PAYLOAD),
            ("1", Close::PAYLOAD),
            (r#"{"d":null}"#, Close::PAYLOAD),
            (r#"{"op":1}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":0,"d":null}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":5,"d":{}}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":13,"d":{}}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":-1,"d":{}}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":"1","d":{}}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":18446744073709551616,"d":{}}"#, Close::UNKNOWN_OPCODE),
            (r#"{"op":6,"d":{"token":"x","session_id":"y"}}"#, Close::PAYLOAD),
        ] {
            assert_eq!(decode(text).err(), Some(close), "{text}");
        }
        assert_eq!(parse(&[0xFF, 0xFE]).err(), Some(Close::DECODE));
    }

    #[test]
    fn heartbeats_carry_null_or_a_sequence() {
        assert_eq!(decode(r#"{"op":1,"d":null}"#), Ok(Command::Heartbeat(None)));
        assert_eq!(decode(r#"{"op":1,"d":7}"#), Ok(Command::Heartbeat(Some(Ok(7)))));
        for bad in ["-1", "1.5", "\"1\"", "{}", "1e3"] {
            assert_eq!(decode(&format!(r#"{{"op":1,"d":{bad}}}"#)), Ok(Command::Heartbeat(Some(Err(())))));
        }
    }

    #[test]
    fn a_status_nobody_knows_is_left_to_the_session() {
        for text in [r#"{"op":3,"d":{}}"#, r#"{"op":3,"d":{"status":"away"}}"#] {
            assert_eq!(decode(text), Ok(Command::Presence(None)), "{text}");
        }
    }

    #[test]
    fn offline_means_invisible() {
        let Ok(Command::Presence(Some(set))) =
            decode(r#"{"op":3,"d":{"status":"offline","afk":true,"x":1}}"#)
        else {
            panic!("a presence");
        };
        assert_eq!(set, SetPresence { status: Status::Invisible, afk: Some(true) });
    }

    #[test]
    fn member_requests_are_read_in_every_dialect() {
        let Ok(Command::Members(Some(plain))) =
            decode(r#"{"op":8,"d":{"guild_id":"7","query":"a","limit":3,"presences":true,"nonce":"n"}}"#)
        else {
            panic!("a request")
        };
        assert_eq!((plain.guild, plain.query.as_str(), plain.limit), (7, "a", 3));
        assert_eq!((plain.presences, plain.nonce.as_deref()), (true, Some("n")));
        let Ok(Command::Members(Some(odd))) =
            decode(r#"{"op":8,"d":{"guild_ids":["7"],"query":{"user_ids":"9","limit":0}}}"#)
        else {
            panic!("a request")
        };
        assert_eq!((odd.guild, odd.users.as_slice(), odd.query.as_str()), (7, &[9][..], ""));
        let long = "n".repeat(33);
        let Ok(Command::Members(Some(long))) =
            decode(&format!(r#"{{"op":8,"d":{{"guild_id":"7","nonce":"{long}"}}}}"#))
        else {
            panic!("a request")
        };
        assert_eq!(long.nonce, None);
        let many = vec!["\"1\""; 101].join(",");
        let many = decode(&format!(r#"{{"op":8,"d":{{"guild_id":"7","user_ids":[{many}]}}}}"#));
        assert_eq!(many, Ok(Command::Members(None)));
        assert_eq!(decode(r#"{"op":8,"d":{"guild_id":"x"}}"#), Ok(Command::Members(None)));
    }

    #[test]
    fn subscriptions_keep_what_is_absent_absent() {
        let Ok(Command::Subscribe(wishes)) = decode(
            r#"{"op":14,"d":{"subscriptions":{"5":{"active":true,"member_list_channels":{"6":[[0,99],[100,120]],"x":[]}},"bad":{}}}}"#,
        ) else {
            panic!("subscriptions")
        };
        assert_eq!(
            wishes,
            [Subscription {
                guild: 5,
                active: Some(true),
                lists: vec![(6, vec![Range { start: 0, end: 120 }])],
                ..Default::default()
            }]
        );
        assert_eq!(decode(r#"{"op":14,"d":[]}"#), Ok(Command::Subscribe(Vec::new())));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes).and_then(command);
        }

        #[test]
        fn any_json_is_survived(op in 0u8..20, d in "[\\[\\]{}:,\"a-z0-9.\\-]{0,60}") {
            let _ = decode(&format!(r#"{{"op":{op},"d":{d}}}"#));
            let _ = decode(&format!(r#"{{"op":{op},"d":{{"subscriptions":{{"1":{d}}},"guild_id":{d}}}}}"#));
        }
    }
}
