//! Member lists of a guild (§11.1). Channels with the same view share one ordered list;
//! subscribers of a channel with the same ranges share one view and its encoded updates.
//! Changes are gathered for a moment, so a burst of them is one update.

use std::{collections::HashMap, sync::Arc};

use fluxer_domain::permissions::in_channel;
use fluxer_wire::{
    GuildId, Permissions, UserId,
    channel::{Overwrite, OverwriteType},
};
use serde_json::{Value, json};

use super::model::{Guild, Member};
use crate::core::{
    audience::Audience,
    bitmap::Bitmap,
    event::Event,
    member_list::{List, Row, View, diff::Op, order::Key, ranges::Range},
};

/// How long changes are gathered, milliseconds.
const GATHER_MS: i64 = 100;
/// `disabled_operations`: no member lists.
const LISTS_OFF: i32 = 64;

/// What decides who can view a channel: its overwrites as far as they touch VIEW_CHANNEL.
type Class = Vec<(bool, u64, bool)>;

fn class(overwrites: &[Overwrite]) -> Class {
    let view = Permissions::VIEW_CHANNEL;
    let mut class: Class = overwrites
        .iter()
        .filter(|entry| entry.allow.contains(view) || entry.deny.contains(view))
        .map(|entry| (entry.kind == OverwriteType::Member, entry.id.get(), entry.allow.contains(view)))
        .collect();
    class.sort_unstable();
    class
}

struct Board {
    list: List,
    keys: HashMap<u64, Key>,
    overwrites: Arc<[Overwrite]>,
    dirty: bool,
}

struct Shown {
    view: View,
    slots: Bitmap,
}

struct Channel {
    class: Class,
    shown: Vec<Shown>,
}

/// See the module's description.
#[derive(Default)]
pub struct Lists {
    boards: HashMap<Class, Board>,
    channels: HashMap<u64, Channel>,
    due: Option<i64>,
    /// Set by changes; [`Guild::flush_lists`] turns it into a due time.
    changed: bool,
}

impl Board {
    fn key(&self, audience: &Audience, guild: u64, user: u64, member: &Member, online: bool) -> Option<Key> {
        let roles = member.role_ids();
        let base = audience.base(user, &roles);
        let has_role = |id: fluxer_wire::AnyId| roles.contains(&id.get());
        let (guild, id) = (GuildId::new(guild), UserId::new(user));
        let can = in_channel(base, guild, id, has_role, &self.overwrites);
        can.contains(Permissions::VIEW_CHANNEL).then(|| Key {
            group: self.list.group(&roles, online),
            name: member.name.clone(),
            user,
        })
    }
}

impl Lists {
    pub fn due(&self) -> Option<i64> {
        // Not yet timed: as soon as the worker looks.
        if self.changed && self.due.is_none() { Some(0) } else { self.due }
    }

    /// A member changed, came (or went: `None`).
    pub fn member_changed(&mut self, audience: &Audience, user: u64, member: Option<&Member>, online: bool) {
        for board in self.boards.values_mut() {
            let key = member.and_then(|member| board.key(audience, audience.guild(), user, member, online));
            let old = match &key {
                Some(key) => board.keys.insert(user, key.clone()),
                None => board.keys.remove(&user),
            };
            if old.is_none() && key.is_none() {
                continue;
            }
            if old != key {
                if let Some(old) = old {
                    board.list.remove(&old);
                }
                if let Some(key) = key {
                    board.list.insert(key);
                }
            }
            board.dirty = true;
            self.changed = true;
        }
    }

    pub fn unsubscribe(&mut self, channel: u64, slot: u32) {
        let Some(entry) = self.channels.get_mut(&channel) else { return };
        for shown in &mut entry.shown {
            shown.slots.set(slot, false);
        }
        entry.shown.retain(|shown| !shown.slots.is_empty());
        if entry.shown.is_empty() {
            self.drop_channel(channel);
        }
    }

    pub fn drop_channel(&mut self, channel: u64) {
        if let Some(entry) = self.channels.remove(&channel) {
            let used = self.channels.values().any(|other| other.class == entry.class);
            if !used {
                self.boards.remove(&entry.class);
            }
        }
    }
}

impl Guild {
    /// Hoisted roles from top to bottom; between equals the older one is higher.
    fn hoisted(&self) -> Vec<u64> {
        let mut hoisted: Vec<_> =
            self.roles.values().filter(|role| role.hoist && role.id.get() != self.id).collect();
        hoisted.sort_by_key(|role| (-role.hoist_position.unwrap_or(role.position), role.id));
        hoisted.into_iter().map(|role| role.id.get()).collect()
    }

