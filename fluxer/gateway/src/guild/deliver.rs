//! Who gets an event of a guild, and in what form (§16.1): recipients are a look-up in sets
//! kept up to date elsewhere, the body is completed and encoded once.

use std::{collections::HashMap, sync::Arc};

use fluxer_domain::events::{Event as DomainEvent, EventName};

use super::{
    apply::{Channels, Ids, UserGone, read},
    model::Guild,
};
use crate::{
    core::{
        bitmap::Bitmap,
        event::Event,
        passive::{self, Mentions, Passive},
    },
    fanout::{self, Additions},
};

/// Whose set an event goes to.
enum Base {
    Everyone,
    Viewers(u64),
    Readers(u64),
    Managers(u64),
}

impl Guild {
    pub(super) fn channel_of(&self, event: &DomainEvent) -> Option<u64> {
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

    pub(super) fn fan_out(&mut self, now: i64, event: &DomainEvent) {
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

    pub(super) fn fan_out_then_close(&mut self, now: i64, event: &DomainEvent) {
        let additions = Additions { guild: self.id, member: None };
        let encoded = Arc::new(fanout::encode(event, Some(additions)));
        for slot in 0..self.slots.len() as u32 {
            if let Some(slot) = self.remove_slot(now, slot) {
                slot.session.dispatch(now, encoded.clone());
            }
        }
    }

    /// CHANNEL_UPDATE_BULK: each session gets the channels it can view; equal views share.
    pub(super) fn bulk(&mut self, now: i64, event: &DomainEvent) {
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
