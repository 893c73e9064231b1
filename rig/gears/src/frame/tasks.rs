//! The background work of one gear: ends with it, and a panic in it is counted, not spread.

use std::{future::Future, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use parking_lot::Mutex;
use tokio::task::JoinSet;

use super::{context::GearContext, gear::GearError};

/// Tasks that end when this is dropped.
#[derive(Default)]
pub struct Tasks(Mutex<JoinSet<()>>);

impl Tasks {
    pub fn spawn(&self, context: &GearContext, work: impl Future<Output = ()> + Send + 'static) {
        let context = context.clone();
        let mut tasks = self.0.lock();
        // Finished ones are let go here; a server would gather one for each connection.
        while tasks.try_join_next().is_some() {}
        tasks.spawn(async move {
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                context.failed(&GearError::new("panic", "a background task of the gear panicked"));
            }
        });
    }
    /// Waits for the tasks, and ends those that take longer.
    pub async fn finish(&self, patience: Duration) {
        let mut tasks = std::mem::take(&mut *self.0.lock());
        let all = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(patience, all).await.is_err() {
            tasks.shutdown().await;
        }
    }
    /// Ends the tasks.
    pub async fn abort(&self) {
        let mut tasks = std::mem::take(&mut *self.0.lock());
        tasks.shutdown().await;
    }
}
