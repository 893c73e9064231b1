use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// A client that applies operations as the wire specification says.
#[derive(Debug, Default)]
struct Client(BTreeMap<usize, Row>);

impl Client {
    fn apply(&mut self, ops: &[Op], total: usize) {
        for op in ops {
            match op {
                Op::Sync { range, rows } => {
                    self.0.retain(|index, _| *index < range.start || *index > range.end);
                    self.0.extend(rows.iter().enumerate().map(|(index, row)| (range.start + index, *row)));
                }
                Op::Insert { index, row } => {
                    self.shift(*index, 1);
                    self.0.insert(*index, *row);
                }
                Op::Delete { index } => {
                    self.0.remove(index);
                    self.shift(*index, -1);
                }
                Op::Update { index, row } => {
                    self.0.insert(*index, *row);
                }
            }
        }
        self.0.retain(|index, _| *index < total);
    }
    fn shift(&mut self, from: usize, by: isize) {
        let moved: Vec<_> = self.0.split_off(&from).into_iter().collect();
        self.0.extend(moved.into_iter().map(|(index, row)| (index.saturating_add_signed(by), row)));
    }
    fn rows(&self, range: Range) -> Vec<Row> {
        self.0.range(range.start..=range.end).map(|(_, row)| *row).collect()
    }
}

#[derive(Debug, Clone, Default)]
struct Person {
    here: bool,
    online: bool,
    roles: Vec<u64>,
    name: String,
    revision: u32,
}

#[derive(Debug, Clone)]
enum Change {
    Toggle(u64),
    Online(u64),
    Roles(u64, Vec<u64>),
    Rename(u64, String),
    Touch(u64),
    Rehoist(Vec<u64>),
}

fn change() -> impl Strategy<Value = Change> {
    let user = 1u64..40;
    let roles = || prop::sample::subsequence(vec![100u64, 101, 102], 0..=3);
    prop_oneof![
        3 => user.clone().prop_map(Change::Toggle),
        4 => user.clone().prop_map(Change::Online),
        2 => (user.clone(), roles()).prop_map(|(user, roles)| Change::Roles(user, roles)),
        2 => (user.clone(), "[a-cA-C]{0,2}").prop_map(|(user, name)| Change::Rename(user, name)),
        2 => user.prop_map(Change::Touch),
        1 => roles().prop_shuffle().prop_map(Change::Rehoist),
    ]
}

fn ranges() -> impl Strategy<Value = Vec<Range>> {
    prop::collection::vec((0usize..30, 0usize..20), 1..4).prop_map(|pairs| {
        ranges::normalize(pairs.into_iter().map(|(start, len)| Range { start, end: start + len }).collect())
    })
}

fn key(list: &List, user: u64, person: &Person) -> Key {
    Key { group: list.group(&person.roles, person.online), name: fold(&person.name), user }
}

