//! The permission computation: any set of roles and overwrites, compared with the rules as they are written.
//!
//! The bytes become a guild of up to eight roles, a member of some of them, and a channel with up to eight
//! overwrites. The domain's functions, the gateway's audience and a plain model must agree.

use fluxer_domain::permissions::{in_channel, in_guild};
use fluxer_gateway::core::audience::Audience;
use fluxer_wire::{
    AnyId, GuildId, Permissions, RoleId, UserId,
    channel::{Overwrite, OverwriteType},
};

const GUILD: u64 = 100;
const MEMBER: u64 = 7;
const CHANNEL: u64 = 500;

/// Takes numbers off the front of the input; zeros when it is used up.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }
    fn bits(&mut self) -> u64 {
        (0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte())) & Permissions::ALL.bits()
    }
}

/// Whether the channel's overwrites changed anything.
pub fn run(data: &[u8]) -> bool {
    let mut input = Input(data);
    let owner = if input.byte() & 3 == 0 { MEMBER } else { 8 };
    let is_member = input.byte() & 7 != 0;
    let roles: Vec<(u64, u64)> =
        (0..input.byte() % 9).map(|i| (GUILD + u64::from(i), input.bits())).collect(); // the first is @everyone
    let worn = input.byte();
    let mine: Vec<u64> = roles
        .iter()
        .skip(1)
        .enumerate()
        .filter(|(i, _)| worn >> i & 1 == 1)
        .map(|(_, role)| role.0)
        .collect();
    // Targets: @everyone and roles, roles that are gone, this member, other members.
    let overwrites: Vec<Rule> = (0..input.byte() % 9)
        .map(|_| {
            let kind = input.byte();
            let id =
                if kind & 1 == 1 { 6 + u64::from(kind >> 1) % 3 } else { GUILD + u64::from(kind >> 1) % 12 };
            (kind & 1 == 1, id, input.bits(), input.bits())
        })
        .fold(Vec::new(), |mut all: Vec<Rule>, one| {
            if all.iter().all(|known| (known.0, known.1) != (one.0, one.1)) {
                all.push(one); // one overwrite a target
            }
            all
        });

    let guild = GuildId::new(GUILD);
    let user = UserId::new(MEMBER);
    let look_up = |role: RoleId| {
        roles.iter().find(|known| known.0 == role.get()).map(|known| Permissions::from_bits(known.1))
    };
    let worn_ids = is_member.then(|| mine.iter().map(|role| RoleId::new(*role)));
    let base = in_guild(guild, UserId::new(owner), user, worn_ids, look_up);
    let model = base_model(owner == MEMBER, is_member, &roles, &mine);
    assert_eq!(base.bits(), model, "guild level");

    let typed: Vec<Overwrite> = overwrites
        .iter()
        .map(|(member, id, allow, deny)| Overwrite {
            id: AnyId::new(*id),
            kind: if *member { OverwriteType::Member } else { OverwriteType::Role },
            allow: Permissions::from_bits(*allow),
            deny: Permissions::from_bits(*deny),
        })
        .collect();
    let has = |id: AnyId| mine.contains(&id.get());
    let channel = in_channel(base, guild, user, has, &typed);
    assert_eq!(channel.bits(), channel_model(model, &mine, &overwrites), "channel level");
    assert!(channel == Permissions::EVERYTHING || Permissions::ALL.contains(channel), "undefined bits");

    let mut turned = typed.clone();
    turned.reverse();
    assert_eq!(channel, in_channel(base, guild, user, has, &turned), "the order of overwrites matters");

    if is_member {
        let bits = roles.iter().map(|role| (role.0, Permissions::from_bits(role.1)));
        let mut audience = Audience::new(GUILD, owner, bits);
        audience.set_channel(CHANNEL, typed);
        audience.attach(1, MEMBER, &mine);
        assert_eq!(audience.permissions(MEMBER, &mine, CHANNEL), channel, "the gateway disagrees");
        assert_eq!(audience.can_view(1, CHANNEL), channel.contains(Permissions::VIEW_CHANNEL));
    }
    channel != base
}

fn everything() -> u64 {
    Permissions::EVERYTHING.bits()
}

fn base_model(is_owner: bool, is_member: bool, roles: &[(u64, u64)], mine: &[u64]) -> u64 {
    if is_owner {
        return everything();
    }
    if !is_member {
        return 0;
    }
    let sum = roles
        .iter()
        .filter(|role| role.0 == GUILD || mine.contains(&role.0))
        .fold(0, |sum, role| sum | role.1);
    if sum & Permissions::ADMINISTRATOR.bits() != 0 { everything() } else { sum }
}

/// Whether for a member (else a role), whose, allowed, denied.
type Rule = (bool, u64, u64, u64);

fn channel_model(base: u64, mine: &[u64], overwrites: &[Rule]) -> u64 {
    if base & Permissions::ADMINISTRATOR.bits() != 0 {
        return everything();
    }
    let step = |bits: u64, wanted: &dyn Fn(&Rule) -> bool| {
        let chosen: Vec<_> = overwrites.iter().filter(|one| wanted(one)).collect();
        let deny = chosen.iter().fold(0, |sum, one| sum | one.3);
        let allow = chosen.iter().fold(0, |sum, one| sum | one.2);
        bits & !deny | allow
    };
    let bits = step(base, &|one| !one.0 && one.1 == GUILD);
    let bits = step(bits, &|one| !one.0 && mine.contains(&one.1));
    step(bits, &|one| one.0 && one.1 == MEMBER)
}
