//! Sessions coming, going, and asking; presence and profiles of members (§6.2, §10.2, §16.3).

use std::sync::Arc;

use fluxer_wire::{GuildId, UserId, guild::Member as WireMember, user::UserPartial};

use super::{Collector, Command, Waiting, model::Guild, snapshot::guild_delete};
use crate::{Gateway, core::event::Event, hub::Seen, session::Session};

/// Instance staff still reach a guild that has only the second.
const SHUT: &str = "UNAVAILABLE_FOR_EVERYONE";
const SHUT_BUT_STAFF: &str = "UNAVAILABLE_FOR_EVERYONE_BUT_STAFF";

impl Guild {
    pub fn command(&mut self, gateway: &Arc<Gateway>, now: i64, command: Command) {
        match command {
            Command::Attach { session, active, collector, fetched } => {
                self.attach(gateway, now, session, active, collector, fetched);
            }
            Command::Fetched { member, then } => {
                if let Some(member) = member
                    && !self.members.contains_key(&member.user.id.get())
                {
                    self.member_arrives(*member);
                }
                self.command(gateway, now, *then);
            }
            Command::Detach { session } => {
                if let Some(slot) = self.by_session.get(&session).copied() {
                    self.remove_slot(now, slot);
                }
            }
            Command::Leave { user } => self.leave(now, user),
            Command::Presence { user } => self.presence(now, user),
            Command::Profile(user) => self.profile(now, *user),
            Command::Subscribe { session, wish } => {
                if let Some(slot) = self.by_session.get(&session).copied() {
                    self.subscribe(now, slot, *wish);
                }
            }
            Command::Request { session, request } => {
                if let Some(slot) = self.by_session.get(&session).copied() {
                    self.request_members(now, slot, &request);
                }
            }
            Command::OnlineMembers(reply) => {
                let _ = reply.send(self.online.keys().copied().map(UserId::new).collect());
            }
            Command::Loaded(_) | Command::Retry => {}
        }
    }

    pub fn member_arrives(&mut self, member: WireMember) {
        let user = member.user.id.get();
        self.put_member(member);
        self.member_looks_different(user);
        self.count();
    }

    fn attach(
        &mut self,
        gateway: &Arc<Gateway>,
        now: i64,
        session: Arc<Session>,
        active: bool,
        collector: Option<Arc<Collector>>,
        fetched: bool,
    ) {
        if session.is_ended() || self.by_session.contains_key(&session.number) {
            return;
        }
        if !self.members.contains_key(&session.user) {
            if fetched {
                refuse(self.id, now, &session, collector.as_deref());
            } else {
                fetch(gateway, self.id, session, active, collector);
            }
            return;
        }
        let slot = self.add_slot(now, session.clone(), active);
        if self.is_shut_out(&session) {
            self.shut_out(slot);
            let late = match &collector {
                // An unavailable guild stands in READY by being missing from the states.
                Some(collector) => !collector.put(|all| all.states.extend([(self.id, Vec::new())])),
                None => true,
            };
            if late {
                session.dispatch(now, guild_delete(self.id, true));
            }
            return;
        }
        if let Some(collector) = collector {
            let user = self.members.get(&session.user).map(|member| member.wire.user.clone());
            let state = self.state(slot, true);
            let in_time = collector.put(|all| {
                all.states.insert(self.id, state);
                all.users.extend(user);
            });
            if in_time {
                return;
            }
        }
        let event = self.state_event("GUILD_CREATE", slot);
        session.dispatch(now, event);
    }

    /// A user's sessions are told they are out, and are.
    pub fn leave(&mut self, now: i64, user: u64) {
        let slots = self.audience.slots_of(user).to_vec();
        if slots.is_empty() {
            return;
        }
        let event = guild_delete(self.id, false);
        for slot in slots {
            if let Some(slot) = self.remove_slot(now, slot) {
                slot.session.dispatch(now, event.clone());
            }
        }
    }

    /// The guild is gone: everybody is out.
    pub fn deleted(&mut self, now: i64) {
        let users: Vec<u64> =
            self.audience.everyone.iter().filter_map(|slot| self.audience.user_of(slot)).collect();
        let shut_out = self.slots.iter().flatten().filter(|slot| slot.shut_out).map(|slot| slot.session.user);
        for user in users.into_iter().chain(shut_out.collect::<Vec<_>>()) {
            self.leave(now, user);
        }
    }

    // --- presence

    fn presence(&mut self, now: i64, user: u64) {
        let Some(shared) = self
            .audience
            .slots_of(user)
            .first()
            .and_then(|&slot| self.slot(slot))
            .map(|slot| slot.session.shared.clone())
        else {
            return;
        };
        let seen = shared.seen();
        if seen.presence.status.is_visible() {
            self.online.insert(user, shared);
        } else {
            self.online.remove(&user);
        }
        self.count();
        self.member_looks_different(user);
        self.tell_watchers(now, user, &seen);
    }