/// The list as the specification describes it, row by row.
fn expected(hoisted: &[u64], people: &BTreeMap<u64, Person>) -> Vec<Row> {
    let mut groups: Vec<Group> = hoisted.iter().copied().map(Group::Role).collect();
    groups.extend([Group::Online, Group::Offline]);
    let group_of = |person: &Person| match hoisted.iter().find(|role| person.roles.contains(role)) {
        _ if !person.online => Group::Offline,
        Some(&role) => Group::Role(role),
        None => Group::Online,
    };
    let mut rows = Vec::new();
    for group in groups {
        let mut members: Vec<_> =
            people.iter().filter(|(_, person)| person.here && group_of(person) == group).collect();
        members.sort_by_key(|(user, person)| (person.name.to_lowercase(), **user));
        if !members.is_empty() {
            rows.push(Row::Header { group, count: members.len() });
            rows.extend(members.iter().map(|(user, p)| Row::Member { user: **user, revision: p.revision }));
        }
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Whatever changes, a client that applied all operations has what a fresh SYNC gives.
    #[test]
    fn operations_reproduce_a_fresh_sync(
        steps in prop::collection::vec(prop::collection::vec(change(), 1..6), 1..12),
        ranges in ranges(),
    ) {
        let mut people: BTreeMap<u64, Person> = (1..40).map(|user| (user, Person::default())).collect();
        let mut hoisted = vec![100, 101];
        let mut list = List::new(hoisted.clone());
        let mut client = Client::default();
        let mut view = View::new(ranges.clone(), &list, |_| 0);
        client.apply(&view.sync(), 0);
        for step in steps {
            for change in step {
                match change {
                    Change::Rehoist(order) => {
                        hoisted = order;
                        let empty = List::new(hoisted.clone());
                        let all = people.iter().filter(|(_, p)| p.here).map(|(u, p)| key(&empty, *u, p)).collect();
                        list = List::build(hoisted.clone(), all);
                    }
                    Change::Toggle(user) | Change::Online(user) | Change::Roles(user, _)
                    | Change::Rename(user, _) | Change::Touch(user) => {
                        let person = people.get_mut(&user).unwrap();
                        let was = key(&list, user, person);
                        prop_assert_eq!(list.remove(&was), person.here);
                        person.revision += 1;
                        match change {
                            Change::Toggle(_) => person.here = !person.here,
                            Change::Online(_) => person.online = !person.online,
                            Change::Roles(_, roles) => person.roles = roles,
                            Change::Rename(_, name) => person.name = name,
                            _ => {}
                        }
                        if person.here {
                            let is = key(&list, user, person);
                            list.insert(is);
                        }
                    }
                }
            }
            let revision = |user: u64| people[&user].revision;
            let full = expected(&hoisted, &people);
            let all = Range { start: 0, end: 1000 };
            prop_assert_eq!(&list.rows(all, revision), &full);
            if let Some(ops) = view.refresh(&list, revision) {
                client.apply(&ops, full.len());
            }
            let total: usize = list.groups().map(|(_, count)| count + 1).sum();
            prop_assert_eq!(total, full.len());
            for &range in &ranges {
                let end = (range.end + 1).min(full.len());
                let wanted = full.get(range.start.min(end)..end).unwrap_or_default();
                prop_assert_eq!(client.rows(range), wanted);
            }
            prop_assert_eq!(view.refresh(&list, revision), None);
        }
    }

    #[test]
    fn the_order_is_a_sorted_list(steps in prop::collection::vec((any::<bool>(), 0u64..2000), 1..2500)) {
        let mut order = Order::default();
        let mut model = std::collections::BTreeSet::new();
        for (insert, user) in steps {
            let key = Key { group: (user % 3) as u16, name: "".into(), user };
            if insert {
                order.insert(key.clone());
                model.insert(key);
            } else {
                prop_assert_eq!(order.remove(&key), model.remove(&key));
            }
        }
        prop_assert_eq!(order.len(), model.len());
        let half = model.len() / 2;
        prop_assert!(order.iter_from(half).eq(model.iter().skip(half)));
    }
}

#[test]
fn somebody_coming_online_is_a_deletion_and_an_insertion() {
    let mut list = List::new([]);
    let offline = |user: u64| Key { group: 1, name: format!("m{user:03}").into(), user };
    for user in 0..300 {
        list.insert(offline(user));
    }
    list.insert(Key { group: 0, name: "z".into(), user: 999 });
    let mut view = View::new(vec![Range { start: 0, end: 99 }], &list, |_| 0);
    list.remove(&offline(250));
    list.insert(Key { group: 0, name: "m250".into(), user: 250 });
    let ops = view.refresh(&list, |_| 0).unwrap();
    let header = |group, count| Row::Header { group, count };
    assert_eq!(
        ops,
        [
            Op::Delete { index: 99 },
            Op::Insert { index: 1, row: Row::Member { user: 250, revision: 0 } },
            Op::Update { index: 0, row: header(Group::Online, 2) },
            Op::Update { index: 3, row: header(Group::Offline, 299) },
        ]
    );
}
