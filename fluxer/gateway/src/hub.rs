//! Who is here: every user with a session, their presence, whom they may see, and delivery of
//! what is addressed to a user.
//!
//! Events of the user topic are delivered on the publisher's thread, so a user's events keep
//! the order they were published in. One lock guards it all; nothing is awaited and no socket
//! touched while it is held. Guilds hear of presence through their own queue.

mod events;
mod relations;

pub use events::Todo;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use fluxer_domain::events::Event as DomainEvent;
use fluxer_wire::{settings::CustomStatus, user::UserPartial};
use parking_lot::{Mutex, RwLock};
use platform_bus::Payload;
use serde::Serialize;

use crate::{
    core::{
        event::Event,
        presence::{self, Presence, Publisher, Status},
    },
    session::Session,
};

/// What all sessions of a user, and the guilds they are in, know of the user.
#[derive(Debug)]
pub struct UserShared(RwLock<Seen>);

#[derive(Debug, Clone)]
pub struct Seen {
    pub user: UserPartial,
    pub custom_status: Option<CustomStatus>,
    /// As others see it.
    pub presence: Presence,
}

/// PRESENCE_UPDATE's body.
#[derive(Debug, Serialize)]
pub struct PresenceBody<'a> {
    pub user: &'a UserPartial,
    #[serde(flatten)]
    pub presence: Presence,
    pub custom_status: Option<&'a CustomStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<String>,
}

impl UserShared {
    pub fn new(user: UserPartial) -> Arc<Self> {
        Arc::new(Self(RwLock::new(Seen { user, custom_status: None, presence: Presence::default() })))
    }
    pub fn seen(&self) -> Seen {
        self.0.read().clone()
    }
    pub fn presence(&self) -> Presence {
        self.0.read().presence
    }
    pub fn is_visible(&self) -> bool {
        self.presence().status.is_visible()
    }
}

impl Seen {
    pub fn body(&self, guild: Option<u64>) -> PresenceBody<'_> {
        PresenceBody {
            user: &self.user,
            presence: self.presence,
            custom_status: self.custom_status.as_ref().filter(|_| self.presence.status != Status::Offline),
            guild_id: guild.map(|id| id.to_string()),
        }
    }
    pub fn event(&self, guild: Option<u64>) -> Arc<Event> {
        Event::new("PRESENCE_UPDATE", &self.body(guild))
    }
}

#[derive(Debug)]
pub(crate) struct User {
    pub sessions: Vec<Arc<Session>>,
    pub shared: Arc<UserShared>,
    publisher: Publisher,
    /// Relationship type by other user.
    relations: HashMap<u64, i32>,
    /// Group DMs and who else is in them.
    groups: HashMap<u64, HashSet<u64>>,
    pub guilds: HashSet<u64>,
    /// Until the relations are there: what changed them meanwhile.
    loading: Option<Vec<Arc<DomainEvent>>>,
}

#[derive(Default)]
pub(crate) struct State {
    pub users: HashMap<u64, User>,
    /// By user: whose sessions are told of that user's presence.
    watchers: HashMap<u64, HashSet<u64>>,
    /// The last event, encoded, for the next recipient of the same.
    last: Option<(Arc<dyn Payload>, Arc<Event>)>,
}

/// See the module's description.
#[derive(Default)]
pub struct Hub(Mutex<State>);

/// What guilds have to be told after a change, outside the lock.
#[derive(Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Outcome {
    /// The user's presence is new to these guilds.
    pub presence_in: Vec<u64>,
    /// Attach all of the user's sessions to, or detach them from, this guild.
    pub join: Option<u64>,
    pub leave: Option<u64>,
}

/// What the session's start learned about the user.
#[derive(Debug, Default)]
pub struct Loaded {
    pub relations: HashMap<u64, i32>,
    pub groups: HashMap<u64, HashSet<u64>>,
    pub guilds: HashSet<u64>,
    pub custom_status: Option<CustomStatus>,
}

