//! Meilisearch as the engine.
//!
//! An index and its settings are looked at before the first use and changed only where they
//! differ; every write is a task there, and is waited for. The last word always may go on
//! and longer words may have a letter wrong, asked or not: that is the server's setting.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use parking_lot::Mutex;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    BoxFuture, Document, Engine, Error, Expr, Hits, Index, Kind, Order, Query, Text,
    analysis::fold,
    http::{Answer, Remote},
};

/// Hits that can be paged through.
const REACH: usize = 100_000;
/// Letters from which on one may be wrong.
const TYPO_LETTERS: u32 = 5;
const NEVER: u32 = 255;
/// Between looks at a task: the first, and the longest.
const LOOK: Duration = Duration::from_millis(4);
const LOOK_LONGEST: Duration = Duration::from_millis(100);

/// A Meilisearch server. Cheap to clone.
#[derive(Clone)]
pub struct Meilisearch(Arc<Inner>);

struct Inner {
    remote: Remote,
    prefix: String,
    /// Generations of the indexes that were looked at.
    known: Mutex<BTreeMap<&'static str, String>>,
}

impl Meilisearch {
    /// `prefix` stands before the names of indexes.
    pub fn new(url: &str, key: &str, prefix: &str) -> Result<Self, Error> {
        let authorization = (!key.is_empty()).then(|| format!("Bearer {key}"));
        let remote = Remote::new(url, authorization)?;
        Ok(Self(Arc::new(Inner { remote, prefix: prefix.to_owned(), known: Mutex::default() })))
    }
}

/// What is set of an index; the rest stays as the server has it.
fn settings(index: &Index) -> Value {
    let names = |of: &dyn Fn(&crate::Field) -> bool| -> Vec<&str> {
        index.fields.iter().filter(|field| of(field)).map(|field| field.name).collect()
    };
    let mut filterable = names(&|field| field.kind != Kind::Text);
    if !filterable.contains(&"id") {
        filterable.push("id");
    }
    json!({
        "displayedAttributes": ["id"],
        "searchableAttributes": names(&|field| field.searchable),
        "filterableAttributes": filterable,
        "sortableAttributes": names(&|field| field.kind == Kind::Number),
        // an order that was asked for comes before how well a document fits
        "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness"],
        "typoTolerance": {
            "enabled": true,
            "minWordSizeForTypos": {"oneTypo": TYPO_LETTERS, "twoTypos": NEVER},
        },
        "pagination": {"maxTotalHits": REACH},
    })
}

/// Whether `kept` says what `wanted` says; the order of filterable and sortable fields is the
/// server's.
fn says(kept: &Value, wanted: &Value) -> bool {
    let Value::Object(wanted) = wanted else { return kept == wanted };
    wanted.iter().all(|(key, wanted)| match (key.as_str(), &kept[key], wanted) {
        ("filterableAttributes" | "sortableAttributes", Value::Array(kept), Value::Array(wanted)) => {
            kept.len() == wanted.len() && wanted.iter().all(|name| kept.contains(name))
        }
        (_, kept, Value::Object(_)) => says(kept, wanted),
        (_, kept, wanted) => kept == wanted,
    })
}

fn is_missing(answer: &Answer) -> bool {
    answer.status == StatusCode::NOT_FOUND && answer.body["code"] == "index_not_found"
}

impl Inner {
    fn uid(&self, index: &Index) -> String {
        format!("{}{}", self.prefix, index.name)
    }

    /// Does what the answer promises and waits until it is done.
    async fn finish(&self, answer: Answer) -> Result<(), Error> {
        let task = answer.ok()?["taskUid"].as_u64();
        let task = task.ok_or_else(|| Error::Refused("an answer without a task".into()))?;
        let mut pause = LOOK;
        loop {
            let task = self.remote.ask(Method::GET, &format!("tasks/{task}"), None).await?.ok()?;
            match task["status"].as_str() {
                Some("succeeded") => return Ok(()),
                Some("enqueued" | "processing") => {}
                _ => return Err(Error::Refused(format!("a task failed: {}", task["error"]))),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LOOK_LONGEST);
        }
    }

