//! The file-system engine: the common suite and what only it can do.

#![allow(clippy::unwrap_used, reason = "tests")]

mod conditions;
mod expiry;
mod files;
mod multipart;
mod pages;

use std::path::PathBuf;

use platform_blobs::{Blobs, Local, conformance};
use platform_kernel::{Clock, Timestamp};

/// A folder that is gone when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("blobs-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
    pub fn open(&self) -> Blobs {
        Blobs::filesystem(&self.0, Clock::fixed(Timestamp::from_millis(77))).unwrap()
    }
    pub fn local(&self, clock: Clock) -> Local {
        Blobs::filesystem(&self.0, clock).unwrap().local().unwrap().clone()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_file_system_passes_the_common_suite() {
    let folder = Folder::new("suite");
    conformance::run("b", async |name| {
        Blobs::filesystem(&folder.0.join(name), Clock::fixed(Timestamp::from_millis(77))).unwrap()
    })
    .await;
    // Writers that were given up leave nothing either.
    for name in std::fs::read_dir(&folder.0).unwrap() {
        let temporary = name.unwrap().path().join(".tmp");
        assert_eq!(std::fs::read_dir(temporary).unwrap().count(), 0);
    }
}
