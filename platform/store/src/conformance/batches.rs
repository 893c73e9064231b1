//! Batches and the order of writes.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::SeqCst},
};

use super::rows::{Newest, Plain, newest, plain};
use crate::{Batch, Store};

pub async fn apply_in_order(store: Store) {
    let batch = Batch::new()
        .put(&plain(1, "first"))
        .put(&plain(1, "second"))
        .put(&plain(2, "x"))
        .delete::<Plain>((2,))
        .put(&newest(1, 1, 1))
        .delete_partition::<Newest>((1,))
        .put(&newest(1, 2, 2));
    assert_eq!(batch.len(), 7);
    store.commit(batch).await.expect("commit");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "second")));
    assert_eq!(store.get::<Plain>((2,)).await.expect("get"), None);
    assert_eq!(store.range::<Newest>((1,)).all().await.expect("range"), [newest(1, 2, 2)]);
    store.commit(Batch::new()).await.expect("an empty batch is no error");
}

/// Batches over two tables, and readers who must never see half of one in one partition.
pub async fn all_or_nothing(store: Store) {
    const ROWS: i64 = 20;
    let write = |round: i64| {
        (0..ROWS).fold(Batch::new(), |batch, id| {
            batch.put(&super::rows::Newest { content: round.to_string(), ..newest(1, id, id) })
        })
    };
    store.commit(write(0)).await.expect("commit");
    let writing = store.clone();
    let writer = tokio::spawn(async move {
        for round in 1..100 {
            writing.commit(write(round)).await.expect("commit");
        }
    });
    while !writer.is_finished() {
        let rows = store.range::<Newest>((1,)).all().await.expect("range");
        assert_eq!(rows.len(), ROWS as usize);
        assert!(rows.iter().all(|row| row.content == rows[0].content), "half a batch was seen");
        tokio::task::yield_now().await;
    }
    writer.await.expect("the writer ends well");
}

/// Writes are handed over when called, whoever is polled first and even if nobody waits.
pub async fn calls_apply_in_their_order(store: Store) {
    for round in 0..50 {
        let older = store.put(&plain(1, "older"));
        let newer = store.put(&plain(1, &format!("newer {round}")));
        drop(store.put(&plain(2, &round.to_string())));
        let last = store.put(&plain(3, "x"));
        newer.await.expect("put");
        last.await.expect("put");
        older.await.expect("put");
        assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, &format!("newer {round}"))));
        let dropped = store.get::<Plain>((2,)).await.expect("get");
        assert_eq!(dropped, Some(plain(2, &round.to_string())), "a dropped future takes nothing back");
    }
}

pub async fn hooks_follow_the_commit(store: Store) {
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let batch = Batch::new().put(&plain(1, "a")).on_commit(move || {
        counted.fetch_add(1, SeqCst);
    });
    let commit = store.commit(Batch::new().append(batch));
    assert_eq!(calls.load(SeqCst), 0);
    commit.await.expect("commit");
    assert_eq!(calls.load(SeqCst), 1);
}
