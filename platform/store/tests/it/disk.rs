//! Failing writes: one member of a group, a full queue, a file that may not grow.

use platform_kernel::Clock;
use platform_store::{Batch, Error, Store, Table, sqlite};

use crate::temp::Folder;

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "blobs")]
struct Row {
    #[partition]
    id: i64,
    bytes: Vec<u8>,
}

fn row(id: i64, length: usize) -> Row {
    Row { id, bytes: vec![1; length] }
}

/// Two stores on one file: the second has a table that the first was not opened with.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "strangers")]
struct Stranger {
    #[partition]
    id: i64,
}

#[tokio::test]
async fn a_failing_write_fails_alone() {
    let store = sqlite::scratch(&[Row::SCHEMA], Clock::system()).unwrap();
    for round in 0..20 {
        let before = store.put(&row(round * 10, 10));
        let failing = store.commit(Batch::new().put(&row(round * 10 + 1, 10)).put(&Stranger { id: 1 }));
        let after = store.insert_if_absent(&row(round * 10 + 2, 10));
        let taken = store.insert_if_absent(&row(round * 10 + 2, 20));
        before.await.unwrap();
        assert!(matches!(failing.await, Err(Error::Schema(_))));
        assert!(after.await.unwrap());
        assert!(!taken.await.unwrap());
        assert_eq!(store.get::<Row>((round * 10 + 1,)).await.unwrap(), None, "none of the failed batch");
    }
    assert_eq!(store.scan::<Row>(None, 100).await.unwrap().len(), 40);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let folder = Folder::new();
    let path = folder.file("q.db");
    let options =
        sqlite::Options { path: path.clone(), tables: &[Row::SCHEMA], queue: 3, ..Default::default() };
    let store = sqlite::open(options, Clock::system()).unwrap();
    // another process writes: the writer waits for it with the first group
    let mut blocker = rusqlite::Connection::open(&path).unwrap();
    let blocking = blocker.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let mut writes: Vec<_> = (0..20).map(|id| store.put(&row(id, 10))).collect();
    assert!(matches!(writes.pop().unwrap().await, Err(Error::Busy)));
    assert_eq!(store.get::<Row>((0,)).await.unwrap(), None, "reads do not wait");
    blocking.rollback().unwrap();
    let mut done = 0;
    for write in writes {
        match write.await {
            Ok(()) => done += 1,
            Err(error) => assert!(matches!(error, Error::Busy), "{error}"),
        }
    }
    assert!(done >= 3);
    assert_eq!(store.scan::<Row>(None, 100).await.unwrap().len(), done);
}

/// A file system of a few megabytes, in this test's own namespace; skipped where the machine
/// does not allow that.
mod full {
    use std::{
        path::{Path, PathBuf},
        process::Command,
    };

    use super::*;

    const PATH: &str = "PLATFORM_STORE_FULL_DISK";

    #[test]
    fn a_full_disk_fails_writes_and_recovers() {
        let folder = Folder::new();
        let script = format!(
            "mount -t tmpfs -o size=8m tmpfs {0} || exit 77; exec {1} disk::full::victim --exact --nocapture",
            folder.path().display(),
            std::env::current_exe().unwrap().display()
        );
        let output = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .env(PATH, folder.path())
            .output();
        let Ok(output) = output else { return };
        if output.status.success() || output.status.code() == Some(101) {
            let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{text}");
            assert!(text.contains("1 passed"), "{text}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "how the parent tells the victim what to do")]
    fn victim() {
        let Ok(folder) = std::env::var(PATH) else { return };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        runtime.block_on(fill(&PathBuf::from(folder)));
    }

    async fn fill(folder: &Path) {
        let path = folder.join("f.db");
        let ballast = folder.join("ballast");
        let store: Store = {
            let options =
                sqlite::Options { path: path.clone(), tables: &[Row::SCHEMA], ..Default::default() };
            sqlite::open(options, Clock::system()).unwrap()
        };
        std::fs::write(&ballast, vec![0; 5 << 20]).unwrap();
        store.put(&row(0, 100)).await.unwrap();
        let mut kept = 0;
        let refused = loop {
            match store.put(&row(kept + 1, 50_000)).await {
                Ok(()) => kept += 1,
                Err(error) => break error,
            }
            assert!(kept < 1_000);
        };
        assert!(matches!(refused, Error::Full), "{refused}");
        assert!(matches!(store.put(&row(5_000, 50_000)).await, Err(Error::Full)), "and again");
        assert_eq!(store.get::<Row>((0,)).await.unwrap(), Some(row(0, 100)), "reads go on");
        assert_eq!(store.scan::<Row>(None, 10_000).await.unwrap().len(), kept as usize + 1);
        std::fs::remove_file(&ballast).unwrap();
        store.put(&row(5_000, 50_000)).await.unwrap();
        assert_eq!(store.scan::<Row>(None, 10_000).await.unwrap().len(), kept as usize + 2);
        store.close().await.unwrap();
        assert_eq!(sqlite::integrity_check(&path).unwrap(), sqlite::Check::Sound);
    }
}
