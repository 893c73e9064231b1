//! kill -9: this binary runs itself as the victim, which writes and says on its output what
//! was acknowledged; after the kill everything acknowledged must be there.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use platform_kernel::Clock;
use platform_store::{Batch, Store, Table, sqlite};

use crate::temp::Folder;

const PATH: &str = "PLATFORM_STORE_CRASH_PATH";
const ROUNDS: usize = 8;
const TASKS: i64 = 8;

#[derive(Table, Clone, Debug)]
#[table(name = "notes")]
struct Note {
    #[partition]
    task: i64,
    #[cluster]
    number: i64,
    text: String,
}

#[derive(Table, Clone, Debug)]
#[table(name = "counters")]
struct Counter {
    #[partition]
    task: i64,
    notes: i64,
    #[version]
    version: i32,
}

fn open(path: &Path) -> Store {
    let tables = [Note::SCHEMA, Counter::SCHEMA];
    let options = sqlite::Options { path: path.to_owned(), tables: &tables, ..Default::default() };
    sqlite::open(options, Clock::system()).unwrap()
}

/// Not a test of its own: does nothing unless started by the one below.
#[test]
#[expect(clippy::disallowed_methods, reason = "how the parent tells the victim what to do")]
fn crash_victim() {
    let Ok(path) = std::env::var(PATH) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let store = open(&PathBuf::from(path));
        let tasks: Vec<_> = (0..TASKS).map(|task| tokio::spawn(write(store.clone(), task))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

async fn write(store: Store, task: i64) {
    store.insert_if_absent(&Counter { task, notes: 0, version: 0 }).await.unwrap();
    let mut number = store.get::<Counter>((task,)).await.unwrap().unwrap().notes;
    loop {
        number += 1;
        let note = Note { task, number, text: "x".repeat(300) };
        let old = store.get::<Counter>((task,)).await.unwrap().unwrap();
        let counter = Counter { notes: number, version: old.version + 1, ..old };
        store.commit(Batch::new().put(&note).put(&counter)).await.unwrap();
        // a line is written in one piece, so the parent sees it whole or not at all
        println!("acknowledged {task} {number}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = Folder::new();
    let path = folder.file("crash.db");
    let mut acknowledged = [0; TASKS as usize];
    for round in 0..ROUNDS {
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["crash::crash_victim", "--exact", "--nocapture", "--test-threads=1"])
            .env(PATH, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut note = |line: String| {
            let mut words = line.split_whitespace().skip_while(|word| *word != "acknowledged").skip(1);
            let numbers = (words.next()?.parse::<usize>().ok()?, words.next()?.parse::<i64>().ok()?);
            acknowledged[numbers.0] = numbers.1;
            Some(())
        };
        // some hundred commits, so that checkpoints are hit as well; another number each time
        let mut wanted = 300 + 217 * round;
        while wanted > 0 {
            let line = lines.next().expect("the victim writes until killed").unwrap();
            wanted -= usize::from(note(line).is_some());
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        // what it had said before it died
        for line in lines.map_while(Result::ok) {
            note(line);
        }

        assert_eq!(sqlite::integrity_check(&path).unwrap(), sqlite::Check::Sound);
        let store = open(&path);
        for (task, last) in (0..).zip(acknowledged) {
            let counter = store.get::<Counter>((task,)).await.unwrap().unwrap();
            let notes = store.range::<Note>((task,)).all().await.unwrap();
            assert!(counter.notes >= last, "task {task}: acknowledged {last}, found {}", counter.notes);
            assert!(notes.iter().map(|note| note.number).eq(1..=counter.notes), "all of a batch or nothing");
        }
    }
}
