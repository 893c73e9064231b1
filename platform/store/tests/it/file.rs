//! Checks, backups, sweeping: what is about the file itself.

use std::{fs, os::unix::fs::FileExt, path::Path};

use platform_kernel::{Clock, Timestamp};
use platform_store::{Batch, Error, Store, Table, sqlite};

use crate::temp::Folder;

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "items")]
struct Item {
    #[partition]
    id: i64,
    text: String,
}

fn item(id: i64) -> Item {
    Item { id, text: "t".repeat(200) }
}

fn open(path: &Path, clock: &Clock) -> Store {
    let options = sqlite::Options { path: path.to_owned(), tables: &[Item::SCHEMA], ..Default::default() };
    sqlite::open(options, clock.clone()).unwrap()
}

#[tokio::test]
async fn a_backup_of_a_store_in_use_is_a_store() {
    let (folder, clock) = (Folder::new(), Clock::system());
    let (path, copy) = (folder.file("a.db"), folder.file("b.db"));
    let store = open(&path, &clock);
    store.commit((0..500).fold(Batch::new(), |batch, id| batch.put(&item(id)))).await.unwrap();
    sqlite::backup(&path, &copy).unwrap();
    store.put(&item(1_000)).await.unwrap();
    let copied = open(&copy, &clock);
    assert_eq!(copied.scan::<Item>(None, 1_000).await.unwrap().len(), 500);
    assert!(sqlite::backup(&path, &copy).is_err(), "a backup is not overwritten");
    assert_eq!(sqlite::quick_check(&path).unwrap(), sqlite::Check::Sound);
    assert_eq!(sqlite::integrity_check(&copy).unwrap(), sqlite::Check::Sound);
    assert!(matches!(sqlite::quick_check(&folder.file("none.db")), Err(Error::Unavailable(_))));
}

#[tokio::test]
async fn damage_is_found() {
    let (folder, clock) = (Folder::new(), Clock::system());
    let path = folder.file("a.db");
    let store = open(&path, &clock);
    store.commit((0..500).fold(Batch::new(), |batch, id| batch.put(&item(id)))).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let pages = file.metadata().unwrap().len() / 4096;
    for page in 5..pages {
        file.write_all_at(&[0xA5; 64], page * 4096).unwrap();
    }
    match sqlite::integrity_check(&path) {
        Ok(sqlite::Check::Damaged(lines)) => assert!(!lines.is_empty()),
        Err(Error::Corrupt(_)) => {}
        other => panic!("damage was not found: {other:?}"),
    }
}

#[tokio::test]
async fn closing_leaves_everything_in_one_file() {
    let (folder, clock) = (Folder::new(), Clock::system());
    let path = folder.file("a.db");
    let store = open(&path, &clock);
    for id in 0..50 {
        store.put(&item(id)).await.unwrap();
    }
    store.close().await.unwrap();
    let log = fs::metadata(folder.file("a.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0, "a copy of the file alone is whole");
    assert_eq!(store.get::<Item>((7,)).await.unwrap(), Some(item(7)), "reads go on");
}

/// The log stays short although nobody asks for checkpoints.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_does_not_grow_with_the_writes() {
    let (folder, clock) = (Folder::new(), Clock::system());
    let path = folder.file("a.db");
    let tables = [Item::SCHEMA];
    let options =
        sqlite::Options { path, tables: &tables, durability: sqlite::Durability::Off, ..Default::default() };
    let store = sqlite::open(options, clock).unwrap();
    // each row lands on a page of its own: about 240 MB of log
    for round in 0..60 {
        let ids = (0..1_000).map(|index| (index * 7919 + round * 31) % 200_000);
        store.commit(ids.fold(Batch::new(), |batch, id| batch.put(&item(id)))).await.unwrap();
    }
    let log = fs::metadata(folder.file("a.db-wal")).unwrap().len();
    assert!(log < 100 << 20, "{} MiB", log >> 20);
}

#[tokio::test]
async fn expired_rows_are_removed_from_the_file() {
    let (folder, clock) = (Folder::new(), Clock::fixed(Timestamp::from_millis(1_000_000)));
    let path = folder.file("a.db");
    let store = open(&path, &clock);
    let batch = (0..1_200).fold(Batch::new(), |batch, id| batch.put_ttl(&item(id), 60));
    store.commit(batch.put(&item(5_000))).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    clock.advance(60_000);
    let raw = rusqlite_count(&path);
    assert_eq!(raw, 1_201, "they are still in the file");
    let store = open(&path, &clock);
    // due at once, so the writer is at it; the close comes behind, but may overtake the later turns
    while rusqlite_count(&path) > 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(store.get::<Item>((5_000,)).await.unwrap(), Some(item(5_000)));
}

/// Rows in the file, expired or not: what an earlier build without expiry would see.
fn rusqlite_count(path: &Path) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    connection.query_row("SELECT count(*) FROM items", [], |row| row.get(0)).unwrap()
}
