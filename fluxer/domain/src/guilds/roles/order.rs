//! The arithmetic of role positions: pure.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use fluxer_wire::RoleId;

use crate::rows::RoleRow;

/// Highest first; between equals by id as text.
pub fn by_height(a: &RoleRow, b: &RoleRow) -> Ordering {
    b.position.cmp(&a.position).then_with(|| a.role_id.to_string().cmp(&b.role_id.to_string()))
}

/// The order of `current` (highest first) after `wanted` positions were given to some; equal
/// positions keep their order.
pub fn arrange(current: &[RoleRow], wanted: &BTreeMap<RoleId, i32>) -> Vec<RoleRow> {
    let mut target = current.to_vec();
    target.sort_by_key(|role| Reverse(wanted.get(&role.role_id).copied().unwrap_or(role.position)));
    target
}

/// Whether every role that is `fixed` kept its place.
pub fn keeps(current: &[RoleRow], target: &[RoleRow], fixed: impl Fn(&RoleRow) -> bool) -> bool {
    current
        .iter()
        .zip(target)
        .all(|(before, after)| before.role_id == after.role_id || (!fixed(before) && !fixed(after)))
}

/// The roles of `target` whose position is to be another one: n, n−1, …, 1 down the list.
pub fn renumber(target: Vec<RoleRow>) -> Vec<RoleRow> {
    let count = target.len() as i32;
    let numbered = target.into_iter().zip((1..=count).rev());
    numbered
        .filter(|(role, position)| role.position != *position)
        .map(|(role, position)| RoleRow { position, ..role })
        .collect()
}

#[cfg(test)]
mod tests {
    use fluxer_wire::GuildId;

    use super::*;

    fn role(id: u64, position: i32) -> RoleRow {
        RoleRow {
            guild_id: GuildId::new(1),
            role_id: RoleId::new(id),
            name: String::new(),
            permissions: 0,
            position,
            hoist_position: None,
            color: 0,
            hoist: false,
            mentionable: false,
            icon_hash: None,
            unicode_emoji: None,
            version: 0,
        }
    }

    fn ids(roles: &[RoleRow]) -> Vec<u64> {
        roles.iter().map(|role| role.role_id.get()).collect()
    }

    #[test]
    fn new_roles_share_a_position_until_moved() {
        let mut current = vec![role(10, 1), role(11, 1), role(12, 1)];
        current.sort_by(by_height);
        assert_eq!(ids(&current), [10, 11, 12]);
        let target = arrange(&current, &BTreeMap::from([(RoleId::new(12), 3)]));
        assert_eq!(ids(&target), [12, 10, 11]);
        let changed = renumber(target);
        let positions: Vec<_> = changed.iter().map(|role| (role.role_id.get(), role.position)).collect();
        assert_eq!(positions, [(12, 3), (10, 2)]);
    }

    #[test]
    fn fixed_roles_keep_their_places() {
        let current = vec![role(3, 3), role(2, 2), role(1, 1)];
        let swap = arrange(&current, &BTreeMap::from([(RoleId::new(1), 2), (RoleId::new(2), 1)]));
        assert!(keeps(&current, &swap, |role| role.role_id.get() == 3));
        assert!(!keeps(&current, &swap, |role| role.role_id.get() == 2));
    }
}
