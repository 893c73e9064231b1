//! Time to live, on a clock that stands still.

use platform_kernel::Clock;

use super::rows::{Brief, Plain, brief, plain};
use crate::{Batch, Store};

async fn tokens(store: &Store) -> Vec<String> {
    let rows = store.range::<Brief>((1,)).all().await.expect("range");
    let many = store.get_many::<Brief>(vec![(1, "a".into()), (1, "b".into()), (1, "c".into())]).await;
    let many: Vec<Brief> = many.expect("get_many").into_iter().flatten().collect();
    assert_eq!(rows, many, "every read agrees on what is there");
    assert_eq!(store.scan::<Brief>(None, 10).await.expect("scan"), rows);
    rows.into_iter().map(|row| row.token).collect()
}

pub async fn rows_end_on_time(store: Store, clock: &Clock) {
    let batch = Batch::new().put(&brief(1, "a")).put_ttl(&brief(1, "b"), 10).put_ttl(&brief(1, "c"), 3600);
    store.commit(batch).await.expect("commit");
    clock.advance(9_999);
    assert_eq!(tokens(&store).await, ["a", "b", "c"]);
    clock.advance(1);
    assert_eq!(tokens(&store).await, ["a", "c"]);
    assert!(!store.delete_if_exists::<Brief>((1, "b".into())).await.expect("delete"), "it is gone");
    assert!(!store.update_if_version(&brief(1, "b")).await.expect("update"));
    assert!(!store.delete_if_version(&brief(1, "b")).await.expect("delete"));
    assert_eq!(store.update::<Brief, _>((1, "b".into()), |row| row.uses += 1).await.expect("update"), None);
    assert!(!store.insert_if_absent(&brief(1, "a")).await.expect("insert"), "this one is not");
    assert!(store.insert_if_absent_ttl(&brief(1, "b"), 20).await.expect("insert"));
    assert_eq!(tokens(&store).await, ["a", "b", "c"]);

    // a put begins a new life, a conditional update does not
    store.put(&brief(1, "c")).await.expect("put");
    let used = store.update::<Brief, _>((1, "a".into()), |row| row.uses += 1).await.expect("update");
    assert_eq!(used.map(|row| (row.uses, row.version)), Some((1, 1)));
    clock.advance(20_000);
    assert_eq!(tokens(&store).await, ["a", "c"]);
    clock.advance(30_000);
    assert_eq!(tokens(&store).await, ["c"], "a minute after its put");
    clock.advance(10_000);
    assert_eq!(tokens(&store).await, [""; 0]);

    store.put_ttl(&plain(1, "x"), 5).await.expect("put");
    store.put(&plain(1, "y")).await.expect("put");
    store.put_ttl(&plain(2, "z"), 5).await.expect("put");
    clock.advance(5_000);
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), Some(plain(1, "y")), "no life of its own");
    assert_eq!(store.get::<Plain>((2,)).await.expect("get"), None);
    store.put_ttl(&plain(1, "w"), 0).await.expect("put");
    assert_eq!(store.get::<Plain>((1,)).await.expect("get"), None, "a life of no length");
}
