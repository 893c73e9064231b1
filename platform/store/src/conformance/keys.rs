//! Rows by key.

use std::collections::BTreeSet;

use super::rows::{Newest, Plain, Wide, newest, plain, wide};
use crate::{Batch, Store};

pub async fn rows_come_back_and_go(store: Store) {
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), None);
    store.put(&plain(1, "a")).await.expect("put");
    store.put(&plain(2, "b")).await.expect("put");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "a")));
    store.put(&plain(1, "c")).await.expect("put");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "c")), "the last writer wins");
    store.delete::<Plain>((1,)).await.expect("delete");
    store.delete::<Plain>((1,)).await.expect("deleting what is not there is no error");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), None);
    assert_eq!(store.get::<Plain>((2,)).await.expect("get"), Some(plain(2, "b")));

    let mut row = wide(1, "n", &[0]);
    row.value = Some("v".into());
    store.put(&row).await.expect("put");
    row.value = None;
    store.put(&row).await.expect("put");
    let key = ("r".to_owned(), 1, 1, "n".to_owned(), vec![0]);
    assert_eq!(store.get::<Wide>(key).await.expect("get"), Some(row), "a put replaces the whole row");
}

pub async fn many_keys_keep_their_order(store: Store) {
    let batch = (0..300).fold(Batch::new(), |batch, id| batch.put(&plain(id, &id.to_string())));
    store.commit(batch).await.expect("commit");
    let wanted: Vec<i64> = (0..400).rev().chain([7, 7]).collect();
    let keys = wanted.iter().map(|id| (*id,)).collect();
    let rows = store.get_many::<Plain>(keys).await.expect("get_many");
    let expected: Vec<_> = wanted.iter().map(|id| (*id < 300).then(|| plain(*id, &id.to_string()))).collect();
    assert_eq!(rows, expected);
    assert_eq!(store.get_many::<Plain>(Vec::new()).await.expect("get_many"), []);
}

pub async fn scans_see_every_row_once(store: Store) {
    let mut batch = Batch::new();
    for channel in 0..7 {
        for id in 0..=channel * 3 {
            batch = batch.put(&newest(channel, id / 2, id));
        }
        batch = batch.put(&plain(channel, "x"));
    }
    store.commit(batch).await.expect("commit");
    for page in [1, 2, 5, 1000] {
        let (mut after, mut seen) = (None, BTreeSet::new());
        loop {
            let rows = store.scan::<Newest>(after, page).await.expect("scan");
            assert!(rows.len() <= page);
            let Some(last) = rows.last() else { break };
            after = Some((last.channel, last.at, last.id));
            for row in rows {
                assert!(seen.insert((row.channel, row.id)), "a row twice");
            }
        }
        assert_eq!(seen.len(), (0..7).map(|channel| channel * 3 + 1).sum::<i64>() as usize);
    }
    let mut plain_rows = store.scan::<Plain>(None, 4).await.expect("scan");
    let after = plain_rows.last().map(|row| (row.id,));
    plain_rows.extend(store.scan::<Plain>(after, 100).await.expect("scan"));
    assert_eq!(plain_rows.len(), 7, "a table without clustering key");
}

pub async fn truncation_empties_every_table(store: Store) {
    store.commit(Batch::new().put(&plain(1, "a")).put(&newest(1, 1, 1))).await.expect("commit");
    store.truncate_all().await.expect("truncate");
    assert_eq!(store.scan::<Plain>(None, 10).await.expect("scan"), []);
    assert_eq!(store.scan::<Newest>(None, 10).await.expect("scan"), []);
    store.put(&plain(1, "b")).await.expect("an emptied store takes writes");
    store.checkpoint().await.expect("checkpoint");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "b")));
}
