//! The data folder: who may use it, and the floor under snowflakes. Holds the lock that keeps
//! two servers from sharing one folder.

use std::{
    fs::{self, File, TryLockError},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use platform_kernel::{Clock, Generator, Timestamp, id::MAX_WORKER};
use serde::{Deserialize, Serialize};

use crate::{config::Config, keys::write_private};

const LOCK: &str = "fluxer.lock";
const SNOWFLAKES: &str = "snowflakes.json";

/// The folder that holds everything an instance keeps.
#[derive(Debug)]
pub struct Data {
    pub folder: PathBuf,
}

/// Held while a server runs on the folder.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Data {
    /// Makes the folder if it is not there; readable by its owner only.
    pub fn open(folder: &Path) -> anyhow::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.with_context(|| {
            format!("cannot make the data folder {}; name another one with --data", folder.display())
        })?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Takes the folder for this process alone.
    pub fn lock(&self) -> anyhow::Result<Lock> {
        let path = self.folder.join(LOCK);
        let file = File::options().create(true).append(true).open(&path);
        let file = file.with_context(|| format!("cannot write in {}", self.folder.display()))?;
        match file.try_lock() {
            Ok(()) => {
                // Commands find the running server by it.
                file.set_len(0)?;
                writeln!(&file, "{}", std::process::id())?;
                Ok(Lock(file))
            }
            Err(TryLockError::WouldBlock) => bail!(
                "another fluxer is running on the data folder {}; stop it or name another folder with --data",
                self.folder.display()
            ),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("cannot lock {}", path.display()))
            }
        }
    }

    /// The process that serves this folder, if one does.
    pub fn server(&self) -> Option<i32> {
        let path = self.folder.join(LOCK);
        let file = File::options().read(true).open(&path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => fs::read_to_string(&path).ok()?.trim().parse().ok(),
            _ => None,
        }
    }

    pub fn database(&self, config: &Config) -> PathBuf {
        config.database.sqlite_path.as_ref().map_or_else(|| self.folder.join("fluxer.db"), PathBuf::from)
    }
    pub fn objects(&self, config: &Config) -> PathBuf {
        config.services.s3.data_dir.as_ref().map_or_else(|| self.folder.join("s3"), PathBuf::from)
    }

    /// Search indexes: they can be made again from the database.
    pub fn search(&self) -> PathBuf {
        self.folder.join("search")
    }
    /// What may be deleted at any time while no server runs.
    pub fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// A source of snowflakes that repeats none of an earlier run, even after the clock was
    /// set back: every run has a worker number of its own and starts above the last mark.
    pub fn snowflakes(&self, clock: Clock) -> anyhow::Result<(Generator, Mark)> {
        let path = self.folder.join(SNOWFLAKES);
        let gate = File::options().create(true).append(true).open(self.folder.join("snowflakes.lock"))?;
        // Two processes starting at once must not take the same number.
        gate.lock().with_context(|| format!("cannot lock {}", path.display()))?;
        let mut state: State = match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).with_context(|| {
                format!("{} is damaged; delete it if the clock was not set back", path.display())
            })?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        state.worker = (state.worker + 1) % (MAX_WORKER + 1);
        write_private(&self.folder, SNOWFLAKES, &serde_json::to_vec(&state)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
        let floor = Timestamp::from_millis(state.high_water_ms);
        let generator = Generator::new(state.worker, clock, floor);
        Ok((generator, Mark { folder: self.folder.clone(), state }))
    }
}

impl Data {
    /// When the newest marked snowflake was made, if any was.
    pub fn newest_snowflake(&self) -> Option<Timestamp> {
        let state: State = serde_json::from_slice(&fs::read(self.folder.join(SNOWFLAKES)).ok()?).ok()?;
        Some(Timestamp::from_millis(state.high_water_ms))
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct State {
    /// Number of the newest run.
    worker: u16,
    /// No id is newer, up to the few seconds between two marks.
    high_water_ms: i64,
}

/// Keeps the mark of the newest snowflake.
#[derive(Debug)]
pub struct Mark {
    folder: PathBuf,
    state: State,
}

impl Mark {
    /// Writes the mark if it has risen. Blocks for one small durable write.
    pub fn save(&mut self, high_water: Timestamp) -> anyhow::Result<()> {
        if high_water.millis() <= self.state.high_water_ms {
            return Ok(());
        }
        // A command may have started meanwhile and taken the next number: keep it.
        let gate = File::options().create(true).append(true).open(self.folder.join("snowflakes.lock"))?;
        gate.lock()?;
        let stored: State = serde_json::from_slice(&fs::read(self.folder.join(SNOWFLAKES))?)?;
        self.state.high_water_ms = high_water.millis().max(stored.high_water_ms);
        let state = State { worker: stored.worker, ..self.state.clone() };
        write_private(&self.folder, SNOWFLAKES, &serde_json::to_vec(&state)?)?;
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use platform_kernel::Id;

    use super::*;

    /// A folder that is gone after the test.
    pub(crate) struct Temporary(pub PathBuf);
    impl Temporary {
        pub(crate) fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("fluxer-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }
    impl Drop for Temporary {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn no_snowflake_repeats_when_the_clock_was_set_back() {
        let folder = Temporary::new("snowflakes");
        let data = Data::open(&folder.0).unwrap();
        let clock = Clock::fixed(Timestamp::parse("2026-01-01T00:00:10Z").unwrap());
        let (ids, mut mark) = data.snowflakes(clock.clone()).unwrap();
        let first: Id<()> = ids.next();
        mark.save(ids.high_water()).unwrap();
        let unmarked: Id<()> = ids.next();
        clock.advance(-9_000);
        let (ids, _) = data.snowflakes(clock).unwrap();
        let next: Id<()> = ids.next();
        assert!(next > first && next != unmarked);
    }

    #[test]
    fn a_mark_keeps_the_number_of_a_later_run() {
        let folder = Temporary::new("mark");
        let data = Data::open(&folder.0).unwrap();
        let (ids, mut mark) = data.snowflakes(Clock::system()).unwrap();
        let (_, _) = data.snowflakes(Clock::system()).unwrap();
        let _: Id<()> = ids.next();
        mark.save(ids.high_water()).unwrap();
        let (_, third) = data.snowflakes(Clock::system()).unwrap();
        assert_eq!((mark.state.worker, third.state.worker), (1, 3));
        assert_eq!(third.state.high_water_ms, ids.high_water().millis());
    }

    #[test]
    fn a_folder_has_one_server() {
        let folder = Temporary::new("lock");
        let data = Data::open(&folder.0.join("deep/er")).unwrap();
        let lock = data.lock().unwrap();
        let error = data.lock().unwrap_err().to_string();
        assert!(error.contains("another fluxer is running"), "{error}");
        drop(lock);
        data.lock().unwrap();
    }
}
