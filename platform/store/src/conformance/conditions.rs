//! Conditional writes, above all when many try at once.

use super::rows::{Plain, plain};
use crate::{Batch, Error, Store};

const CALLERS: usize = 16;
const ROUNDS: i64 = 20;

/// How many of several concurrent calls got true.
async fn winners<F>(store: &Store, call: impl Fn(Store, usize) -> F) -> usize
where
    F: Future<Output = Result<bool, Error>> + Send + 'static,
{
    let calls: Vec<_> = (0..CALLERS).map(|caller| tokio::spawn(call(store.clone(), caller))).collect();
    let mut winners = 0;
    for call in calls {
        winners += usize::from(call.await.expect("a caller ends well").expect("a conditional write"));
    }
    winners
}

pub async fn one_insert_wins(store: Store) {
    for round in 0..ROUNDS {
        let insert = |store: Store, caller: usize| async move {
            store.insert_if_absent(&plain(round, &caller.to_string())).await
        };
        assert_eq!(winners(&store, insert).await, 1);
        let kept = store.get::<Plain>((round,)).await.expect("get").expect("a row was inserted");
        assert_eq!(kept.version, 0);
        assert!(!store.insert_if_absent(&plain(round, "late")).await.expect("insert"));
        assert_eq!(store.get::<Plain>((round,)).await.expect("get"), Some(kept), "a loser changes nothing");
    }
}

pub async fn one_update_of_a_version_wins(store: Store) {
    assert!(!store.update_if_version(&plain(1, "x")).await.expect("update"), "there is no row");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), None);
    store.put(&plain(1, "x")).await.expect("put");
    for version in 0..ROUNDS as i32 {
        let update = |store: Store, caller: usize| async move {
            store.update_if_version(&Plain { version, ..plain(1, &caller.to_string()) }).await
        };
        assert_eq!(winners(&store, update).await, 1);
        let row = store.get::<Plain>((1,)).await.expect("get").expect("the row is there");
        assert_eq!(row.version, version + 1);
    }
    assert!(!store.delete_if_version(&plain(1, "")).await.expect("delete"), "the version has moved on");
    let row = Plain { version: ROUNDS as i32, ..plain(1, "") };
    assert!(store.delete_if_version(&row).await.expect("delete"));
    assert!(!store.delete_if_version(&row).await.expect("delete"));
}

/// Each success writes a row of its own; of those who try at once only the winners' are there.
pub async fn writes_share_the_fate_of_their_condition(store: Store) {
    store.put(&plain(0, "counter")).await.expect("put");
    for version in 0..ROUNDS as i32 {
        let update = |store: Store, caller: usize| async move {
            let number = 1 + i64::from(version) * CALLERS as i64 + caller as i64;
            let with = Batch::new().put(&plain(number, "won"));
            store.update_if_version_with(&Plain { version, ..plain(0, "counter") }, with).await
        };
        assert_eq!(winners(&store, update).await, 1);
        let keys = (0..CALLERS as i64).map(|caller| (1 + i64::from(version) * CALLERS as i64 + caller,));
        let written = store.get_many::<Plain>(keys.collect()).await.expect("get");
        assert_eq!(written.iter().flatten().count(), 1, "the loser's writes are lost with it");
    }
    let refused = store
        .try_update_with::<Plain, _, &str>((0,), |_, batch| {
            *batch = Batch::new().put(&plain(-1, "never"));
            Err("no")
        })
        .await
        .expect("an update");
    assert_eq!(refused, Err("no"));
    assert_eq!(store.get::<Plain>((-1,)).await.expect("get"), None);
}

pub async fn one_delete_wins(store: Store) {
    for round in 0..ROUNDS {
        store.put(&plain(round, "ticket")).await.expect("put");
        let delete = |store: Store, _| async move { store.delete_if_exists::<Plain>((round,)).await };
        assert_eq!(winners(&store, delete).await, 1);
        assert_eq!(store.get::<Plain>((round,)).await.expect("get"), None);
    }
}

pub async fn updates_count_every_change(store: Store) {
    store.put(&plain(1, "")).await.expect("put");
    let add = |store: Store, _| async move {
        for _ in 0..ROUNDS {
            let row = store.update::<Plain, _>((1,), |row| row.text.push('x')).await?;
            assert!(row.is_some_and(|row| row.text.len() == row.version as usize));
        }
        Ok(true)
    };
    winners(&store, add).await;
    let row = store.get::<Plain>((1,)).await.expect("get").expect("the row is there");
    assert_eq!(
        (row.text.len(), row.version as usize),
        (CALLERS * ROUNDS as usize, CALLERS * ROUNDS as usize)
    );
    assert_eq!(store.update::<Plain, _>((2,), |row| row.text.clear()).await.expect("update"), None);
    let moved = store.update::<Plain, _>((1,), |row| row.id = 2).await;
    assert!(matches!(moved, Err(Error::Encoding(_))), "an update cannot move a row: {moved:?}");
}

pub async fn a_closure_may_decline(store: Store) {
    store.put(&plain(1, "a")).await.expect("put");
    let declined = store
        .try_update::<Plain, _, &str>((1,), |row| {
            row.text.push('!');
            Ok(false)
        })
        .await
        .expect("update");
    assert!(declined.is_ok_and(|row| row.is_some()));
    let failed = store.try_update::<Plain, _, &str>((1,), |_| Err("no")).await.expect("update");
    assert_eq!(failed.err(), Some("no"));
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "a")));
    let changed = store
        .try_update::<Plain, _, &str>((1,), |row| {
            row.text.push('!');
            Ok(true)
        })
        .await
        .expect("update");
    assert_eq!(changed, Ok(Some(Plain { version: 1, ..plain(1, "a!") })));
}