impl Hub {
    pub(crate) fn lock(&self) -> parking_lot::MutexGuard<'_, State> {
        self.0.lock()
    }

    /// What sessions of the user share, made on the first one.
    pub fn shared(&self, user: &UserPartial) -> Arc<UserShared> {
        let state = self.0.lock();
        match state.users.get(&user.id.get()) {
            Some(known) => {
                known.shared.0.write().user = user.clone();
                known.shared.clone()
            }
            None => UserShared::new(user.clone()),
        }
    }

    /// Adds a session, which from now on gets the user's events.
    pub fn add(&self, session: &Arc<Session>) {
        let mut state = self.0.lock();
        let user = state.users.entry(session.user).or_insert_with(|| User {
            sessions: Vec::new(),
            shared: session.shared.clone(),
            publisher: Publisher::default(),
            relations: HashMap::new(),
            groups: HashMap::new(),
            guilds: HashSet::new(),
            loading: Some(Vec::new()),
        });
        user.sessions.push(session.clone());
    }

    /// Takes over what was loaded for the first session and publishes the presence. The
    /// guilds that the user is in by now (a join may have come meanwhile).
    pub fn loaded(&self, now: i64, user: u64, loaded: Loaded) -> (Vec<u64>, Outcome) {
        let mut state = self.0.lock();
        let Some(entry) = state.users.get_mut(&user) else { return Default::default() };
        entry.guilds.extend(&loaded.guilds);
        if let Some(missed) = entry.loading.take() {
            entry.shared.0.write().custom_status = loaded.custom_status;
            entry.relations = loaded.relations;
            entry.groups = loaded.groups;
            for event in missed {
                entry.note(&event);
            }
            let watched = entry.watched();
            for other in watched {
                state.watchers.entry(other).or_default().insert(user);
            }
        }
        let outcome = state.publish(now, user, false);
        let guilds = state.users.get(&user).map(|user| user.guilds.iter().copied().collect());
        (guilds.unwrap_or_default(), outcome)
    }

    /// Removes a session that ended. `None` if it was not here; else whether it was the last.
    pub fn remove(&self, now: i64, session: &Session) -> Option<(bool, Vec<u64>, Outcome)> {
        let mut state = self.0.lock();
        let user = state.users.get_mut(&session.user)?;
        let before = user.sessions.len();
        user.sessions.retain(|other| other.number != session.number);
        if user.sessions.len() == before {
            return None;
        }
        let guilds: Vec<u64> = user.guilds.iter().copied().collect();
        let last = user.sessions.is_empty();
        if !last {
            user.replace_sessions(now);
        }
        let outcome = state.publish(now, session.user, false);
        if last {
            state.forget(session.user);
        }
        Some((last, guilds, outcome))
    }

    /// Op 3.
    pub fn set_presence(&self, now: i64, session: &Session, change: impl FnOnce(&mut Presence)) -> Outcome {
        let mut state = self.0.lock();
        session.set_presence(change);
        if let Some(user) = state.users.get(&session.user) {
            user.replace_sessions(now);
        }
        state.publish(now, session.user, false)
    }

    /// The profile or custom status changed.
    pub fn refresh(&self, now: i64, user: u64, change: impl FnOnce(&mut Seen)) -> Outcome {
        let mut state = self.0.lock();
        let Some(entry) = state.users.get(&user) else { return Outcome::default() };
        change(&mut entry.shared.0.write());
        state.publish(now, user, true)
    }

    pub fn has_sessions(&self, user: u64) -> bool {
        self.0.lock().users.contains_key(&user)
    }
    pub fn sessions(&self, user: u64) -> Vec<Arc<Session>> {
        self.0.lock().users.get(&user).map(|user| user.sessions.clone()).unwrap_or_default()
    }
    /// The visible presences of those whom `user` may see without sharing a guild.
    pub fn visible_to(&self, user: u64) -> Vec<Seen> {
        let state = self.0.lock();
        let Some(entry) = state.users.get(&user) else { return Vec::new() };
        let watched = entry.watched();
        let shared = watched.iter().filter_map(|other| state.users.get(other));
        shared.map(|user| user.shared.seen()).filter(|seen| seen.presence.status.is_visible()).collect()
    }
    /// READY's and SESSIONS_REPLACE's array.
    pub fn session_list(&self, user: u64) -> serde_json::Value {
        self.0.lock().users.get(&user).map(User::session_list).unwrap_or_else(|| serde_json::json!([]))
    }
}

impl User {
    fn aggregate(&self) -> Presence {
        presence::aggregate(self.sessions.iter().map(|session| session.presence()))
    }

    fn session_list(&self) -> serde_json::Value {
        let entry = |id: String, presence: Presence| {
            serde_json::json!({
                "session_id": id, "status": presence.status, "mobile": presence.mobile, "afk": presence.afk,
            })
        };
        let all = std::iter::once(entry("all".into(), self.aggregate()));
        all.chain(self.sessions.iter().map(|session| entry(session.id_text(), session.presence()))).collect()
    }

    fn replace_sessions(&self, now: i64) {
        let event = Event::new("SESSIONS_REPLACE", &self.session_list());
        for session in &self.sessions {
            session.dispatch(now, event.clone());
        }
    }
}

impl State {
    /// Publishes the user's presence if it changed: to those who watch the user here, and in
    /// the outcome to the guilds.
    pub(crate) fn publish(&mut self, now: i64, id: u64, forced: bool) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(user) = self.users.get_mut(&id) else { return outcome };
        // Before the relations are there nothing is public yet.
        if user.loading.is_some() && !user.sessions.is_empty() {
            return outcome;
        }
        let aggregate = user.aggregate();
        let Some(seen) = user.publisher.update(aggregate, forced) else { return outcome };
        user.shared.0.write().presence = seen;
        outcome.presence_in = user.guilds.iter().copied().collect();
        if let Some(watchers) = self.watchers.get(&id)
            && !watchers.is_empty()
        {
            let event = user.shared.seen().event(None);
            for watcher in watchers.iter().filter_map(|watcher| self.users.get(watcher)) {
                for session in watcher.sessions.iter().filter(|session| !session.bot) {
                    session.dispatch(now, event.clone());
                }
            }
        }
        outcome
    }

    fn forget(&mut self, id: u64) {
        let Some(user) = self.users.remove(&id) else { return };
        for other in user.watched() {
            self.unwatch(id, other);
        }
    }
    fn unwatch(&mut self, watcher: u64, other: u64) {
        if let Some(watchers) = self.watchers.get_mut(&other) {
            watchers.remove(&watcher);
            if watchers.is_empty() {
                self.watchers.remove(&other);
            }
        }
    }
}
