//! What every engine must do, as a library: an engine's own tests call [`run`] with a way
//! to open it. Panics where an engine fails.

#![allow(clippy::unwrap_used, reason = "a test suite")]

use std::{io, ops::Range};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{Attributes, Blobs, Details, Error, Meta};

/// Checks an engine. `open` opens the storage of that name: empty the first time, and as it
/// was left the next. The bucket is `bucket`.
pub async fn run(bucket: &str, open: impl AsyncFn(&str) -> Blobs) {
    what_is_put_is_there_after_reopening(bucket, &open).await;
    ranges_are_cut_to_the_object(bucket, &open("ranges").await).await;
    lists_in_key_order_by_pages(bucket, &open("lists").await).await;
    deletes_once(bucket, &open("deletes").await).await;
    streams_pass_through(bucket, &open("streams").await).await;
    what_fails_leaves_nothing(bucket, &open("fails").await).await;
    copies_keep_what_is_said(bucket, &open("copies").await).await;
    concurrent_puts_leave_whole_objects(bucket, &open("race").await).await;
}

async fn put(blobs: &Blobs, bucket: &str, key: &str, text: &'static str) -> Meta {
    blobs.put(bucket, key, Bytes::from_static(text.as_bytes()), "text/plain").await.unwrap()
}

async fn keys(blobs: &Blobs, bucket: &str, prefix: &str, after: Option<&str>, limit: usize) -> Vec<String> {
    let found = blobs.list(bucket, prefix, after, limit).await.unwrap();
    found.into_iter().map(|entry| entry.key).collect()
}

async fn what_is_put_is_there_after_reopening(bucket: &str, open: &impl AsyncFn(&str) -> Blobs) {
    let first = open("put").await;
    let meta = put(&first, bucket, "a/b", "first").await;
    assert_eq!((meta.size, &*meta.etag), (5, "8b04d5e3775d298e78455efc5ca404d5"));
    drop(first);
    let blobs = open("put").await;
    let found = blobs.head(bucket, "a/b").await.unwrap().unwrap();
    assert_eq!(
        (&found.key, found.size, &found.etag, &found.content_type),
        (&meta.key, 5, &meta.etag, &meta.content_type)
    );
    put(&blobs, bucket, "a/b", "second").await;
    let object = blobs.get(bucket, "a/b").await.unwrap().unwrap();
    assert_eq!((&object.bytes[..], &*object.meta.content_type), (&b"second"[..], "text/plain"));
    assert!(blobs.get(bucket, "a").await.unwrap().is_none());
    assert!(blobs.get("otherbucket", "a/b").await.unwrap().is_none());
    put(&blobs, bucket, "empty", "").await;
    assert!(blobs.get(bucket, "empty").await.unwrap().unwrap().bytes.is_empty());
    assert!(matches!(blobs.put(bucket, "", Bytes::new(), "").await, Err(Error::InvalidKey(_))));
    assert!(matches!(blobs.get(bucket, &"x".repeat(1025)).await, Err(Error::InvalidKey(_))));
}

async fn ranges_are_cut_to_the_object(bucket: &str, blobs: &Blobs) {
    put(blobs, bucket, "k", "0123456789").await;
    for (asked, wanted) in [(2..5, "234"), (8..u64::MAX, "89"), (0..1, "0"), (9..10, "9")] {
        let object = blobs.get_range(bucket, "k", asked.clone()).await.unwrap().unwrap();
        assert_eq!((&object.bytes[..], object.meta.size), (wanted.as_bytes(), 10));
        let reading = blobs.read(bucket, "k", Some(asked.clone())).await.unwrap().unwrap();
        assert_eq!(reading.range, asked.start..asked.end.min(10));
        assert_eq!(collect(reading.stream).await, wanted.as_bytes());
    }
    for bad in [10..11, Range { start: 4, end: 4 }] {
        let error = blobs.get_range(bucket, "k", bad).await.unwrap_err();
        assert!(matches!(error, Error::Range { size: 10 }), "{error}");
    }
    assert!(blobs.get_range(bucket, "none", 0..1).await.unwrap().is_none());
    assert!(blobs.read(bucket, "none", None).await.unwrap().is_none());
}

async fn collect(stream: impl stream::Stream<Item = io::Result<Bytes>>) -> Vec<u8> {
    stream
        .try_fold(Vec::new(), |mut all, bytes| async move {
            all.extend_from_slice(&bytes);
            Ok(all)
        })
        .await
        .unwrap()
}

async fn lists_in_key_order_by_pages(bucket: &str, blobs: &Blobs) {
    // `-` sorts before `/`, `0` after it: folders must not be taken by their bare names.
    let wide = "\u{754c}".repeat(100);
    let (wider, between) = (format!("{wide}z"), format!("{}zz", "\u{754c}".repeat(28)));
    let mut all = vec!["a", "a-", "a/b", "a/b/c", "a/b/c d+~%", "a0", "b/...x", "ü", &wide, &wider, &between];
    for key in all.iter().rev() {
        put(blobs, bucket, key, "x").await;
    }
    all.sort_unstable();
    assert_eq!(keys(blobs, bucket, "", None, 100).await, all);
    assert_eq!(keys(blobs, bucket, "a/", None, 100).await, ["a/b", "a/b/c", "a/b/c d+~%"]);
    assert_eq!(keys(blobs, bucket, "a", None, 2).await, ["a", "a-"]);
    assert_eq!(keys(blobs, bucket, "a/b", Some("a/b"), 1).await, ["a/b/c"]);
    assert_eq!(keys(blobs, bucket, &wide, None, 9).await, [&*wide, &*wider]);
    let mut paged: Vec<String> = Vec::new();
    loop {
        let page = keys(blobs, bucket, "", paged.last().cloned().as_deref(), 2).await;
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, all);
}

