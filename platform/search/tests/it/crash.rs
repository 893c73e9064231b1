//! kill -9 while an index is committed and merged: this binary runs itself as the victim, which
//! says on its output what was acknowledged. Afterwards that is found, once; what was deleted is not.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use platform_kernel::Rng;
use platform_search::{Document, Expr, Field, Index, Order, Query, Search, Sort};

use crate::temp::Folder;

const PATH: &str = "PLATFORM_SEARCH_CRASH_PATH";
/// What was acknowledged before, task by task: the victim goes on after it.
const FROM: &str = "PLATFORM_SEARCH_CRASH_FROM";
const ROUNDS: usize = 20;
const TASKS: usize = 4;

static NOTES: Index = Index {
    name: "notes",
    version: 1,
    fields: &[Field::text("content"), Field::keyword("task"), Field::number("number")],
};

fn open(path: &Path) -> Search {
    Search::embedded(path, Rng::system())
}

async fn numbers(search: &Search, task: usize) -> Vec<i64> {
    let query = Query {
        filter: Expr::is("task", task.to_string()),
        sort: vec![Sort { field: "number", order: Order::Ascending }],
        limit: 1_000_000,
        ..Query::default()
    };
    let ids = search.search(&NOTES, query).await.unwrap().ids;
    ids.iter().map(|id| id.split_once('-').unwrap().1.parse().unwrap()).collect()
}

/// Not a test of its own: does nothing unless started by the one below.
#[test]
#[expect(clippy::disallowed_methods, reason = "how the parent tells the victim what to do")]
fn crash_victim() {
    let Ok(path) = std::env::var(PATH) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let search = open(&PathBuf::from(path));
        let from = std::env::var(FROM).unwrap();
        let from = from.split(',').map(|number| number.parse().unwrap());
        let tasks: Vec<_> =
            from.enumerate().map(|(task, from)| tokio::spawn(write(search.clone(), task, from))).collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
}

/// Puts numbers one after the other; every third is deleted again, every fifth written twice.
async fn write(search: Search, task: usize, mut number: i64) {
    loop {
        number += 1;
        let id = format!("{task}-{number}");
        let document = Document::new(&id)
            .with("content", format!("some words of note {number}"))
            .with("task", task.to_string())
            .with("number", number);
        search.put(&NOTES, vec![document.clone()]).await.unwrap();
        if number % 3 == 0 {
            search.delete(&NOTES, vec![id]).await.unwrap();
        } else if number % 5 == 0 {
            search.put(&NOTES, vec![document]).await.unwrap();
        }
        // a line is written in one piece, so the parent sees it whole or not at all
        println!("acknowledged {task} {number}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_found_after_kill_9() {
    let folder = Folder::new();
    let path = folder.file("index");
    let mut acknowledged = [0_i64; TASKS];
    for round in 0..ROUNDS {
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["crash::crash_victim", "--exact", "--nocapture", "--test-threads=1"])
            .env(PATH, &path)
            .env(FROM, acknowledged.map(|number| number.to_string()).join(","))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        let mut note = |line: String| {
            let mut words = line.split_whitespace().skip_while(|word| *word != "acknowledged").skip(1);
            let (task, number) = (words.next()?.parse::<usize>().ok()?, words.next()?.parse::<i64>().ok()?);
            acknowledged[task] = number;
            Some(())
        };
        // enough commits that merges are hit too; another number each time
        let mut wanted = 5 + 7 * (round % 5);
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
        let search = open(&path);
        for (task, last) in acknowledged.into_iter().enumerate() {
            let found = numbers(&search, task).await;
            let settled: Vec<i64> = found.iter().copied().filter(|number| *number <= last).collect();
            let expected: Vec<i64> = (1..=last).filter(|number| number % 3 != 0).collect();
            assert_eq!(settled, expected, "round {round}, task {task}: each once, the deleted ones not");
            let ahead: Vec<i64> = found.into_iter().filter(|number| *number > last).collect();
            assert!(ahead.len() <= 1, "at most the one in flight: {ahead:?}");
        }
    }
}
