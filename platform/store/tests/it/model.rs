//! Random programs against the store and against a map, which must agree.

use std::{collections::BTreeMap, ops::Bound};

use platform_kernel::{Clock, Timestamp};
use platform_store::{Batch, Store, Table, sqlite};
use proptest::prelude::*;

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "ascending")]
struct Up {
    #[partition]
    part: i64,
    #[cluster]
    text: String,
    #[cluster]
    number: i32,
    value: i64,
    #[version]
    version: i32,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "descending")]
struct Down {
    #[partition]
    part: i64,
    #[cluster(desc)]
    text: String,
    #[cluster(desc)]
    number: i32,
    value: i64,
    #[version]
    version: i32,
}

type Key = (i64, String, i32);

/// Value, version and when it expires.
type Cell = (i64, i32, Option<i64>);

/// A put (value, perhaps a time to live) or a delete.
type Change = Option<(i64, Option<i64>)>;
/// The first one or two clustering columns.
type Edge = Bound<(String, Option<i32>)>;

#[derive(Debug, Clone)]
enum Step {
    Batch(Vec<(Key, Change)>),
    DeletePartition(i64),
    Insert(Key, i64),
    /// With the version that is stored, or another one.
    Update(Key, i64, bool),
    DeleteIfExists(Key),
    Advance(i64),
    Range(i64, Edge, Edge, bool, Option<usize>),
}

fn key() -> impl Strategy<Value = Key> {
    (0i64..3, "[ab\u{0}é]{0,2}", -2i32..3)
}

