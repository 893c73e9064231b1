//! The one writer.
//!
//! Work is handed over under a short lock when the caller calls, so its order is the order
//! of the calls. The thread takes all that waits (up to [`GROUP`]), applies it in one
//! transaction, commits, then wakes the callers: the more that wait, the more share one
//! sync. If anything in a group fails, the transaction is rolled back and its members are
//! applied one by one, so that one failure is only its own. When more than
//! `Options::queue` wait, further writes fail at once with [`Error::Busy`] instead of
//! growing the queue; conditions that do not hold are an answer, not a failure.

use std::{sync::Arc, thread::JoinHandle, time::Duration};

use parking_lot::{Condvar, Mutex};
use platform_kernel::Clock;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    Tables,
    error::from_sqlite,
    reader::{Binder, table},
    sql::TableSql,
};
use crate::{Conditional, Error, Row, Value, Write};

/// Requests in one transaction.
const GROUP: usize = 1024;
/// Expired rows removed of one table at a time.
const SWEEP_ROWS: i64 = 500;
const SWEEP_EVERY: Duration = Duration::from_secs(30);

pub(super) enum Work {
    Batch(Vec<Write>),
    Conditional(Conditional),
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
    pub fn start(
        connection: Connection,
        tables: Arc<Tables>,
        clock: Clock,
        capacity: usize,
    ) -> Result<Self, Error> {
        let queue = Mutex::new(Queue { waiting: Vec::new(), open: true });
        let shared = Arc::new(Shared { queue, handed_over: Condvar::new(), capacity });
        let mut thread = Thread { connection, tables, clock, shared: Arc::clone(&shared) };
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

    pub fn close(&self) -> impl Future<Output = Result<bool, Error>> + Send + 'static {
        self.enqueue(Work::Close, true)
    }

    fn enqueue(&self, work: Work, last: bool) -> impl Future<Output = Result<bool, Error>> + Send + 'static {
        let (done, outcome) = oneshot::channel();
        let refused = {
            let mut queue = self.shared.queue.lock();
            if !queue.open {
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
            }
        };
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
    connection: Connection,
    tables: Arc<Tables>,
    clock: Clock,
    shared: Arc<Shared>,
}

impl Thread {
    fn run(&mut self) {
        loop {
            let (requests, open) = self.next();
            if requests.is_empty() {
                if !open {
                    break;
                }
                if let Err(error) = self.sweep() {
                    tracing::warn!(%error, "expired rows could not be removed");
                }
                continue;
            }
            self.serve(requests);
        }
    }

    /// Waits for work; nothing after [`SWEEP_EVERY`] or when closed.
    fn next(&self) -> (Vec<Request>, bool) {
        let mut queue = self.shared.queue.lock();
        if queue.waiting.is_empty() && queue.open {
            self.shared.handed_over.wait_for(&mut queue, SWEEP_EVERY);
        }
        let requests = if queue.waiting.len() > GROUP {
            queue.waiting.drain(..GROUP).collect()
        } else {
            std::mem::take(&mut queue.waiting)
        };
        (requests, queue.open)
    }

    fn serve(&self, requests: Vec<Request>) {
        let mut group = Vec::with_capacity(requests.len());
        for request in requests {
            if matches!(request.work, Work::Checkpoint | Work::Close) {
                self.commit(std::mem::take(&mut group));
                let _ = request.done.send(self.checkpoint());
            } else {
                group.push(request);
            }
        }
        self.commit(group);
    }

