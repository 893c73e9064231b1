//! A guild's state as one session sees it (§6.1): what READY, GUILD_CREATE and GUILD_SYNC
//! carry. The parts all sessions share are encoded once.

use std::{fmt::Write, sync::Arc};

use super::model::{Guild, text};
use crate::core::event::{Event, json};

impl Guild {
    /// Call when the guild's properties, roles or expressions changed.
    pub fn sections_changed(&mut self) {
        self.sections = None;
    }

    fn sections(&mut self) -> Arc<str> {
        if let Some(sections) = &self.sections {
            return sections.clone();
        }
        let roles: Vec<_> = self.roles.values().collect();
        let sections = format!(
            r#""id":"{}","properties":{},"roles":{},"emojis":{},"stickers":{}"#,
            self.id,
            text(json(&self.properties)),
            text(json(&roles)),
            text(json(&self.emojis)),
            text(json(&self.stickers)),
        );
        self.sections.insert(sections.into()).clone()
    }

    /// The state for the session in `slot`. In READY users stand elsewhere, so there the
    /// member's own user is only its id.
    pub fn state(&mut self, slot: u32, ready: bool) -> Vec<u8> {
        let sections = self.sections();
        let visible: Vec<u64> =
            self.channels.keys().copied().filter(|&channel| self.audience.can_view(slot, channel)).collect();
        let mut out = String::with_capacity(sections.len() + visible.len() * 400 + 512);
        out.push('{');
        out.push_str(&sections);
        out.push_str(r#","channels":["#);
        for (index, channel) in visible.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            if let Some(channel) = self.channel_json(channel) {
                out.push_str(&channel);
            }
        }
        out.push_str(r#"],"members":["#);
        let own = self.audience.user_of(slot).and_then(|user| self.members.get_mut(&user));
        let mut joined_at = String::from("null");
        if let Some(member) = own {
            if ready {
                let rest = member.without_user();
                let _ = write!(out, r#"{{"user":{{"id":"{}"}},{}"#, member.wire.user.id, &rest[1..]);
            } else {
                out.push_str(&member.json());
            }
            joined_at = format!("\"{}\"", member.wire.joined_at);
        }
        let _ = write!(
            out,
            r#"],"member_count":{},"online_count":{},"presences":[],"voice_states":[],"joined_at":{joined_at}}}"#,
            self.members.len(),
            self.online.len(),
        );
        out.into_bytes()
    }

    pub fn state_event(&mut self, name: &'static str, slot: u32) -> Arc<Event> {
        Arc::new(Event::raw(name, &self.state(slot, false)))
    }
}

/// GUILD_DELETE: out for good, or just out of reach.
pub fn guild_delete(guild: u64, unavailable: bool) -> Arc<Event> {
    let id = guild.to_string();
    let body = if unavailable {
        serde_json::json!({"id": id, "unavailable": true})
    } else {
        serde_json::json!({"id": id})
    };
    Event::new("GUILD_DELETE", &body)
}
