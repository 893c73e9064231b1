//! What every engine must do, on a real store and a clock that the tests move.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    time::Duration,
};

use platform_kernel::{Clock, Timestamp, shutdown::Shutdown};
use platform_queue::{Calendar, Job, JobError, Queue, State, Worker};
use platform_store::{Batch, Store, sqlite};
use tokio::sync::Notify;

use crate::On;

const MINUTE: i64 = 60_000;

struct Rig {
    store: Store,
    clock: Clock,
    queue: Queue,
    /// What the handler of `"note"` got, in order.
    seen: Arc<Mutex<Vec<String>>>,
}

async fn rig(on: &On) -> Rig {
    let clock = Clock::fixed(Timestamp::from_millis(1_700_000_000_000));
    let store = sqlite::scratch(&platform_queue::tables(), clock.clone()).unwrap();
    let queue = on.queue(&store, &clock, 3).await;
    Rig { store, clock, queue, seen: Arc::default() }
}

impl Rig {
    fn worker(&self) -> Worker {
        let seen = Arc::clone(&self.seen);
        Worker::new(self.queue.clone()).handle("note", 2, move |payload| {
            let seen = Arc::clone(&seen);
            async move {
                seen.lock().unwrap().push(payload.parse()?);
                Ok(())
            }
        })
    }
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
    async fn push(&self, text: &str) {
        self.queue.push(Job::new("note", text)).await.unwrap();
    }
}

/// A handler that fails as told and counts.
fn failing(queue: &Queue, with: impl Fn() -> JobError + Send + Sync + 'static) -> (Worker, Arc<AtomicU32>) {
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let worker = Worker::new(queue.clone()).handle("fail", 1, move |_| {
        counted.fetch_add(1, SeqCst);
        let error = with();
        async move { Err(error) }
    });
    (worker, runs)
}

pub async fn jobs_run_once_in_the_order_of_their_time(on: On) {
    let rig = rig(&on).await;
    let worker = rig.worker();
    rig.queue.push(Job::new("note", "later").delay(700_000)).await.unwrap();
    rig.queue.push(Job::new("note", "soon").delay(2_000)).await.unwrap();
    rig.push("now").await;
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(rig.seen(), ["now"]);
    rig.clock.advance(1_999);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    rig.clock.advance(3_600_000);
    assert_eq!(worker.run_due().await.unwrap(), 2);
    assert_eq!(rig.seen(), ["soon", "later"]);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(rig.queue.stats()[0].succeeded, 3);
}

pub async fn a_job_shares_the_fate_of_its_batch(on: On) {
    let rig = rig(&on).await;
    let worker = rig.worker();
    let mut dropped = Batch::new();
    rig.queue.push_in(&mut dropped, Job::new("note", "dropped")).unwrap();
    drop(dropped);
    let mut batch = Batch::new();
    rig.queue.push_in(&mut batch, Job::new("note", "committed")).unwrap();
    rig.store.commit(batch).await.unwrap();
    worker.run_due().await.unwrap();
    assert_eq!(rig.seen(), ["committed"]);
}

pub async fn a_key_replaces_what_waits_and_cancels(on: On) {
    let rig = rig(&on).await;
    let worker = rig.worker();
    rig.queue.push(Job::new("note", "old").key("a").delay(1_000)).await.unwrap();
    rig.queue.push(Job::new("note", "new").key("a").delay(5_000)).await.unwrap();
    rig.queue.push(Job::new("note", "other").key("b").delay(1_000)).await.unwrap();
    rig.clock.advance(1_000);
    assert!(rig.queue.cancel("note", "b").await.unwrap());
    assert!(!rig.queue.cancel("note", "b").await.unwrap());
    assert_eq!(worker.run_due().await.unwrap(), 0);
    rig.clock.advance(4_000);
    worker.run_due().await.unwrap();
    assert_eq!(rig.seen(), ["new"]);
    assert!(!rig.queue.cancel("note", "a").await.unwrap());
    // the obsolete entry of "old" goes when it is old enough
    rig.clock.advance(2 * MINUTE);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(rig.queue.due_now("note").await.unwrap(), []);
}