    /// Makes the index and its settings what they should be; its generation.
    async fn ready(&self, index: &'static Index) -> Result<String, Error> {
        if let Some(known) = self.known.lock().get(index.name) {
            return Ok(known.clone());
        }
        let path = format!("indexes/{}", self.uid(index));
        let mut there = self.remote.ask(Method::GET, &path, None).await?;
        if is_missing(&there) {
            let body = json!({"uid": self.uid(index), "primaryKey": "id"});
            let made = self.remote.ask(Method::POST, "indexes", Some(&body)).await?;
            self.finish(made).await?;
            there = self.remote.ask(Method::GET, &path, None).await?;
        }
        let there = there.ok()?;
        let wanted = settings(index);
        let path = format!("{path}/settings");
        let kept = self.remote.ask(Method::GET, &path, None).await?.ok()?;
        if !says(&kept, &wanted) {
            let changed = self.remote.ask(Method::PATCH, &path, Some(&wanted)).await?;
            self.finish(changed).await?;
        }
        let made_at = there["createdAt"].as_str().unwrap_or_default();
        let generation = format!("{made_at} {}", index.fingerprint());
        self.known.lock().insert(index.name, generation.clone());
        Ok(generation)
    }

    async fn write(&self, index: &'static Index, path: &str, body: Value) -> Result<(), Error> {
        self.ready(index).await?;
        let path = format!("indexes/{}/{path}", self.uid(index));
        let answer = self.remote.ask(Method::POST, &path, Some(&body)).await?;
        self.finish(answer).await
    }

    async fn clear(&self, index: &'static Index) -> Result<(), Error> {
        self.known.lock().remove(index.name);
        let gone = self.remote.ask(Method::DELETE, &format!("indexes/{}", self.uid(index)), None).await?;
        match self.finish(gone).await {
            // there was none
            Err(Error::Refused(reason)) if reason.contains("index_not_found") => {}
            other => other?,
        }
        self.ready(index).await.map(drop)
    }

    async fn search(&self, index: &'static Index, query: Query) -> Result<Hits, Error> {
        self.ready(index).await?;
        let filter = filter(index, &query.filter)?;
        let sort: Vec<String> = query
            .sort
            .iter()
            .map(|sort| {
                let order = if sort.order == Order::Ascending { "asc" } else { "desc" };
                format!("{}:{order}", sort.field)
            })
            .collect();
        let questions: Vec<String> = query.texts.iter().filter_map(question).collect();
        if questions.is_empty() && !query.texts.is_empty() {
            return Ok(Hits::default());
        }
        let asked = |q: Option<&String>| {
            let mut body = json!({"q": q, "matchingStrategy": "all", "attributesToRetrieve": ["id"]});
            if let Some(filter) = &filter {
                body["filter"] = json!(filter);
            }
            if !sort.is_empty() {
                body["sort"] = json!(sort);
            }
            body
        };
        let answer = if questions.len() > 1 {
            let queries: Vec<Value> = questions
                .iter()
                .map(|question| {
                    let mut body = asked(Some(question));
                    body["indexUid"] = json!(self.uid(index));
                    body
                })
                .collect();
            let body = json!({
                "federation": {"offset": query.offset, "limit": query.limit},
                "queries": queries,
            });
            self.remote.ask(Method::POST, "multi-search", Some(&body)).await?
        } else {
            let mut body = asked(questions.first());
            if query.limit > 0 && query.offset.is_multiple_of(query.limit) {
                // this form counts all of them
                body["page"] = json!(query.offset / query.limit + 1);
                body["hitsPerPage"] = json!(query.limit);
            } else {
                body["offset"] = json!(query.offset);
                body["limit"] = json!(query.limit);
            }
            let path = format!("indexes/{}/search", self.uid(index));
            self.remote.ask(Method::POST, &path, Some(&body)).await?
        };
        if is_missing(&answer) {
            // deleted behind our back: the next call makes it anew
            self.known.lock().remove(index.name);
        }
        let answer = answer.ok()?;
        let hits = answer["hits"].as_array().map(Vec::as_slice).unwrap_or_default();
        let ids = hits.iter().filter_map(|hit| hit["id"].as_str().map(str::to_owned)).collect();
        let total = answer["totalHits"].as_u64().or_else(|| answer["estimatedTotalHits"].as_u64());
        Ok(Hits { ids, total: total.unwrap_or_default() })
    }
}

