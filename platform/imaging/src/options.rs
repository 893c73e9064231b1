//! What the operator and the machine decide about media work.

use std::{path::PathBuf, time::Duration};

use platform_kernel::Rng;

use crate::nsfw::Model;

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
    /// The classifier of explicit pictures; none if not given.
    pub nsfw: Option<Model>,
    /// The programs, as paths, or as names to be found in the usual folders.
    pub ffmpeg: PathBuf,
    pub ffprobe: PathBuf,
    /// How many of them run at once.
    pub children: usize,
    /// Where files for child processes are put while they run.
    pub temporary: PathBuf,
    /// For the moments at which videos are looked at.
    pub rng: Rng,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            memory: 160 << 20,
            time_limit: Duration::from_secs(20),
            patience: Duration::from_secs(60),
            nsfw: None,
            ffmpeg: "ffmpeg".into(),
            ffprobe: "ffprobe".into(),
            children: 2,
            temporary: std::env::temp_dir(),
            rng: Rng::system(),
        }
    }
}
