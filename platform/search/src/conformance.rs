//! What every engine must do, as functions that panic where one does not. Each works on an
//! index of its own, so that they may run one after the other on one server.

// a suite reports by panicking
#![allow(clippy::unwrap_used)]

use crate::{Document, Expr, Field, Hits, Index, Order, Query, Search, Sort, Text};

macro_rules! index {
    ($name:ident, $text:literal) => {
        static $name: Index = Index {
            name: $text,
            version: 1,
            fields: &[
                Field::text("content"),
                Field::text("note"),
                Field::keyword("channel"),
                Field::keyword("tags").searchable(),
                Field::number("at"),
                Field::number("low"),
                Field::flag("pinned"),
            ],
        };
    };
}
index!(WORDS, "conformance_words");
index!(FILTERS, "conformance_filters");
index!(PAGES, "conformance_pages");
index!(WRITES, "conformance_writes");

fn document(id: &str, content: &str) -> Document {
    Document::new(id).with("content", content)
}

fn by(field: &'static str, order: Order) -> Sort {
    Sort { field, order }
}

async fn find(search: &Search, index: &'static Index, query: Query) -> Vec<String> {
    let limit = if query.limit == 0 { 100 } else { query.limit };
    let hits: Hits = search.search(index, Query { limit, ..query }).await.unwrap();
    let mut ids = hits.ids;
    ids.sort_unstable();
    assert_eq!(hits.total, ids.len() as u64, "the total of {ids:?}");
    ids
}

async fn with_text(search: &Search, index: &'static Index, text: Text) -> Vec<String> {
    find(search, index, Query { texts: vec![text], ..Query::default() }).await
}

/// Everything, on an engine that holds nothing.
pub async fn all(search: &Search) {
    words(search).await;
    filters(search).await;
    pages(search).await;
    writes(search).await;
}

