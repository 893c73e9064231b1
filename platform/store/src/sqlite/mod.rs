//! The SQLite engine: one file, one writer, several readers.
//!
//! Writes go through one thread that commits in groups (see `writer`): with
//! `synchronous=FULL` an acknowledged write survives power loss, and the group shares the
//! cost of the sync. Reads run on a pool of connections (see `reader`) and never wait for
//! the writer. Tables are made and extended when opening (see `ddl`). When the disk is
//! full, writes fail with [`Error::Full`], reads go on, and writes succeed again once
//! there is space.

mod apply;
mod checkpoint;
mod ddl;
mod error;
mod long;
mod maintenance;
mod query;
mod reader;
mod sql;
mod sweep;
mod writer;

use std::{collections::HashMap, future::ready, path::PathBuf, sync::Arc, time::Duration};

use platform_kernel::Clock;
use rusqlite::{Connection, OpenFlags};

pub use maintenance::{Check, backup, integrity_check, quick_check, scratch};

use crate::{BoxFuture, Conditional, Engine, Error, RangeQuery, Row, Schema, Store, Value, Write};
use error::from_sqlite;
use maintenance::ScratchDir;
use reader::Readers;
use sql::TableSql;
use writer::{Work, Writer};

/// How safe an acknowledged write is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// It survives power loss.
    #[default]
    Full,
    /// It survives a crash of the process; the last ones may be lost with the power.
    Normal,
    /// For tests: as `Normal`, and power loss may damage the file.
    Off,
}

#[derive(Debug, Clone)]
pub struct Options<'a> {
    pub path: PathBuf,
    /// Every table of the product (`T::SCHEMA`).
    pub tables: &'a [&'static Schema],
    pub durability: Durability,
    /// Connections for reading; 0 takes one for each core, between 2 and 8.
    pub readers: usize,
    /// Page cache of each reading connection in KiB; the writer has four times that.
    pub cache_kib: u32,
    /// Writes that may wait for the writer; past that they fail with [`Error::Busy`].
    pub queue: usize,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            path: PathBuf::from("store.db"),
            tables: &[],
            durability: Durability::Full,
            readers: 0,
            cache_kib: 2_048,
            queue: 16_384,
        }
    }
}

/// Statements by table name.
type Tables = HashMap<&'static str, TableSql>;

/// How connections are made.
#[derive(Clone)]
struct Settings {
    path: PathBuf,
    durability: Durability,
    cache_kib: u32,
}

// Fields are dropped in this order: readers and writer first, then their folder.
struct Sqlite {
    readers: Arc<Readers>,
    writer: Writer,
    _scratch: Option<ScratchDir>,
}

/// Opens the database at `options.path`, making it and its tables where missing.
pub fn open(options: Options<'_>, clock: Clock) -> Result<Store, Error> {
    Ok(Store::new(Sqlite::open(&options, clock, None)?))
}

impl Sqlite {
    fn open(options: &Options<'_>, clock: Clock, scratch: Option<ScratchDir>) -> Result<Self, Error> {
        let Options { durability, cache_kib, .. } = *options;
        let reading = Settings { path: options.path.clone(), durability, cache_kib };
        let writing = Settings { cache_kib: cache_kib.saturating_mul(4), ..reading.clone() };
        let mut connection = writing.connect()?;
        ddl::migrate(&mut connection, options.tables)?;
        let tables = options.tables.iter().map(|schema| (schema.name, TableSql::new(schema)));
        let tables: Arc<Tables> = Arc::new(tables.collect());
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let count = if options.readers == 0 { cores.clamp(2, 8) } else { options.readers };
        let readers = Readers::open(&reading, count, Arc::clone(&tables), clock.clone())?;
        let writer = Writer::start(connection, reading.connect()?, tables, clock, options.queue)?;
        Ok(Self { readers: Arc::new(readers), writer, _scratch: scratch })
    }
}

impl Settings {
    /// A connection that may do everything.
    fn connect(&self) -> Result<Connection, Error> {
        self.try_connect().map_err(|error| match from_sqlite(error) {
            Error::Unavailable(reason) => Error::Unavailable(format!("{}: {reason}", self.path.display())),
            Error::Corrupt(reason) => Error::Corrupt(format!("{}: {reason}", self.path.display())),
            other => other,
        })
    }

    fn try_connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // before anything that may find another process at work
        connection.busy_timeout(Duration::from_secs(5))?;
        let synchronous = match self.durability {
            Durability::Full => "FULL",
            Durability::Normal => "NORMAL",
            Durability::Off => "OFF",
        };
        // No mmap: it was not faster here, counts as resident memory, and an I/O error in a
        // mapped file kills the process where a read reports it. The log is moved by
        // `checkpoint`; its file keeps the size it has in use, to be written over.
        connection.execute_batch(&format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA cache_size=-{};
             PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;
             PRAGMA journal_size_limit=134217728; PRAGMA trusted_schema=OFF;",
            self.cache_kib
        ))?;
        connection.set_prepared_statement_cache_capacity(512);
        Ok(connection)
    }
}

/// Drops the answer that says no more than that it is done.
fn done(outcome: impl Future<Output = Result<bool, Error>> + Send + 'static) -> BoxFuture<()> {
    Box::pin(async move { outcome.await.map(|_| ()) })
}

impl Engine for Sqlite {
    fn get(&self, schema: &'static Schema, key: Vec<Value>) -> BoxFuture<Option<Row>> {
        Box::pin(ready(self.readers.get(schema, &key)))
    }
    fn get_many(&self, schema: &'static Schema, keys: Vec<Vec<Value>>) -> BoxFuture<Vec<Option<Row>>> {
        self.readers.get_many(schema, keys)
    }
    fn range(&self, query: RangeQuery) -> BoxFuture<Vec<Row>> {
        self.readers.range(query)
    }
    fn scan(&self, schema: &'static Schema, after: Option<Vec<Value>>, limit: usize) -> BoxFuture<Vec<Row>> {
        self.readers.scan(schema, after, limit)
    }
    fn commit(&self, writes: Vec<Write>) -> BoxFuture<()> {
        done(self.writer.hand_over(Work::Batch(writes)))
    }
    fn conditional(&self, write: Conditional, with: Vec<Write>) -> BoxFuture<bool> {
        Box::pin(self.writer.hand_over(Work::Conditional(write, with)))
    }
    fn truncate_all(&self) -> BoxFuture<()> {
        done(self.writer.hand_over(Work::Truncate))
    }
    fn checkpoint(&self) -> BoxFuture<()> {
        done(self.writer.hand_over(Work::Checkpoint))
    }
    fn close(&self) -> BoxFuture<()> {
        done(self.writer.close())
    }
}