    fn board(&self, overwrites: Arc<[Overwrite]>) -> Board {
        let mut board =
            Board { list: List::new(self.hoisted()), keys: HashMap::new(), overwrites, dirty: true };
        let keys = self.members.iter().filter_map(|(&user, member)| {
            board.key(&self.audience, self.id, user, member, self.online.contains_key(&user))
        });
        let keys: Vec<Key> = keys.collect();
        board.list = List::build(self.hoisted(), keys.clone());
        board.keys = keys.into_iter().map(|key| (key.user, key)).collect();
        board
    }

    /// Op 14's `member_list_channels`.
    pub fn subscribe_list(&mut self, now: i64, slot: u32, channel: u64, ranges: Vec<Range>) {
        let Some(target) = self.slot_mut(slot) else { return };
        if target.lists.get(&channel).map_or(ranges.is_empty(), |old| *old == ranges) {
            return;
        }
        if ranges.is_empty() {
            target.lists.remove(&channel);
            self.lists.unsubscribe(channel, slot);
            return;
        }
        if self.properties.disabled_operations & LISTS_OFF != 0 || !self.audience.can_view(slot, channel) {
            return;
        }
        if let Some(target) = self.slot_mut(slot) {
            target.lists.insert(channel, ranges.clone());
        }
        self.show_list(now, slot, channel, ranges);
    }

    /// Puts a subscriber into the view of its ranges and sends it what that shows.
    fn show_list(&mut self, now: i64, slot: u32, channel: u64, ranges: Vec<Range>) {
        self.lists.unsubscribe(channel, slot);
        // Whoever shares the view must not miss what the newcomer's SYNC already contains.
        self.settle_lists(now);
        let Some(overwrites) = self.audience.overwrites(channel).cloned() else { return };
        let class = class(&overwrites);
        if !self.lists.boards.contains_key(&class) {
            let board = self.board(overwrites);
            self.lists.boards.insert(class.clone(), board);
        }
        let members = &self.members;
        let revision = |user: u64| members.get(&user).map_or(0, |member| member.revision);
        let Some(board) = self.lists.boards.get(&class) else { return };
        let entry =
            self.lists.channels.entry(channel).or_insert_with(|| Channel { class, shown: Vec::new() });
        let shown = match entry.shown.iter().position(|shown| shown.view.ranges == ranges) {
            Some(index) => &mut entry.shown[index],
            None => {
                let view = View::new(ranges, &board.list, revision);
                entry.shown.push(Shown { view, slots: Bitmap::default() });
                entry.shown.last_mut().expect("just pushed")
            }
        };
        shown.slots.set(slot, true);
        let ops = shown.view.sync();
        let event = self.list_event(channel, &ops);
        if let Some(event) = event {
            self.send(now, slot, &event);
        }
    }

    /// Sends every view what changed in it.
    pub fn flush_lists(&mut self, now: i64) {
        if self.lists.due.is_none() && self.lists.changed {
            // The first look at a change starts the gathering.
            self.lists.due = Some(now + GATHER_MS);
            self.lists.changed = false;
            if !self.lists.boards.values().any(|board| board.dirty) {
                self.lists.due = None;
            }
            return;
        }
        if self.lists.due.is_none() {
            return;
        }
        self.lists.due = None;
        self.lists.changed = false;
        metrics::counter!("gateway.guild.member_list.broadcasts").increment(1);
        let mut updates: Vec<(u64, Vec<Op>, Vec<u32>)> = Vec::new();
        let members = &self.members;
        let revision = |user: u64| members.get(&user).map_or(0, |member| member.revision);
        for (&channel, entry) in &mut self.lists.channels {
            let Some(board) = self.lists.boards.get(&entry.class).filter(|board| board.dirty) else {
                continue;
            };
            for shown in &mut entry.shown {
                if let Some(ops) = shown.view.refresh(&board.list, revision) {
                    updates.push((channel, ops, shown.slots.iter().collect()));
                }
            }
        }
        for board in self.lists.boards.values_mut() {
            board.dirty = false;
        }
        if self.properties.disabled_operations & LISTS_OFF != 0 {
            return;
        }
        for (channel, ops, slots) in updates {
            if let Some(event) = self.list_event(channel, &ops) {
                self.send_all(now, slots, &event);
            }
        }
    }