/// Words are found whatever their case, accents and script.
pub async fn words(search: &Search) {
    let documents = vec![
        document("cafe", "Wir treffen uns im Café an der Straße"),
        document("plain", "the quick brown fox jumps over the lazy dog"),
        document("other", "a lazy afternoon with a quick nap").with("note", "brown paper"),
        document("chinese", "我喜欢学习中文和历史"),
        document("japanese", "今日は日本語を勉強します"),
        document("korean", "한국어를 공부합니다"),
        document("emoji", "great work 🎉 everybody"),
        document("tagged", "nothing here").with("tags", vec!["Release".to_owned(), "urgent".to_owned()]),
        document("link", "see https://example.com/path_to/page"),
        document("hostile", r#"quotes " and \ and ' and - and * (brackets) AND OR NOT"#),
    ];
    search.clear(&WORDS).await.unwrap();
    search.put(&WORDS, documents).await.unwrap();
    let exactly = |words: &str| Text { words: words.to_owned(), ..Text::default() };
    for (words, expected) in [
        ("cafe", &["cafe"][..]),
        ("CAFÉ", &["cafe"]),
        ("strasse", &["cafe"]),
        ("straße", &["cafe"]),
        ("quick", &["other", "plain"]),
        ("lazy quick", &["other", "plain"]),
        ("fox paper", &[]),
        // words may stand in different fields
        ("nap paper", &["other"]),
        ("中文", &["chinese"]),
        ("历史", &["chinese"]),
        ("日本語", &["japanese"]),
        ("한국어", &["korean"]),
        ("🎉", &["emoji"]),
        ("release", &["tagged"]),
        ("example", &["link"]),
        ("brackets", &["hostile"]),
        ("unfindable", &[]),
    ] {
        assert_eq!(with_text(search, &WORDS, exactly(words)).await, expected, "words {words:?}");
    }
    for (words, expected) in [("afterno", &["other"][..]), ("lazy aft", &["other"]), ("공부", &["korean"])]
    {
        assert_eq!(with_text(search, &WORDS, Text::words(words)).await, expected, "beginning {words:?}");
    }
    let typos = |words: &str| Text { typos: true, ..exactly(words) };
    for (words, expected) in
        [("afternon", &["other"][..]), ("jumpz", &["plain"]), ("quicc", &["other", "plain"])]
    {
        assert_eq!(with_text(search, &WORDS, typos(words)).await, expected, "typo {words:?}");
    }
    let phrases = |phrases: &[&str]| Text {
        phrases: phrases.iter().map(|phrase| (*phrase).to_owned()).collect(),
        ..Text::default()
    };
    for (asked, expected) in [
        (&["brown fox"][..], &["plain"][..]),
        (&["fox brown"], &[]),
        (&["Quick Brown", "lazy dog"], &["plain"]),
        (&["日本語"], &["japanese"]),
    ] {
        assert_eq!(with_text(search, &WORDS, phrases(asked)).await, expected, "phrases {asked:?}");
    }
    let both = Text { words: "nap".into(), ..phrases(&["lazy afternoon"]) };
    assert_eq!(with_text(search, &WORDS, both).await, ["other"]);
    // what is no word is not everything, and nothing is refused
    for words in ["", "  ", "!?…", "\"", "-", "\\"] {
        assert_eq!(with_text(search, &WORDS, exactly(words)).await, [""; 0], "{words:?}");
    }
    for words in ["\"brackets", "-brackets", "brackets\\", "(brackets", "'brackets'"] {
        assert_eq!(with_text(search, &WORDS, exactly(words)).await, ["hostile"], "{words:?}");
    }
    let either =
        Query { texts: vec![exactly("fox"), exactly("nap"), exactly("unfindable")], ..Query::default() };
    assert_eq!(find(search, &WORDS, either).await, ["other", "plain"]);
}

/// Conditions and their combinations.
pub async fn filters(search: &Search) {
    let documents = vec![
        document("a", "x").with("channel", "1").with("at", 10).with("pinned", true),
        document("b", "x")
            .with("channel", "2")
            .with("at", 20)
            .with("tags", vec!["red".to_owned(), "it's \\ \"big\"".to_owned()]),
        document("c", "y").with("channel", "2").with("at", 30).with("pinned", false).with("tags", "red"),
        document("d", "y").with("at", -5).with("channel", None::<String>),
    ];
    search.clear(&FILTERS).await.unwrap();
    search.put(&FILTERS, documents).await.unwrap();
    let flag = |value| Expr::Flag("pinned", value);
    for (filter, expected) in [
        (Expr::Everything, &["a", "b", "c", "d"][..]),
        (Expr::Nothing, &[]),
        (Expr::is("channel", "2"), &["b", "c"]),
        (Expr::any("channel", ["1", "2", "9"]), &["a", "b", "c"]),
        (Expr::any("channel", [""; 0]), &[]),
        (Expr::none("channel", ["2"]), &["a", "d"]),
        (Expr::all("tags", ["red", "it's \\ \"big\""]), &["b"]),
        (Expr::all("tags", [""; 0]), &["a", "b", "c", "d"]),
        (flag(true), &["a"]),
        (flag(false), &["b", "c", "d"]),
        (Expr::Between("at", Some(20), None), &["b", "c"]),
        (Expr::Between("at", Some(10), Some(20)), &["a", "b"]),
        (Expr::Between("at", None, Some(9)), &["d"]),
        (Expr::And(vec![Expr::is("channel", "2"), Expr::Not(Box::new(flag(true)))]), &["b", "c"]),
        (Expr::Or(vec![Expr::is("channel", "1"), Expr::is("tags", "red")]), &["a", "b", "c"]),
        (Expr::Or(vec![]), &[]),
        (Expr::And(vec![]), &["a", "b", "c", "d"]),
        (Expr::Not(Box::new(Expr::Everything)), &[]),
        (
            Expr::Not(Box::new(Expr::Or(vec![flag(true), Expr::Between("at", Some(30), Some(30))]))),
            &["b", "d"],
        ),
    ] {
        let query = Query { filter: filter.clone(), ..Query::default() };
        assert_eq!(find(search, &FILTERS, query).await, expected, "{filter:?}");
    }
    let both = Query { texts: vec![Text::words("y")], filter: Expr::is("tags", "red"), ..Query::default() };
    assert_eq!(find(search, &FILTERS, both).await, ["c"]);
    let unknown = Query { filter: Expr::is("content", "x"), limit: 1, ..Query::default() };
    assert!(search.search(&FILTERS, unknown).await.is_err(), "text is not to be filtered by");
}

/// Orders, pages, totals.
pub async fn pages(search: &Search) {
    const ALL: i64 = 60;
    // two numbers together make the order
    let document = |n: i64| document(&n.to_string(), "same").with("at", n / 7).with("low", (n * 11) % 7);
    search.clear(&PAGES).await.unwrap();
    search.put(&PAGES, (0..ALL).map(document).collect()).await.unwrap();
    let mut expected: Vec<i64> = (0..ALL).collect();
    expected.sort_by_key(|n| (n / 7, (n * 11) % 7));
    for order in [Order::Ascending, Order::Descending] {
        if order == Order::Descending {
            expected.reverse();
        }
        let mut seen = Vec::new();
        for page in 0..7 {
            let query = Query {
                texts: vec![Text::words("same")],
                sort: vec![by("at", order), by("low", order)],
                offset: page * 10,
                limit: 10,
                ..Query::default()
            };
            let hits = search.search(&PAGES, query).await.unwrap();
            assert_eq!(hits.total, ALL as u64);
            seen.extend(hits.ids.iter().map(|id| id.parse::<i64>().unwrap()));
        }
        assert_eq!(seen, expected, "{order:?}");
    }
    // a page that begins anywhere
    let query = Query {
        sort: vec![by("at", Order::Ascending), by("low", Order::Ascending)],
        offset: 3,
        limit: 4,
        ..Query::default()
    };
    let hits = search.search(&PAGES, query).await.unwrap();
    expected.reverse();
    let wanted: Vec<String> = expected[3..7].iter().map(i64::to_string).collect();
    assert_eq!(hits.ids, wanted);
}

/// Writes are seen when they are done, and once.
pub async fn writes(search: &Search) {
    search.clear(&WRITES).await.unwrap();
    let first = search.generation(&WRITES).await.unwrap();
    let everything = Query::default;
    for round in 0..3 {
        search
            .put(&WRITES, vec![document("1", &format!("round{round}")).with("channel", "7")])
            .await
            .unwrap();
        assert_eq!(with_text(search, &WRITES, Text::words(format!("round{round}"))).await, ["1"]);
        assert_eq!(find(search, &WRITES, everything()).await, ["1"]);
    }
    let twice = vec![document("2", "early"), document("2", "late").with("channel", "7"), document("3", "x")];
    search.put(&WRITES, twice).await.unwrap();
    assert_eq!(with_text(search, &WRITES, Text::words("early")).await, [""; 0]);
    assert_eq!(with_text(search, &WRITES, Text::words("late")).await, ["2"]);
    search.delete(&WRITES, vec!["3".into(), "none".into()]).await.unwrap();
    assert_eq!(find(search, &WRITES, everything()).await, ["1", "2"]);
    search.put(&WRITES, vec![document("4", "x").with("channel", "8")]).await.unwrap();
    search.delete_where(&WRITES, Expr::is("channel", "7")).await.unwrap();
    assert_eq!(find(search, &WRITES, everything()).await, ["4"]);
    assert_eq!(search.generation(&WRITES).await.unwrap(), first);
    search.clear(&WRITES).await.unwrap();
    assert_eq!(find(search, &WRITES, everything()).await, [""; 0]);
    assert_ne!(search.generation(&WRITES).await.unwrap(), first, "a cleared index is another one");
    search.put(&WRITES, vec![document("5", "again")]).await.unwrap();
    assert_eq!(find(search, &WRITES, everything()).await, ["5"]);
}
