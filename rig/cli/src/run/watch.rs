//! A file that may change. It counts as changed when it looks the same twice after it looked
//! different: nobody reads what is still being written.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    modified: Option<SystemTime>,
    size: u64,
}

pub struct Watch {
    path: Option<PathBuf>,
    interval: Duration,
    known: Option<Look>,
}

impl Watch {
    /// Without a path, or with an interval of nothing, it never changes.
    pub fn new(path: Option<PathBuf>, interval: Duration) -> Self {
        let mut watch = Self { path: path.filter(|_| !interval.is_zero()), interval, known: None };
        watch.known = watch.look();
        watch
    }

    fn look(&self) -> Option<Look> {
        let metadata = std::fs::metadata(self.path.as_ref()?).ok()?;
        Some(Look { modified: metadata.modified().ok(), size: metadata.len() })
    }

    /// Ready when the file has changed. May be dropped before that without loss.
    pub async fn changed(&mut self) {
        if self.path.is_none() {
            std::future::pending::<()>().await;
        }
        let mut last = None;
        loop {
            tokio::time::sleep(self.interval).await;
            let now = self.look();
            // A file that is gone may be about to be replaced.
            if now.is_some() && now != self.known && now == last {
                self.known = now;
                return;
            }
            last = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_changed_file_is_noticed_once() {
        let path = std::env::temp_dir().join(format!("rig-watch-{}", std::process::id()));
        std::fs::write(&path, "one").unwrap();
        let mut watch = Watch::new(Some(path.clone()), Duration::from_secs(1));
        let patience = Duration::from_secs(10);
        assert!(tokio::time::timeout(patience, watch.changed()).await.is_err());
        std::fs::write(&path, "three").unwrap();
        tokio::time::timeout(patience, watch.changed()).await.unwrap();
        assert!(tokio::time::timeout(patience, watch.changed()).await.is_err());
        std::fs::remove_file(&path).unwrap();
        assert!(tokio::time::timeout(patience, watch.changed()).await.is_err());
    }
}