fn bound() -> impl Strategy<Value = Edge> {
    let prefix = ("[abé]{0,2}", prop::option::of(-2i32..3));
    prop_oneof![
        Just(Bound::Unbounded),
        prefix.clone().prop_map(Bound::Included),
        prefix.prop_map(Bound::Excluded)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let cell = prop::option::of((any::<i64>(), prop::option::of(-1i64..5)));
    prop_oneof![
        3 => prop::collection::vec((key(), cell), 0..6).prop_map(Step::Batch),
        1 => (0i64..3).prop_map(Step::DeletePartition),
        2 => (key(), any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
        2 => (key(), any::<i64>(), any::<bool>()).prop_map(|(key, value, right)| Step::Update(key, value, right)),
        1 => key().prop_map(Step::DeleteIfExists),
        1 => (0i64..3_000).prop_map(Step::Advance),
        4 => (0i64..3, bound(), bound(), any::<bool>(), prop::option::of(0usize..6))
            .prop_map(|(part, lower, upper, down, limit)| Step::Range(part, lower, upper, down, limit)),
    ]
}

/// Whether `key` is within a bound that is a prefix; `lower` says which side it is on.
fn within(key: (&str, i32), bound: &Edge, lower: bool) -> bool {
    let (prefix, equal) = match bound {
        Bound::Unbounded => return true,
        Bound::Included(prefix) => (prefix, true),
        Bound::Excluded(prefix) => (prefix, false),
    };
    let order =
        key.0.cmp(&prefix.0).then(prefix.1.map_or(std::cmp::Ordering::Equal, |number| key.1.cmp(&number)));
    if order.is_eq() { equal } else { order.is_gt() == lower }
}

macro_rules! agree {
    ($name:ident, $row:ident) => {
        async fn $name(store: &Store, clock: &Clock, steps: &[Step]) -> Result<(), TestCaseError> {
            let row = |key: &Key, value: i64, version: i32| $row {
                part: key.0,
                text: key.1.clone(),
                number: key.2,
                value,
                version,
            };
            let mut model: BTreeMap<Key, Cell> = BTreeMap::new();
            for step in steps {
                let now = clock.now().millis();
                model.retain(|_, cell| cell.2.is_none_or(|at| at > now));
                match step {
                    Step::Batch(cells) => {
                        let mut batch = Batch::new();
                        for (key, cell) in cells {
                            batch = match cell {
                                None => {
                                    model.remove(key);
                                    batch.delete::<$row>(key.clone())
                                }
                                Some((value, None)) => {
                                    model.insert(key.clone(), (*value, 0, None));
                                    batch.put(&row(key, *value, 0))
                                }
                                Some((value, Some(ttl))) => {
                                    model.remove(key);
                                    if *ttl > 0 {
                                        model.insert(key.clone(), (*value, 0, Some(now + ttl * 1000)));
                                    }
                                    batch.put_ttl(&row(key, *value, 0), *ttl)
                                }
                            };
                        }
                        store.commit(batch).await.unwrap();
                    }
                    Step::DeletePartition(part) => {
                        model.retain(|key, _| key.0 != *part);
                        store.delete_partition::<$row>((*part,)).await.unwrap();
                    }
                    Step::Insert(key, value) => {
                        let inserted = store.insert_if_absent(&row(key, *value, 0)).await.unwrap();
                        prop_assert_eq!(inserted, !model.contains_key(key));
                        model.entry(key.clone()).or_insert((*value, 0, None));
                    }
                    Step::Update(key, value, right) => {
                        let stored = model.get(key).map_or(0, |cell| cell.1);
                        let version = if *right { stored } else { stored + 1 };
                        let updated = store.update_if_version(&row(key, *value, version)).await.unwrap();
                        prop_assert_eq!(updated, *right && model.contains_key(key));
                        if updated {
                            let cell = model.get_mut(key).unwrap();
                            *cell = (*value, version + 1, cell.2);
                        }
                    }
                    Step::DeleteIfExists(key) => {
                        let deleted = store.delete_if_exists::<$row>(key.clone()).await.unwrap();
                        prop_assert_eq!(deleted, model.remove(key).is_some());
                    }
                    Step::Advance(ms) => clock.advance(*ms),
                    Step::Range(part, lower, upper, down, limit) => {
                        let mut range = store.range::<$row>((*part,));
                        range = match lower.clone() {
                            Bound::Unbounded => range,
                            Bound::Included((text, None)) => range.from((text,)),
                            Bound::Included((text, Some(number))) => range.from((text, number)),
                            Bound::Excluded((text, None)) => range.after((text,)),
                            Bound::Excluded((text, Some(number))) => range.after((text, number)),
                        };
                        range = match upper.clone() {
                            Bound::Unbounded => range,
                            Bound::Included((text, None)) => range.to((text,)),
                            Bound::Included((text, Some(number))) => range.to((text, number)),
                            Bound::Excluded((text, None)) => range.before((text,)),
                            Bound::Excluded((text, Some(number))) => range.before((text, number)),
                        };
                        range = if *down { range.descending() } else { range.ascending() };
                        range = if let Some(limit) = limit { range.limit(*limit) } else { range };
                        let mut expected: Vec<_> = model
                            .iter()
                            .filter(|(key, _)| key.0 == *part)
                            .filter(|(key, _)| within((&key.1, key.2), lower, true))
                            .filter(|(key, _)| within((&key.1, key.2), upper, false))
                            .map(|(key, cell)| row(key, cell.0, cell.1))
                            .collect();
                        if *down {
                            expected.reverse();
                        }
                        expected.truncate(limit.unwrap_or(usize::MAX));
                        prop_assert_eq!(range.fetch().await.unwrap(), expected);
                    }
                }
            }
            let now = clock.now().millis();
            model.retain(|_, cell| cell.2.is_none_or(|at| at > now));
            let mut rows = store.scan::<$row>(None, 1_000).await.unwrap();
            rows.sort_by_key(Table::key);
            let expected: Vec<_> = model.iter().map(|(key, cell)| row(key, cell.0, cell.1)).collect();
            prop_assert_eq!(rows, expected);
            store.truncate_all().await.unwrap();
            Ok(())
        }
    };
}
agree!(agree_up, Up);
agree!(agree_down, Down);

#[test]
fn the_store_does_what_a_map_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock = Clock::fixed(Timestamp::from_millis(1_000_000_000));
    let store = sqlite::scratch(&[Up::SCHEMA, Down::SCHEMA], clock.clone()).unwrap();
    let config = ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in prop::collection::vec(step(), 1..60))| {
        runtime.block_on(agree_up(&store, &clock, &steps))?;
        runtime.block_on(agree_down(&store, &clock, &steps))?;
    });
}
