use bytes::Bytes;
use futures_util::stream;
use platform_blobs::{Condition, Error, Local};
use platform_kernel::{Clock, Timestamp};

use crate::Folder;

async fn part(local: &Local, id: &str, number: u32, text: &'static str) -> (u32, String) {
    let stream = stream::iter([Ok(Bytes::from_static(text.as_bytes()))]);
    let part = local.put_part("b", "k", id, number, stream).await.unwrap();
    (number, part.etag)
}

#[tokio::test]
async fn parts_become_one_object_also_after_a_restart() {
    let folder = Folder::new("multipart");
    let local = folder.local(Clock::system());
    let id = local.start_upload("b", "k", "video/mp4".into()).await.unwrap();
    let second = part(&local, &id, 2, "world").await;
    part(&local, &id, 1, "wrong").await;
    drop(local);
    let local = folder.local(Clock::system());
    let first = part(&local, &id, 1, "hello ").await;
    part(&local, &id, 7, "not wanted").await;
    let numbers: Vec<_> = local.parts("b", "k", &id).await.unwrap().iter().map(|part| part.number).collect();
    assert_eq!(numbers, [1, 2, 7]);
    assert_eq!(local.uploads("b").await.unwrap()[0].id, id);
    assert!(local.uploads("c").await.unwrap().is_empty());
    let complete =
        async |parts: Vec<(u32, String)>| local.complete("b", "k", &id, parts, Condition::Always).await;
    assert!(matches!(complete(vec![second.clone(), first.clone()]).await, Err(Error::PartOrder)));
    assert!(matches!(complete(vec![(1, second.1.clone())]).await, Err(Error::InvalidPart(1))));
    assert!(matches!(complete(vec![(3, second.1.clone())]).await, Err(Error::InvalidPart(3))));
    assert!(local.head("b", "k").await.unwrap().is_none());
    let meta = complete(vec![first, second]).await.unwrap();
    // MD5 of the two MD5s, as S3 does it.
    assert_eq!(
        (&*meta.etag, meta.size, &*meta.content_type),
        ("e09e4fd6265b36115fe3db32df945d84-2", 11, "video/mp4")
    );
    let copied = local.copy(("b", "k"), ("b", "copy"), None, Condition::Absent).await.unwrap().unwrap();
    for parts in [meta.parts, copied.parts, local.head("b", "k").await.unwrap().unwrap().parts] {
        assert_eq!((parts.count(), parts.range(1), parts.range(2)), (2, Some(0..6), Some(6..11)));
    }
    let reading = local.read("b", "k", None).await.unwrap().unwrap();
    let bytes: Vec<Bytes> = futures_util::TryStreamExt::try_collect(reading.stream).await.unwrap();
    assert_eq!(bytes.concat(), b"hello world");
    assert!(local.uploads("b").await.unwrap().is_empty());
    assert!(matches!(local.parts("b", "k", &id).await, Err(Error::NoSuchUpload)));
}

#[tokio::test]
async fn uploads_end_when_told_or_forgotten() {
    let folder = Folder::new("abort");
    let local = folder.local(Clock::system());
    let id = local.start_upload("b", "k", "".into()).await.unwrap();
    let other = local.start_upload("b", "k", "".into()).await.unwrap();
    part(&local, &id, 1, "x").await;
    for (bucket, key, upload) in [("b", "k", "../b"), ("b", "k", ""), ("b", "other", &*id), ("c", "k", &id)] {
        assert!(matches!(local.abort(bucket, key, upload).await, Err(Error::NoSuchUpload)));
    }
    local.abort("b", "k", &id).await.unwrap();
    assert!(matches!(local.abort("b", "k", &id).await, Err(Error::NoSuchUpload)));
    let late = local.put_part("b", "k", &id, 2, stream::iter([Ok(Bytes::from_static(b"late"))])).await;
    assert!(matches!(late, Err(Error::NoSuchUpload)));
    assert_eq!(local.sweep().await.unwrap().uploads, 0);
    drop(local);
    // A start that was cut short before its description was in place.
    let cut = folder.0.join(".multipart/1-1-1");
    std::fs::create_dir(&cut).unwrap();
    assert_eq!(folder.local(Clock::system()).uploads("b").await.unwrap().len(), 1);
    assert!(!cut.exists());
    let later = Clock::fixed(Timestamp::from_millis(Clock::system().now().millis() + 8 * 86_400_000));
    let local = folder.local(later);
    assert_eq!(local.sweep().await.unwrap().uploads, 1);
    assert!(matches!(local.abort("b", "k", &other).await, Err(Error::NoSuchUpload)));
    assert_eq!(std::fs::read_dir(folder.0.join(".multipart")).unwrap().count(), 0);
}