    fn commit(&self, group: Vec<Request>) {
        if group.is_empty() {
            return;
        }
        let works: Vec<&Work> = group.iter().map(|request| &request.work).collect();
        let outcomes = match self.transaction(&works) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(error) if works.len() == 1 => vec![Err(error)],
            Err(_) => works.iter().map(|work| Ok(self.transaction(&[work])?[0])).collect::<Vec<_>>(),
        };
        for (request, outcome) in group.into_iter().zip(outcomes) {
            // a caller that has gone away needs no answer
            let _ = request.done.send(outcome);
        }
    }

    fn transaction(&self, works: &[&Work]) -> Result<Vec<bool>, Error> {
        let now = self.clock.now().millis();
        let result = self.batch("BEGIN IMMEDIATE").and_then(|()| {
            let outcomes = works.iter().map(|work| self.apply(work, now)).collect::<Result<Vec<_>, _>>()?;
            self.batch("COMMIT")?;
            Ok(outcomes)
        });
        if result.is_err() && !self.connection.is_autocommit() {
            self.batch("ROLLBACK")?;
        }
        result
    }

    fn batch(&self, sql: &str) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(from_sqlite)?;
        statement.raw_execute().map_err(from_sqlite)?;
        Ok(())
    }

    fn apply(&self, work: &Work, now: i64) -> Result<bool, Error> {
        match work {
            Work::Batch(writes) => {
                for write in writes {
                    self.write(write, now)?;
                }
                Ok(true)
            }
            Work::Conditional(write) => self.conditional(write, now),
            Work::Truncate => {
                for table in self.tables.values() {
                    self.execute(&table.truncate, |_| Ok(()))?;
                }
                Ok(true)
            }
            Work::Checkpoint | Work::Close => Ok(true),
        }
    }

    fn write(&self, write: &Write, now: i64) -> Result<(), Error> {
        match write {
            Write::Put { schema, row, ttl } => {
                let table = table(&self.tables, schema)?;
                self.execute(&table.put, |binder| {
                    binder.all(row)?.one(expiry(now, *ttl))?;
                    Ok(())
                })?;
            }
            Write::Delete { schema, key } => {
                let table = table(&self.tables, schema)?;
                self.execute(&table.delete, |binder| binder.all(key).map(|_| ()))?;
            }
            Write::DeletePartition { schema, partition } => {
                let table = table(&self.tables, schema)?;
                self.execute(&table.delete_partition, |binder| binder.all(partition).map(|_| ()))?;
            }
        }
        Ok(())
    }

    fn conditional(&self, write: &Conditional, now: i64) -> Result<bool, Error> {
        let changed = match write {
            Conditional::Insert { schema, row, ttl } => {
                let table = table(&self.tables, schema)?;
                self.execute(&table.insert, |binder| {
                    binder.all(row)?.one(expiry(now, *ttl))?.one(now)?;
                    Ok(())
                })?
            }
            Conditional::Update { schema, row, expected } => {
                self.update(table(&self.tables, schema)?, row, *expected, now)?
            }
            Conditional::Delete { schema, key, expected } => {
                let table = table(&self.tables, schema)?;
                let sql = if expected.is_some() { &table.delete_version } else { &table.delete_live };
                self.execute(sql, |binder| {
                    binder.all(key)?;
                    if let Some(version) = expected {
                        binder.one(version)?;
                    }
                    binder.one(now).map(|_| ())
                })?
            }
        };
        Ok(changed > 0)
    }

    fn update(&self, table: &TableSql, row: &Row, expected: i32, now: i64) -> Result<usize, Error> {
        let (key, others) = row.split_at(table.schema.key_len());
        self.execute(&table.update, |binder| {
            binder.all(others)?.all(key)?.one(expected)?.one(now)?;
            Ok(())
        })
    }

    fn execute(
        &self,
        sql: &str,
        bind: impl FnOnce(&mut Binder<'_, '_>) -> Result<(), Error>,
    ) -> Result<usize, Error> {
        let mut statement = self.connection.prepare_cached(sql).map_err(from_sqlite)?;
        bind(&mut Binder(&mut statement, 0))?;
        statement.raw_execute().map_err(from_sqlite)
    }

    fn checkpoint(&self) -> Result<bool, Error> {
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
            .map(|busy| busy == 0)
            .map_err(from_sqlite)
    }

    fn sweep(&self) -> Result<(), Error> {
        let now = Value::Int(self.clock.now().millis());
        for table in self.tables.values() {
            self.execute(&table.sweep, |binder| {
                binder.one(&now)?.one(SWEEP_ROWS)?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn expiry(now: i64, ttl: Option<i64>) -> Option<i64> {
    ttl.map(|seconds| now.saturating_add(seconds.saturating_mul(1000)))
}
