//! Removing expired rows. Reads do not see them any more; this gives back their space, some
//! rows at a time between the writer's groups. For each table the writer knows when the
//! next row expires, so a store without such rows is left alone.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::{Tables, error::from_sqlite, sql::Binder, sql::TableSql};
use crate::Error;

/// Rows of one table that one turn removes.
const ROWS: i64 = 500;
/// Between the end of one sweep and the beginning of the next.
const PAUSE: Duration = Duration::from_secs(10);
/// The writer's longest sleep while something will expire: the clock may be set.
const LONGEST: Duration = Duration::from_secs(600);

/// When the first row of each table expires, at the earliest.
pub(super) struct Expiries {
    next: RefCell<HashMap<&'static str, i64>>,
    /// When the last sweep ended.
    rested: Cell<Option<Instant>>,
}

impl Expiries {
    pub fn read(connection: &Connection, tables: &Tables) -> Result<Self, Error> {
        let mut next = HashMap::new();
        for table in tables.values() {
            if let Some(at) = first(connection, table)? {
                next.insert(table.schema.name, at);
            }
        }
        Ok(Self { next: RefCell::new(next), rested: Cell::new(None) })
    }

    /// A row of `table` may expire at `at`.
    pub fn expect(&self, table: &'static str, at: i64) {
        let mut next = self.next.borrow_mut();
        let first = next.entry(table).or_insert(at);
        *first = at.min(*first);
    }

    /// How long until there is something to sweep; `None` if there will not be.
    pub fn pause(&self, now: i64) -> Option<Duration> {
        let next = *self.next.borrow().values().min()?;
        let due = Duration::from_millis(next.saturating_sub(now).max(0).unsigned_abs());
        let rest = self.rested.get().map_or(Duration::ZERO, |at| PAUSE.saturating_sub(at.elapsed()));
        Some(due.min(LONGEST).max(rest))
    }

    /// Removes some of what has expired by `now`, in the caller's transaction; whether
    /// there is more.
    pub fn sweep(&self, connection: &Connection, tables: &Tables, now: i64) -> Result<bool, Error> {
        let due: Vec<&'static str> = {
            let next = self.next.borrow();
            next.iter().filter(|(_, at)| **at <= now).map(|(table, _)| *table).collect()
        };
        let mut more = false;
        for name in due {
            let Some(table) = tables.get(name) else { continue };
            let mut statement = connection.prepare_cached(&table.sweep).map_err(from_sqlite)?;
            Binder::new(&mut statement).one(now)?.one(ROWS)?;
            if statement.raw_execute().map_err(from_sqlite)? as i64 == ROWS {
                more = true;
                continue;
            }
            match first(connection, table)? {
                Some(at) => self.next.borrow_mut().insert(name, at),
                None => self.next.borrow_mut().remove(name),
            };
        }
        if !more {
            self.rest();
        }
        Ok(more)
    }

    /// Begins the pause before the next sweep.
    pub fn rest(&self) {
        self.rested.set(Some(Instant::now()));
    }
}

fn first(connection: &Connection, table: &TableSql) -> Result<Option<i64>, Error> {
    let mut statement = connection.prepare_cached(&table.next_expiry).map_err(from_sqlite)?;
    statement.query_row([], |row| row.get(0)).map_err(from_sqlite)
}
