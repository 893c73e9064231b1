//! The one writer.
//!
//! Work is handed over under a short lock when the caller calls, so its order is the order
//! of the calls. The thread takes all that waits (up to [`GROUP`]), applies it in one
//! transaction, commits, then wakes the callers: the more that wait, the more share one
//! sync. If anything in a group fails, the transaction is rolled back and its members are
//! applied one by one, so that one failure is only its own; conditions that do not hold are
//! an answer, not a failure. When [`super::Options::queue`] requests wait, further ones
//! fail at once with [`Error::Busy`] instead of growing the queue.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use parking_lot::{Condvar, Mutex};
use platform_kernel::Clock;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Tables, apply::Applier, checkpoint::Checkpointer, error::from_sqlite, sweep::Expiries};
use crate::{Conditional, Error, Write};

/// Requests in one transaction.
const GROUP: usize = 1024;

pub(super) enum Work {
    Batch(Vec<Write>),
    /// The others are written if the first one is.
    Conditional(Conditional, Vec<Write>),
    Truncate,
    Checkpoint,
    Close,
}

struct Request {
    work: Work,
    done: oneshot::Sender<Result<bool, Error>>,
}

struct Queue {
    waiting: Vec<Request>,
    open: bool,
}

struct Shared {
    queue: Mutex<Queue>,
    handed_over: Condvar,
    capacity: usize,
}

pub(super) struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// `second` is another connection to the same file.
    pub fn start(
        mut connection: Connection,
        second: Connection,
        tables: Arc<Tables>,
        clock: Clock,
        capacity: usize,
    ) -> Result<Self, Error> {
        let checkpointer = Checkpointer::start(&mut connection, second)?;
        let expiries = Expiries::read(&connection, &tables)?;
        let queue = Mutex::new(Queue { waiting: Vec::new(), open: true });
        let shared = Arc::new(Shared { queue, handed_over: Condvar::new(), capacity });
        let thread =
            Thread { checkpointer, connection, tables, expiries, clock, shared: Arc::clone(&shared) };
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || thread.run())
            .map_err(|error| Error::Unavailable(format!("cannot start the writer: {error}")))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Hands `work` over now; the future tells how it went.
    pub fn hand_over(&self, work: Work) -> impl Future<Output = Result<bool, Error>> + Send + 'static {
        self.enqueue(work, false)
    }

    /// Ends with a checkpoint; whatever comes later is refused.
    pub fn close(&self) -> impl Future<Output = Result<bool, Error>> + Send + 'static {
        self.enqueue(Work::Close, true)
    }

    fn enqueue(&self, work: Work, last: bool) -> impl Future<Output = Result<bool, Error>> + Send + 'static {
        let (done, outcome) = oneshot::channel();
        let mut queue = self.shared.queue.lock();
        let refused = if !queue.open {
            Some(Error::Closed)
        } else if !last && queue.waiting.len() >= self.shared.capacity {
            Some(Error::Busy)
        } else {
            queue.open = !last;
            queue.waiting.push(Request { work, done });
            if queue.waiting.len() == 1 {
                self.shared.handed_over.notify_one();
            }
            None
        };
        drop(queue);
        async move {
            match refused {
                Some(error) => Err(error),
                None => outcome.await.unwrap_or(Err(Error::Closed)),
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.queue.lock().open = false;
        self.shared.handed_over.notify_one();
        if let Some(thread) = self.thread.take() {
            // the panic, if it was one, has been reported by its own thread
            let _ = thread.join();
        }
    }
}

struct Thread {
    checkpointer: Checkpointer,
    connection: Connection,
    tables: Arc<Tables>,
    expiries: Expiries,
    clock: Clock,
    shared: Arc<Shared>,
}

/// What the writer has to do next.
enum Next {
    Serve(Vec<Request>),
    Sweep,
    End,
}