async fn deletes_once(bucket: &str, blobs: &Blobs) {
    put(blobs, bucket, "deep/er/x", "x").await;
    put(blobs, bucket, "deep/y", "y").await;
    assert!(blobs.delete(bucket, "deep/er/x").await.unwrap());
    assert!(!blobs.delete(bucket, "deep/er/x").await.unwrap());
    assert!(blobs.exists(bucket, "deep/y").await.unwrap());
    assert!(blobs.delete(bucket, "deep/y").await.unwrap());
    assert!(keys(blobs, bucket, "", None, 10).await.is_empty());
    put(blobs, bucket, "again", "x").await;
    blobs.clear().await.unwrap();
    assert!(!blobs.exists(bucket, "again").await.unwrap());
    put(blobs, bucket, "again", "x").await;
}

/// A stream of `size` bytes that can be told apart, in pieces of odd sizes.
fn pieces(size: usize) -> impl stream::Stream<Item = io::Result<Bytes>> + Send + use<> {
    stream::iter((0..size).step_by(70_001).map(move |at| Ok(content(at..size.min(at + 70_001)))))
}

fn content(range: Range<usize>) -> Bytes {
    range.map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

async fn streams_pass_through(bucket: &str, blobs: &Blobs) {
    for size in [0, 1, 70_001, 3_000_000, 20_000_000] {
        let meta = blobs.put_stream(bucket, "s", pieces(size), "a/b").await.unwrap();
        assert_eq!(meta.size, size as u64);
        let reading = blobs.read(bucket, "s", None).await.unwrap().unwrap();
        assert_eq!((reading.meta.size, &*reading.meta.content_type), (size as u64, "a/b"));
        assert_eq!((&reading.meta.etag, reading.range), (&meta.etag, 0..size as u64));
        assert!(collect(reading.stream).await == content(0..size));
        if size > 70_001 {
            let reading = blobs.read(bucket, "s", Some(1_000_000..2_900_000)).await.unwrap().unwrap();
            assert!(collect(reading.stream).await == content(1_000_000..2_900_000));
        }
    }
    let file = std::env::temp_dir().join(format!("blobs-file-{}-{bucket}", std::process::id()));
    std::fs::write(&file, content(0..700_000)).unwrap();
    let meta = blobs.put_file(bucket, "f", &file, "a/b").await.unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(meta.size, 700_000);
    assert!(blobs.get(bucket, "f").await.unwrap().unwrap().bytes == content(0..700_000));
    // A reader keeps what it opened.
    let reading = blobs.read(bucket, "f", None).await.unwrap().unwrap();
    put(blobs, bucket, "f", "other").await;
    assert!(collect(reading.stream).await == content(0..700_000));
}

async fn what_fails_leaves_nothing(bucket: &str, blobs: &Blobs) {
    put(blobs, bucket, "kept", "before").await;
    for size in [100_000, 20_000_000] {
        let broken = pieces(size).chain(stream::iter([Err(io::Error::other("the line went dead"))]));
        assert!(blobs.put_stream(bucket, "kept", broken, "").await.is_err());
        let endless = pieces(size).chain(stream::pending());
        let put = blobs.put_stream(bucket, "new", endless, "");
        let mut put = std::pin::pin!(put);
        // As far as it gets before the stream has nothing more, then dropped.
        for _ in 0..50 {
            let waited = futures_util::future::select(&mut put, Box::pin(tokio::task::yield_now())).await;
            assert!(matches!(waited, futures_util::future::Either::Right(_)));
        }
    }
    assert_eq!(blobs.get(bucket, "kept").await.unwrap().unwrap().bytes, "before");
    assert_eq!(keys(blobs, bucket, "", None, 10).await, ["kept"]);
}

async fn copies_keep_what_is_said(bucket: &str, blobs: &Blobs) {
    let details = Details {
        cache_control: Some("no-cache".into()),
        content_disposition: Some("attachment; filename=\"x\"".into()),
        content_encoding: Some("gzip".into()),
        content_language: Some("de".into()),
        user: [("one".to_owned(), "1".to_owned())].into(),
        ..Details::default()
    };
    let about = Attributes { content_type: "image/png".into(), details };
    blobs.put(bucket, "from", content(0..5000), about.clone()).await.unwrap();
    assert!(blobs.copy((bucket, "from"), (bucket, "deep/to")).await.unwrap());
    let copied = blobs.get(bucket, "deep/to").await.unwrap().unwrap();
    assert!(copied.bytes == content(0..5000));
    assert_eq!((copied.meta.content_type, copied.meta.details), (about.content_type, about.details));
    assert!(!blobs.copy((bucket, "none"), (bucket, "from")).await.unwrap());
    assert!(blobs.exists(bucket, "from").await.unwrap());
}

async fn concurrent_puts_leave_whole_objects(bucket: &str, blobs: &Blobs) {
    let mut tasks = Vec::new();
    for turn in 0..40_u8 {
        let (blobs, bucket) = (blobs.clone(), bucket.to_owned());
        tasks.push(tokio::spawn(async move {
            if turn % 4 == 0 {
                blobs.delete(&bucket, "d/k").await.unwrap();
            } else {
                blobs.put(&bucket, "d/k", vec![turn; 5000].into(), "x/y").await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    if let Some(object) = blobs.get(bucket, "d/k").await.unwrap() {
        assert!(object.bytes.len() == 5000 && object.bytes.iter().all(|b| *b == object.bytes[0]));
    }
}
