//! Reading, on a pool of connections.
//!
//! Short reads run on the calling task's thread. In WAL mode they never wait for the
//! writer, and on the machine this was made on a point read took 7 µs in place, while the
//! empty way to another thread and back took 5 to 60 µs, the more the idler the machine
//! (`examples/throughput.rs` measures both). What may be long runs on threads of its own: a
//! range of more than [`SHORT`] rows is given up in place and read again there, whole, so
//! that it is one snapshot and the runtime's threads are never held for longer than that.

use std::{
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use parking_lot::Mutex;
use platform_kernel::Clock;
use rusqlite::Connection;

use super::{
    Settings, Tables,
    error::from_sqlite,
    long::Long,
    query::{get, range, scan},
    sql::table,
};
use crate::{BoxFuture, Error, RangeQuery, Row, Schema, Value};

/// Rows that are read in place.
const SHORT: usize = 128;
/// Point reads in place before other tasks get a turn.
const TURN: usize = 64;

pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
    long: Long,
    tables: Arc<Tables>,
    clock: Clock,
}

impl Readers {
    pub fn open(settings: &Settings, count: usize, tables: Arc<Tables>, clock: Clock) -> Result<Self, Error> {
        let connections = (0..count).map(|_| reading(settings).map(Mutex::new)).collect::<Result<_, _>>()?;
        let long = Long::start(settings.clone())?;
        Ok(Self { connections, next: AtomicUsize::new(0), long, tables, clock })
    }

    pub fn get(&self, schema: &'static Schema, key: &[Value]) -> Result<Option<Row>, Error> {
        let table = table(&self.tables, schema)?;
        self.with(|connection| get(connection, table, key, self.now()))
    }

    pub fn get_many(
        self: &Arc<Self>,
        schema: &'static Schema,
        keys: Vec<Vec<Value>>,
    ) -> BoxFuture<Vec<Option<Row>>> {
        if keys.len() <= TURN {
            return Box::pin(ready(self.get_some(schema, &keys)));
        }
        let readers = Arc::clone(self);
        Box::pin(async move {
            let mut rows = Vec::with_capacity(keys.len());
            for some in keys.chunks(TURN) {
                rows.append(&mut readers.get_some(schema, some)?);
                tokio::task::yield_now().await;
            }
            Ok(rows)
        })
    }

    pub fn range(&self, mut query: RangeQuery) -> BoxFuture<Vec<Row>> {
        let wanted = query.limit;
        query.limit = Some(wanted.map_or(SHORT + 1, |limit| limit.min(SHORT + 1)));
        let found = table(&self.tables, query.schema)
            .and_then(|table| self.with(|connection| range(connection, table, &query, self.now())));
        if found.as_ref().is_ok_and(|rows| rows.len() > SHORT) && wanted != query.limit {
            query.limit = wanted;
            let (tables, now) = (Arc::clone(&self.tables), self.now());
            return self
                .long
                .run(move |connection| range(connection, table(&tables, query.schema)?, &query, now));
        }
        Box::pin(ready(found))
    }

    pub fn scan(
        &self,
        schema: &'static Schema,
        after: Option<Vec<Value>>,
        limit: usize,
    ) -> BoxFuture<Vec<Row>> {
        let (tables, now) = (Arc::clone(&self.tables), self.now());
        self.long.run(move |connection| scan(connection, table(&tables, schema)?, after, limit, now))
    }

    fn get_some(&self, schema: &'static Schema, keys: &[Vec<Value>]) -> Result<Vec<Option<Row>>, Error> {
        let (table, now) = (table(&self.tables, schema)?, self.now());
        self.with(|connection| keys.iter().map(|key| get(connection, table, key, now)).collect())
    }

    fn now(&self) -> i64 {
        self.clock.now().millis()
    }

    fn with<R>(&self, read: impl FnOnce(&Connection) -> R) -> R {
        if let Some(free) = self.connections.iter().find_map(Mutex::try_lock) {
            return read(&free);
        }
        let index = self.next.fetch_add(1, Relaxed) % self.connections.len();
        read(&self.connections[index].lock())
    }
}

/// A connection that only reads.
pub(super) fn reading(settings: &Settings) -> Result<Connection, Error> {
    let connection = settings.connect()?;
    connection.execute_batch("PRAGMA query_only=ON").map_err(from_sqlite)?;
    Ok(connection)
}
