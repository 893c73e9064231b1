use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const GUILD: u64 = 1;

/// What the audience should be, computed from scratch each time.
#[derive(Debug, Clone, Default)]
struct Model {
    owner: u64,
    roles: BTreeMap<u64, u64>,
    channels: BTreeMap<u64, Vec<Overwrite>>,
    slots: BTreeMap<u32, u64>,
    members: BTreeMap<u64, Vec<u64>>,
}

impl Model {
    fn permissions(&self, user: u64, channel: u64) -> Permissions {
        let roles = &self.members[&user];
        let base = in_guild(
            GuildId::new(GUILD),
            UserId::new(self.owner),
            UserId::new(user),
            Some(roles.iter().map(|&id| Id::new(id))),
            |id| self.roles.get(&id.get()).map(|&bits| Permissions::from_bits(bits)),
        );
        let has = |id: fluxer_wire::AnyId| roles.contains(&id.get());
        in_channel(base, GuildId::new(GUILD), UserId::new(user), has, &self.channels[&channel])
    }
    fn views(&self) -> Vec<(u32, u64)> {
        let pairs =
            self.slots.iter().flat_map(|(&slot, &user)| self.channels.keys().map(move |&c| (slot, user, c)));
        pairs
            .filter(|&(_, user, channel)| self.permissions(user, channel).contains(Permissions::VIEW_CHANNEL))
            .map(|(slot, _, channel)| (slot, channel))
            .collect()
    }
}

#[derive(Debug, Clone)]
enum Step {
    Attach(u32, u64),
    Detach(u32),
    MemberRoles(u64, Vec<u64>),
    Role(u64, Option<u64>),
    Owner(u64),
    Channel(u64, Vec<Overwrite>),
    RemoveChannel(u64),
}

fn bits() -> impl Strategy<Value = u64> {
    let chosen = [
        Permissions::VIEW_CHANNEL,
        Permissions::READ_MESSAGE_HISTORY,
        Permissions::MANAGE_CHANNELS,
        Permissions::ADMINISTRATOR,
        Permissions::SPEAK,
    ];
    // Administrators hide every other rule, so they are made rare.
    (0u64..32, 0u8..8).prop_map(move |(mask, rare)| {
        let all = (0..5).filter(|bit| mask >> bit & 1 == 1 && (*bit != 3 || rare == 0));
        all.map(|bit| chosen[bit as usize].bits()).fold(0, |a, b| a | b)
    })
}

fn overwrites() -> impl Strategy<Value = Vec<Overwrite>> {
    let one = (any::<bool>(), 0u64..4, bits(), bits()).prop_map(|(member, which, allow, deny)| Overwrite {
        id: Id::new(if member { 100 + which } else { [GUILD, 10, 11, 12][which as usize] }),
        kind: if member { OverwriteType::Member } else { OverwriteType::Role },
        allow: Permissions::from_bits(allow),
        deny: Permissions::from_bits(deny),
    });
    prop::collection::vec(one, 0..4).prop_map(|mut all| {
        all.sort_by_key(|entry| (entry.kind == OverwriteType::Member, entry.id));
        all.dedup_by_key(|entry| (entry.kind == OverwriteType::Member, entry.id));
        all
    })
}

fn step() -> impl Strategy<Value = Step> {
    let user = 100u64..104;
    let role = prop_oneof![Just(GUILD), Just(10u64), Just(11), Just(12)];
    prop_oneof![
        (0u32..6, user.clone()).prop_map(|(slot, user)| Step::Attach(slot, user)),
        (0u32..6).prop_map(Step::Detach),
        (user.clone(), prop::sample::subsequence(vec![10u64, 11, 12], 0..=3))
            .prop_map(|(user, roles)| Step::MemberRoles(user, roles)),
        (role, prop::option::weighted(0.8, bits())).prop_map(|(role, bits)| Step::Role(role, bits)),
        user.prop_map(Step::Owner),
        (1000u64..1004, overwrites()).prop_map(|(channel, all)| Step::Channel(channel, all)),
        (1000u64..1004).prop_map(Step::RemoveChannel),
    ]
}

proptest! {
    /// After any history the sets are those computed from scratch, and the transitions are
    /// exactly the differences in view of sessions and channels that were there before.
    #[test]
    fn is_what_a_full_computation_gives(steps in prop::collection::vec(step(), 1..60)) {
        let mut audience = Audience::new(GUILD, 100, [(GUILD, Permissions::VIEW_CHANNEL)]);
        let mut model = Model { owner: 100, ..Model::default() };
        model.roles.insert(GUILD, Permissions::VIEW_CHANNEL.bits());
        model.members = (100..104).map(|user| (user, Vec::new())).collect();
        for step in steps {
            let before = model.clone();
            let mut got = match step {
                Step::Attach(slot, user) => {
                    if model.slots.contains_key(&slot) { continue }
                    model.slots.insert(slot, user);
                    audience.attach(slot, user, &model.members[&user]);
                    Vec::new()
                }
                Step::Detach(slot) => {
                    model.slots.remove(&slot);
                    audience.detach(slot);
                    Vec::new()
                }
                Step::MemberRoles(user, roles) => {
                    model.members.insert(user, roles.clone());
                    audience.set_member_roles(user, &roles)
                }
                Step::Role(role, bits) => {
                    match bits {
                        Some(bits) => { model.roles.insert(role, bits); }
                        None => {
                            model.roles.remove(&role);
                            for roles in model.members.values_mut() { roles.retain(|id| *id != role) }
                            for all in model.channels.values_mut() {
                                all.retain(|entry| entry.kind == OverwriteType::Member || entry.id.get() != role);
                            }
                        }
                    }
                    audience.set_role(role, bits.map(Permissions::from_bits))
                }
                Step::Owner(user) => { model.owner = user; audience.set_owner(user) }
                Step::Channel(channel, all) => {
                    model.channels.insert(channel, all.clone());
                    audience.set_channel(channel, all)
                }
                Step::RemoveChannel(channel) => {
                    model.channels.remove(&channel);
                    audience.remove_channel(channel);
                    Vec::new()
                }
            };
            let (was, is) = (before.views(), model.views());
            let known = |slot: &u32, channel: &u64| before.slots.contains_key(slot) && model.slots.contains_key(slot)
                && before.channels.contains_key(channel) && model.channels.contains_key(channel);
            let mut expected: Vec<Transition> = Vec::new();
            for &(slot, channel) in was.iter().filter(|pair| !is.contains(pair)) {
                if known(&slot, &channel) { expected.push(Transition { slot, channel, gained: false }) }
            }
            for &(slot, channel) in is.iter().filter(|pair| !was.contains(pair)) {
                if known(&slot, &channel) { expected.push(Transition { slot, channel, gained: true }) }
            }
            got.sort();
            expected.sort();
            prop_assert_eq!(got, expected);
            for &channel in model.channels.keys() {
                let sets = audience.channel(channel).unwrap();
                for (&slot, &user) in &model.slots {
                    let has = model.permissions(user, channel);
                    prop_assert_eq!(audience.permissions(user, &model.members[&user], channel), has);
                    let view = has.contains(Permissions::VIEW_CHANNEL);
                    prop_assert_eq!(sets.viewers.contains(slot), view);
                    prop_assert_eq!(sets.readers.contains(slot), view && has.contains(Permissions::READ_MESSAGE_HISTORY));
                    prop_assert_eq!(sets.managers.contains(slot), has.contains(Permissions::MANAGE_CHANNELS));
                }
                prop_assert!(sets.viewers.iter().all(|slot| model.slots.contains_key(&slot)));
            }
        }
    }
}
