//! The read model of one guild: everything sessions are told of it, and who they are.
//!
//! It starts as read from the store and follows the guild's events; it writes nothing. Member
//! objects, channel objects and the guild's sections are kept as wire types and encoded when
//! first needed, until they change.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use fluxer_domain::{events::Event as DomainEvent, gateway::GuildData};
use fluxer_wire::{
    channel::Channel as WireChannel,
    guild::{Emoji, Guild as Properties, Member as WireMember, Role, Sticker},
};

use super::{Counts, lists::Lists};
use crate::{
    core::{
        audience::{Audience, Transition},
        bitmap::Bitmap,
        event::{Event, json},
        member_list::{fold, ranges::Range},
        passive::{self, Journal},
    },
    hub::UserShared,
    session::Session,
};

pub struct Channel {
    pub wire: WireChannel,
    json: Option<Arc<str>>,
}

pub struct Member {
    pub wire: WireMember,
    /// Moves whenever the member looks different in a list.
    pub revision: u32,
    pub name: Arc<str>,
    without_user: Option<Arc<str>>,
}

/// An attached session.
pub struct Slot {
    pub session: Arc<Session>,
    pub active: bool,
    pub synced: bool,
    pub typing: Option<bool>,
    /// Where in the journal its last digest was made.
    pub digest: u64,
    pub watched: Vec<u64>,
    /// Member list ranges by channel; kept while the channel is out of sight.
    pub lists: HashMap<u64, Vec<Range>>,
    /// The guild is unavailable to it: it is attached but gets nothing.
    pub shut_out: bool,
}

/// From this many sessions on events are gathered between rounds of writing.
const LARGE: usize = 256;
/// What writing to one session takes, roughly, in microseconds.
const WRITE_US: i64 = 3;

/// See the module's description.
pub struct Guild {
    pub id: u64,
    pub properties: Properties,
    pub roles: BTreeMap<u64, Role>,
    pub channels: BTreeMap<u64, Channel>,
    pub emojis: Vec<Emoji>,
    pub stickers: Vec<Sticker>,
    pub members: HashMap<u64, Member>,
    /// By sort name, for prefix search.
    pub names: BTreeSet<(Arc<str>, u64)>,
    pub audience: Audience,
    pub slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    pub by_session: HashMap<u64, u32>,
    pub active: Bitmap,
    pub typing: Bitmap,
    touched: Bitmap,
    next_wake: i64,
    /// Connected and visible.
    pub online: HashMap<u64, Arc<UserShared>>,
    /// By user: sessions that asked for the user's presence.
    pub watchers: HashMap<u64, Bitmap>,
    pub journal: Journal,
    pub next_digest: i64,
    pub lists: Lists,
    pub empty_since: Option<i64>,
    /// When the worker has been told to look again.
    pub registered: Option<i64>,
    /// While the store is read again: what happened meanwhile, which the read may not hold.
    pub reloading: Option<Vec<DomainEvent>>,
    /// Banned and not yet removed: these hear of their own removal.
    pub banned: HashSet<u64>,
    pub counts: Arc<Counts>,
    pub(super) sections: Option<Arc<str>>,
}

impl Guild {
    pub fn new(now: i64, data: GuildData, counts: Arc<Counts>) -> Self {
        let id = data.guild.id.get();
        let mut guild = Self {
            id,
            audience: Audience::new(
                id,
                data.guild.owner_id.get(),
                data.roles.iter().map(|role| (role.id.get(), role.permissions)),
            ),
            properties: data.guild,
            roles: data.roles.into_iter().map(|role| (role.id.get(), role)).collect(),
            channels: BTreeMap::new(),
            emojis: data.emojis,
            stickers: data.stickers,
            members: HashMap::new(),
            names: BTreeSet::new(),
            slots: Vec::new(),
            free: Vec::new(),
            by_session: HashMap::new(),
            active: Bitmap::default(),
            typing: Bitmap::default(),
            touched: Bitmap::default(),
            next_wake: 0,
            online: HashMap::new(),
            watchers: HashMap::new(),
            journal: Journal::default(),
            // Spread over the period, so that guilds loaded together do not digest together.
            next_digest: now + 1 + (id >> 22) as i64 % passive::DIGEST_MS,
            lists: Lists::default(),
            empty_since: Some(now),
            registered: None,
            reloading: None,
            banned: HashSet::new(),
            counts,
            sections: None,
        };
        for channel in data.channels {
            // Nobody is attached, so nobody's view changes.
            let _ = guild.set_channel(channel);
        }
        for member in data.members {
            guild.put_member(member);
        }
        guild.count();
        guild
    }

