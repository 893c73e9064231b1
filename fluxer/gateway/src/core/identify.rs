//! The IDENTIFY payload (§5): what is required, what is ignored, and the status a session
//! starts with. There are no intents and no shards, so those keys are not looked at.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{close::Close, command::id, presence::Status};

/// `flags` bit: reactions to a message are gathered before they are sent (§7.3).
pub const DEBOUNCE_REACTIONS: u64 = 2;

/// What a client wants of its session.
#[derive(Debug, Clone, PartialEq)]
pub struct Identify {
    pub token: String,
    pub ignored_events: BTreeSet<Box<str>>,
    pub debounce_reactions: bool,
    pub initial_guild: Option<u64>,
    pub status: Option<Status>,
    pub afk: bool,
    pub mobile: bool,
    pub custom_status: Option<Value>,
    pub position: Option<(f64, f64)>,
}

impl Identify {
    pub fn parse(d: Value) -> Result<Self, Close> {
        let Value::Object(mut d) = d else { return Err(Close::IDENTIFY) };
        let Some(Value::String(token)) = d.remove("token") else { return Err(Close::IDENTIFY) };
        let Some(Value::Object(properties)) = d.remove("properties") else { return Err(Close::IDENTIFY) };
        if ["os", "browser", "device"].iter().any(|key| !properties.get(*key).is_some_and(Value::is_string)) {
            return Err(Close::IDENTIFY);
        }
        let ignored_events = match d.remove("ignored_events") {
            None | Some(Value::Null) => BTreeSet::new(),
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).map(|name| name.to_uppercase().into()).collect()
            }
            Some(_) => return Err(Close::IDENTIFY),
        };
        let flags = match d.remove("flags") {
            None | Some(Value::Null) => 0,
            Some(flags) => flags.as_u64().ok_or(Close::IDENTIFY)?,
        };
        let presence = d.remove("presence").filter(Value::is_object);
        let said = |key: &str| presence.as_ref().and_then(|presence| presence.get(key));
        let mobile = match &presence {
            Some(presence) => presence.get("mobile"),
            None => properties.get("mobile"),
        };
        let degrees = |key: &str, most: f64| {
            let text = properties.get(key)?.as_str()?;
            text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most)
        };
        Ok(Self {
            token,
            ignored_events,
            debounce_reactions: flags & DEBOUNCE_REACTIONS != 0,
            initial_guild: d.get("initial_guild_id").filter(|guild| guild.is_string()).and_then(id),
            status: said("status").and_then(Value::as_str).and_then(Status::parse),
            afk: said("afk").and_then(Value::as_bool).unwrap_or(false),
            mobile: mobile.and_then(Value::as_bool).unwrap_or(false),
            custom_status: said("custom_status").filter(|status| status.is_object()).cloned(),
            position: degrees("latitude", 90.0).zip(degrees("longitude", 180.0)),
        })
    }

    /// The status to begin with. Clients say `online` by default, so that one does not
    /// override what the user chose earlier.
    pub fn starting_status(&self, stored: Status) -> Status {
        match self.status {
            None | Some(Status::Online) => stored,
            Some(Status::Offline) => Status::Invisible,
            Some(other) => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn props() -> Value {
        json!({"os": "a", "browser": "b", "device": "c", "mobile": true})
    }

    #[test]
    fn requires_a_token_and_three_properties() {
        for bad in [
            json!(null),
            json!({}),
            json!({"token": "t"}),
            json!({"token": 1, "properties": props()}),
            json!({"token": "t", "properties": {"os": "a", "browser": "b"}}),
            json!({"token": "t", "properties": {"os": "a", "browser": "b", "device": 3}}),
            json!({"token": "t", "properties": props(), "ignored_events": "X"}),
            json!({"token": "t", "properties": props(), "flags": -1}),
            json!({"token": "t", "properties": props(), "flags": "2"}),
        ] {
            assert_eq!(Identify::parse(bad.clone()), Err(Close::IDENTIFY), "{bad}");
        }
    }

    #[test]
    fn ignores_what_it_does_not_know_and_bad_guild_ids() {
        let got = Identify::parse(json!({
            "token": "t", "properties": props(), "intents": 0, "shard": [0, 1], "initial_guild_id": "x",
            "ignored_events": ["typing_start", 3], "flags": 3, "presence": null
        }))
        .unwrap();
        assert_eq!(got.initial_guild, None);
        assert!(got.ignored_events.contains("TYPING_START") && got.ignored_events.len() == 1);
        assert!(got.debounce_reactions && got.mobile);
    }

    #[test]
    fn properties_say_mobile_only_without_a_presence() {
        let got =
            Identify::parse(json!({"token": "t", "properties": props(), "presence": {"afk": true}})).unwrap();
        assert!(!got.mobile && got.afk);
    }

    #[test]
    fn the_stored_status_wins_over_silence_and_online() {
        let with = |status: Value| {
            Identify::parse(json!({"token": "t", "properties": props(), "presence": {"status": status}}))
                .unwrap()
        };
        assert_eq!(with(json!(null)).starting_status(Status::Dnd), Status::Dnd);
        assert_eq!(with(json!("online")).starting_status(Status::Invisible), Status::Invisible);
        assert_eq!(with(json!("idle")).starting_status(Status::Dnd), Status::Idle);
        assert_eq!(with(json!("offline")).starting_status(Status::Online), Status::Invisible);
    }
}
