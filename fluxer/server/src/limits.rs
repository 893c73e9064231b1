//! Limits of the operating system that a chat server must raise for itself.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// How many files and sockets the process may have open: now, and at most.
#[derive(Clone, Copy, Debug)]
pub struct OpenFiles {
    /// `None` is without limit.
    pub soft: Option<u64>,
    pub hard: Option<u64>,
}

impl OpenFiles {
    pub fn read() -> Self {
        let limit = getrlimit(Resource::Nofile);
        Self { soft: limit.current, hard: limit.maximum }
    }
    /// Raises the soft limit as far as the system lets us; the limit after that.
    pub fn raise() -> Self {
        let before = getrlimit(Resource::Nofile);
        if before.current != before.maximum
            && setrlimit(Resource::Nofile, Rlimit { current: before.maximum, maximum: before.maximum })
                .is_err()
        {
            tracing::warn!("the open-file limit cannot be raised");
        }
        Self::read()
    }
    /// The limit as a person reads it.
    pub fn text(self) -> String {
        self.soft.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string())
    }
}
