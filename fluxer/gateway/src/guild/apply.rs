//! The pipeline of a guild's events (§16): apply to the model, tell visibility changes, choose
//! recipients, send once-encoded bytes.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use fluxer_domain::events::{Event as DomainEvent, EventName};
use fluxer_wire::{
    AnyId, ChannelId, MessageId, RoleId, Timestamp, UserId,
    channel::Channel as WireChannel,
    guild::{Emoji, Guild as Properties, Member as WireMember, Role, Sticker},
};
use serde::Deserialize;

use super::model::{Channel, Guild};
use crate::{
    core::{
        audience::Transition,
        bitmap::Bitmap,
        event::Event,
        passive::{self, Mentions, Passive},
    },
    fanout::{self, Additions},
};

#[derive(Deserialize)]
struct Ids {
    id: Option<AnyId>,
    channel_id: Option<ChannelId>,
    message_id: Option<MessageId>,
}
#[derive(Deserialize)]
struct OneRole {
    role: Role,
}
#[derive(Deserialize)]
struct Roles {
    roles: Vec<Role>,
}
#[derive(Deserialize)]
struct RoleGone {
    role_id: RoleId,
}
#[derive(Deserialize)]
struct Emojis {
    emojis: Vec<Emoji>,
}
#[derive(Deserialize)]
struct Stickers {
    stickers: Vec<Sticker>,
}
#[derive(Deserialize)]
struct Channels {
    channels: Vec<WireChannel>,
}
#[derive(Deserialize)]
struct UserGone {
    user: UserRef,
}
#[derive(Deserialize)]
struct UserRef {
    id: UserId,
}
#[derive(Deserialize)]
struct Pins {
    last_pin_timestamp: Option<Timestamp>,
}

fn read<'a, T: Deserialize<'a>>(event: &'a DomainEvent) -> Option<T> {
    let result = serde_json::from_slice(&event.body);
    if let Err(error) = &result {
        tracing::error!(event = event.name.as_str(), %error, "An event's body is not what it should be.");
    }
    result.ok()
}

/// Whose set an event goes to.
enum Base {
    Everyone,
    Viewers(u64),
    Readers(u64),
    Managers(u64),
}

impl Guild {
    pub fn event(&mut self, now: i64, event: &DomainEvent) {
        use EventName as N;
        metrics::counter!("gateway.guild.events.dispatched").increment(1);
        if self.is_unavailable() && event.name != N::GuildUpdate && event.name != N::GuildDelete {
            // Applied, so that the guild is right when it returns, and told to nobody.
            self.apply(event);
            self.reloaded_lists();
            return;
        }
        match event.name {
            N::ChannelDelete => {
                let id = self.channel_of(event);
                self.fan_out(now, event);
                if let Some(id) = id {
                    self.drop_channel(id);
                }
            }
            N::ChannelUpdateBulk => {
                let transitions = self.apply(event);
                self.tell(now, transitions);
                self.bulk(now, event);
            }
            N::GuildMemberRemove => {
                if let Some(gone) = read::<UserGone>(event) {
                    self.leave(now, gone.user.id.get());
                }
                self.apply(event);
                self.fan_out(now, event);
            }
            N::GuildDelete => {
                self.fan_out_then_close(now, event);
            }
            _ => {
                let transitions = self.apply(event);
                self.tell(now, transitions);
                self.fan_out(now, event);
            }
        }
    }

