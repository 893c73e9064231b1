//! Threads for reads that may take long. They open their connection at the first one.

use std::{
    future::ready,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::JoinHandle,
};

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{Settings, reader::reading};
use crate::{BoxFuture, Error};

const THREADS: usize = 2;
/// Reads that may wait; past that they fail with [`Error::Busy`].
const WAITING: usize = 1_024;

type Job = Box<dyn FnOnce(Result<&Connection, Error>) + Send>;

pub(super) struct Long {
    /// Taken by the destructor.
    jobs: Option<SyncSender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Long {
    pub fn start(settings: Settings) -> Result<Self, Error> {
        let (jobs, todo) = sync_channel(WAITING);
        let (todo, settings) = (Arc::new(Mutex::new(todo)), Arc::new(settings));
        let start = |_| {
            let (todo, settings) = (Arc::clone(&todo), Arc::clone(&settings));
            std::thread::Builder::new()
                .name("store-reader".into())
                .spawn(move || serve(&todo, &settings))
                .map_err(|error| Error::Unavailable(format!("cannot start a reader: {error}")))
        };
        let threads = (0..THREADS).map(start).collect::<Result<_, _>>()?;
        Ok(Self { jobs: Some(jobs), threads })
    }

    pub fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> BoxFuture<T> {
        let (done, outcome) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // a caller that has gone away needs no answer
            if !done.is_closed() {
                let _ = done.send(connection.and_then(read));
            }
        });
        match self.jobs.as_ref().map(|jobs| jobs.try_send(job)) {
            Some(Ok(())) => Box::pin(async move { outcome.await.unwrap_or(Err(Error::Closed)) }),
            Some(Err(_)) => Box::pin(ready(Err(Error::Busy))),
            None => Box::pin(ready(Err(Error::Closed))),
        }
    }
}

impl Drop for Long {
    fn drop(&mut self) {
        drop(self.jobs.take());
        for thread in self.threads.drain(..) {
            // the panic, if it was one, has been reported by its own thread
            let _ = thread.join();
        }
    }
}

fn serve(todo: &Mutex<Receiver<Job>>, settings: &Settings) {
    let mut own: Option<Connection> = None;
    loop {
        let next = todo.lock().recv();
        let Ok(job) = next else { return };
        if own.is_none() {
            match reading(settings) {
                Ok(connection) => own = Some(connection),
                Err(error) => {
                    job(Err(error));
                    continue;
                }
            }
        }
        if let Some(connection) = &own {
            job(Ok(connection));
        }
    }
}