pub async fn failures_back_off_and_end_as_dead_letters(on: On) {
    let rig = rig(&on).await;
    let (worker, runs) = failing(&rig.queue, || JobError::retry("no luck"));
    rig.queue.push(Job::new("fail", &7).max_attempts(3)).await.unwrap();
    assert_eq!(worker.run_due().await.unwrap(), 1);
    rig.clock.advance(499);
    assert_eq!(worker.run_due().await.unwrap(), 0, "the first pause is at least half a second");
    rig.clock.advance(501);
    assert_eq!(worker.run_due().await.unwrap(), 1, "and at most one");
    rig.clock.advance(2_000);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    rig.clock.advance(60 * MINUTE);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(runs.load(SeqCst), 3);

    let letters = rig.queue.dead("fail", None, 10).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].attempts, letters[0].reason.as_str(), letters[0].payload.as_str()),
        (3, "no luck", "7")
    );
    assert!(rig.queue.replay("fail", &letters[0]).await.unwrap());
    assert!(!rig.queue.replay("fail", &letters[0]).await.unwrap());
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(rig.queue.dead("fail", None, 10).await.unwrap(), []);
    let stats = &rig.queue.stats()[0];
    assert_eq!((stats.retried, stats.dead, stats.running), (3, 1, 0));
}