    /// Follows an event in the model. The transitions it caused are not told yet.
    fn apply(&mut self, event: &DomainEvent) -> Vec<Transition> {
        use EventName as N;
        match event.name {
            N::MessageCreate => {
                let (channel, message) = (event.routing.channel_id, event.routing.message_id);
                let channel = channel.map(|id| id.get()).or_else(|| self.channel_of(event));
                let message = message.or_else(|| read::<Ids>(event)?.id.map(|id| id.cast()));
                if let (Some(id), Some(message)) = (channel, message)
                    && let Some(channel) = self.channels.get_mut(&id)
                {
                    channel.change(|wire| wire.last_message_id = wire.last_message_id.max(Some(message)));
                    self.journal.message(id);
                }
                Vec::new()
            }
            N::ChannelCreate | N::ChannelUpdate => match read::<WireChannel>(event) {
                Some(channel) => self.channel_changed(channel, event.name == N::ChannelCreate),
                None => Vec::new(),
            },
            N::ChannelUpdateBulk => {
                let channels = read::<Channels>(event).map(|all| all.channels).unwrap_or_default();
                channels.into_iter().flat_map(|channel| self.channel_changed(channel, false)).collect()
            }
            N::ChannelDelete => {
                if let Some(id) = self.channel_of(event) {
                    self.drop_channel(id);
                }
                Vec::new()
            }
            N::ChannelPinsUpdate => {
                if let (Some(id), Some(pins)) = (self.channel_of(event), read::<Pins>(event))
                    && let Some(channel) = self.channels.get_mut(&id)
                {
                    channel.change(|wire| wire.last_pin_timestamp = pins.last_pin_timestamp);
                }
                Vec::new()
            }
            N::GuildMemberAdd | N::GuildMemberUpdate => match read::<WireMember>(event) {
                Some(member) => self.member_changed(member),
                None => Vec::new(),
            },
            N::GuildMemberRemove => {
                if let Some(gone) = read::<UserGone>(event) {
                    self.take_member(gone.user.id.get());
                    self.member_looks_different(gone.user.id.get());
                    self.count();
                }
                Vec::new()
            }
            N::GuildRoleCreate | N::GuildRoleUpdate => match read::<OneRole>(event) {
                Some(one) => self.roles_changed(vec![one.role]),
                None => Vec::new(),
            },
            N::GuildRoleUpdateBulk => match read::<Roles>(event) {
                Some(all) => self.roles_changed(all.roles),
                None => Vec::new(),
            },
            N::GuildRoleDelete => match read::<RoleGone>(event) {
                Some(gone) => self.role_gone(gone.role_id),
                None => Vec::new(),
            },
            N::GuildEmojisUpdate => {
                if let Some(all) = read::<Emojis>(event) {
                    self.emojis = all.emojis;
                    self.sections_changed();
                }
                Vec::new()
            }
            N::GuildStickersUpdate => {
                if let Some(all) = read::<Stickers>(event) {
                    self.stickers = all.stickers;
                    self.sections_changed();
                }
                Vec::new()
            }
            N::GuildUpdate => match read::<Properties>(event) {
                Some(properties) => self.properties_changed(properties),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn channel_changed(&mut self, wire: WireChannel, created: bool) -> Vec<Transition> {
        let id = wire.id.get();
        if created {
            self.journal.created(id);
        } else {
            self.journal.updated(id);
        }
        let transitions = self.set_channel(wire);
        self.list_channel_changed(id);
        transitions
    }

    fn drop_channel(&mut self, id: u64) {
        let viewers = self.audience.channel(id).map(|channel| channel.viewers.clone());
        self.journal.deleted(id, viewers.unwrap_or_default());
        self.channels.remove(&id);
        self.audience.remove_channel(id);
        self.lists.drop_channel(id);
        for slot in self.slots.iter_mut().flatten() {
            slot.lists.remove(&id);
        }
    }

    fn member_changed(&mut self, member: WireMember) -> Vec<Transition> {
        let user = member.user.id.get();
        self.put_member(member);
        let roles = self.role_ids(user);
        let transitions = self.audience.set_member_roles(user, &roles);
        self.member_looks_different(user);
        self.count();
        transitions
    }

    fn roles_changed(&mut self, roles: Vec<Role>) -> Vec<Transition> {
        let mut transitions = Vec::new();
        for role in roles {
            transitions.extend(self.audience.set_role(role.id.get(), Some(role.permissions)));
            self.roles.insert(role.id.get(), role);
        }
        self.sections_changed();
        self.reloaded_lists();
        transitions
    }

    /// A deleted role leaves members and overwrites too, without further events.
    fn role_gone(&mut self, role: RoleId) -> Vec<Transition> {
        let transitions = self.audience.set_role(role.get(), None);
        self.roles.remove(&role.get());
        let having: Vec<u64> = self
            .members
            .iter()
            .filter(|(_, member)| member.wire.roles.contains(&role))
            .map(|(id, _)| *id)
            .collect();
        for user in having {
            if let Some(member) = self.members.get(&user) {
                let mut wire = member.wire.clone();
                wire.roles.retain(|id| *id != role);
                self.put_member(wire);
            }
        }
        for channel in self.channels.values_mut() {
            let of_role = |entry: &fluxer_wire::channel::Overwrite| {
                entry.kind == fluxer_wire::channel::OverwriteType::Role && entry.id == role.cast()
            };
            if channel.wire.permission_overwrites.iter().flatten().any(of_role) {
                channel.change(|wire| {
                    wire.permission_overwrites.iter_mut().for_each(|all| all.retain(|o| !of_role(o)))
                });
            }
        }
        self.sections_changed();
        self.reloaded_lists();
        transitions
    }

    fn properties_changed(&mut self, properties: Properties) -> Vec<Transition> {
        let transitions = self.audience.set_owner(properties.owner_id.get());
        self.properties = properties;
        self.sections_changed();
        transitions
    }

    /// The store was read again: takes everything over and says GUILD_UPDATE to all.
    pub fn reloaded(&mut self, now: i64, data: fluxer_domain::gateway::GuildData) {
        let mut transitions = self.properties_changed(data.guild);
        let gone: Vec<u64> = self
            .roles
            .keys()
            .copied()
            .filter(|id| data.roles.iter().all(|role| role.id.get() != *id))
            .collect();
        for role in gone {
            transitions.extend(self.role_gone(RoleId::new(role)));
        }
        transitions.extend(self.roles_changed(data.roles));
        let gone: Vec<u64> = self
            .channels
            .keys()
            .copied()
            .filter(|id| data.channels.iter().all(|channel| channel.id.get() != *id))
            .collect();
        for channel in data.channels {
            transitions.extend(self.channel_changed(channel, false));
        }
        (self.emojis, self.stickers) = (data.emojis, data.stickers);
        let here: HashSet<u64> = data.members.iter().map(|member| member.user.id.get()).collect();
        let left: Vec<u64> = self.members.keys().copied().filter(|id| !here.contains(id)).collect();
        for user in left {
            self.leave(now, user);
            self.take_member(user);
        }
        for member in data.members {
            transitions.extend(self.member_changed(member));
        }
        self.tell(now, transitions);
        for channel in gone {
            self.drop_channel(channel);
        }
        self.sections_changed();
        self.reloaded_lists();
        self.count();
        self.availability_changed(now);
        let body = crate::core::event::json(&self.properties);
        let event = Arc::new(Event::raw("GUILD_UPDATE", &body));
        let all: Vec<u32> = self.audience.everyone.iter().collect();
        self.send_all(now, all, &event);
    }

    /// CHANNEL_CREATE and CHANNEL_DELETE to those whose view changed.
    fn tell(&mut self, now: i64, transitions: Vec<Transition>) {
        let mut encoded: HashMap<(u64, bool), Arc<Event>> = HashMap::new();
        for Transition { slot, channel, gained } in transitions {
            let event = match encoded.get(&(channel, gained)) {
                Some(event) => event.clone(),
                None => {
                    let Some(body) = self.channels.get_mut(&channel).map(Channel::json) else { continue };
                    let name = if gained { "CHANNEL_CREATE" } else { "CHANNEL_DELETE" };
                    let event = Arc::new(Event::raw(name, body.as_bytes()));
                    encoded.insert((channel, gained), event.clone());
                    event
                }
            };
            self.send(now, slot, &event);
            self.list_view_changed(now, slot, channel, gained);
        }
    }

    fn channel_of(&self, event: &DomainEvent) -> Option<u64> {
        if let Some(id) = event.routing.channel_id {
            return Some(id.get());
        }
        let ids = read::<Ids>(event)?;
        let own = matches!(
            event.name,
            EventName::ChannelCreate | EventName::ChannelUpdate | EventName::ChannelDelete
        );
        if own { ids.id.map(|id| id.get()) } else { ids.channel_id.map(|id| id.get()) }
    }

    fn base(&self, event: &DomainEvent) -> Base {
        use EventName as N;
        let channel = |set: fn(u64) -> Base| self.channel_of(event).map_or(Base::Everyone, set);
        match event.name {
            N::ChannelCreate
            | N::ChannelUpdate
            | N::ChannelDelete
            | N::MessageCreate
            | N::MessageDeleteBulk
            | N::TypingStart
            | N::ChannelPinsUpdate
            | N::WebhooksUpdate
            | N::VoiceStateUpdate => channel(Base::Viewers),
            N::InviteCreate | N::InviteDelete => channel(Base::Managers),
            N::MessageUpdate
            | N::MessageDelete
            | N::MessageReactionAdd
            | N::MessageReactionRemove
            | N::MessageReactionRemoveAll
            | N::MessageReactionRemoveEmoji => {
                let message = event.routing.message_id.or_else(|| {
                    let ids = read::<Ids>(event)?;
                    ids.message_id.or(ids.id.map(|id| id.cast()))
                });
                let cutoff = self.properties.message_history_cutoff;
                let open = message.zip(cutoff).is_some_and(|(message, cutoff)| message.timestamp() >= cutoff);
                channel(if open { Base::Viewers } else { Base::Readers })
            }
            _ => Base::Everyone,
        }
    }

    fn fan_out(&mut self, now: i64, event: &DomainEvent) {
        let member = event.routing.member_id.and_then(|user| self.members.get_mut(&user.get()));
        let member = member.map(|member| match event.name {
            EventName::MessageCreate | EventName::MessageUpdate | EventName::MessageDelete => {
                member.without_user()
            }
            _ => member.json(),
        });
        let additions = Additions { guild: self.id, member: member.as_deref() };
        let acted = event.routing.exclude_session.as_deref().and_then(|id| self.slot_of(event, id));
        let nothing = Bitmap::default();
        let base = self.base(event);
        let set = |id: u64, pick: fn(&crate::core::audience::Channel) -> &Bitmap| {
            self.audience.channel(id).map_or(&nothing, pick)
        };
        let base = match base {
            Base::Everyone => &self.audience.everyone,
            Base::Viewers(id) => set(id, |channel| &channel.viewers),
            Base::Readers(id) => set(id, |channel| &channel.readers),
            Base::Managers(id) => set(id, |channel| &channel.managers),
        };
        let mut recipients: Vec<u32> = match passive::rule(event.name.as_str(), self.members.len()) {
            Passive::All => base.iter().collect(),
            Passive::None => base.and(&self.active).collect(),
            Passive::Typing => base.and(&self.typing).collect(),
            Passive::Mentioned => {
                let mentions = mentions(event);
                let mentioned = |slot: &u32| {
                    self.audience.user_of(*slot).is_some_and(|user| {
                        mentions.concern(user, self.audience.roles_of(user).unwrap_or_default())
                    })
                };
                let others = base.without(&self.active);
                if mentions == Mentions::default() {
                    base.and(&self.active).collect()
                } else {
                    base.and(&self.active).chain(others.filter(mentioned)).collect()
                }
            }
            Passive::Subject => {
                let subject = read::<UserGone>(event).map(|subject| subject.user.id.get());
                let own = subject.map_or(&[][..], |user| self.audience.slots_of(user));
                base.and(&self.active)
                    .chain(own.iter().copied().filter(|slot| !self.active.contains(*slot)))
                    .collect()
            }
        };
        if let Some(acted) = acted {
            recipients.retain(|&slot| slot != acted);
        }
        if event.name == EventName::GuildUpdate {
            let encoded = Arc::new(fanout::encode(event, Some(additions)));
            self.send_all(now, recipients, &encoded);
            self.availability_changed(now);
            return;
        }
        if recipients.is_empty() {
            return;
        }
        let encoded = Arc::new(fanout::encode(event, Some(additions)));
        metrics::counter!("gateway.channel.events.fanout").increment(recipients.len() as u64);
        self.send_all(now, recipients, &encoded);
    }

    /// An event about one member, as [`Passive::Subject`] has it.
    pub fn send_passively(&mut self, now: i64, event: &Arc<Event>, subject: u64) {
        let everyone = &self.audience.everyone;
        let recipients: Vec<u32> = match passive::rule(&event.name, self.members.len()) {
            Passive::All => everyone.iter().collect(),
            _ => {
                let own = self.audience.slots_of(subject).iter().copied();
                everyone.and(&self.active).chain(own.filter(|slot| !self.active.contains(*slot))).collect()
            }
        };
        self.send_all(now, recipients, event);
    }

    fn fan_out_then_close(&mut self, now: i64, event: &DomainEvent) {
        let additions = Additions { guild: self.id, member: None };
        let encoded = Arc::new(fanout::encode(event, Some(additions)));
        for slot in 0..self.slots.len() as u32 {
            if let Some(slot) = self.remove_slot(now, slot) {
                slot.session.dispatch(now, encoded.clone());
            }
        }
    }

    /// CHANNEL_UPDATE_BULK: each session gets the channels it can view; equal views share.
    fn bulk(&mut self, now: i64, event: &DomainEvent) {
        let Some(all) = read::<Channels>(event) else { return };
        let ids: Vec<u64> = all.channels.iter().map(|channel| channel.id.get()).collect();
        let everywhere = passive::rule(event.name.as_str(), self.members.len()) == Passive::All;
        let slots: Vec<u32> = if everywhere {
            self.audience.everyone.iter().collect()
        } else {
            self.audience.everyone.and(&self.active).collect()
        };
        let mut groups: HashMap<Vec<u64>, Vec<u32>> = HashMap::new();
        for slot in slots {
            let visible: Vec<u64> =
                ids.iter().copied().filter(|&id| self.audience.can_view(slot, id)).collect();
            if !visible.is_empty() {
                groups.entry(visible).or_default().push(slot);
            }
        }
        for (visible, slots) in groups {
            let channels: Vec<Arc<str>> = visible.iter().filter_map(|&id| self.channel_json(id)).collect();
            let body = format!(r#"{{"guild_id":"{}","channels":[{}]}}"#, self.id, channels.join(","));
            let encoded = Arc::new(Event::raw("CHANNEL_UPDATE_BULK", body.as_bytes()));
            self.send_all(now, slots, &encoded);
        }
    }

    /// The slot of the session that caused an event, by its wire id.
    fn slot_of(&self, event: &DomainEvent, id: &str) -> Option<u32> {
        let user = event.routing.member_id?;
        let slots = self.audience.slots_of(user.get()).iter().copied();
        slots
            .into_iter()
            .find(|&slot| self.slot(slot).is_some_and(|slot| slot.session.id_text().eq_ignore_ascii_case(id)))
    }
}

fn mentions(event: &DomainEvent) -> Mentions {
    let Some(mentions) = &event.routing.mentions else { return Mentions::default() };
    Mentions {
        everyone: mentions.everyone,
        users: mentions.users.iter().map(|id| id.get()).collect(),
        roles: mentions.roles.iter().map(|id| id.get()).collect(),
    }
}
