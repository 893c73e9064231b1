//! What commands tell a running server: accounts they have changed behind its back, and what
//! it is to do itself. A notice is a line in a file of the data folder, and SIGHUP says that
//! there is one.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use fluxer_domain::{App, auth::sessions, search};
use fluxer_wire::UserId;
use platform_kernel::Shutdown;
use rustix::process::{Pid, Signal, kill_process};
use serde::{Deserialize, Serialize};
use tokio::signal::unix::{SignalKind, signal};

const FILE: &str = "notices";
const GATE: &str = "notices.lock";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// An account was changed.
    Account {
        user_id: UserId,
        /// Everybody signed in to it has to sign in again.
        end_sessions: bool,
    },
    /// Search indexes are to be made anew.
    Rebuild { rebuild: Vec<String> },
    /// There may be jobs to do.
    Jobs,
}

fn gate(folder: &Path) -> std::io::Result<File> {
    let gate = File::options().create(true).append(true).open(folder.join(GATE))?;
    gate.lock()?;
    Ok(gate)
}

/// Tells the server `process` that serves `folder`.
pub fn send(folder: &Path, process: i32, notice: &Notice) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(notice)?;
    line.push('\n');
    {
        let _gate = gate(folder)?;
        File::options().create(true).append(true).open(folder.join(FILE))?.write_all(line.as_bytes())?;
    }
    let process = Pid::from_raw(process).context("the lock file names no process")?;
    kill_process(process, Signal::HUP).context("the running server cannot be told; restart it")
}

fn take(folder: &Path) -> anyhow::Result<Vec<Notice>> {
    let _gate = gate(folder)?;
    let path = folder.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    fs::remove_file(&path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Acts on notices until the shutdown; the signal is heard once this has returned.
pub fn listen(
    app: Arc<App>,
    folder: PathBuf,
    shutdown: Shutdown,
) -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut hangup = signal(SignalKind::hangup()).context("cannot listen for signals")?;
    Ok(async move {
        // What was left when the server stopped was done by the commands' own writes, but for
        // sessions that were to end.
        loop {
            match take(&folder) {
                Ok(notices) => {
                    for notice in notices {
                        act(&app, &notice).await;
                    }
                }
                Err(error) => tracing::error!("notices of commands cannot be read: {error:#}"),
            }
            tokio::select! {
                _ = hangup.recv() => {}
                () = shutdown.requested() => return,
            }
        }
    })
}

async fn act(app: &App, notice: &Notice) {
    match notice {
        Notice::Account { user_id, end_sessions } => account(app, *user_id, *end_sessions).await,
        Notice::Jobs => app.queue.wake(),
        Notice::Rebuild { rebuild } => {
            for index in rebuild {
                match search::rebuild(app, index).await {
                    Ok(places) => tracing::info!(index, places, "a search index is made anew"),
                    Err(error) => tracing::error!(%error, index, "a search index could not be made anew"),
                }
            }
        }
    }
}

async fn account(app: &App, user_id: UserId, end_sessions: bool) {
    app.forget_user(user_id);
    if end_sessions && let Err(error) = sessions::revoke_all(app, user_id).await {
        tracing::error!(%error, %user_id, "the sessions of an account could not be ended");
    }
    tracing::info!(%user_id, "an account was changed from the command line");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::Temporary;

    #[test]
    fn notices_are_taken_once() {
        let folder = Temporary::new("notices");
        let notice = |id| Notice::Account { user_id: UserId::new(id), end_sessions: id == 2 };
        let path = folder.0.join(FILE);
        for id in [1, 2] {
            let line = serde_json::to_string(&notice(id)).unwrap() + "\n";
            File::options()
                .create(true)
                .append(true)
                .open(&path)
                .unwrap()
                .write_all(line.as_bytes())
                .unwrap();
        }
        assert_eq!(take(&folder.0).unwrap(), [notice(1), notice(2)]);
        assert!(take(&folder.0).unwrap().is_empty());
    }
}