    pub fn tell_watchers(&mut self, now: i64, user: u64, seen: &Seen) {
        let Some(watchers) = self.watchers.get(&user) else { return };
        let watchers: Vec<u32> = watchers.iter().collect();
        let event = seen.event(Some(self.id));
        self.send_all(now, watchers, &event);
    }

    fn profile(&mut self, now: i64, user: UserPartial) {
        let id = user.id.get();
        let Some(member) = self.members.get(&id) else { return };
        if member.wire.user == user {
            return;
        }
        let mut wire = member.wire.clone();
        wire.user = user;
        self.put_member(wire);
        self.member_looks_different(id);
        let Some(member) = self.members.get(&id) else { return };
        let body = member.json();
        let body = format!(r#"{{"guild_id":"{}",{}"#, self.id, &body[1..]);
        let event = Arc::new(Event::raw("GUILD_MEMBER_UPDATE", body.as_bytes()));
        self.send_passively(now, &event, id);
    }

    // --- availability

    pub fn is_shut_out(&self, session: &Session) -> bool {
        let has = |feature: &str| self.properties.features.iter().any(|own| own == feature);
        has(SHUT) || (has(SHUT_BUT_STAFF) && !session.staff)
    }
    /// Whether events are held back altogether.
    pub fn is_unavailable(&self) -> bool {
        self.properties.features.iter().any(|own| own == SHUT || own == SHUT_BUT_STAFF)
    }

    fn shut_out(&mut self, slot: u32) {
        self.audience.detach(slot);
        if let Some(target) = self.slot_mut(slot) {
            target.shut_out = true;
        }
    }

    /// After the features changed: tells those who lost or regained the guild.
    pub fn availability_changed(&mut self, now: i64) {
        for slot in 0..self.slots.len() as u32 {
            let Some(target) = self.slot(slot) else { continue };
            let (was, session) = (target.shut_out, target.session.clone());
            let is = self.is_shut_out(&session);
            if is && !was {
                self.shut_out(slot);
                session.dispatch(now, guild_delete(self.id, true));
            } else if was && !is {
                if let Some(target) = self.slot_mut(slot) {
                    target.shut_out = false;
                }
                let roles = self.role_ids(session.user);
                self.audience.attach(slot, session.user, &roles);
                session.dispatch(now, self.state_event("GUILD_CREATE", slot));
                self.presence_bulk(now, &session);
            }
        }
    }

    fn presence_bulk(&self, now: i64, session: &Session) {
        const MOST: usize = 500;
        let others: Vec<Seen> = self
            .online
            .iter()
            .filter(|(user, _)| **user != session.user)
            .map(|(_, shared)| shared.seen())
            .collect();
        for chunk in others.chunks(MOST) {
            let presences: Vec<_> = chunk.iter().map(|seen| seen.body(None)).collect();
            let body = serde_json::json!({"guild_id": self.id.to_string(), "presences": presences});
            session.dispatch(now, Event::new("PRESENCE_UPDATE_BULK", &body));
        }
    }
}

/// The user is no member, or there is no such guild.
fn refuse(guild: u64, now: i64, session: &Session, collector: Option<&Collector>) {
    let in_time = collector.is_some_and(|collector| collector.put(|all| all.absent.push(guild)));
    if !in_time {
        session.dispatch(now, guild_delete(guild, false));
    }
}

/// What waited for a guild that does not exist.
pub(super) fn absent(gateway: &Gateway, guild: u64, waiting: Waiting) {
    match waiting {
        Waiting::Command(Command::Attach { session, collector, .. }) => {
            refuse(guild, gateway.now(), &session, collector.as_deref());
        }
        Waiting::Command(Command::OnlineMembers(reply)) => {
            let _ = reply.send(Vec::new());
        }
        Waiting::Command(_) | Waiting::Event(_) => {}
    }
}

/// Reads a member the model does not have and tries again.
fn fetch(
    gateway: &Arc<Gateway>,
    guild: u64,
    session: Arc<Session>,
    active: bool,
    collector: Option<Arc<Collector>>,
) {
    let gateway = gateway.clone();
    tokio::spawn(async move {
        let (id, user) = (GuildId::new(guild), UserId::new(session.user));
        let member = fluxer_domain::gateway::load_member(&gateway.app, id, user).await;
        let then = Box::new(Command::Attach { session, active, collector, fetched: true });
        let member = member.ok().flatten().map(Box::new);
        gateway.command(guild, Command::Fetched { member, then });
    });
}