impl Thread {
    fn run(&self) {
        loop {
            match self.next() {
                Next::Serve(requests) => {
                    self.serve(requests);
                    // it would never be time for that while writes come without a gap
                    if self.expiries.pause(self.clock.now().millis()) == Some(Duration::ZERO) {
                        self.sweep();
                    }
                }
                Next::Sweep => self.sweep(),
                Next::End => return,
            }
        }
    }

    /// Waits for work, or until something expires.
    fn next(&self) -> Next {
        let pause = self.expiries.pause(self.clock.now().millis());
        let mut queue = self.shared.queue.lock();
        if queue.waiting.is_empty() && queue.open {
            match pause {
                Some(pause) => drop(self.shared.handed_over.wait_for(&mut queue, pause)),
                None => self.shared.handed_over.wait(&mut queue),
            }
        }
        if queue.waiting.is_empty() {
            return if queue.open { Next::Sweep } else { Next::End };
        }
        Next::Serve(if queue.waiting.len() > GROUP {
            queue.waiting.drain(..GROUP).collect()
        } else {
            std::mem::take(&mut queue.waiting)
        })
    }

    fn serve(&self, requests: Vec<Request>) {
        let mut group = Vec::with_capacity(requests.len());
        for request in requests {
            if !matches!(request.work, Work::Checkpoint | Work::Close) {
                group.push(request);
                continue;
            }
            self.commit(std::mem::take(&mut group));
            let mut moved = self.checkpoint();
            if let (Work::Close, Err(error)) = (&request.work, &moved) {
                // nothing is lost: the log is read again when opened
                tracing::warn!(%error, "the write-ahead log stays beside the database");
                moved = Ok(false);
            }
            let _ = request.done.send(moved);
        }
        self.commit(group);
        self.checkpointer.after_commit(&self.connection);
    }

    fn commit(&self, group: Vec<Request>) {
        let outcomes = match self.apply(&group) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(error) if group.len() == 1 => vec![Err(error)],
            Err(_) => group.chunks(1).map(|one| self.apply(one).map(|outcomes| outcomes == [true])).collect(),
        };
        for (request, outcome) in group.into_iter().zip(outcomes) {
            // a caller that has gone away needs no answer
            let _ = request.done.send(outcome);
        }
    }

    fn apply(&self, group: &[Request]) -> Result<Vec<bool>, Error> {
        if group.is_empty() {
            return Ok(Vec::new());
        }
        let Self { connection, tables, expiries, .. } = self;
        let applier = Applier { connection, tables, expiries, now: self.clock.now().millis() };
        self.transaction(|| group.iter().map(|request| apply_one(&applier, &request.work)).collect())
    }

    fn sweep(&self) {
        let now = self.clock.now().millis();
        let swept = self.transaction(|| self.expiries.sweep(&self.connection, &self.tables, now));
        if let Err(error) = swept {
            tracing::warn!(%error, "expired rows could not be removed");
            self.expiries.rest();
        }
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let done = self.statement("BEGIN IMMEDIATE").and_then(|()| {
            let done = body()?;
            self.statement("COMMIT")?;
            Ok(done)
        });
        // some failures have already rolled it back
        if done.is_err()
            && !self.connection.is_autocommit()
            && let Err(error) = self.statement("ROLLBACK")
        {
            tracing::error!(%error, "a failed transaction could not be rolled back");
        }
        done
    }

    fn statement(&self, sql: &str) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(from_sqlite)?;
        statement.raw_execute().map_err(from_sqlite)?;
        Ok(())
    }

    fn checkpoint(&self) -> Result<bool, Error> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
            .map(|busy| busy == 0)
            .map_err(from_sqlite)
    }
}

fn apply_one(applier: &Applier<'_>, work: &Work) -> Result<bool, Error> {
    match work {
        Work::Batch(writes) => writes.iter().try_for_each(|write| applier.write(write)).map(|()| true),
        Work::Conditional(write, with) => {
            let held = applier.conditional(write)?;
            if held {
                with.iter().try_for_each(|write| applier.write(write))?;
            }
            Ok(held)
        }
        Work::Truncate => applier.truncate().map(|()| true),
        Work::Checkpoint | Work::Close => Ok(true),
    }
}
