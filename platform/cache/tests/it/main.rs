//! The cache through its front, on a clock that the tests move.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use platform_cache::{Cache, Error, Limits};
use platform_kernel::{Clock, Rng, Timestamp};

const SECOND: Duration = Duration::from_secs(1);

fn cache() -> (Cache, Clock) {
    let clock = Clock::fixed(Timestamp::from_millis(1_000_000));
    (Cache::local(clock.clone(), Rng::seeded(1)), clock)
}

#[tokio::test]
async fn values_live_as_long_as_said() {
    let (cache, clock) = cache();
    cache.set("a", "1", SECOND).await.unwrap();
    clock.advance(999);
    assert_eq!(cache.get("a").await.unwrap().as_deref(), Some(&b"1"[..]));
    assert!(cache.expire("a", SECOND).await.unwrap());
    clock.advance(999);
    assert!(!cache.set_if_absent("a", "2", SECOND).await.unwrap());
    clock.advance(1);
    assert_eq!(cache.get("a").await.unwrap(), None);
    assert!(!cache.expire("a", SECOND).await.unwrap());
    assert!(!cache.delete("a").await.unwrap());
    assert!(cache.set_if_absent("a", "3", SECOND).await.unwrap());
    assert_eq!(cache.len().await.unwrap(), 1);
    cache.clear().await.unwrap();
    assert!(cache.is_empty().await.unwrap());
}

#[tokio::test]
async fn json_of_another_shape_is_absent() {
    let (cache, _) = cache();
    cache.set_json("j", &vec![1, 2], SECOND).await.unwrap();
    assert_eq!(cache.get_json::<Vec<u8>>("j").await.unwrap(), Some(vec![1, 2]));
    assert_eq!(cache.get_json::<String>("j").await.unwrap(), None);
    assert_eq!(cache.take_json::<Vec<u8>>("j").await.unwrap(), Some(vec![1, 2]));
    assert_eq!(cache.take_json::<Vec<u8>>("j").await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn take_has_one_winner() {
    let (cache, _) = cache();
    for round in 0..50 {
        let key = format!("ticket:{round}");
        cache.set(&key, "x", SECOND).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (cache, key) = (cache.clone(), key.clone());
                tokio::spawn(async move { cache.take(&key).await.unwrap().is_some() })
            })
            .collect();
        let mut winners = 0;
        for task in tasks {
            winners += u32::from(task.await.unwrap());
        }
        assert_eq!(winners, 1);
    }
}

#[tokio::test]
async fn a_window_begins_with_its_first_count() {
    let (cache, clock) = cache();
    for expected in [true, true, false] {
        assert_eq!(cache.hit("login:1", 2, SECOND).await.unwrap(), expected);
        clock.advance(300);
    }
    clock.advance(100);
    assert!(cache.hit("login:1", 2, SECOND).await.unwrap());
}

#[tokio::test]
async fn rate_buckets_are_kept_between_calls() {
    let (cache, clock) = cache();
    for _ in 0..5 {
        assert!(cache.gcra("b", 5, 10_000, clock.now()).await.allowed);
    }
    let refused = cache.gcra("b", 5, 10_000, clock.now()).await;
    assert_eq!((refused.allowed, refused.retry_after_ms), (false, 2000));
    assert!(cache.gcra("other", 5, 10_000, clock.now()).await.allowed);
    clock.advance(2000);
    assert!(cache.gcra("b", 5, 10_000, clock.now()).await.allowed);
    clock.advance(10_000);
    assert_eq!(cache.len().await.unwrap(), 0, "an empty bucket is not kept");
}

#[tokio::test]
async fn locks_have_one_holder() {
    let (cache, clock) = cache();
    let first = cache.try_lock("l", SECOND).await.unwrap().unwrap();
    assert!(cache.try_lock("l", SECOND).await.unwrap().is_none());
    clock.advance(900);
    assert!(first.extend(SECOND).await.unwrap());
    clock.advance(900);
    assert!(cache.try_lock("l", SECOND).await.unwrap().is_none());
    clock.advance(100);
    let second = cache.try_lock("l", SECOND).await.unwrap().unwrap();
    assert!(!first.extend(SECOND).await.unwrap());
    drop(first);
    assert!(cache.try_lock("l", SECOND).await.unwrap().is_none(), "only the holder gives it back");
    drop(second);
    assert!(cache.try_lock("l", SECOND).await.unwrap().is_some());
}

#[tokio::test]
async fn many_callers_load_once() {
    let (cache, _) = cache();
    let loads = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let (cache, loads) = (cache.clone(), Arc::clone(&loads));
            tokio::spawn(async move {
                let load = async {
                    loads.fetch_add(1, SeqCst);
                    tokio::task::yield_now().await;
                    Ok::<_, Error>("v".to_owned())
                };
                cache.get_with("k", SECOND, load).await.unwrap()
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), "v");
    }
    assert_eq!(loads.load(SeqCst), 1);
}

#[tokio::test]
async fn a_failed_load_is_not_cached() {
    let (cache, _) = cache();
    let failed = async { Err::<u8, _>(Error::Unavailable("no".into())) };
    assert!(cache.get_with("k", SECOND, failed).await.is_err());
    assert_eq!(cache.get_with("k", SECOND, async { Ok::<u8, Error>(7) }).await.unwrap(), 7);
}

#[tokio::test]
async fn the_bound_holds_and_locks_and_used_entries_stay() {
    let clock = Clock::fixed(Timestamp::from_millis(0));
    let cache = Cache::local_with(Limits { bytes: 32 * 4096 }, clock.clone(), Rng::seeded(1));
    let hour = Duration::from_secs(3600);
    let lock = cache.try_lock("lock", hour).await.unwrap().unwrap();
    cache.set("hot", "x", hour).await.unwrap();
    for index in 0..5_000 {
        cache.set(&format!("key:{index}"), vec![0; 64], hour).await.unwrap();
        assert!(cache.get("hot").await.unwrap().is_some());
    }
    let count = cache.len().await.unwrap();
    assert!((200..900).contains(&count), "{count} entries within the bound");
    assert!(lock.extend(hour).await.unwrap());
}
