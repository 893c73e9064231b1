//! Who of a guild's connected sessions may receive what is said in each channel. Kept as sets
//! of session slots per channel and changed only when roles, overwrites, members or the owner
//! change, so that an event's audience is a look-up. Every change answers with the visibility
//! transitions it caused, which are told to the sessions before the change itself (§16.2).

use std::{collections::HashMap, sync::Arc};

use fluxer_domain::permissions::{in_channel, in_guild};
use fluxer_wire::{
    GuildId, Id, Permissions, UserId,
    channel::{Overwrite, OverwriteType},
};

use super::bitmap::Bitmap;

/// A session began or ceased to see a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    pub slot: u32,
    pub channel: u64,
    pub gained: bool,
}

/// The sets of one channel.
#[derive(Debug, Default)]
pub struct Channel {
    overwrites: Arc<[Overwrite]>,
    /// VIEW_CHANNEL.
    pub viewers: Bitmap,
    /// VIEW_CHANNEL and READ_MESSAGE_HISTORY.
    pub readers: Bitmap,
    /// MANAGE_CHANNELS: told about invites.
    pub managers: Bitmap,
}

#[derive(Debug)]
struct Attached {
    roles: Arc<[u64]>,
    slots: Vec<u32>,
}

/// See the module's description.
#[derive(Debug)]
pub struct Audience {
    guild: u64,
    owner: u64,
    roles: HashMap<u64, Permissions>,
    channels: HashMap<u64, Channel>,
    users: HashMap<u64, Attached>,
    slots: HashMap<u32, u64>,
    /// Every attached session.
    pub everyone: Bitmap,
}

impl Audience {
    pub fn new(guild: u64, owner: u64, roles: impl IntoIterator<Item = (u64, Permissions)>) -> Self {
        Self {
            guild,
            owner,
            roles: roles.into_iter().collect(),
            channels: HashMap::new(),
            users: HashMap::new(),
            slots: HashMap::new(),
            everyone: Bitmap::default(),
        }
    }

    pub const fn guild(&self) -> u64 {
        self.guild
    }
    pub fn channel(&self, id: u64) -> Option<&Channel> {
        self.channels.get(&id)
    }
    pub fn can_view(&self, slot: u32, channel: u64) -> bool {
        self.channels.get(&channel).is_some_and(|channel| channel.viewers.contains(slot))
    }
    /// Whether two attached or absent members share a channel both can view is asked of
    /// [`Audience::permissions`]; this is a connected user's slots.
    pub fn slots_of(&self, user: u64) -> &[u32] {
        self.users.get(&user).map_or(&[], |user| &user.slots)
    }
    pub fn user_of(&self, slot: u32) -> Option<u64> {
        self.slots.get(&slot).copied()
    }
    pub fn is_connected(&self, user: u64) -> bool {
        self.users.contains_key(&user)
    }
    pub fn roles_of(&self, user: u64) -> Option<&[u64]> {
        self.users.get(&user).map(|user| &*user.roles)
    }

    /// Guild-level permissions of a member with `roles`.
    pub fn base(&self, user: u64, roles: &[u64]) -> Permissions {
        in_guild(
            GuildId::new(self.guild),
            UserId::new(self.owner),
            UserId::new(user),
            Some(roles.iter().map(|&id| Id::new(id))),
            |id| self.roles.get(&id.get()).copied(),
        )
    }
    /// Permissions of any member, connected or not, in a channel.
    pub fn permissions(&self, user: u64, roles: &[u64], channel: u64) -> Permissions {
        let base = self.base(user, roles);
        match self.channels.get(&channel) {
            Some(channel) => channel.permissions(base, self.guild, user, roles),
            None => base,
        }
    }
    pub fn overwrites(&self, channel: u64) -> Option<&Arc<[Overwrite]>> {
        self.channels.get(&channel).map(|channel| &channel.overwrites)
    }

    /// Adds a session of a member. What it sees is in the snapshot it gets, so no transitions.
    pub fn attach(&mut self, slot: u32, user: u64, roles: &[u64]) {
        self.everyone.set(slot, true);
        self.slots.insert(slot, user);
        let attached =
            self.users.entry(user).or_insert_with(|| Attached { roles: roles.into(), slots: Vec::new() });
        attached.slots.push(slot);
        let roles = attached.roles.clone();
        let base = self.base(user, &roles);
        for channel in self.channels.values_mut() {
            let has = channel.permissions(base, self.guild, user, &roles);
            channel.apply(slot, has);
        }
    }

    pub fn detach(&mut self, slot: u32) {
        self.everyone.set(slot, false);
        for channel in self.channels.values_mut() {
            channel.apply(slot, Permissions::NONE);
        }
        let Some(user) = self.slots.remove(&slot) else { return };
        if let Some(attached) = self.users.get_mut(&user) {
            attached.slots.retain(|&other| other != slot);
            if attached.slots.is_empty() {
                self.users.remove(&user);
            }
        }
    }

