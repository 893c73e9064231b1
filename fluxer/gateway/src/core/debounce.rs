//! Gathering of reactions for sessions that ask for it (§7.3): additions wait 650 ms, a removal
//! takes its addition out again, and several to one message go out as one event.

use std::{fmt::Write, sync::Arc};

use super::event::{Event, Reaction};

pub const HOLD_MS: i64 = 650;
/// Held reactions a session may have.
pub const MAX_HELD: usize = 512;

/// The held additions, oldest first.
#[derive(Debug, Default)]
pub struct Debounce {
    held: Vec<Arc<Event>>,
    due: i64,
}

impl Debounce {
    pub fn len(&self) -> usize {
        self.held.len()
    }
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
    /// When [`Debounce::flush`] is due, if anything is held.
    pub fn due(&self) -> Option<i64> {
        (!self.held.is_empty()).then_some(self.due)
    }
    /// Takes an addition into the hold.
    pub fn add(&mut self, now: i64, event: Arc<Event>) {
        if self.held.is_empty() {
            self.due = now + HOLD_MS;
        }
        self.held.push(event);
    }
    /// Whether a held addition was taken out by this removal, which then is not sent either.
    pub fn cancel(&mut self, removed: &Reaction) -> bool {
        let same = |held: &Arc<Event>| {
            held.reaction.as_ref().is_some_and(|held| {
                held.message == removed.message && held.user == removed.user && held.emoji == removed.emoji
            })
        };
        match self.held.iter().rposition(same) {
            Some(index) => {
                self.held.remove(index);
                true
            }
            None => false,
        }
    }
    /// Everything held, grouped by message in order of each message's first reaction.
    pub fn flush(&mut self) -> Vec<Arc<Event>> {
        let mut groups: Vec<(u64, Vec<Arc<Event>>)> = Vec::new();
        for event in std::mem::take(&mut self.held) {
            let Some(message) = event.reaction.as_ref().map(|reaction| reaction.message) else { continue };
            match groups.iter_mut().find(|(other, _)| *other == message) {
                Some((_, events)) => events.push(event),
                None => groups.push((message, vec![event])),
            }
        }
        groups.into_iter().map(|(_, events)| gather(events)).collect()
    }
}

fn gather(mut events: Vec<Arc<Event>>) -> Arc<Event> {
    let first = match events.as_slice() {
        [_] => return events.remove(0),
        [first, ..] => first.reaction.as_ref().expect("only reactions are held"),
        [] => unreachable!("a group has its first reaction"),
    };
    let mut d = format!(r#"{{"channel_id":"{}","message_id":"{}""#, first.channel, first.message);
    if let Some(guild) = first.guild {
        let _ = write!(d, r#","guild_id":"{guild}""#);
    }
    d.push_str(r#","reactions":["#);
    for (index, reaction) in events.iter().filter_map(|event| event.reaction.as_ref()).enumerate() {
        if index > 0 {
            d.push(',');
        }
        d.push_str(&reaction.entry);
    }
    d.push_str("]}");
    Arc::new(Event::raw("MESSAGE_REACTION_ADD_MANY", d.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaction(message: u64, user: u64, emoji: &str) -> Arc<Event> {
        let mut event = Event::raw("MESSAGE_REACTION_ADD", b"{}");
        event.reaction = Some(Box::new(Reaction {
            channel: 1,
            message,
            guild: Some(9),
            user,
            emoji: emoji.into(),
            entry: format!(r#"{{"user_id":"{user}"}}"#),
        }));
        Arc::new(event)
    }

    #[test]
    fn groups_per_message_and_leaves_single_ones_alone() {
        let mut debounce = Debounce::default();
        for event in [reaction(5, 1, "a"), reaction(6, 1, "a"), reaction(5, 2, "a"), reaction(5, 3, "b")] {
            debounce.add(100, event);
        }
        assert_eq!(debounce.due(), Some(750));
        assert!(debounce.cancel(reaction(5, 3, "b").reaction.as_ref().unwrap()));
        assert!(!debounce.cancel(reaction(5, 3, "b").reaction.as_ref().unwrap()));
        let out = debounce.flush();
        assert_eq!(out.len(), 2);
        assert_eq!(out[0].name, "MESSAGE_REACTION_ADD_MANY");
        let d: serde_json::Value = serde_json::from_slice(out[0].payload()).unwrap();
        assert_eq!(
            d,
            serde_json::json!({"channel_id": "1", "message_id": "5", "guild_id": "9", "reactions": [{"user_id": "1"}, {"user_id": "2"}]})
        );
        assert_eq!(out[1].name, "MESSAGE_REACTION_ADD");
        assert_eq!(debounce.due(), None);
    }
}
