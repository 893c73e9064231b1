//! A real NATS server with JetStream on the loopback, and what happens when it goes away.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use platform_kernel::{Clock, Rng, Timestamp, shutdown::Shutdown};
use platform_queue::{Error, JetStream, Job, Queue, Worker};
use platform_store::{Batch, Store, sqlite};
use tokio::{runtime::Runtime, sync::Semaphore};

const TOKEN: &str = "only-for-tests";

/// Connections live here, beside the tests' own runtimes: some of those stop the clock.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
});

/// A server in a folder of its own; killed when dropped.
pub struct Server {
    folder: PathBuf,
    port: u16,
    child: Child,
}

/// What `scripts/setup` installed, or the machine's own.
fn program() -> PathBuf {
    let ours = std::path::absolute("../../.venv/bin/nats-server").unwrap();
    if ours.exists() { ours } else { "nats-server".into() }
}

fn spawn(folder: &PathBuf, port: &str) -> (Child, u16) {
    let mut child = Command::new(program())
        .args(["-a", "127.0.0.1", "-p", port, "--auth", TOKEN, "-js", "-sd"])
        .arg(folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("nats-server is missing: scripts/setup installs it");
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut listens = None;
    for line in &mut lines {
        let line = line.unwrap();
        if let Some((_, address)) = line.split_once("Listening for client connections on 127.0.0.1:") {
            listens = address.trim().parse().ok();
        }
        if line.contains("Server is ready") {
            break;
        }
    }
    // or it would block on a full pipe
    std::thread::spawn(move || lines.for_each(drop));
    (child, listens.expect("nats-server does not listen"))
}

impl Server {
    pub fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("nats-{}", Rng::system().alphanumeric(16)));
        std::fs::create_dir_all(&folder).unwrap();
        let (child, port) = spawn(&folder, "-1");
        Self { folder, port, child }
    }

    /// As the machine's loss of power would.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again where it was.
    fn restart(&mut self) {
        self.child = spawn(&self.folder, &self.port.to_string()).0;
    }

    pub async fn queue(&self, store: &Store, clock: &Clock, rng: Rng) -> Result<Queue, Error> {
        let options = JetStream { url: format!("nats://127.0.0.1:{}", self.port), token: TOKEN.to_owned() };
        let queue = Queue::jetstream(store.clone(), options, clock.clone(), rng);
        RUNTIME.spawn(queue).await.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn store() -> Store {
    sqlite::scratch(&platform_queue::tables(), Clock::system()).unwrap()
}

/// Counts the runs of each number.
struct Counter {
    runs: Arc<Mutex<Vec<u32>>>,
    done: Arc<Semaphore>,
}

impl Counter {
    fn new(jobs: usize) -> Self {
        Self { runs: Arc::new(Mutex::new(vec![0; jobs])), done: Arc::new(Semaphore::new(0)) }
    }
    fn worker(&self, queue: &Queue) -> Worker {
        let (runs, done) = (Arc::clone(&self.runs), Arc::clone(&self.done));
        Worker::new(queue.clone()).handle("n", 4, move |payload| {
            let (runs, done) = (Arc::clone(&runs), Arc::clone(&done));
            async move {
                let number: usize = payload.parse()?;
                let first = {
                    let mut runs = runs.lock().unwrap();
                    runs[number] += 1;
                    runs[number] == 1
                };
                if first {
                    done.add_permits(1);
                }
                Ok(())
            }
        })
    }
    async fn wait_for(&self, jobs: u32) {
        let all = tokio::time::timeout(Duration::from_secs(120), self.done.acquire_many(jobs));
        all.await.expect("every job runs").unwrap().forget();
    }
}

async fn push(store: &Store, queue: &Queue, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let mut batch = Batch::new();
        queue.push_in(&mut batch, Job::new("n", &number)).unwrap();
        store.commit(batch).await.unwrap();
    }
}

