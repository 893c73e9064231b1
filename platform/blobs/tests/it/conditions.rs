//! Puts and deletes that hold only for an object as it is known.

use bytes::Bytes;
use futures_util::{StreamExt, future::join_all, stream};
use platform_blobs::{Condition, Error, Local, Meta};
use platform_kernel::Clock;

use crate::Folder;

async fn put(local: &Local, text: String, condition: Condition) -> Result<Meta, Error> {
    let stream = stream::iter([Ok(Bytes::from(text))]).boxed();
    local.put_stream("b", "k", stream, "".into(), condition).await
}

fn of(meta: &Meta) -> Condition {
    Condition::Present(Some(meta.etag.clone()))
}

#[tokio::test]
async fn a_write_may_want_something_of_what_is_there() {
    let folder = Folder::new("conditions");
    let local = folder.local(Clock::system());
    let text = |text: &str| text.to_owned();
    for condition in [Condition::Present(None), Condition::Present(Some("x".into()))] {
        assert!(matches!(put(&local, text("never"), condition.clone()).await, Err(Error::Absent)));
        assert!(matches!(local.delete("b", "k", condition).await, Err(Error::Absent)));
    }
    let first = put(&local, text("first"), Condition::Absent).await.unwrap();
    assert!(matches!(put(&local, text("never"), Condition::Absent).await, Err(Error::Condition)));
    let second = put(&local, text("second"), of(&first)).await.unwrap();
    assert!(matches!(put(&local, text("never"), of(&first)).await, Err(Error::Condition)));
    assert!(matches!(local.delete("b", "k", of(&first)).await, Err(Error::Condition)));
    put(&local, text("from"), Condition::Present(None)).await.unwrap();
    let copied = local.copy(("b", "k"), ("b", "k"), None, of(&second)).await;
    assert!(matches!(copied, Err(Error::Condition)));

    let id = local.start_upload("b", "k", "".into()).await.unwrap();
    let stream = stream::iter([Ok(Bytes::from_static(b"part"))]);
    let part = local.put_part("b", "k", &id, 1, stream).await.unwrap();
    let parts = || vec![(1, part.etag.clone())];
    let refused = local.complete("b", "k", &id, parts(), Condition::Absent).await;
    assert!(matches!(refused, Err(Error::Condition)));
    let now = local.head("b", "k").await.unwrap().unwrap();
    let whole = local.complete("b", "k", &id, parts(), of(&now)).await.unwrap();
    assert!(local.delete("b", "k", of(&whole)).await.unwrap());
    assert!(local.head("b", "k").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_wins() {
    const WRITERS: usize = 16;
    let folder = Folder::new("contended");
    let local = folder.local(Clock::system());
    let mut condition = Condition::Absent;
    for round in 0..20 {
        let writers = (0..WRITERS).map(|number| {
            let (local, condition) = (local.clone(), condition.clone());
            tokio::spawn(async move { put(&local, format!("{round} {number}"), condition).await })
        });
        let mut won = Vec::new();
        for outcome in join_all(writers).await {
            match outcome.unwrap() {
                Ok(meta) => won.push(meta),
                Err(Error::Condition) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let there = local.head("b", "k").await.unwrap().unwrap();
        assert_eq!(won.iter().map(|meta| &meta.etag).collect::<Vec<_>>(), [&there.etag]);
        condition = of(&there);
    }
}
