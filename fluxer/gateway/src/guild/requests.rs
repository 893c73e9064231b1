//! What a session asks a guild for: subscriptions (op 14) and members (op 8).

use std::sync::Arc;

use fluxer_wire::Permissions;
use serde_json::{Value, json};

use super::model::Guild;
use crate::core::{
    command::{RequestMembers, Subscription},
    event::Event,
    member_list::fold,
};

const CHUNK: usize = 1000;
/// A limit of 0.
const ALL: usize = 100_000;

impl Guild {
    /// Op 14, in the order active, sync, lists, members, typing.
    pub fn subscribe(&mut self, now: i64, slot: u32, wish: Subscription) {
        if self.slot(slot).is_none_or(|target| target.shut_out) {
            return;
        }
        let mut sync = wish.sync;
        let journal = self.journal.now();
        if let Some(target) = self.slot_mut(slot) {
            match wish.active {
                Some(true) => {
                    target.active = true;
                    sync = true;
                }
                Some(false) if !target.session.bot => {
                    target.active = false;
                    target.synced = false;
                    target.digest = journal;
                }
                _ => {}
            }
            sync &= !target.synced;
            target.synced |= sync;
            target.typing = wish.typing.or(target.typing);
        }
        self.mark(slot);
        if sync {
            let event = self.state_event("GUILD_SYNC", slot);
            self.send(now, slot, &event);
        }
        for (channel, ranges) in wish.lists {
            self.subscribe_list(now, slot, channel, ranges);
        }
        if let Some(users) = wish.members {
            self.watch(now, slot, users);
        }
    }

    /// Replaces the users whose presence the session is told of.
    fn watch(&mut self, now: i64, slot: u32, users: Vec<u64>) {
        const MOST: usize = 1000;
        let own = self.audience.user_of(slot);
        let mut wanted: Vec<u64> = users.into_iter().filter(|user| Some(*user) != own).take(MOST).collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted.retain(|user| self.members.contains_key(user) && self.share_a_channel(slot, *user));
        let before = match self.slot_mut(slot) {
            Some(target) => std::mem::replace(&mut target.watched, wanted.clone()),
            None => return,
        };
        for &user in before.iter().filter(|user| wanted.binary_search(user).is_err()) {
            self.unwatch(slot, user);
        }
        for &user in &wanted {
            if self.watchers.entry(user).or_default().set(slot, true)
                && let Some(shared) = self.online.get(&user)
            {
                let event = shared.seen().event(Some(self.id));
                self.send(now, slot, &event);
            }
        }
    }

    /// Op 8. What may not be asked is answered with silence.
    pub fn request_members(&mut self, now: i64, slot: u32, request: &RequestMembers) {
        let Some(user) = self.audience.user_of(slot) else { return };
        let found: Vec<u64> = if !request.users.is_empty() {
            request.users.iter().copied().filter(|user| self.members.contains_key(user)).collect()
        } else {
            if request.query.is_empty() && request.limit == 0 {
                let all = Permissions::MANAGE_ROLES | Permissions::KICK_MEMBERS | Permissions::BAN_MEMBERS;
                if !self.audience.base(user, &self.role_ids(user)).contains(all) {
                    return;
                }
            }
            let limit = if request.limit == 0 { ALL } else { request.limit };
            let prefix = fold(&request.query);
            let from = self.names.range((prefix.clone(), 0)..);
            from.take_while(|(name, _)| name.starts_with(&*prefix))
                .map(|(_, user)| *user)
                .take(limit)
                .collect()
        };
        let count = found.len().div_ceil(CHUNK).max(1);
        for index in 0..count {
            let chunk = &found[(index * CHUNK).min(found.len())..((index + 1) * CHUNK).min(found.len())];
            let event = self.chunk(request, chunk, index, count);
            self.send(now, slot, &event);
        }
    }

    fn chunk(&self, request: &RequestMembers, users: &[u64], index: usize, count: usize) -> Arc<Event> {
        let members: Vec<_> =
            users.iter().filter_map(|user| self.members.get(user)).map(|m| &m.wire).collect();
        let mut body = json!({
            "guild_id": self.id.to_string(), "members": members, "chunk_index": index, "chunk_count": count,
        });
        if request.presences {
            let seen = users.iter().filter_map(|user| self.online.get(user)).map(|shared| shared.seen());
            let presences: Vec<Value> =
                seen.filter_map(|seen| serde_json::to_value(seen.body(None)).ok()).collect();
            if !presences.is_empty() {
                body["presences"] = presences.into();
            }
        }
        if let Some(nonce) = &request.nonce {
            body["nonce"] = nonce.as_str().into();
        }
        Event::new("GUILD_MEMBERS_CHUNK", &body)
    }
}
