//! How fast the SQLite engine is on this machine:
//! `cargo run --profile load -p platform-store --example throughput [folder]`
//!
//! Rows are like messages (400 bytes of text, 6 columns) in 997 partitions. The load
//! generator shares the cores with the engine.

#![expect(clippy::print_stdout, reason = "a table on the terminal is its purpose")]

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use platform_kernel::{Clock, Rng};
use platform_store::{Batch, Error, Store, Table, sqlite};

#[derive(Table, Clone)]
#[table(name = "messages")]
struct Row {
    #[partition]
    channel: i64,
    #[cluster(desc)]
    id: i64,
    author: i64,
    content: String,
    flags: i32,
    edited: Option<i64>,
    #[version]
    version: i32,
}

/// What goes with a message into the same batch.
#[derive(Table, Clone)]
#[table(name = "by_author")]
struct ByAuthor {
    #[partition]
    author: i64,
    #[cluster(desc)]
    id: i64,
    channel: i64,
}

#[derive(Table, Clone)]
#[table(name = "state")]
struct State {
    #[partition]
    channel: i64,
    last: i64,
}

const CHANNELS: u64 = 997;
const BUSY_CHANNELS: u64 = 64;
const RUN: Duration = Duration::from_secs(6);

fn row(id: u64) -> Row {
    let content = "the quick brown fox jumps over the lazy dog. ".repeat(9);
    let channel = (id % CHANNELS).cast_signed();
    Row { channel, id: id.cast_signed(), author: 7, content, flags: 0, edited: None, version: 0 }
}

fn message(id: u64) -> Batch {
    let (channel, short) =
        ((id % BUSY_CHANNELS + CHANNELS).cast_signed(), "hello, how are you today? ".repeat(4));
    let (id, author) = (id.cast_signed(), channel + 1);
    let row = Row { channel, id, author, content: short, flags: 0, edited: None, version: 0 };
    Batch::new().put(&row).put(&ByAuthor { author, id, channel }).put(&State { channel, last: id })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join("throughput.db");
    remove(&path);
    let tables = [Row::SCHEMA, ByAuthor::SCHEMA, State::SCHEMA];
    let options = sqlite::Options { path: path.clone(), tables: &tables, ..Default::default() };
    let store = sqlite::open(options, Clock::system())?;
    let next = Arc::new(AtomicU64::new(1));
    for tasks in [64, 256, 1] {
        commits(&store, &next, tasks, false).await?;
    }
    for tasks in [64, 256] {
        commits(&store, &Arc::new(AtomicU64::new(1 << 40)), tasks, true).await?;
    }
    let rows = next.load(Relaxed);
    println!("{rows} rows");
    for tasks in [1, 2, 64] {
        reads(&store, rows, tasks, Read::Point).await?;
    }
    reads(&store, rows, 64, Read::Newest50).await?;
    hops().await;
    store.close().await?;
    remove(&path);
    Ok(())
}

async fn commits(store: &Store, next: &Arc<AtomicU64>, tasks: usize, batch: bool) -> Result<(), Error> {
    let begun = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|_| {
            let (store, next) = (store.clone(), Arc::clone(next));
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                while begun.elapsed() < RUN {
                    let id = next.fetch_add(1, Relaxed);
                    let at = Instant::now();
                    if batch {
                        store.commit(message(id)).await?;
                    } else {
                        store.put(&row(id)).await?;
                    }
                    latencies.push(at.elapsed());
                }
                Ok::<_, Error>(latencies)
            })
        })
        .collect();
    let mut latencies = Vec::new();
    for task in running {
        latencies.extend(task.await.map_err(|error| Error::Unavailable(error.to_string()))??);
    }
    let what = if batch { "batches of 3 in 64 channels" } else { "rows in 997 channels" };
    report(&format!("commits, {what}, {tasks} tasks"), latencies.len(), begun.elapsed(), latencies);
    Ok(())
}

#[derive(Clone, Copy)]
enum Read {
    Point,
    Newest50,
}

async fn reads(store: &Store, rows: u64, tasks: usize, what: Read) -> Result<(), Error> {
    let begun = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let rng = Rng::system();
                let mut latencies = Vec::new();
                while begun.elapsed() < RUN / 2 {
                    // some at a time: drawing and looking at the clock cost as well
                    for id in (0..50).map(|_| 1 + rng.below(rows - 1)) {
                        let channel = (id % CHANNELS).cast_signed();
                        let at = Instant::now();
                        let found = match what {
                            Read::Point => {
                                usize::from(store.get::<Row>((channel, id.cast_signed())).await?.is_some())
                            }
                            Read::Newest50 => store.range::<Row>((channel,)).limit(50).fetch().await?.len(),
                        };
                        assert!(found > 0);
                        latencies.push(at.elapsed());
                    }
                    tokio::task::yield_now().await;
                }
                Ok::<_, Error>(latencies)
            })
        })
        .collect();
    let mut latencies = Vec::new();
    for task in running {
        latencies.extend(task.await.map_err(|error| Error::Unavailable(error.to_string()))??);
    }
    let name = match what {
        Read::Point => "point reads",
        Read::Newest50 => "newest 50 of a partition",
    };
    report(&format!("{name}, {tasks} tasks"), latencies.len(), begun.elapsed(), latencies);
    Ok(())
}

/// What handing a read to another thread and awaiting its answer would add.
async fn hops() {
    type Job = tokio::sync::oneshot::Sender<u64>;
    let (jobs, todo) = std::sync::mpsc::sync_channel::<Job>(1024);
    let thread = std::thread::spawn(move || todo.iter().for_each(|job| assert!(job.send(1).is_ok())));
    let begun = Instant::now();
    let mut latencies = Vec::new();
    while begun.elapsed() < RUN / 3 {
        let at = Instant::now();
        let (job, answer) = tokio::sync::oneshot::channel();
        if jobs.send(job).is_ok() && answer.await.is_ok() {
            latencies.push(at.elapsed());
        }
    }
    report("empty trips to another thread, 1 task", latencies.len(), begun.elapsed(), latencies);
    drop(jobs);
    drop(thread.join());
}

fn report(name: &str, count: usize, elapsed: Duration, mut latencies: Vec<Duration>) {
    latencies.sort_unstable();
    let at =
        |share: f64| latencies.get((latencies.len() as f64 * share) as usize).copied().unwrap_or_default();
    println!(
        "{name:<52} {:>9.0}/s   p50 {:>9.1?}   p99 {:>9.1?}   max {:>9.1?}",
        count as f64 / elapsed.as_secs_f64(),
        at(0.5),
        at(0.99),
        latencies.last().copied().unwrap_or_default(),
    );
}

fn remove(path: &std::path::Path) {
    for suffix in ["", "-wal", "-shm"] {
        // most often there is none
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
}
