//! Ranges within a partition.

use platform_kernel::Timestamp;

use super::rows::{Newest, Wide, newest, wide};
use crate::{Batch, Range, Store};

async fn numbers(range: Range<'_, Wide>) -> Vec<i64> {
    range.fetch().await.expect("range").into_iter().map(|row| row.number).collect()
}

fn partition() -> (String, i64) {
    ("r".to_owned(), 1)
}

pub async fn bounds_and_directions(store: Store) {
    let mut batch = Batch::new();
    for number in -3..=3 {
        batch = batch.put(&wide(number, "", &[]));
    }
    let mut elsewhere = wide(9, "", &[]);
    elsewhere.id = 2;
    let mut other_realm = wide(9, "", &[]);
    other_realm.realm = "r2".into();
    store.commit(batch.put(&elsewhere).put(&other_realm)).await.expect("commit");
    let range = || store.range::<Wide>(partition());
    assert_eq!(numbers(range()).await, [-3, -2, -1, 0, 1, 2, 3], "only this partition, in value order");
    assert_eq!(numbers(range().descending()).await, [3, 2, 1, 0, -1, -2, -3]);
    assert_eq!(numbers(range().after((0,))).await, [1, 2, 3]);
    assert_eq!(numbers(range().from((0,))).await, [0, 1, 2, 3]);
    assert_eq!(numbers(range().before((0,))).await, [-3, -2, -1]);
    assert_eq!(numbers(range().to((0,))).await, [-3, -2, -1, 0]);
    assert_eq!(numbers(range().after((-2,)).before((2,)).descending()).await, [1, 0, -1]);
    assert_eq!(numbers(range().from((-1,)).to((1,)).limit(2)).await, [-1, 0]);
    assert_eq!(numbers(range().from((-1,)).to((1,)).descending().limit(2)).await, [1, 0]);
    assert_eq!(numbers(range().descending().ascending().limit(1)).await, [-3], "the last direction counts");
    assert_eq!(numbers(range().after((3,))).await, [0; 0]);
    assert_eq!(numbers(range().after((2,)).before((1,))).await, [0; 0], "crossed bounds");
    assert_eq!(numbers(range().limit(0)).await, [0; 0]);
    let first = range().before((0,)).descending().first().await.expect("first");
    assert_eq!(first.map(|row| row.number), Some(-1));
    assert_eq!(numbers(store.range::<Wide>(("none".into(), 1))).await, [0; 0]);
}

pub async fn prefixes_of_the_clustering_key(store: Store) {
    let rows = [(1, "a", 1), (1, "a", 2), (1, "b", 1), (2, "a", 1), (2, "b", 1), (2, "b", 2), (3, "a", 1)];
    let batch = rows
        .iter()
        .fold(Batch::new(), |batch, (number, name, byte)| batch.put(&wide(*number, name, &[*byte])));
    store.commit(batch).await.expect("commit");
    let range = || store.range::<Wide>(partition());
    let found = async |range: Range<'_, Wide>| -> Vec<usize> {
        let rows_found = range.fetch().await.expect("range");
        let place = |row: Wide| {
            rows.iter()
                .position(|(number, name, byte)| row == wide(*number, name, &[*byte]))
                .expect("a row of ours")
        };
        rows_found.into_iter().map(place).collect()
    };
    let text = str::to_owned;
    assert_eq!(found(range().after((1,))).await, [3, 4, 5, 6], "nothing that starts with the bound");
    assert_eq!(found(range().from((2,)).to((2,))).await, [3, 4, 5], "everything that starts with it");
    assert_eq!(found(range().after((1, text("a")))).await, [2, 3, 4, 5, 6]);
    assert_eq!(found(range().to((2, text("b")))).await, [0, 1, 2, 3, 4, 5]);
    assert_eq!(found(range().before((2, text("b")))).await, [0, 1, 2, 3]);
    assert_eq!(
        found(range().after((1, text("a"), vec![1])).before((2, text("b"), vec![2]))).await,
        [1, 2, 3, 4]
    );
    assert_eq!(found(range().from((1, text("a"), vec![2])).to((2,)).descending()).await, [5, 4, 3, 2, 1]);
    assert_eq!(found(range().starting_with((2, text("b")))).await, [4, 5]);
    assert_eq!(found(range().starting_with((2,)).descending().limit(1)).await, [5]);
    store.delete_partition::<Wide>(partition()).await.expect("delete_partition");
    assert_eq!(found(range()).await, [0; 0]);
}

