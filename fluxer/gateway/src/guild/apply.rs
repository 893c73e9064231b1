//! The pipeline of a guild's events (§16): apply to the model, tell visibility changes, then
//! deliver the event itself (`deliver`).

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
use crate::core::{audience::Transition, event::Event};

#[derive(Deserialize)]
pub(super) struct Ids {
    pub id: Option<AnyId>,
    pub channel_id: Option<ChannelId>,
    pub message_id: Option<MessageId>,
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
pub(super) struct Channels {
    pub channels: Vec<WireChannel>,
}
#[derive(Deserialize)]
pub(super) struct UserGone {
    pub user: UserRef,
}
#[derive(Deserialize)]
pub(super) struct UserRef {
    pub id: UserId,
}
#[derive(Deserialize)]
struct Pins {
    last_pin_timestamp: Option<Timestamp>,
}

pub(super) fn read<'a, T: Deserialize<'a>>(event: &'a DomainEvent) -> Option<T> {
    let result = serde_json::from_slice(&event.body);
    if let Err(error) = &result {
        tracing::error!(event = event.name.as_str(), %error, "An event's body is not what it should be.");
    }
    result.ok()
}

impl Guild {
    pub fn event(&mut self, now: i64, event: &DomainEvent) {
        use EventName as N;
        metrics::counter!("gateway.guild.events.dispatched").increment(1);
        if let Some(meanwhile) = &mut self.reloading {
            meanwhile.push(event.clone());
        }
        if self.is_unavailable() && event.name != N::GuildUpdate && event.name != N::GuildDelete {
            // Applied, so that the guild is right when it returns, and told to nobody.
            self.apply(event);
            if event.name == N::GuildMemberRemove
                && let Some(gone) = read::<UserGone>(event)
            {
                self.leave(now, gone.user.id.get());
            }
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
                // Somebody banned hears of it like the others; who just leaves is out already.
                let user = read::<UserGone>(event).map_or(0, |gone| gone.user.id.get());
                let banned = self.banned.remove(&user);
                if !banned {
                    self.leave(now, user);
                }
                self.fan_out(now, event);
                self.leave(now, user);
                self.apply(event);
            }
            N::GuildBanAdd => {
                self.banned.extend(read::<UserGone>(event).map(|banned| banned.user.id.get()));
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
        for event in self.reloading.take().unwrap_or_default() {
            transitions.extend(self.apply(&event));
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
}
