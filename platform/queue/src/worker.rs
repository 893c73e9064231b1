//! The registry of handlers, and running them.

use std::{
    collections::BTreeMap,
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use platform_kernel::shutdown::Shutdown;
use tokio::{sync::Semaphore, task::JoinSet};
use tracing::Instrument;

use crate::{
    Error, JobError, Payload, Queue, claim::LEASE_MS, pump, queue::Kind, rows::JobRow, schedule,
    stats::Running,
};

type Outcome = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;

/// One kind's handler.
pub(crate) struct Handler {
    run: Box<dyn Fn(Payload) -> Outcome + Send + Sync>,
    pub state: Arc<Kind>,
    pub slots: Arc<Semaphore>,
    pub concurrency: u32,
}

pub(crate) struct Parts {
    pub queue: Queue,
    pub handlers: BTreeMap<&'static str, Arc<Handler>>,
    /// Name and interval in milliseconds.
    pub schedules: Vec<(&'static str, i64)>,
    /// Name and calendar.
    pub crons: Vec<(&'static str, &'static str)>,
    /// Of all kinds together.
    pub total: Arc<Semaphore>,
    pub poll: Option<Duration>,
}

/// Runs the jobs of the kinds it has handlers for.
pub struct Worker(Parts);

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.handlers.keys()).finish()
    }
}

impl Worker {
    pub fn new(queue: Queue) -> Self {
        Self(Parts {
            queue,
            handlers: BTreeMap::new(),
            schedules: Vec::new(),
            crons: Vec::new(),
            total: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)),
            poll: None,
        })
    }

    /// At most so many jobs run at a time, whatever their kinds.
    #[must_use]
    pub fn concurrency(mut self, jobs: usize) -> Self {
        self.0.total = Arc::new(Semaphore::new(jobs.clamp(1, Semaphore::MAX_PERMITS)));
        self
    }

    /// Whether there is a handler for jobs of this kind.
    pub fn handles(&self, kind: &str) -> bool {
        self.0.handlers.contains_key(kind)
    }

    /// Has jobs of `kind` run by `handler`, at most `concurrency` at a time. A later handler
    /// of the same kind takes the place of the earlier one.
    #[must_use]
    pub fn handle<H, F>(mut self, kind: &'static str, concurrency: u32, handler: H) -> Self
    where
        H: Fn(Payload) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let concurrency = concurrency.max(1);
        let handler = Handler {
            run: Box::new(move |payload| Box::pin(handler(payload))),
            state: self.0.queue.kind(kind),
            slots: Arc::new(Semaphore::new(concurrency as usize)),
            concurrency,
        };
        self.0.handlers.insert(kind, Arc::new(handler));
        self
    }

    /// Runs `handler` once in each interval of UTC time, the first time when the next
    /// interval begins. Intervals missed while the process was down count as one. The runs
    /// are jobs of the kind `name`.
    #[must_use]
    pub fn every<H, F>(mut self, name: &'static str, interval: Duration, handler: H) -> Self
    where
        H: Fn(Payload) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let ms = i64::try_from(interval.as_millis()).unwrap_or(i64::MAX).max(1);
        self.0.schedules.push((name, ms));
        self.handle(name, 1, handler)
    }

    /// Runs `handler` by a calendar (see [`crate::Cron`]), which operators can see. Runs missed
    /// while the process was down count as one. The runs are jobs of the kind `name`, which may
    /// be pushed beside them.
    #[must_use]
    pub fn cron<H, F>(mut self, name: &'static str, calendar: &'static str, handler: H) -> Self
    where
        H: Fn(Payload) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.0.crons.push((name, calendar));
        self.handle(name, 1, handler)
    }

    /// Also looks for due jobs at this interval: for several processes on one store, which
    /// do not hear each other's pushes.
    #[must_use]
    pub fn poll_every(mut self, interval: Duration) -> Self {
        self.0.poll = Some(interval);
        self
    }

    /// Runs until the shutdown is requested, then lets the handlers end within its grace;
    /// what is not done by then is stopped and given back.
    pub async fn run(self, shutdown: Shutdown) {
        let parts = Arc::new(self.0);
        let mut tasks = JoinSet::new();
        for (kind, handler) in &parts.handlers {
            tasks.spawn(pump::run(Arc::clone(&parts), kind, Arc::clone(handler), shutdown.clone()));
        }
        tasks.spawn(schedule::run(Arc::clone(&parts), shutdown.clone()));
        while tasks.join_next().await.is_some() {}
    }

    /// Runs everything that is due by now, and what becomes due by that, one after another;
    /// how many attempts that were. For tests and tools.
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut total = 0;
        schedule::declare(&self.0).await?;
        loop {
            schedule::tick(&self.0).await?;
            self.0.queue.0.shelf.settled().await?;
            let mut ran = 0;
            for (kind, handler) in &self.0.handlers {
                ran += pump::run_now(&self.0.queue, kind, handler).await?;
            }
            if ran == 0 {
                return Ok(total);
            }
            total += ran;
        }
    }
}