/// The text as the server reads it: no quotes but those of phrases, no word with a minus before
/// it, which would exclude it.
fn question(text: &Text) -> Option<String> {
    let plain = |text: &str| -> String {
        let folded = fold(text);
        let words = folded.split(|c: char| c.is_whitespace() || c == '"');
        let words = words.map(|word| word.trim_start_matches('-')).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        text.phrases
            .iter()
            .map(|phrase| plain(phrase))
            .filter(|phrase| !phrase.is_empty())
            .map(|phrase| format!("\"{phrase}\"")),
    );
    parts.extend(Some(plain(&text.words)).filter(|words| !words.is_empty()));
    let text = parts.join(" ");
    text.chars().any(|c| !c.is_ascii_punctuation() && !c.is_whitespace()).then_some(text)
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The condition in the server's language; `None` is everything.
fn filter(index: &Index, expr: &Expr) -> Result<Option<String>, Error> {
    let checked = |name: &'static str| match index.field(name) {
        Some(field) if field.kind != Kind::Text => Ok(name),
        _ => Err(Error::Refused(format!("{} has no field {name} to filter by", index.name))),
    };
    let each = |parts: &[Expr]| -> Result<Vec<Option<String>>, Error> {
        parts.iter().map(|part| filter(index, part)).collect()
    };
    let nothing = || Some("id IN []".to_owned());
    Ok(match expr {
        Expr::Everything => None,
        Expr::Nothing => nothing(),
        Expr::Is(name, value) => Some(format!("{} = {}", checked(name)?, quoted(value))),
        Expr::Any(name, values) => {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            Some(format!("{} IN [{}]", checked(name)?, values.join(", ")))
        }
        Expr::Flag(name, value) => Some(format!("{} = {value}", checked(name)?)),
        Expr::Between(name, from, to) => {
            let name = checked(name)?;
            let from = from.map(|value| format!("{name} >= {value}"));
            let to = to.map(|value| format!("{name} <= {value}"));
            let both: Vec<String> = from.into_iter().chain(to).collect();
            (!both.is_empty()).then(|| both.join(" AND "))
        }
        Expr::And(parts) => {
            let parts: Vec<String> = each(parts)?.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| format!("({})", parts.join(" AND ")))
        }
        Expr::Or(parts) => {
            let parts = each(parts)?;
            if parts.is_empty() {
                return Ok(nothing());
            }
            let parts: Option<Vec<String>> = parts.into_iter().collect();
            parts.map(|parts| format!("({})", parts.join(" OR ")))
        }
        Expr::Not(part) => match filter(index, part)? {
            None => nothing(),
            Some(part) => Some(format!("NOT ({part})")),
        },
    })
}

impl Engine for Meilisearch {
    fn generation(&self, index: &'static Index) -> BoxFuture<String> {
        let inner = self.0.clone();
        Box::pin(async move { inner.ready(index).await })
    }
    fn put(&self, index: &'static Index, documents: Vec<Document>) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move {
            let documents: Vec<Value> = documents.iter().map(|document| document.to_json(index)).collect();
            inner.write(index, "documents?primaryKey=id", documents.into()).await
        })
    }
    fn delete(&self, index: &'static Index, ids: Vec<String>) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move { inner.write(index, "documents/delete-batch", json!(ids)).await })
    }
    fn delete_where(&self, index: &'static Index, expr: Expr) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move {
            match filter(index, &expr)? {
                Some(filter) => inner.write(index, "documents/delete", json!({"filter": filter})).await,
                None => inner.clear(index).await,
            }
        })
    }
    fn clear(&self, index: &'static Index) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move { inner.clear(index).await })
    }
    fn search(&self, index: &'static Index, query: Query) -> BoxFuture<Hits> {
        let inner = self.0.clone();
        Box::pin(async move { inner.search(index, query).await })
    }
}
