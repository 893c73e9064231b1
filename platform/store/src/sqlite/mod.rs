//! The SQLite engine: one file, one writer, several readers.
//!
//! Writes go through one thread that commits in groups (see [`writer`]): with
//! `synchronous=FULL` an acknowledged write survives power loss, and the group shares the
//! cost of the sync. Reads run on a pool of connections (see [`reader`]) and never wait
//! for the writer. Tables are made and extended when opening (see [`ddl`]).

mod ddl;
mod error;
mod maintenance;
mod reader;
mod sql;
mod writer;

use std::{collections::HashMap, fmt, future::ready, path::PathBuf, sync::Arc};

use platform_kernel::Clock;
use rusqlite::{Connection, OpenFlags};

pub use maintenance::{Check, backup, integrity_check, quick_check, scratch};

use crate::{BoxFuture, Conditional, Engine, Error, RangeQuery, Row, Schema, Store, Value, Write};
use error::from_sqlite;
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
    /// For tests: survives a crash of the process only.
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
    /// Page cache of each connection, in KiB.
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
            cache_kib: 4096,
            queue: 16_384,
        }
    }
}

/// Statements by table name.
type Tables = HashMap<&'static str, TableSql>;

pub(crate) struct Sqlite {
    readers: Arc<Readers>,
    writer: Writer,
    /// Removed with the engine; declared last so that the files are closed by then.
    _scratch: Option<maintenance::ScratchDir>,
}

/// Opens the database at `options.path`, making it and its tables where missing.
pub fn open(options: Options<'_>, clock: Clock) -> Result<Store, Error> {
    Ok(Store::new(open_engine(&options, clock, None)?))
}

fn open_engine(
    options: &Options<'_>,
    clock: Clock,
    scratch: Option<maintenance::ScratchDir>,
) -> Result<Sqlite, Error> {
    let mut connection = connect(options)?;
    ddl::migrate(&mut connection, options.tables)?;
    let tables: Tables = options.tables.iter().map(|schema| (schema.name, TableSql::new(schema))).collect();
    let tables = Arc::new(tables);
    let readers = Readers::open(options, Arc::clone(&tables), clock.clone())?;
    let writer = Writer::start(connection, tables, clock, options.queue)?;
    Ok(Sqlite { readers: Arc::new(readers), writer, _scratch: scratch })
}

/// A connection with this engine's settings.
fn connect(options: &Options<'_>) -> Result<Connection, Error> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let describe = |error: rusqlite::Error| match from_sqlite(error) {
        Error::Unavailable(reason) => Error::Unavailable(format!("{}: {reason}", options.path.display())),
        other => other,
    };
    let connection = Connection::open_with_flags(&options.path, flags).map_err(describe)?;
    let synchronous = match options.durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
        Durability::Off => "OFF",
    };
    // No mmap: an I/O error in a mapped file kills the process, where a read reports it.
    let settings = format!(
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};
         PRAGMA cache_size=-{}; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;
         PRAGMA journal_size_limit=67108864; PRAGMA trusted_schema=OFF;",
        options.cache_kib
    );
    connection.execute_batch(&settings).map_err(describe)?;
    connection.set_prepared_statement_cache_capacity(512);
    Ok(connection)
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sqlite")
    }
}

impl Engine for Sqlite {
    fn get(&self, schema: &'static Schema, key: Vec<Value>) -> BoxFuture<Option<Row>> {
        Box::pin(ready(self.readers.get(schema, &key)))
    }
    fn get_many(&self, schema: &'static Schema, keys: Vec<Vec<Value>>) -> BoxFuture<Vec<Option<Row>>> {
        Box::pin(ready(self.readers.get_many(schema, &keys)))
    }
    fn range(&self, query: RangeQuery) -> BoxFuture<Vec<Row>> {
        Readers::range(&self.readers, query)
    }
    fn scan(&self, schema: &'static Schema, after: Option<Vec<Value>>, limit: usize) -> BoxFuture<Vec<Row>> {
        Readers::scan(&self.readers, schema, after, limit)
    }
    fn commit(&self, writes: Vec<Write>) -> BoxFuture<()> {
        let done = self.writer.hand_over(Work::Batch(writes));
        Box::pin(async move { done.await.map(|_| ()) })
    }
    fn conditional(&self, write: Conditional) -> BoxFuture<bool> {
        Box::pin(self.writer.hand_over(Work::Conditional(write)))
    }
    fn truncate_all(&self) -> BoxFuture<()> {
        let done = self.writer.hand_over(Work::Truncate);
        Box::pin(async move { done.await.map(|_| ()) })
    }
    fn checkpoint(&self) -> BoxFuture<()> {
        let done = self.writer.hand_over(Work::Checkpoint);
        Box::pin(async move { done.await.map(|_| ()) })
    }
    fn close(&self) -> BoxFuture<()> {
        let done = self.writer.close();
        Box::pin(async move { done.await.map(|_| ()) })
    }
}