    pub fn count(&self) {
        self.counts.set(self.members.len(), self.online.len());
    }

    // --- channels

    /// Creates or replaces a channel; the transitions are to be told before the event.
    pub fn set_channel(&mut self, mut wire: WireChannel) -> Vec<Transition> {
        let id = wire.id.get();
        wire.guild_id = Some(fluxer_wire::GuildId::new(self.id));
        let overwrites = wire.permission_overwrites.clone().unwrap_or_default();
        if let Some(known) = self.channels.get(&id) {
            // An event body may be older than the newest message.
            wire.last_message_id = wire.last_message_id.max(known.wire.last_message_id);
        }
        self.channels.insert(id, Channel { wire, json: None });
        self.audience.set_channel(id, overwrites)
    }
    pub fn channel_json(&mut self, id: u64) -> Option<Arc<str>> {
        self.channels.get_mut(&id).map(Channel::json)
    }

    // --- members

    pub fn put_member(&mut self, wire: WireMember) {
        let id = wire.user.id.get();
        let shown = wire.nick.as_ref().or(wire.user.global_name.as_ref()).unwrap_or(&wire.user.username);
        let name = fold(shown);
        let old = self.members.get(&id);
        let revision = old.map_or(0, |old| old.revision.wrapping_add(1));
        if let Some(old) = old {
            self.names.remove(&(old.name.clone(), id));
        }
        self.names.insert((name.clone(), id));
        self.members.insert(id, Member { wire, revision, name, without_user: None });
    }
    pub fn take_member(&mut self, id: u64) -> Option<Member> {
        let member = self.members.remove(&id)?;
        self.names.remove(&(member.name.clone(), id));
        Some(member)
    }
    pub fn role_ids(&self, user: u64) -> Vec<u64> {
        self.members.get(&user).map(Member::role_ids).unwrap_or_default()
    }
    /// Whether two members can both see some channel.
    pub fn share_a_channel(&self, slot: u32, user: u64) -> bool {
        let roles = self.role_ids(user);
        self.channels.keys().any(|&channel| {
            self.audience.can_view(slot, channel)
                && self
                    .audience
                    .permissions(user, &roles, channel)
                    .contains(fluxer_wire::Permissions::VIEW_CHANNEL)
        })
    }

    // --- delivery

    pub fn slot(&self, slot: u32) -> Option<&Slot> {
        self.slots.get(slot as usize)?.as_ref()
    }
    pub fn slot_mut(&mut self, slot: u32) -> Option<&mut Slot> {
        self.slots.get_mut(slot as usize)?.as_mut()
    }
    /// Queues an event for a session, to be woken with the others of the batch.
    pub fn send(&mut self, now: i64, slot: u32, event: &Arc<Event>) {
        if let Some(Some(target)) = self.slots.get(slot as usize)
            && target.session.enqueue(now, event.clone())
        {
            self.touched.set(slot, true);
        }
    }
    pub fn send_all(&mut self, now: i64, slots: impl IntoIterator<Item = u32>, event: &Arc<Event>) {
        for slot in slots {
            self.send(now, slot, event);
        }
    }
    /// Wakes the sessions that were sent something. A large audience takes a while to write to,
    /// mostly in the kernel, and one write of two events costs little more than of one: so
    /// until the last round should be through, further events gather. The first after a pause
    /// is never held, and neither is what concerns few.
    pub fn wake(&mut self, now: i64) {
        let count = self.touched.len();
        if count >= LARGE && now < self.next_wake {
            return;
        }
        for slot in std::mem::take(&mut self.touched).iter() {
            if let Some(target) = self.slot(slot) {
                target.session.wake();
            }
        }
        if count >= LARGE {
            self.next_wake = now + count as i64 * WRITE_US / 1000;
        }
    }

    // --- sessions

