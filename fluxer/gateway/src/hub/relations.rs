//! Whose presence a user is shown without sharing a guild (§10.2): friends, those who asked to
//! be, and the others in their group DMs. Read from the events that change it.

use std::collections::HashSet;

use fluxer_domain::events::{Event, EventName};
use fluxer_wire::{
    ChannelId, UserId,
    channel::{Channel, ChannelType},
    user::RelationshipType,
};
use serde::Deserialize;

use super::{State, User};

#[derive(Deserialize)]
struct Relation {
    id: UserId,
    #[serde(rename = "type")]
    kind: RelationshipType,
}
#[derive(Deserialize)]
struct Gone {
    id: UserId,
}
#[derive(Deserialize)]
struct Recipient {
    channel_id: ChannelId,
    user: Gone,
}

/// Whether an event can change whom the user watches.
pub(super) const fn matters(name: EventName) -> bool {
    matches!(
        name,
        EventName::RelationshipAdd
            | EventName::RelationshipUpdate
            | EventName::RelationshipRemove
            | EventName::ChannelCreate
            | EventName::ChannelDelete
            | EventName::ChannelRecipientAdd
            | EventName::ChannelRecipientRemove
    )
}

fn read<'a, T: Deserialize<'a>>(event: &'a Event) -> Option<T> {
    serde_json::from_slice(&event.body).ok()
}

impl User {
    /// Whom the user's sessions are told about.
    pub(super) fn watched(&self) -> HashSet<u64> {
        const SHOWN: [i32; 2] = [RelationshipType::Friend as i32, RelationshipType::Incoming as i32];
        let related = self.relations.iter().filter(|(_, kind)| SHOWN.contains(kind)).map(|(id, _)| *id);
        related.chain(self.groups.values().flatten().copied()).collect()
    }

    /// Takes a change in.
    pub(super) fn note(&mut self, event: &Event) {
        match event.name {
            EventName::RelationshipAdd | EventName::RelationshipUpdate => {
                if let Some(relation) = read::<Relation>(event) {
                    self.relations.insert(relation.id.get(), relation.kind as i32);
                }
            }
            EventName::RelationshipRemove => {
                if let Some(gone) = read::<Gone>(event) {
                    self.relations.remove(&gone.id.get());
                }
            }
            EventName::ChannelCreate => {
                if let Some(channel) = read::<Channel>(event)
                    && channel.kind == ChannelType::GroupDm
                {
                    let others = channel.recipients.into_iter().flatten().map(|user| user.id.get());
                    self.groups.insert(channel.id.get(), others.collect());
                }
            }
            EventName::ChannelDelete => {
                if let Some(channel) = read::<Gone>(event) {
                    self.groups.remove(&channel.id.get());
                }
            }
            EventName::ChannelRecipientAdd => {
                if let Some(added) = read::<Recipient>(event) {
                    self.groups.entry(added.channel_id.get()).or_default().insert(added.user.id.get());
                }
            }
            EventName::ChannelRecipientRemove => {
                if let Some(removed) = read::<Recipient>(event)
                    && let Some(others) = self.groups.get_mut(&removed.channel_id.get())
                {
                    others.remove(&removed.user.id.get());
                }
            }
            _ => {}
        }
    }
}

impl State {
    /// Applies a change of relations and tells the user's sessions of presences that come
    /// into view or leave it. Call after the event itself was delivered.
    pub(super) fn relate(&mut self, now: i64, id: u64, event: &std::sync::Arc<Event>) {
        let Some(user) = self.users.get_mut(&id) else { return };
        if let Some(missed) = &mut user.loading {
            missed.push(event.clone());
            return;
        }
        let before = user.watched();
        user.note(event);
        let after = user.watched();
        let sessions: Vec<_> = user.sessions.iter().filter(|session| !session.bot).cloned().collect();
        for &other in before.symmetric_difference(&after) {
            let gained = after.contains(&other);
            if gained {
                self.watchers.entry(other).or_default().insert(id);
            } else {
                self.unwatch(id, other);
            }
            let Some(other) = self.users.get(&other).filter(|_| other != id) else { continue };
            let mut seen = other.shared.seen();
            if !seen.presence.status.is_visible() {
                continue;
            }
            if !gained {
                seen.presence = Default::default();
            }
            let event = seen.event(None);
            for session in &sessions {
                session.dispatch(now, event.clone());
            }
        }
    }
}
