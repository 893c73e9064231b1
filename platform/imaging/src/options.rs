//! What the operator and the machine decide about media work.

use std::{path::PathBuf, time::Duration};

#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that decode and encode.
    pub threads: usize,
    /// Bytes all decoding together may hold.
    pub memory: u64,
    /// Of one picture.
    pub time_limit: Duration,
    /// How long a picture waits for its turn.
    pub patience: Duration,
    /// Where files for child processes are put while they run.
    pub temporary: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            memory: 160 << 20,
            time_limit: Duration::from_secs(20),
            patience: Duration::from_secs(60),
            temporary: std::env::temp_dir(),
        }
    }
}