    /// Brings views up to date now, whatever is still being gathered.
    fn settle_lists(&mut self, now: i64) {
        if self.lists.changed || self.lists.due.is_some() {
            self.lists.due = Some(now);
            self.flush_lists(now);
        }
    }

    /// Roles or many members changed: every list is made anew; the views find the difference.
    pub fn reloaded_lists(&mut self) {
        let classes: Vec<(Class, Arc<[Overwrite]>)> = self
            .lists
            .boards
            .iter()
            .map(|(class, board)| (class.clone(), board.overwrites.clone()))
            .collect();
        let channels: Vec<u64> = self.lists.channels.keys().copied().collect();
        for (class, overwrites) in classes {
            let board = self.board(overwrites);
            self.lists.boards.insert(class, board);
            self.lists.changed = true;
        }
        // A deleted role may have been part of what a list is known by.
        for channel in channels {
            self.list_channel_changed(channel);
        }
    }

    /// A channel's overwrites may have changed: its views go over to the list that fits.
    pub fn list_channel_changed(&mut self, channel: u64) {
        let Some(overwrites) = self.audience.overwrites(channel).cloned() else { return };
        let Some(entry) = self.lists.channels.get(&channel) else { return };
        let new = class(&overwrites);
        if entry.class == new {
            return;
        }
        let old = entry.class.clone();
        match self.lists.boards.get_mut(&new) {
            Some(board) => board.dirty = true,
            None => {
                let board = self.board(overwrites);
                self.lists.boards.insert(new.clone(), board);
            }
        }
        if let Some(entry) = self.lists.channels.get_mut(&channel) {
            entry.class = new;
        }
        if !self.lists.channels.values().any(|other| other.class == old) {
            self.lists.boards.remove(&old);
        }
        self.lists.changed = true;
    }

    /// A session gained or lost sight of a channel whose list it may hold.
    pub fn list_view_changed(&mut self, now: i64, slot: u32, channel: u64, gained: bool) {
        let Some(ranges) = self.slot(slot).and_then(|slot| slot.lists.get(&channel)).cloned() else { return };
        if gained {
            self.show_list(now, slot, channel, ranges);
        } else {
            self.lists.unsubscribe(channel, slot);
        }
    }

    fn list_event(&self, channel: u64, ops: &[Op]) -> Option<Arc<Event>> {
        let entry = self.lists.channels.get(&channel)?;
        let board = self.lists.boards.get(&entry.class)?;
        let groups: Vec<Value> = board
            .list
            .groups()
            .map(|(group, count)| json!({"id": group.to_string(), "count": count}))
            .collect();
        let ops: Vec<Value> = ops.iter().map(|op| self.op(op)).collect();
        Some(Event::new(
            "GUILD_MEMBER_LIST_UPDATE",
            &json!({
                "guild_id": self.id.to_string(),
                "id": channel.to_string(),
                "channel_id": channel.to_string(),
                "member_count": board.list.member_count(),
                "online_count": board.list.online_count(),
                "groups": groups,
                "ops": ops,
            }),
        ))
    }

    fn op(&self, op: &Op) -> Value {
        match op {
            Op::Sync { range, rows } => {
                let items: Vec<Value> = rows.iter().map(|row| self.item(row)).collect();
                json!({"op": "SYNC", "range": [range.start, range.end], "items": items})
            }
            Op::Insert { index, row } => json!({"op": "INSERT", "index": index, "item": self.item(row)}),
            Op::Update { index, row } => json!({"op": "UPDATE", "index": index, "item": self.item(row)}),
            Op::Delete { index } => json!({"op": "DELETE", "index": index}),
        }
    }

    fn item(&self, row: &Row) -> Value {
        match row {
            Row::Header { group, count } => json!({"group": {"id": group.to_string(), "count": count}}),
            Row::Member { user, .. } => {
                let mut member = self
                    .members
                    .get(user)
                    .and_then(|member| serde_json::to_value(&member.wire).ok())
                    .unwrap_or_default();
                let presence = match self.online.get(user) {
                    Some(shared) => serde_json::to_value(shared.seen().body(None)).unwrap_or_default(),
                    None => json!({
                        "status": "offline", "mobile": false, "afk": false, "custom_status": null,
                        "user": member.get("user"),
                    }),
                };
                if let Some(fields) = member.as_object_mut() {
                    fields.insert("presence".into(), presence);
                }
                json!({"member": member})
            }
        }
    }
}
