//! The embedded engine: what outlives the process, and what is begun anew.

use std::{fs, path::Path};

use platform_kernel::Rng;
use platform_search::{Document, Expr, Field, Index, Query, Search, Text, conformance};

use crate::temp::Folder;

static NOTES: Index = Index {
    name: "notes",
    version: 1,
    fields: &[Field::text("content"), Field::keyword("shelf"), Field::number("at")],
};
/// The same, made in another way.
static LATER: Index = Index {
    name: "notes",
    version: 2,
    fields: &[Field::text("content"), Field::keyword("shelf"), Field::number("at")],
};

fn open(folder: &Path) -> Search {
    Search::embedded(folder, Rng::system())
}

async fn total(search: &Search, index: &'static Index, words: &str) -> u64 {
    let query = Query { texts: vec![Text::words(words)], ..Query::default() };
    search.search(index, query).await.unwrap().total
}

#[tokio::test]
async fn it_passes_the_common_suite() {
    let folder = Folder::new();
    conformance::all(&open(folder.path())).await;
}

#[tokio::test]
async fn what_was_written_is_found_by_the_next_process() {
    let folder = Folder::new();
    let first = open(folder.path());
    first.put(&NOTES, vec![Document::new("1").with("content", "kept")]).await.unwrap();
    let generation = first.generation(&NOTES).await.unwrap();
    // the first one's writer is still open, as after a crash; readers do not care
    let second = open(folder.path());
    assert_eq!(total(&second, &NOTES, "kept").await, 1);
    assert_eq!(second.generation(&NOTES).await.unwrap(), generation);
}

#[tokio::test]
async fn an_index_of_another_declaration_is_begun_anew() {
    let folder = Folder::new();
    let first = open(folder.path());
    first.put(&NOTES, vec![Document::new("1").with("content", "kept")]).await.unwrap();
    let generation = first.generation(&NOTES).await.unwrap();
    let second = open(folder.path());
    assert_eq!(total(&second, &LATER, "kept").await, 0);
    assert_ne!(second.generation(&LATER).await.unwrap(), generation);
}

#[tokio::test]
async fn a_damaged_index_is_begun_anew() {
    for damage in ["meta.json", "stamp", "segments"] {
        let folder = Folder::new();
        let generation = {
            let first = open(folder.path());
            first.put(&NOTES, vec![Document::new("1").with("content", "kept")]).await.unwrap();
            first.generation(&NOTES).await.unwrap()
        };
        let inside = folder.path().join("notes");
        if damage == "segments" {
            for entry in fs::read_dir(&inside).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|kind| kind == "term" || kind == "idx" || kind == "fast") {
                    fs::write(path, b"garbage").unwrap();
                }
            }
        } else {
            fs::write(inside.join(damage), b"{\"garbage").unwrap();
        }
        let second = open(folder.path());
        assert_eq!(total(&second, &NOTES, "kept").await, 0, "{damage}");
        assert_ne!(second.generation(&NOTES).await.unwrap(), generation, "{damage}");
        let third = open(&folder.path().join("other"));
        third.put(&NOTES, vec![Document::new("2").with("content", "kept")]).await.unwrap();
        assert_eq!(total(&third, &NOTES, "kept").await, 1);
    }
}

#[tokio::test]
async fn many_callers_share_commits() {
    let folder = Folder::new();
    let search = open(folder.path());
    let writes = (0..200).map(|n| {
        let document = Document::new(n.to_string()).with("content", format!("note{n} common"));
        search.put(&NOTES, vec![document.with("shelf", (n % 3).to_string())])
    });
    for outcome in futures_util::future::join_all(writes).await {
        outcome.unwrap();
    }
    assert_eq!(total(&search, &NOTES, "common").await, 200);
    search.delete_where(&NOTES, Expr::is("shelf", "0")).await.unwrap();
    assert_eq!(total(&search, &NOTES, "common").await, 133);
}

#[tokio::test]
async fn a_disabled_search_says_so() {
    let search = Search::disabled();
    assert!(matches!(search.search(&NOTES, Query::default()).await, Err(platform_search::Error::Disabled)));
    assert!(search.put(&NOTES, vec![Document::new("1")]).await.is_err());
}
