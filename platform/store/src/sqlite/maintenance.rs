//! For operators and tests: checking a database file, copying it while it is in use, and
//! stores that are gone afterwards.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use platform_kernel::Clock;
use rusqlite::{Connection, OpenFlags};

use super::{Durability, Options, Sqlite, error::from_sqlite};
use crate::{Error, Schema, Store};

/// What a check found: nothing, or descriptions of damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    Sound,
    Damaged(Vec<String>),
}

/// Reads the whole file and compares tables with their indexes.
pub fn integrity_check(path: &Path) -> Result<Check, Error> {
    check(path, "PRAGMA integrity_check(20)")
}

/// Reads the whole file but does not compare tables with their indexes.
pub fn quick_check(path: &Path) -> Result<Check, Error> {
    check(path, "PRAGMA quick_check(20)")
}

/// Copies the database at `path`, which may be in use, into the new file `to`.
pub fn backup(path: &Path, to: &Path) -> Result<(), Error> {
    let to = to.to_str().ok_or_else(|| Error::Unavailable("the backup's path is not UTF-8".into()))?;
    existing(path)?.execute("VACUUM INTO ?", [to]).map(|_| ()).map_err(from_sqlite)
}

/// A store in a new folder under the system's temporary one, removed with the store.
/// For tests: it does not survive power loss.
pub fn scratch(tables: &[&'static Schema], clock: Clock) -> Result<Store, Error> {
    let folder = ScratchDir::new()?;
    let path = folder.0.join("store.db");
    let options = Options { path, tables, durability: Durability::Off, ..Options::default() };
    Ok(Store::new(Sqlite::open(&options, clock, Some(folder))?))
}

pub(super) struct ScratchDir(PathBuf);

impl ScratchDir {
    fn new() -> Result<Self, Error> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let process = std::process::id();
        loop {
            let name = format!("store-scratch-{process}-{}", NEXT.fetch_add(1, Relaxed));
            let path = std::env::temp_dir().join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::Unavailable(format!("{}: {error}", path.display()))),
            }
        }
    }
}

impl Drop for ScratchDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn existing(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(from_sqlite)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(from_sqlite)?;
    Ok(connection)
}

fn check(path: &Path, pragma: &str) -> Result<Check, Error> {
    let connection = existing(path)?;
    let mut statement = connection.prepare(pragma).map_err(from_sqlite)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(from_sqlite)?;
    let lines = rows.collect::<Result<Vec<_>, _>>().map_err(from_sqlite)?;
    Ok(if lines == ["ok"] { Check::Sound } else { Check::Damaged(lines) })
}
