//! Where decoding happens: threads of its own, a memory budget for the whole process, a time
//! limit for each job.
//!
//! Promises: no more jobs run than there are threads, and no more memory is promised to them than
//! the budget, in the order they came; a panic of a decoder is an error of that job alone; a job
//! whose asker is gone is not begun.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use tokio::sync::{Semaphore, oneshot};

use crate::Error;

type Job = Box<dyn FnOnce() + Send>;

/// When a job has to be done.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    pub fn after(limit: Duration) -> Self {
        Self(Instant::now() + limit)
    }
    pub fn check(self) -> Result<(), Error> {
        if Instant::now() > self.0 { Err(Error::Timeout) } else { Ok(()) }
    }
}

pub struct Workers {
    jobs: Sender<Job>,
    budget: Arc<Semaphore>,
    budget_kib: u32,
    /// Of one job.
    limit: Duration,
    /// For a turn.
    patience: Duration,
}

impl Workers {
    pub fn new(threads: usize, budget: u64, limit: Duration, patience: Duration) -> std::io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for number in 0..threads.max(1) {
            let queue: Arc<Mutex<Receiver<Job>>> = queue.clone();
            thread::Builder::new().name(format!("imaging-{number}")).spawn(move || {
                loop {
                    // the lock is held while waiting: the others wait for the lock instead
                    let next = queue.lock().recv();
                    match next {
                        Ok(job) => job(),
                        Err(_) => return,
                    }
                }
            })?;
        }
        let budget_kib = u32::try_from(budget / 1024).unwrap_or(u32::MAX).max(1);
        Ok(Self { jobs, budget: Arc::new(Semaphore::new(budget_kib as usize)), budget_kib, limit, patience })
    }

    /// Runs `job`, which holds up to `cost` bytes, when there is room for it.
    pub async fn run<T: Send + 'static>(
        &self,
        cost: u64,
        job: impl FnOnce(Deadline) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let kib = u32::try_from(cost.div_ceil(1024)).unwrap_or(u32::MAX).max(1);
        if kib > self.budget_kib {
            return Err(Error::TooLarge(format!("{} MiB of memory to decode", cost >> 20)));
        }
        let room = tokio::time::timeout(self.patience, self.budget.clone().acquire_many_owned(kib))
            .await
            .map_err(|_| Error::Busy)?
            .map_err(|_| Error::Busy)?;
        let (answer, answered) = oneshot::channel();
        let limit = self.limit;
        self.jobs
            .send(Box::new(move || {
                let room = room;
                if answer.is_closed() {
                    return;
                }
                let run = AssertUnwindSafe(|| job(Deadline::after(limit)));
                let result = catch_unwind(run).unwrap_or_else(|panic| Err(Error::Corrupt(message(&*panic))));
                drop(room);
                let _ = answer.send(result);
            }))
            .map_err(|_| Error::Busy)?;
        answered.await.map_err(|_| Error::Busy)?
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "the decoder gave up".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn workers(budget: u64) -> Workers {
        Workers::new(4, budget, Duration::from_secs(60), Duration::from_secs(60)).expect("threads")
    }

    #[tokio::test]
    async fn the_budget_is_never_exceeded() {
        let workers = workers(100 << 10);
        static HELD: AtomicU64 = AtomicU64::new(0);
        let jobs = (0..200_u64).map(|at| {
            let cost = (1 + at % 100) << 10;
            workers.run(cost, move |_| {
                let held = HELD.fetch_add(cost, Ordering::SeqCst) + cost;
                thread::yield_now();
                HELD.fetch_sub(cost, Ordering::SeqCst);
                Ok(held)
            })
        });
        for held in futures_util::future::join_all(jobs).await {
            assert!(held.expect("runs") <= 100 << 10);
        }
        assert!(matches!(workers.run(101 << 10, |_| Ok(())).await, Err(Error::TooLarge(_))));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_one_job() {
        let workers = workers(1 << 20);
        let broken = workers.run::<()>(1, |_| std::panic::resume_unwind(Box::new("broken".to_owned()))).await;
        assert!(matches!(broken, Err(Error::Corrupt(text)) if text == "broken"));
        assert_eq!(workers.run(1 << 20, |_| Ok(7)).await.expect("runs"), 7);
    }
}