pub async fn fatal_failures_are_not_retried_and_letters_page_newest_first(on: On) {
    let rig = rig(&on).await;
    let (worker, runs) = failing(&rig.queue, || JobError::fatal("never"));
    for number in 0..3 {
        rig.queue.push(Job::new("fail", &number)).await.unwrap();
        worker.run_due().await.unwrap();
        rig.clock.advance(1);
    }
    assert_eq!(runs.load(SeqCst), 3);
    let first = rig.queue.dead("fail", None, 2).await.unwrap();
    assert_eq!(first.iter().map(|letter| letter.payload.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    let second = rig.queue.dead("fail", Some(&first[1]), 2).await.unwrap();
    assert_eq!(second.iter().map(|letter| letter.payload.as_str()).collect::<Vec<_>>(), ["0"]);
    assert!(rig.queue.delete_dead("fail", &second[0]).await.unwrap());
    assert!(!rig.queue.delete_dead("fail", &second[0]).await.unwrap());
}

pub async fn a_handler_sets_its_own_pause_and_a_panic_is_a_failure(on: On) {
    let rig = rig(&on).await;
    let runs = AtomicU32::new(0);
    let worker = Worker::new(rig.queue.clone()).handle("odd", 1, move |payload| {
        let run = runs.fetch_add(1, SeqCst);
        async move {
            assert_eq!(payload.attempt, run + 1);
            match run {
                0 => Err(JobError::RetryAfter { ms: 90_000, reason: "busy".into() }),
                1 => panic!("a bug"),
                _ => Ok(()),
            }
        }
    });
    rig.queue.push(Job::new("odd", &())).await.unwrap();
    worker.run_due().await.unwrap();
    rig.clock.advance(89_999);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    rig.clock.advance(1);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    rig.clock.advance(10_000);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(rig.queue.stats()[0].succeeded, 1);
}

pub async fn an_abandoned_job_is_retried_when_its_lease_is_over_and_given_up_in_the_end(on: On) {
    let rig = rig(&on).await;
    rig.queue.push(Job::new("stuck", &()).max_attempts(2)).await.unwrap();
    for _ in 0..2 {
        let begun = Arc::new(Notify::new());
        let signal = Arc::clone(&begun);
        let worker = Worker::new(rig.queue.clone()).handle("stuck", 1, move |_| {
            signal.notify_one();
            std::future::pending()
        });
        let run = tokio::spawn(async move { worker.run_due().await });
        begun.notified().await;
        // the process dies here
        run.abort();
        assert_eq!(rig.worker().run_due().await.unwrap(), 0);
        rig.clock.advance(MINUTE);
        assert_eq!(rig.queue.due_now("stuck").await.unwrap().len(), 1);
    }
    let worker = Worker::new(rig.queue.clone()).handle("stuck", 1, |_| async { Ok(()) });
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(rig.queue.dead("stuck", None, 10).await.unwrap().len(), 1);
}

pub async fn schedules_run_once_an_interval_and_remember_it(on: On) {
    let rig = rig(&on).await;
    let runs = Arc::new(AtomicU32::new(0));
    let worker = |runs: &Arc<AtomicU32>| {
        let runs = Arc::clone(runs);
        Worker::new(rig.queue.clone()).every("tidy", Duration::from_secs(60), move |_| {
            runs.fetch_add(1, SeqCst);
            async { Ok(()) }
        })
    };
    worker(&runs).run_due().await.unwrap();
    assert_eq!(runs.load(SeqCst), 0);
    rig.clock.advance(5 * MINUTE);
    worker(&runs).run_due().await.unwrap();
    worker(&runs).run_due().await.unwrap();
    assert_eq!(runs.load(SeqCst), 1, "missed intervals count as one");
    rig.clock.advance(MINUTE);
    worker(&runs).run_due().await.unwrap();
    assert_eq!(runs.load(SeqCst), 2);
}

/// Time is tokio's and jumps to the next timer, the store's clock stands still.
pub async fn a_long_job_keeps_its_lease_until_it_is_cancelled(on: On) {
    struct Stopped(Arc<Notify>);
    impl Drop for Stopped {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let rig = rig(&on).await;
    let (begun, stopped) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begin, stop) = (Arc::clone(&begun), Arc::clone(&stopped));
    let worker = Worker::new(rig.queue.clone()).handle("long", 1, move |_| {
        let guard = Stopped(Arc::clone(&stop));
        begin.notify_one();
        async move {
            let _guard = guard;
            std::future::pending().await
        }
    });
    rig.queue.push(Job::new("long", &()).key("export")).await.unwrap();
    let run = tokio::spawn(async move { worker.run_due().await });
    begun.notified().await;
    rig.clock.advance(61_000);
    assert_eq!(rig.queue.due_now("long").await.unwrap().len(), 1, "as if the process had stalled");
    let mut renewed = false;
    for _ in 0..1_000 {
        // jumps: the renewal comes in between, when the writer is done with it
        tokio::time::sleep(Duration::from_secs(5)).await;
        renewed = rig.queue.due_now("long").await.unwrap().is_empty();
        if renewed {
            break;
        }
    }
    assert!(renewed);
    assert!(rig.queue.cancel("long", "export").await.unwrap());
    stopped.notified().await;
    assert_eq!(run.await.unwrap().unwrap(), 1);
    rig.clock.advance(60 * MINUTE);
    assert_eq!(rig.queue.due_now("long").await.unwrap(), []);
}

/// The whole machine on the system's clock: pushes wake it, concurrency holds, nothing runs
/// twice, the shutdown waits for handlers.
pub async fn a_running_worker_runs_everything_once(on: On) {
    const JOBS: u32 = 200;
    let clock = Clock::system();
    let store = sqlite::scratch(&platform_queue::tables(), clock.clone()).unwrap();
    let queue = on.queue(&store, &clock, 3).await;
    let (runs, now, most) = (
        Arc::new(Mutex::new(vec![0; JOBS as usize])),
        Arc::new(AtomicU32::new(0)),
        Arc::new(AtomicU32::new(0)),
    );
    let all = Arc::new(tokio::sync::Semaphore::new(0));
    let worker = |queue: &Queue| {
        let (runs, now, most, all) =
            (Arc::clone(&runs), Arc::clone(&now), Arc::clone(&most), Arc::clone(&all));
        Worker::new(queue.clone()).handle("n", 4, move |payload| {
            let (runs, now, most, all) =
                (Arc::clone(&runs), Arc::clone(&now), Arc::clone(&most), Arc::clone(&all));
            async move {
                most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                tokio::task::yield_now().await;
                runs.lock().unwrap()[payload.parse::<usize>()?] += 1;
                now.fetch_sub(1, SeqCst);
                all.add_permits(1);
                Ok(())
            }
        })
    };
    let (trigger, shutdown) = Shutdown::new();
    // a second one, as another process would
    let other = on.queue(&store, &clock, 4).await;
    let first = tokio::spawn(worker(&queue).run(shutdown.clone()));
    let second = tokio::spawn(worker(&other).poll_every(Duration::from_millis(1)).run(shutdown));
    for number in 0..JOBS {
        let mut batch = Batch::new();
        queue.push_in(&mut batch, Job::new("n", &number)).unwrap();
        store.commit(batch).await.unwrap();
    }
    all.acquire_many(JOBS).await.unwrap().forget();
    trigger.request(Duration::from_secs(60));
    first.await.unwrap();
    second.await.unwrap();
    assert_eq!(*runs.lock().unwrap(), vec![1; JOBS as usize]);
    assert!(most.load(SeqCst) <= 8, "two workers of four");
    assert_eq!(queue.due_now("n").await.unwrap(), []);
}

pub async fn of_what_is_due_the_higher_priority_goes_first(on: On) {
    let rig = rig(&on).await;
    for (text, priority) in [("a", 0), ("b", 50), ("c", 100), ("d", 50)] {
        rig.queue.push(Job::new("note", text).priority(priority)).await.unwrap();
        rig.clock.advance(1);
    }
    rig.worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["c", "b", "d", "a"]);
}

pub async fn a_live_job_is_not_pushed_twice_under_one_name(on: On) {
    let rig = rig(&on).await;
    let first = rig.queue.push_unique(Job::new("note", "one").delay(1_000), "x").await.unwrap();
    let again = rig.queue.push_unique(Job::new("note", "two"), "x").await.unwrap();
    assert!(first.enqueued && !again.enqueued);
    assert_eq!(first.id, again.id);
    rig.clock.advance(1_000);
    rig.worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["one"]);
    assert!(rig.queue.push_unique(Job::new("note", "three"), "x").await.unwrap().enqueued);
    rig.worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["three"]);
}