pub async fn newest_first_tables(store: Store) {
    let batch = [(1, 1), (1, 2), (2, 1), (3, 1)]
        .iter()
        .fold(Batch::new(), |batch, (at, id)| batch.put(&newest(5, *at, *id)));
    store.commit(batch).await.expect("commit");
    let found = async |range: Range<'_, Newest>| -> Vec<String> {
        range.fetch().await.expect("range").into_iter().map(|row| row.content).collect()
    };
    let at = Timestamp::from_millis;
    let range = || store.range::<Newest>((5,));
    assert_eq!(found(range()).await, ["3/1", "2/1", "1/2", "1/1"], "its own order by default");
    assert_eq!(found(range().ascending()).await, ["1/1", "1/2", "2/1", "3/1"]);
    assert_eq!(found(range().after((at(1),))).await, ["3/1", "2/1"], "bounds are in value order");
    assert_eq!(found(range().after((at(1), 1)).ascending()).await, ["1/2", "2/1", "3/1"]);
    assert_eq!(found(range().before((at(3),)).limit(2)).await, ["2/1", "1/2"]);
    assert_eq!(found(range().from((at(1), 2)).to((at(2), 1))).await, ["2/1", "1/2"]);
}

pub async fn text_and_bytes_sort_by_their_bytes(store: Store) {
    let names = ["", "\0", "A", "Z", "a", "aa", "z", "ß", "é", "\u{7ff}", "\u{200d}", "中", "\u{ffff}", "😀"];
    let mut batch = Batch::new();
    for name in names.iter().rev() {
        batch = batch.put(&wide(1, name, &[]));
    }
    let bytes: [&[u8]; 6] = [&[], &[0], &[0, 0], &[0, 1], &[127], &[128, 0]];
    for bytes in bytes.iter().rev() {
        batch = batch.put(&wide(2, "", bytes));
    }
    store.commit(batch).await.expect("commit");
    let rows = store.range::<Wide>(partition()).all().await.expect("range");
    let found: Vec<&str> = rows[..names.len()].iter().map(|row| row.name.as_str()).collect();
    assert_eq!(found, names);
    let found: Vec<&[u8]> = rows[names.len()..].iter().map(|row| row.bytes.as_slice()).collect();
    assert_eq!(found, bytes);
    let range = store.range::<Wide>(partition()).after((1, "z".to_owned())).before((1, "中".to_owned()));
    assert_eq!(range.all().await.expect("range").len(), 4);
}

pub async fn large_partitions(store: Store) {
    const ROWS: i64 = 10_000;
    for chunk in 0..10 {
        let ids = chunk * ROWS / 10..(chunk + 1) * ROWS / 10;
        let batch = ids.fold(Batch::new(), |batch, id| batch.put(&newest(1, id, id)));
        store.commit(batch).await.expect("commit");
    }
    let rows = store.range::<Newest>((1,)).all().await.expect("range");
    assert!(rows.iter().map(|row| row.id).eq((0..ROWS).rev()), "all of them, in order");
    for limit in [1, 127, 128, 129, 130, 5_000, 20_000] {
        let rows = store.range::<Newest>((1,)).ascending().limit(limit).fetch().await.expect("range");
        assert!(rows.iter().map(|row| row.id).eq(0..ROWS.min(limit as i64)), "limit {limit}");
    }
    let (mut before, mut pages) = (None, 0);
    loop {
        let range = store.range::<Newest>((1,)).limit(997);
        let range = match before {
            Some(at) => range.before((Timestamp::from_millis(at),)),
            None => range,
        };
        let rows = range.fetch().await.expect("range");
        let Some(last) = rows.last() else { break };
        before = Some(last.at.millis());
        pages += 1;
    }
    assert_eq!(pages, 11);
    store.delete_partition::<Newest>((1,)).await.expect("delete_partition");
    assert_eq!(store.range::<Newest>((1,)).first().await.expect("first"), None);
}
