//! Graceful shutdown. One [`Trigger`] belongs to whoever hears the signal; everybody else
//! holds a [`Shutdown`] and learns when to stop taking work and by when to be done.

use std::time::Duration;

use tokio::{sync::watch, time::Instant};

/// Requests the shutdown. Dropping it without a request counts as one without any grace.
#[derive(Debug)]
pub struct Trigger(watch::Sender<Option<Instant>>);

impl Trigger {
    /// Everyone stops taking new work and has `grace` to finish what was begun.
    /// Only the first request counts.
    pub fn request(&self, grace: Duration) {
        self.0.send_if_modified(|deadline| {
            let first = deadline.is_none();
            if first {
                *deadline = Some(Instant::now() + grace);
            }
            first
        });
    }
}

/// Hears of the shutdown. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Receiver<Option<Instant>>);

impl Shutdown {
    pub fn new() -> (Trigger, Self) {
        let (sender, receiver) = watch::channel(None);
        (Trigger(sender), Self(receiver))
    }
    /// Ready once the shutdown is requested.
    pub async fn requested(&self) {
        let mut receiver = self.0.clone();
        // An error means the trigger is gone: nobody is left to wait for.
        let _ = receiver.wait_for(Option::is_some).await;
    }
    pub fn is_requested(&self) -> bool {
        self.0.borrow().is_some() || self.0.has_changed().is_err()
    }
    /// When everything has to be finished; `None` until requested.
    pub fn deadline(&self) -> Option<Instant> {
        *self.0.borrow()
    }
    /// Ready when the grace after a request is over.
    pub async fn expired(&self) {
        self.requested().await;
        if let Some(deadline) = self.deadline() {
            tokio::time::sleep_until(deadline).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn everyone_hears_and_the_first_deadline_counts() {
        let (trigger, shutdown) = Shutdown::new();
        assert!(!shutdown.is_requested());
        let waiting = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.requested().await }
        });
        let start = Instant::now();
        trigger.request(Duration::from_secs(10));
        trigger.request(Duration::from_secs(99));
        waiting.await.unwrap();
        assert!(shutdown.is_requested());
        shutdown.expired().await;
        assert_eq!(start.elapsed().as_secs(), 10);
    }

    #[tokio::test]
    async fn a_lost_trigger_is_a_request() {
        let (trigger, shutdown) = Shutdown::new();
        drop(trigger);
        shutdown.requested().await;
        assert!(shutdown.is_requested());
        shutdown.expired().await;
    }
}