pub async fn a_calendar_is_kept_and_made_up_for_once(on: On) {
    let rig = rig(&on).await;
    let seen = Arc::clone(&rig.seen);
    let worker = || {
        let seen = Arc::clone(&seen);
        Worker::new(rig.queue.clone()).cron("nightly", "0 0 3 * * *", move |_| {
            seen.lock().unwrap().push("ran".into());
            async { Ok(()) }
        })
    };
    worker().run_due().await.unwrap();
    let state = rig.queue.calendars().await.unwrap().remove(0);
    // the rig begins at 2023-11-14 22:13:20
    assert_eq!(state.next_run_at, Timestamp::parse("2023-11-15T03:00:00Z"));
    assert!(state.last_run_at.is_none() && rig.seen().is_empty());
    rig.clock.advance(3 * 24 * 60 * MINUTE);
    assert!(rig.queue.calendars().await.unwrap()[0].is_overdue);
    worker().run_due().await.unwrap();
    worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["ran"]);
    let state = rig.queue.calendars().await.unwrap().remove(0);
    assert_eq!(state.last_run_at, Some(rig.clock.now()));
    assert_eq!(state.next_run_at, Timestamp::parse("2023-11-18T03:00:00Z"));

    let other = Calendar {
        name: "mine".into(),
        kind: "note".into(),
        payload: "\"by hand\"".into(),
        expression: "*/10 * * * * *".into(),
        enabled: true,
    };
    rig.queue.schedule(other.clone()).await.unwrap();
    assert!(rig.queue.schedule(Calendar { expression: "never".into(), ..other.clone() }).await.is_err());
    rig.clock.advance(10_000);
    rig.worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["by hand"]);
    let names: Vec<_> = rig.queue.calendars().await.unwrap().into_iter().map(|state| state.id).collect();
    assert_eq!(names, ["mine"], "what no program declares any more is forgotten, what was asked for stays");
    rig.queue.schedule(Calendar { enabled: false, ..other }).await.unwrap();
    rig.clock.advance(MINUTE);
    rig.worker().run_due().await.unwrap();
    assert!(rig.seen().is_empty());
}

