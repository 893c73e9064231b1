//! Moving committed pages from the write-ahead log into the database file.
//!
//! The bulk is moved by a thread of its own while the writer goes on; the writer then moves
//! the short rest itself, after which the log starts again from its beginning. A checkpoint
//! by the writer alone would make every write in the meantime wait for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI32, Ordering::SeqCst},
    },
    thread::JoinHandle,
};

use parking_lot::{Condvar, Mutex};
use rusqlite::Connection;

use super::error::from_sqlite;
use crate::Error;

/// Pages in the log from which on the thread is asked to move them.
const BULK: i32 = 4_000;
/// Pages from which on the writer moves them itself, should the thread not keep up.
const TOO_MANY: i32 = 16_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Asked,
    Ended,
}

struct Shared {
    state: Mutex<State>,
    asked: Condvar,
    /// The bulk is moved, the rest is the writer's.
    moved: AtomicBool,
}

pub(super) struct Checkpointer {
    shared: Arc<Shared>,
    /// Pages in the log after the last commit.
    pages: Arc<AtomicI32>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpointer {
    /// Watches the log that `writer` writes; `own` is a second connection to the file.
    pub fn start(writer: &mut Connection, own: Connection) -> Result<Self, Error> {
        let pages = Arc::new(AtomicI32::new(0));
        let count = Arc::clone(&pages);
        let watch = move |_: &mut rusqlite::hooks::Wal, pages| {
            count.store(pages, SeqCst);
            Ok(())
        };
        writer.wal_hook(Some(watch)).map_err(from_sqlite)?;
        let shared = Arc::new(Shared {
            state: Mutex::new(State::Idle),
            asked: Condvar::new(),
            moved: AtomicBool::new(false),
        });
        let watched = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("store-checkpoint".into())
            .spawn(move || serve(&watched, &own))
            .map_err(|error| Error::Unavailable(format!("cannot start the checkpointer: {error}")))?;
        Ok(Self { shared, pages, thread: Some(thread) })
    }

    /// What the writer does after a commit, when its callers have been answered.
    pub fn after_commit(&self, writer: &Connection) {
        let pages = self.pages.load(SeqCst);
        if self.shared.moved.swap(false, SeqCst) || pages >= TOO_MANY {
            passive(writer);
            // counted from the beginning again by the next commit
            self.pages.store(0, SeqCst);
        } else if pages >= BULK {
            let mut state = self.shared.state.lock();
            if *state == State::Idle {
                *state = State::Asked;
                self.shared.asked.notify_one();
            }
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        *self.shared.state.lock() = State::Ended;
        self.shared.asked.notify_one();
        if let Some(thread) = self.thread.take() {
            // the panic, if it was one, has been reported by its own thread
            let _ = thread.join();
        }
    }
}

fn serve(shared: &Shared, connection: &Connection) {
    loop {
        {
            let mut state = shared.state.lock();
            while *state == State::Idle {
                shared.asked.wait(&mut state);
            }
            if *state == State::Ended {
                return;
            }
        }
        passive(connection);
        let mut state = shared.state.lock();
        if *state == State::Asked {
            *state = State::Idle;
        }
        drop(state);
        shared.moved.store(true, SeqCst);
    }
}

/// A failure (no space, say) leaves the log as it is; it is tried again after later commits.
fn passive(connection: &Connection) {
    let moved = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    if let Err(error) = moved {
        tracing::warn!(%error, "the write-ahead log could not be moved into the database");
    }
}