impl Handler {
    /// Runs one attempt of a leased job, renewing the lease, and settles it. When the process
    /// stops and its grace is over, the job is stopped and given back.
    pub async fn attempt(&self, queue: &Queue, mut job: JobRow, shutdown: Option<&Shutdown>) {
        let _running = Running::new(&self.state.counters);
        let kind = job.kind.clone();
        let span = tracing::info_span!(
            "worker.process_job",
            "worker.id" = std::process::id(),
            "job.seq" = job.id,
            "job.task_type" = kind,
            "job.redelivered" = job.attempts > 1,
            "job.status" = tracing::field::Empty,
        );
        let started = Instant::now();
        let mut task = JoinSet::new();
        // its own task: a panic is the job's failure, and a lost lease can stop it
        task.spawn((self.run)(Payload::of(&job)).instrument(span.clone()));
        let renew = Duration::from_millis(LEASE_MS.unsigned_abs() / 3);
        let outcome = loop {
            let ended = tokio::select! {
                ended = tokio::time::timeout(renew, task.join_next()) => ended,
                () = expired(shutdown) => {
                    task.shutdown().await;
                    tracing::info!(kind, id = job.id, "a job is stopped with the process and given back");
                    if let Err(error) = queue.give_back(job).await {
                        tracing::warn!(%error, kind, "a job was not given back; it runs when its lease is over");
                    }
                    return;
                }
            };
            match ended {
                Ok(Some(Ok(outcome))) => break outcome,
                Ok(Some(Err(error))) => {
                    break Err(JobError::retry(format!("the handler ended early: {error}")));
                }
                Ok(None) => break Err(JobError::retry("the handler is gone")),
                Err(_) => {
                    let end = queue.0.clock.now().plus_millis(LEASE_MS);
                    match queue.reschedule(&mut job, end).await {
                        Ok(true) => {}
                        Ok(false) => {
                            tracing::info!(kind, id = job.id, "a job was cancelled or taken over");
                            return;
                        }
                        Err(error) => tracing::warn!(%error, kind, "a lease was not renewed"),
                    }
                }
            }
        };
        let status = if outcome.is_ok() { "success" } else { "failure" };
        span.record("job.status", status);
        let elapsed = started.elapsed();
        metrics::histogram!("fluxer_jobs_duration_seconds", "kind" => kind.clone(), "status" => status)
            .record(elapsed.as_secs_f64());
        let id = job.id.clone();
        if let Err(error) = queue.settle(job, outcome, &self.state).await {
            tracing::warn!(%error, kind, id, "a job's end was not recorded; it will run again");
        }
    }
}

/// Ready when there is no time left.
async fn expired(shutdown: Option<&Shutdown>) {
    match shutdown {
        Some(shutdown) => shutdown.expired().await,
        None => std::future::pending().await,
    }
}