pub async fn what_a_dead_process_had_leased_is_due_at_once(on: On) {
    let rig = rig(&on).await;
    rig.push("lost").await;
    let leased = rig.queue.lease(&["note"], 10, 30_000).await.unwrap();
    assert_eq!(leased.len(), 1);
    assert_eq!(rig.queue.find(&leased[0].job.id).await.unwrap().unwrap().state, State::Running);
    assert_eq!(rig.worker().run_due().await.unwrap(), 0);
    assert_eq!(rig.queue.recover().await.unwrap(), 1);
    rig.worker().run_due().await.unwrap();
    assert_eq!(rig.seen(), ["lost"]);
    assert_eq!(rig.queue.recover().await.unwrap(), 0);
}

pub async fn leases_end_by_receipt(on: On) {
    let rig = rig(&on).await;
    for (text, priority) in [("a", 0), ("b", 9)] {
        rig.queue.push(Job::new("note", text).priority(priority).max_attempts(2)).await.unwrap();
    }
    let b = rig.queue.lease(&["other", "note"], 1, 5_000).await.unwrap().remove(0);
    assert_eq!((b.job.payload.as_str(), b.job.attempts), ("\"b\"", 1));
    assert!(!rig.queue.cancel_waiting(&b.job.id).await.unwrap(), "it runs");
    assert!(rig.queue.prolong(&b.receipt, 20_000).await.unwrap());
    rig.clock.advance(25_000);
    assert!(rig.queue.nack(&b.receipt, "no").await.unwrap());
    assert!(!rig.queue.ack(&b.receipt).await.unwrap(), "a receipt serves once");
    assert!(!rig.queue.ack("nonsense").await.unwrap());
    let a = rig.queue.lease(&["note"], 10, 5_000).await.unwrap().remove(0);
    assert_eq!(a.job.payload, "\"a\"");
    rig.clock.advance(2_000);
    let again = rig.queue.lease(&["note"], 10, 5_000).await.unwrap().remove(0);
    assert_eq!((again.job.id.as_str(), again.job.attempts), (b.job.id.as_str(), 2));
    assert!(rig.queue.nack(&again.receipt, "never").await.unwrap());
    let letter = rig.queue.find_dead(&b.job.id).await.unwrap().unwrap();
    assert_eq!((letter.kind.as_str(), letter.reason.as_str()), ("note", "never"));
    let depths = rig.queue.depths().await.unwrap()["note"];
    assert_eq!((depths.running, depths.ready, depths.dead), (1, 0, 1));
    rig.clock.advance(15_001);
    assert!(!rig.queue.ack(&a.receipt).await.unwrap(), "its time was over");
    assert_eq!(rig.queue.lease(&["note"], 10, 5_000).await.unwrap().len(), 1);
    assert!(rig.queue.discard_dead(&b.job.id).await.unwrap());
    assert!(!rig.queue.discard_dead(&b.job.id).await.unwrap());
}

pub async fn a_stopped_worker_gives_back_what_is_not_done_and_runs_no_more_than_told(on: On) {
    let rig = rig(&on).await;
    let (running, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let mut worker = Worker::new(rig.queue.clone()).concurrency(3);
    for kind in ["x", "y"] {
        let (running, most) = (Arc::clone(&running), Arc::clone(&most));
        worker = worker.handle(kind, 4, move |_| {
            most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
            std::future::pending()
        });
        for number in 0..6 {
            rig.queue.push(Job::new(kind, &number)).await.unwrap();
        }
    }
    let (trigger, shutdown) = Shutdown::new();
    let ran = tokio::spawn(worker.run(shutdown));
    while running.load(SeqCst) < 3 {
        tokio::task::yield_now().await;
    }
    trigger.request(Duration::from_secs(5));
    ran.await.unwrap();
    assert_eq!(most.load(SeqCst), 3);
    let jobs = rig.queue.jobs(None, 100).await.unwrap();
    assert_eq!(jobs.len(), 12);
    assert!(jobs.iter().all(|job| job.state == State::Ready && job.attempts == 0), "{jobs:?}");
}
