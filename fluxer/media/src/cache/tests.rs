use super::*;

struct Folder(PathBuf);
impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("media-cache-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn about(until: Option<i64>) -> About {
    About { content_type: "image/webp".into(), etag: "e".into(), modified: 5, until }
}

/// Without the thread: what it would do is called by the test.
fn open(folder: &Folder, limit: u64, clock: &Clock) -> Arc<Inner> {
    fs::create_dir_all(&folder.0).unwrap();
    let (index, next) = (Mutex::default(), AtomicU64::new(0));
    Arc::new(Inner { folder: folder.0.clone(), limit, clock: clock.clone(), index, next })
}

fn put(cache: &Inner, key: &str, bytes: &'static [u8]) {
    cache.put(key, about(None), &Content::Bytes(Bytes::from_static(bytes))).unwrap();
}

fn get(cache: &Inner, key: &str) -> Option<Bytes> {
    match cache.get(key)?.1 {
        Content::Bytes(bytes) => Some(bytes),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_kept_outlives_a_restart_and_a_bound() {
    let folder = Folder::new("keep");
    let clock = Clock::fixed(Timestamp::from_millis(1_000_000_000_000));
    let cache = open(&folder, 1 << 20, &clock);
    for key in ["a", "b", "c"] {
        put(&cache, key, &[7; 1000]);
        clock.advance(2 * TOUCH_MS);
        // Read, and marked with the hour.
        assert_eq!(get(&cache, key).unwrap().len(), 1000);
    }
    assert_eq!(get(&cache, "a").unwrap().len(), 1000);
    drop(cache);
    clock.advance(2 * TOUCH_MS);
    fs::write(folder.0.join("0-0.new"), "left over").unwrap();
    // Room for two and a half: the one used longest ago goes.
    let cache = open(&folder, 3000, &clock);
    cache.scan().unwrap();
    assert!(!folder.0.join("0-0.new").exists());
    assert_eq!(get(&cache, "b"), None);
    assert!(get(&cache, "a").is_some() && get(&cache, "c").is_some());
    put(&cache, "d", &[8; 1000]);
    assert_eq!((get(&cache, "a"), get(&cache, "d").map(|bytes| bytes.len())), (None, Some(1000)));
}

#[test]
fn what_is_not_whole_is_absent_and_removed() {
    let folder = Folder::new("broken");
    let cache = open(&folder, 1 << 20, &Clock::fixed(Timestamp::from_millis(0)));
    let spoil: [fn(&mut Vec<u8>); 6] = [
        |file| file.clear(),
        |file| file.truncate(file.len() - 1),
        |file| file.push(0),
        |file| *file.last_mut().unwrap() ^= 1,
        |file| file[0] ^= 1,
        |file| file[20] ^= 1,
    ];
    for (at, spoil) in spoil.iter().enumerate() {
        put(&cache, "k", b"content");
        let path = cache.path(&name_of("k"));
        let mut file = fs::read(&path).unwrap();
        spoil(&mut file);
        fs::write(&path, file).unwrap();
        assert_eq!(get(&cache, "k"), None, "{at}");
        assert!(!path.exists(), "{at}");
    }
    put(&cache, "k", b"content");
    // Another entry under the name.
    fs::rename(cache.path(&name_of("k")), {
        let other = cache.path(&name_of("other"));
        fs::create_dir_all(other.parent().unwrap()).unwrap();
        other
    })
    .unwrap();
    assert_eq!(get(&cache, "other"), None);
}

#[test]
fn some_things_have_their_time() {
    let folder = Folder::new("until");
    let clock = Clock::fixed(Timestamp::from_millis(1000));
    let cache = open(&folder, 1 << 20, &clock);
    cache.put("k", about(Some(2000)), &Content::Bytes("x".into())).unwrap();
    assert_eq!(cache.get("k").unwrap().0, about(Some(2000)));
    clock.advance(1000);
    assert!(cache.get("k").is_none());
}

#[tokio::test]
async fn large_ones_are_served_from_their_file() {
    let folder = Folder::new("large");
    let cache = Cache::open(&folder.0, 64 << 20, Clock::fixed(Timestamp::from_millis(0))).unwrap();
    let large = Bytes::from((0..SMALL + 10).map(|at| at as u8).collect::<Vec<u8>>());
    cache.put("k", about(None), Content::Bytes(large.clone())).await;
    let (_, content) = cache.get("k").await.unwrap();
    assert!(matches!(content, Content::File(_)));
    // Kept again from its own file, as a fetched one is.
    cache.put("copy", about(None), content).await;
    let (_, content) = cache.get("copy").await.unwrap();
    let body = content.body(3..SMALL + 5).await.unwrap();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    assert!(bytes == large.slice(3..SMALL as usize + 5));
    assert!(!cache.takes(9 << 20) && cache.takes(8 << 20));
    let off = Cache::open(&folder.0, 0, Clock::fixed(Timestamp::from_millis(0))).unwrap();
    assert!(off.get("k").await.is_none() && !off.takes(0));
}
