//! Reading, on a pool of connections.
//!
//! Short reads run on the calling task's thread: a point read in WAL mode takes some
//! microseconds and never waits for the writer, which is less than the way to another
//! thread and back. Longer ones (more than [`INLINE_ROWS`]) go to threads of their own.

use std::{future::ready, ops::Bound, sync::Arc};

use parking_lot::Mutex;
use platform_kernel::Clock;
use rusqlite::{CachedStatement, Connection};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::{Options, Tables, connect, error::from_sqlite, sql::TableSql, sql::read_row};
use crate::{BoxFuture, Error, RangeQuery, Row, Schema, Value};

/// A read of up to this many rows runs in place.
const INLINE_ROWS: usize = 128;

pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
    tables: Arc<Tables>,
    clock: Clock,
}

impl Readers {
    pub fn open(options: &Options<'_>, tables: Arc<Tables>, clock: Clock) -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let count = if options.readers == 0 { cores.clamp(2, 8) } else { options.readers };
        let connections = (0..count)
            .map(|_| {
                let connection = connect(options)?;
                connection.execute_batch("PRAGMA query_only=ON").map_err(from_sqlite)?;
                Ok(Mutex::new(connection))
            })
            .collect::<Result<_, Error>>()?;
        Ok(Self { connections, next: AtomicUsize::new(0), tables, clock })
    }

    pub fn get(&self, schema: &'static Schema, key: &[Value]) -> Result<Option<Row>, Error> {
        let table = table(&self.tables, schema)?;
        self.with(|connection| get(connection, table, key, self.now()))
    }

    pub fn get_many(&self, schema: &'static Schema, keys: &[Vec<Value>]) -> Result<Vec<Option<Row>>, Error> {
        let table = table(&self.tables, schema)?;
        self.with(|connection| keys.iter().map(|key| get(connection, table, key, self.now())).collect())
    }

    pub fn range(readers: &Arc<Self>, query: RangeQuery) -> BoxFuture<Vec<Row>> {
        Box::pin(ready(readers.range_now(&query)))
    }

    pub fn scan(
        readers: &Arc<Self>,
        schema: &'static Schema,
        after: Option<Vec<Value>>,
        limit: usize,
    ) -> BoxFuture<Vec<Row>> {
        Box::pin(ready(readers.scan_now(schema, after, limit)))
    }

    fn now(&self) -> i64 {
        self.clock.now().millis()
    }

    fn range_now(&self, query: &RangeQuery) -> Result<Vec<Row>, Error> {
        let table = table(&self.tables, query.schema)?;
        self.with(|connection| range(connection, table, query, self.now()))
    }

    fn scan_now(
        &self,
        schema: &'static Schema,
        after: Option<Vec<Value>>,
        limit: usize,
    ) -> Result<Vec<Row>, Error> {
        let table = table(&self.tables, schema)?;
        self.with(|connection| scan(connection, table, after, limit, self.now()))
    }

    fn with<R>(&self, read: impl FnOnce(&Connection) -> R) -> R {
        for connection in &self.connections {
            if let Some(connection) = connection.try_lock() {
                return read(&connection);
            }
        }
        let index = self.next.fetch_add(1, Relaxed) % self.connections.len();
        read(&self.connections[index].lock())
    }
}

pub(super) fn table<'a>(tables: &'a Tables, schema: &Schema) -> Result<&'a TableSql, Error> {
    tables.get(schema.name).ok_or_else(|| Error::Schema(format!("table {} was not opened", schema.name)))
}

/// Binds parameters one after another.
pub(super) struct Binder<'a, 'c>(pub &'a mut CachedStatement<'c>, pub usize);

impl Binder<'_, '_> {
    pub fn all(&mut self, values: &[Value]) -> Result<&mut Self, Error> {
        for value in values {
            self.one(value)?;
        }
        Ok(self)
    }
    pub fn one(&mut self, value: impl rusqlite::ToSql) -> Result<&mut Self, Error> {
        self.1 += 1;
        self.0.raw_bind_parameter(self.1, value).map_err(from_sqlite)?;
        Ok(self)
    }
}

fn get(connection: &Connection, table: &TableSql, key: &[Value], now: i64) -> Result<Option<Row>, Error> {
    let mut statement = connection.prepare_cached(&table.get).map_err(from_sqlite)?;
    Binder(&mut statement, 0).all(key)?.one(now)?;
    let mut rows = statement.raw_query();
    match rows.next().map_err(from_sqlite)? {
        Some(row) => read_row(row, table.schema.columns.len()).map(Some),
        None => Ok(None),
    }
}

fn range(connection: &Connection, table: &TableSql, query: &RangeQuery, now: i64) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(&table.range(query)).map_err(from_sqlite)?;
    let mut binder = Binder(&mut statement, 0);
    binder.all(&query.partition)?;
    for bound in [&query.lower, &query.upper] {
        if let Bound::Included(prefix) | Bound::Excluded(prefix) = bound {
            binder.all(prefix)?;
        }
    }
    binder.one(now)?.one(sql_limit(query.limit))?;
    collect(&mut statement, table, query.limit)
}

fn scan(
    connection: &Connection,
    table: &TableSql,
    after: Option<Vec<Value>>,
    limit: usize,
    now: i64,
) -> Result<Vec<Row>, Error> {
    let schema = table.schema;
    let Some(mut partition) = after else {
        let mut statement = connection.prepare_cached(&table.scan(false)).map_err(from_sqlite)?;
        Binder(&mut statement, 0).one(now)?.one(sql_limit(Some(limit)))?;
        return collect(&mut statement, table, Some(limit));
    };
    let cluster = partition.split_off(schema.partition);
    let mut rows = Vec::new();
    if !cluster.is_empty() {
        // the rest of the partition that the last page ended in
        let (lower, upper) = if schema.descending {
            (Bound::Unbounded, Bound::Excluded(cluster))
        } else {
            (Bound::Excluded(cluster), Bound::Unbounded)
        };
        let (descending, limit) = (schema.descending, Some(limit));
        let rest = RangeQuery { schema, partition: partition.clone(), lower, upper, descending, limit };
        rows = range(connection, table, &rest, now)?;
    }
    if rows.len() < limit {
        let missing = limit - rows.len();
        let mut statement = connection.prepare_cached(&table.scan(true)).map_err(from_sqlite)?;
        Binder(&mut statement, 0).all(&partition)?.one(now)?.one(sql_limit(Some(missing)))?;
        rows.extend(collect(&mut statement, table, Some(missing))?);
    }
    Ok(rows)
}

fn sql_limit(limit: Option<usize>) -> i64 {
    limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX))
}

fn collect(
    statement: &mut CachedStatement<'_>,
    table: &TableSql,
    limit: Option<usize>,
) -> Result<Vec<Row>, Error> {
    let mut found = Vec::with_capacity(limit.unwrap_or(INLINE_ROWS).min(INLINE_ROWS));
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(from_sqlite)? {
        found.push(read_row(row, table.schema.columns.len())?);
    }
    Ok(found)
}
