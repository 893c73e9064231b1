//! Not too many pages of one host at the same time.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const AT_ONCE: usize = 2;
/// Above this many, hosts that nobody asks are forgotten.
const KEEP: usize = 256;

/// Hosts that are being asked.
#[derive(Default)]
pub struct Hosts(Mutex<HashMap<String, Weak<Semaphore>>>);

impl Hosts {
    /// Waits for a turn at the host; the turn lasts as long as what is returned.
    pub async fn enter(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        let turns = self.turns(host);
        turns.acquire_owned().await.ok()
    }

    fn turns(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.0.lock();
        if let Some(turns) = hosts.get(host).and_then(Weak::upgrade) {
            return turns;
        }
        if hosts.len() > KEEP {
            hosts.retain(|_, turns| turns.strong_count() > 0);
        }
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        hosts.insert(host.to_owned(), Arc::downgrade(&turns));
        turns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn two_at_a_time() {
        let hosts = Hosts::default();
        let first = hosts.enter("a.example").await;
        let _second = hosts.enter("a.example").await;
        assert_eq!(hosts.turns("a.example").available_permits(), 0);
        assert_eq!(hosts.turns("b.example").available_permits(), 2);
        drop(first);
        assert_eq!(hosts.turns("a.example").available_permits(), 1);
    }
}