    pub fn set_member_roles(&mut self, user: u64, roles: &[u64]) -> Vec<Transition> {
        let Some(attached) = self.users.get_mut(&user) else { return Vec::new() };
        if *attached.roles == *roles {
            return Vec::new();
        }
        attached.roles = roles.into();
        self.recompute(|id, _| id == user)
    }

    /// Creates or changes a role; `None` removes it, also from overwrites and members.
    pub fn set_role(&mut self, role: u64, bits: Option<Permissions>) -> Vec<Transition> {
        let before = self.roles.get(&role).copied();
        if before == bits && bits.is_some() {
            return Vec::new();
        }
        let (guild, mut cleaned) = (self.guild, false);
        match bits {
            Some(bits) => {
                self.roles.insert(role, bits);
            }
            None => {
                self.roles.remove(&role);
                for channel in self.channels.values_mut() {
                    let of_role =
                        |entry: &&Overwrite| entry.kind == OverwriteType::Role && entry.id.get() == role;
                    if channel.overwrites.iter().any(|entry| of_role(&entry)) {
                        let kept = channel.overwrites.iter().filter(|entry| !of_role(entry));
                        channel.overwrites = kept.copied().collect();
                        cleaned = true;
                    }
                }
            }
        }
        // An absent role gives nobody anything, so only a bit that matters here can change a set.
        let matters = Permissions::VIEW_CHANNEL
            | Permissions::READ_MESSAGE_HISTORY
            | Permissions::MANAGE_CHANNELS
            | Permissions::ADMINISTRATOR;
        let changed = before.unwrap_or_default().bits() ^ bits.unwrap_or_default().bits();
        let transitions = if cleaned || changed & matters.bits() != 0 {
            self.recompute(|_, roles| role == guild || roles.contains(&role))
        } else {
            Vec::new()
        };
        if bits.is_none() {
            for attached in self.users.values_mut().filter(|attached| attached.roles.contains(&role)) {
                attached.roles = attached.roles.iter().copied().filter(|&id| id != role).collect();
            }
        }
        transitions
    }

    pub fn set_owner(&mut self, owner: u64) -> Vec<Transition> {
        let before = std::mem::replace(&mut self.owner, owner);
        if before == owner {
            return Vec::new();
        }
        self.recompute(|user, _| user == before || user == owner)
    }

    /// Creates a channel or changes its overwrites. A new channel is announced by the event
    /// that created it, so only a change yields transitions.
    pub fn set_channel(&mut self, id: u64, overwrites: Vec<Overwrite>) -> Vec<Transition> {
        let fresh = !self.channels.contains_key(&id);
        let mut channel = self.channels.remove(&id).unwrap_or_default();
        let mut out = Vec::new();
        if fresh || *channel.overwrites != *overwrites {
            channel.overwrites = overwrites.into();
            for (&user, attached) in &self.users {
                let base = self.base(user, &attached.roles);
                let has = channel.permissions(base, self.guild, user, &attached.roles);
                for &slot in &attached.slots {
                    if channel.apply(slot, has) && !fresh {
                        out.push(Transition {
                            slot,
                            channel: id,
                            gained: has.contains(Permissions::VIEW_CHANNEL),
                        });
                    }
                }
            }
        }
        self.channels.insert(id, channel);
        out
    }

    pub fn remove_channel(&mut self, id: u64) {
        self.channels.remove(&id);
    }

    fn recompute(&mut self, affected: impl Fn(u64, &[u64]) -> bool) -> Vec<Transition> {
        let mut out = Vec::new();
        let users: Vec<(u64, Arc<[u64]>, Vec<u32>)> = self
            .users
            .iter()
            .filter(|(user, attached)| affected(**user, &attached.roles))
            .map(|(&user, attached)| (user, attached.roles.clone(), attached.slots.clone()))
            .collect();
        for (user, roles, slots) in users {
            let base = self.base(user, &roles);
            for (&id, channel) in &mut self.channels {
                let has = channel.permissions(base, self.guild, user, &roles);
                for &slot in &slots {
                    if channel.apply(slot, has) {
                        let gained = has.contains(Permissions::VIEW_CHANNEL);
                        out.push(Transition { slot, channel: id, gained });
                    }
                }
            }
        }
        out
    }
}

impl Channel {
    fn permissions(&self, base: Permissions, guild: u64, user: u64, roles: &[u64]) -> Permissions {
        let has_role = |id: fluxer_wire::AnyId| roles.contains(&id.get());
        in_channel(base, GuildId::new(guild), UserId::new(user), has_role, &self.overwrites)
    }
    /// Sets a slot's memberships; says whether its view changed.
    fn apply(&mut self, slot: u32, has: Permissions) -> bool {
        let view = has.contains(Permissions::VIEW_CHANNEL);
        self.readers.set(slot, view && has.contains(Permissions::READ_MESSAGE_HISTORY));
        self.managers.set(slot, has.contains(Permissions::MANAGE_CHANNELS));
        self.viewers.set(slot, view)
    }
}

#[cfg(test)]
#[path = "audience_tests.rs"]
mod tests;