/// Killed in the middle, away for a while and back again: what was pushed before, meanwhile and
/// after has run, and nothing is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_was_killed_and_is_back_lost_nothing() {
    let mut server = Server::start();
    let (store, clock, counter) = (store(), Clock::system(), Counter::new(120));
    let queue = server.queue(&store, &clock, Rng::seeded(3)).await.unwrap();
    let (trigger, shutdown) = Shutdown::new();
    push(&store, &queue, 0..20).await;
    queue.push(Job::new("n", &20).at(clock.now().plus_millis(1))).await.unwrap();
    let later = clock.now().plus_millis(3_600_000);
    queue.push(Job::new("n", &119).key("later").at(later)).await.unwrap();
    assert_eq!(queue.jobs(Some("n"), 200).await.unwrap().len(), 22, "the server has them");
    server.kill();
    // nobody waits for it
    push(&store, &queue, 21..60).await;
    server.restart();
    let running = tokio::spawn(counter.worker(&queue).run(shutdown.clone()));
    counter.wait_for(30).await;
    server.kill();
    push(&store, &queue, 60..90).await;
    server.restart();
    push(&store, &queue, 90..119).await;
    counter.wait_for(89).await;
    trigger.request(Duration::from_secs(60));
    running.await.unwrap();
    let runs = counter.runs.lock().unwrap().clone();
    assert!(runs[..119].iter().all(|runs| *runs >= 1), "{runs:?}");
    assert_eq!(runs[119], 0);
    let later = queue.jobs(Some("n"), 200).await.unwrap();
    assert!(later.iter().any(|job| job.id == "k:later"), "{later:?}");
    assert!(
        later.iter().all(|job| job.attempts > 0 || job.id == "k:later"),
        "nobody was forgotten: {later:?}"
    );
}

/// Another process on the same server runs what this one pushes, without looking every so often;
/// what ends there has ended here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_hear_of_each_others_jobs() {
    let server = Server::start();
    let (store, clock, counter) = (store(), Clock::system(), Counter::new(50));
    let here = server.queue(&store, &clock, Rng::seeded(3)).await.unwrap();
    let there = server.queue(&store, &clock, Rng::seeded(4)).await.unwrap();
    let (trigger, shutdown) = Shutdown::new();
    let running = tokio::spawn(counter.worker(&there).run(shutdown));
    push(&store, &here, 0..50).await;
    counter.wait_for(50).await;
    trigger.request(Duration::from_secs(60));
    running.await.unwrap();
    assert_eq!(*counter.runs.lock().unwrap(), vec![1; 50]);
    let gone = async {
        while !here.jobs(None, 100).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), gone).await.expect("what ended there has ended here");
    // of two who replay or take back, one does
    let pushed = here.push_unique(Job::new("n", &1).delay(60_000), "once").await.unwrap();
    assert!(!there.push_unique(Job::new("n", &1), "once").await.unwrap().enqueued);
    assert!(there.cancel_waiting(&pushed.id).await.unwrap());
    assert!(!here.cancel_waiting(&pushed.id).await.unwrap());
}

/// The server was away when the job was committed, and so is the process by now.
#[tokio::test]
async fn what_waited_in_the_outbox_goes_out_with_the_next_process() {
    let mut server = Server::start();
    let clock = Clock::fixed(Timestamp::from_millis(1_700_000_000_000));
    let (store, counter) = (store(), Counter::new(3));
    let queue = server.queue(&store, &clock, Rng::seeded(3)).await.unwrap();
    server.kill();
    push(&store, &queue, 0..3).await;
    drop(queue);
    server.restart();
    let queue = server.queue(&store, &clock, Rng::seeded(4)).await.unwrap();
    assert_eq!(counter.worker(&queue).run_due().await.unwrap(), 3);
    assert_eq!(*counter.runs.lock().unwrap(), [1, 1, 1]);
    // and what a process leaves behind is found by the next one
    queue.push(Job::new("n", &0).delay(1_000)).await.unwrap();
    assert_eq!(queue.depths().await.unwrap()["n"].scheduled, 1);
    drop(queue);
    let queue = server.queue(&store, &clock, Rng::seeded(5)).await.unwrap();
    clock.advance(1_000);
    assert_eq!(counter.worker(&queue).run_due().await.unwrap(), 1);
}

#[tokio::test]
async fn a_job_too_large_for_the_server_is_refused_and_its_batch_is_whole() {
    let server = Server::start();
    let (store, clock) = (store(), Clock::system());
    let queue = server.queue(&store, &clock, Rng::seeded(3)).await.unwrap();
    let mut batch = Batch::new();
    queue.push_in(&mut batch, Job::new("n", "small")).unwrap();
    let error = queue.push_in(&mut batch, Job::new("n", &"x".repeat(2_000_000))).unwrap_err();
    assert!(matches!(error, Error::Payload { .. }), "{error}");
    store.commit(batch).await.unwrap();
    assert_eq!(queue.jobs(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let mut server = Server::start();
    server.kill();
    let error = server.queue(&store(), &Clock::system(), Rng::seeded(3)).await.unwrap_err();
    assert!(error.to_string().contains(&format!("nats://127.0.0.1:{}", server.port)), "{error}");
}