    pub fn add_slot(&mut self, now: i64, session: Arc<Session>, active: bool) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() as u32 - 1
        });
        let index = slot as usize;
        let active = active || session.bot;
        self.by_session.insert(session.number, slot);
        let user = session.user;
        let visible = session.shared.is_visible().then(|| session.shared.clone());
        self.slots[index] = Some(Slot {
            session,
            active,
            synced: active,
            typing: None,
            digest: self.journal.now(),
            watched: Vec::new(),
            lists: HashMap::new(),
            shut_out: false,
        });
        let roles = self.role_ids(user);
        self.audience.attach(slot, user, &roles);
        self.mark(slot);
        if let Some(shared) = visible
            && self.online.insert(user, shared.clone()).is_none()
        {
            self.member_looks_different(user);
            self.tell_watchers(now, user, &shared.seen());
        }
        self.empty_since = None;
        self.count();
        slot
    }

    /// Takes a session out; its list subscriptions and watches go with it.
    pub fn remove_slot(&mut self, now: i64, slot: u32) -> Option<Slot> {
        let taken = self.slots.get_mut(slot as usize)?.take()?;
        if self.touched.set(slot, false) {
            taken.session.wake();
        }
        self.by_session.remove(&taken.session.number);
        self.audience.detach(slot);
        self.active.set(slot, false);
        self.typing.set(slot, false);
        for &user in &taken.watched {
            self.unwatch(slot, user);
        }
        for &channel in taken.lists.keys() {
            self.lists.unsubscribe(channel, slot);
        }
        let user = taken.session.user;
        if !self.audience.is_connected(user) && self.online.remove(&user).is_some() {
            self.member_looks_different(user);
        }
        self.free.push(slot);
        if self.by_session.is_empty() {
            (self.slots, self.free) = (Vec::new(), Vec::new());
            self.empty_since = Some(now);
        }
        self.count();
        Some(taken)
    }

    pub fn unwatch(&mut self, slot: u32, user: u64) {
        if let Some(watchers) = self.watchers.get_mut(&user) {
            watchers.set(slot, false);
            if watchers.is_empty() {
                self.watchers.remove(&user);
            }
        }
    }

    /// Puts a slot's activity into the sets.
    pub fn mark(&mut self, slot: u32) {
        let Some(target) = self.slot(slot) else { return };
        let (active, typing) = (target.active, target.typing.unwrap_or(target.active));
        self.active.set(slot, active);
        self.typing.set(slot, typing);
    }

    /// A member's row in lists changed: content, place, or both.
    pub fn member_looks_different(&mut self, user: u64) {
        if let Some(member) = self.members.get_mut(&user) {
            member.revision = member.revision.wrapping_add(1);
        }
        let member = self.members.get(&user);
        self.lists.member_changed(&self.audience, user, member, self.online.contains_key(&user));
    }

    // --- time

    pub fn due(&self) -> i64 {
        let unload = self.empty_since.map(|since| since + super::LINGER_MS);
        let digest = (!self.by_session.is_empty()).then_some(self.next_digest);
        let wake = (!self.touched.is_empty()).then_some(self.next_wake);
        let unload = unload.into_iter().chain(wake);
        self.lists.due().into_iter().chain(unload).chain(digest).min().unwrap_or(i64::MAX)
    }
    pub fn tick(&mut self, now: i64) {
        if self.lists.due().is_some_and(|due| now >= due) {
            self.flush_lists(now);
        }
        if now >= self.next_digest {
            self.next_digest = now + passive::DIGEST_MS;
            self.digest(now);
        }
    }
}

impl Channel {
    pub fn json(&mut self) -> Arc<str> {
        let wire = &self.wire;
        self.json.get_or_insert_with(|| text(json(wire))).clone()
    }
    /// Changes the object without touching who sees it.
    pub fn change(&mut self, change: impl FnOnce(&mut WireChannel)) {
        change(&mut self.wire);
        self.json = None;
    }
}

impl Member {
    pub fn role_ids(&self) -> Vec<u64> {
        self.wire.roles.iter().map(|id| id.get()).collect()
    }
    /// The member object of MESSAGE_* events.
    pub fn without_user(&mut self) -> Arc<str> {
        let wire = &self.wire;
        self.without_user
            .get_or_insert_with(|| {
                let mut value = serde_json::to_value(wire).expect("wire types serialise");
                if let Some(fields) = value.as_object_mut() {
                    fields.remove("user");
                }
                value.to_string().into()
            })
            .clone()
    }
    pub fn json(&self) -> Arc<str> {
        text(json(&self.wire))
    }
}

/// JSON is text.
pub(super) fn text(json: Vec<u8>) -> Arc<str> {
    String::from_utf8(json).expect("JSON is UTF-8").into()
}
