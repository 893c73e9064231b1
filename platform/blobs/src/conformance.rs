//! What every engine must do. Each test takes an engine made for it alone.

use std::path::PathBuf;

use super::*;

struct Folder(PathBuf);
impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("blobs-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
    fn open(&self) -> Blobs {
        Blobs::filesystem(&self.0, Clock::fixed(Timestamp::from_millis(77))).unwrap()
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn put(blobs: &Blobs, key: &str, text: &'static str) -> Meta {
    blobs.put("b", key, Bytes::from_static(text.as_bytes()), "text/plain").await.unwrap()
}

async fn keys(blobs: &Blobs, prefix: &str, after: Option<&str>, limit: usize) -> Vec<String> {
    let found = blobs.list("b", prefix, after, limit).await.unwrap();
    found.into_iter().map(|meta| meta.key).collect()
}

#[tokio::test]
async fn what_is_put_is_there_after_reopening() {
    let folder = Folder::new("put");
    let meta = put(&folder.open(), "a/b", "first").await;
    assert_eq!((meta.size, meta.modified.millis()), (5, 77));
    let blobs = folder.open();
    assert_eq!(blobs.head("b", "a/b").await.unwrap(), Some(meta));
    put(&blobs, "a/b", "second").await;
    let object = blobs.get("b", "a/b").await.unwrap().unwrap();
    assert_eq!((&object.bytes[..], object.meta.content_type.as_str()), (&b"second"[..], "text/plain"));
    let digest = "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4";
    assert_eq!(object.meta.sha256, digest);
    assert!(blobs.get("b", "a").await.unwrap().is_none());
    assert!(blobs.get("other", "a/b").await.unwrap().is_none());
    put(&blobs, "empty", "").await;
    assert!(blobs.get("b", "empty").await.unwrap().unwrap().bytes.is_empty());
}

#[tokio::test]
async fn ranges_are_cut_to_the_object() {
    let folder = Folder::new("range");
    let blobs = folder.open();
    put(&blobs, "k", "0123456789").await;
    let part = async |range| blobs.get_range("b", "k", range).await.unwrap().unwrap().bytes;
    assert_eq!(&part(2..5).await[..], b"234");
    assert_eq!(&part(8..u64::MAX).await[..], b"89");
    for bad in [10..11, 4..4] {
        let error = blobs.get_range("b", "k", bad).await.unwrap_err();
        assert!(matches!(error, Error::Range { size: 10 }));
    }
    assert!(blobs.get_range("b", "none", 0..1).await.unwrap().is_none());
}

#[tokio::test]
async fn lists_in_key_order_by_pages() {
    let folder = Folder::new("list");
    let blobs = folder.open();
    // `-` sorts before `/`, `0` after it: folders must not be taken by their bare names.
    let all = ["a", "a-", "a/b", "a/b/c", "a0", "b/../x", "ü"];
    for key in all.iter().rev() {
        put(&blobs, key, "x").await;
    }
    assert_eq!(keys(&blobs, "", None, 100).await, all);
    assert_eq!(keys(&blobs, "a/", None, 100).await, ["a/b", "a/b/c"]);
    assert_eq!(keys(&blobs, "a/b", Some("a/b"), 100).await, ["a/b/c"]);
    let mut paged: Vec<String> = Vec::new();
    loop {
        let page = keys(&blobs, "", paged.last().cloned().as_deref(), 2).await;
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn deletes_once_and_tidies_up() {
    let folder = Folder::new("delete");
    let blobs = folder.open();
    put(&blobs, "deep/er/x", "x").await;
    put(&blobs, "deep/y", "y").await;
    assert!(blobs.delete("b", "deep/er/x").await.unwrap());
    assert!(!blobs.delete("b", "deep/er/x").await.unwrap());
    assert!(blobs.exists("b", "deep/y").await.unwrap());
    assert!(blobs.delete("b", "deep/y").await.unwrap());
    assert!(keys(&blobs, "", None, 10).await.is_empty());
    put(&blobs, "again", "x").await;
    blobs.clear().await.unwrap();
    assert!(!blobs.exists("b", "again").await.unwrap());
}

#[tokio::test]
async fn concurrent_puts_and_deletes_leave_whole_objects() {
    let folder = Folder::new("race");
    let blobs = folder.open();
    let mut tasks = Vec::new();
    for turn in 0..40_u8 {
        let blobs = blobs.clone();
        tasks.push(tokio::spawn(async move {
            if turn % 4 == 0 {
                blobs.delete("b", "d/k").await.unwrap();
            } else {
                blobs.put("b", "d/k", vec![turn; 5000].into(), "x/y").await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    if let Some(object) = blobs.get("b", "d/k").await.unwrap() {
        assert!(object.bytes.len() == 5000 && object.bytes.iter().all(|b| *b == object.bytes[0]));
    }
}

#[tokio::test]
async fn a_cut_file_is_reported_not_served() {
    let folder = Folder::new("cut");
    let blobs = folder.open();
    put(&blobs, "k", "0123456789").await;
    let file = std::fs::OpenOptions::new().write(true).open(folder.0.join("b/k")).unwrap();
    file.set_len(file.metadata().unwrap().len() - 1).unwrap();
    assert!(matches!(blobs.get("b", "k").await, Err(Error::Corrupt(_))));
}
