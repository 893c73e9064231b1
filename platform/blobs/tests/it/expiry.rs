use bytes::Bytes;
use futures_util::stream;
use platform_blobs::{Attributes, Condition, Details, Query};
use platform_kernel::{Clock, Timestamp};

use crate::Folder;

fn until(ms: i64) -> Attributes {
    let details = Details { expires_at: Some(Timestamp::from_millis(ms)), ..Details::default() };
    Attributes { content_type: "image/jpeg".into(), details }
}

#[tokio::test]
async fn objects_go_when_their_time_is_over_and_not_before() {
    let folder = Folder::new("expiry");
    let clock = Clock::fixed(Timestamp::from_millis(1000));
    let local = folder.local(clock.clone());
    let bytes = || stream::iter([Ok(Bytes::from_static(b"x"))]);
    local.put_stream("uploads", "previews/a", bytes(), until(2000), Condition::Always).await.unwrap();
    local.put_stream("uploads", "previews/b", bytes(), until(3000), Condition::Always).await.unwrap();
    local.put_stream("uploads", "previews/c", bytes(), until(2000), Condition::Always).await.unwrap();
    // Put again without an end: it stays.
    local.put_stream("uploads", "previews/c", bytes(), "image/jpeg".into(), Condition::Always).await.unwrap();
    assert_eq!(local.sweep().await.unwrap().objects, 0);
    clock.set(Timestamp::from_millis(2000));
    assert!(local.head("uploads", "previews/a").await.unwrap().is_none(), "gone even before the sweep");
    drop(local);
    let local = folder.local(clock.clone());
    assert_eq!(local.sweep().await.unwrap().objects, 1);
    assert_eq!(local.sweep().await.unwrap().objects, 0);
    assert!(!folder.0.join("uploads/previews+/a").exists());
    clock.set(Timestamp::from_millis(9000));
    assert_eq!(local.sweep().await.unwrap().objects, 1);
    let query = Query { limit: 9, ..Query::default() };
    let left = local.page("uploads", query).await.unwrap().objects;
    assert_eq!(left.iter().map(|entry| &*entry.key).collect::<Vec<_>>(), ["previews/c"]);
    assert_eq!(std::fs::read_dir(folder.0.join(".expiring")).unwrap().count(), 0);
}
