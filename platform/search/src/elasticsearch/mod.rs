//! Elasticsearch (or OpenSearch, which speaks the same) as the engine, over its REST API.
//!
//! An index is made with its mapping before the first use, and made anew when the declaration
//! has changed. Pages beyond what one answer may hold are walked to with `search_after`.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;
use reqwest::{Method, StatusCode};
use serde_json::{Map, Value, json};

use crate::{
    BoxFuture, Document, Engine, Error, Expr, Hits, Index, Kind, Order, Query, Text, analysis::fold,
    http::Remote,
};

/// The server's own limit of `from` + `size`.
const WINDOW: usize = 10_000;

/// An Elasticsearch server. Cheap to clone.
#[derive(Clone)]
pub struct Elasticsearch(Arc<Inner>);

struct Inner {
    remote: Remote,
    prefix: String,
    /// Generations of the indexes that were looked at.
    known: Mutex<BTreeMap<&'static str, String>>,
}

impl Elasticsearch {
    /// `authorization` is the value of the header, if one is needed; `prefix` stands before the
    /// names of indexes.
    pub fn new(url: &str, authorization: Option<String>, prefix: &str) -> Result<Self, Error> {
        let remote = Remote::new(url, authorization)?;
        Ok(Self(Arc::new(Inner { remote, prefix: prefix.to_owned(), known: Mutex::default() })))
    }
}

fn mapping(index: &Index) -> Value {
    let text = json!({"type": "text", "analyzer": "folded", "search_analyzer": "folded_search"});
    let mut properties = Map::from_iter([("id".to_owned(), json!({"type": "keyword"}))]);
    for field in index.fields {
        let mut mapped = match field.kind {
            Kind::Text => text.clone(),
            Kind::Keyword => json!({"type": "keyword"}),
            Kind::Number => json!({"type": "long"}),
            Kind::Flag => json!({"type": "boolean"}),
        };
        if field.searchable && field.kind != Kind::Text {
            mapped["fields"] = json!({"words": text});
        }
        properties.insert(field.name.to_owned(), mapped);
    }
    let analyzer = |pairs: &str| {
        json!({
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["cjk_width", "lowercase", "asciifolding", pairs],
        })
    };
    json!({
        "settings": {"analysis": {
            "analyzer": {"folded": analyzer("pairs_and_characters"), "folded_search": analyzer("cjk_bigram")},
            "filter": {"pairs_and_characters": {"type": "cjk_bigram", "output_unigrams": true}},
        }},
        "mappings": {
            "dynamic": false,
            "_meta": {"declaration": index.fingerprint()},
            "properties": properties,
        },
    })
}

impl Inner {
    fn name(&self, index: &Index) -> String {
        format!("{}{}", self.prefix, index.name)
    }

    async fn look(&self, name: &str) -> Result<Option<Value>, Error> {
        let answer = self.remote.ask(Method::GET, name, None).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        // the body is an object by the index's name
        Ok(Some(answer.ok()?[name].take()))
    }

    /// Makes the index what it should be; its generation.
    async fn ready(&self, index: &'static Index) -> Result<String, Error> {
        if let Some(known) = self.known.lock().get(index.name) {
            return Ok(known.clone());
        }
        let name = self.name(index);
        let declared = index.fingerprint();
        let mut there = self.look(&name).await?;
        if there.as_ref().is_some_and(|there| there["mappings"]["_meta"]["declaration"] != declared.as_str())
        {
            self.remote.ask(Method::DELETE, &name, None).await?.ok()?;
            there = None;
        }
        if there.is_none() {
            self.remote.ask(Method::PUT, &name, Some(&mapping(index))).await?.ok()?;
            there = self.look(&name).await?;
        }
        let uuid = there.as_ref().and_then(|there| there["settings"]["index"]["uuid"].as_str());
        let uuid = uuid.ok_or_else(|| Error::Refused(format!("{name} has no uuid")))?.to_owned();
        self.known.lock().insert(index.name, uuid.clone());
        Ok(uuid)
    }

    async fn bulk(&self, index: &'static Index, lines: String) -> Result<(), Error> {
        self.ready(index).await?;
        let answer = self.remote.lines("_bulk?refresh=true", lines).await?.ok()?;
        if answer["errors"] != false {
            let items = answer["items"].as_array().map(Vec::as_slice).unwrap_or_default();
            let outcomes = items.iter().filter_map(|item| item.as_object()?.values().next());
            // deleting what is not there is no failure
            let failed = outcomes.into_iter().find(|outcome| outcome.get("error").is_some());
            if let Some(failed) = failed {
                return Err(Error::Unreachable(format!("a write failed: {}", failed["error"])));
            }
        }
        Ok(())
    }

    async fn clear(&self, index: &'static Index) -> Result<(), Error> {
        self.known.lock().remove(index.name);
        let gone = self.remote.ask(Method::DELETE, &self.name(index), None).await?;
        if gone.status != StatusCode::NOT_FOUND {
            gone.ok()?;
        }
        self.ready(index).await.map(drop)
    }

    async fn search(&self, index: &'static Index, query: Query) -> Result<Hits, Error> {
        self.ready(index).await?;
        let body = body(index, &query)?;
        let path = format!("{}/_search", self.name(index));
        let ask = async |body: Value| {
            let answer = self.remote.ask(Method::POST, &path, Some(&body)).await?;
            if answer.status == StatusCode::NOT_FOUND {
                // deleted behind our back: the next call makes it anew
                self.known.lock().remove(index.name);
            }
            answer.ok()
        };
        let mut skip = query.offset;
        let mut after = Value::Null;
        loop {
            let mut body = body.clone();
            let near = skip + query.limit <= WINDOW;
            if !after.is_null() {
                body["search_after"] = after.clone();
            }
            let (from, size) = match (near, after.is_null()) {
                (true, true) => (skip, query.limit),
                // `search_after` allows no `from`
                (true, false) => (0, skip + query.limit),
                (false, _) => (0, WINDOW.min(skip)),
            };
            body["from"] = json!(from);
            body["size"] = json!(size);
            let mut answer = ask(body).await?;
            let total = answer["hits"]["total"]["value"].as_u64().unwrap_or_default();
            let Value::Array(hits) = answer["hits"]["hits"].take() else {
                return Err(Error::Refused("an answer without hits".into()));
            };
            if near {
                let first = if after.is_null() { 0 } else { skip };
                let ids = hits.iter().skip(first).filter_map(|hit| Some(hit["_id"].as_str()?.to_owned()));
                return Ok(Hits { ids: ids.collect(), total });
            }
            match hits.last() {
                Some(last) if hits.len() == size => after = last["sort"].clone(),
                _ => return Ok(Hits { ids: Vec::new(), total }),
            }
            skip -= size;
        }
    }
}

fn body(index: &Index, query: &Query) -> Result<Value, Error> {
    let mut clauses = Map::new();
    if !query.texts.is_empty() {
        let fields = fields(index);
        let texts: Vec<Value> = query.texts.iter().map(|asked| text(&fields, asked)).collect();
        clauses.insert("must".into(), json!([any(texts)]));
    }
    clauses.insert("filter".into(), json!([expr(index, &query.filter)?]));
    let mut sort: Vec<Value> = query
        .sort
        .iter()
        .map(|sort| {
            let order = if sort.order == Order::Ascending { "asc" } else { "desc" };
            json!({sort.field: {"order": order}})
        })
        .collect();
    if sort.is_empty() {
        sort.push(json!({"_score": {"order": "desc"}}));
    }
    // equal ones need an order too, for what comes after
    sort.push(json!({"id": {"order": "asc"}}));
    Ok(json!({
        "query": {"bool": clauses},
        "sort": sort,
        "track_total_hits": true,
        "_source": false,
    }))
}

/// Where words are looked for, the first fields telling more.
fn fields(index: &Index) -> Vec<String> {
    let name = |field: &crate::Field| match field.kind {
        Kind::Text => field.name.to_owned(),
        _ => format!("{}.words", field.name),
    };
    index.searchable().map(name).collect()
}

fn any(mut clauses: Vec<Value>) -> Value {
    if clauses.len() == 1 {
        return clauses.remove(0);
    }
    json!({"bool": {"should": clauses, "minimum_should_match": 1}})
}

fn text(fields: &[String], asked: &Text) -> Value {
    let find =
        |words: &str, kind: &str| json!({"multi_match": {"query": words, "type": kind, "fields": fields}});
    let folded = fold(&asked.words);
    let words: Vec<&str> =
        folded.split_whitespace().filter(|word| !crate::analysis::units(word).is_empty()).collect();
    let mut must = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let mut ways = vec![find(word, "phrase")];
        if asked.prefix && at + 1 == words.len() {
            ways.push(find(word, "phrase_prefix"));
        }
        if asked.typos {
            ways.push(json!({"multi_match": {
                "query": word, "type": "best_fields", "fields": fields, "operator": "and",
                "fuzziness": "AUTO:5,255",
            }}));
        }
        must.push(any(ways));
    }
    let phrases = asked.phrases.iter().filter(|phrase| !crate::analysis::units(phrase).is_empty());
    must.extend(phrases.map(|phrase| find(&fold(phrase), "phrase_prefix")));
    if must.is_empty() { json!({"match_none": {}}) } else { json!({"bool": {"must": must}}) }
}

fn expr(index: &Index, asked: &Expr) -> Result<Value, Error> {
    let checked = |name: &'static str| match index.field(name) {
        Some(field) if field.kind != Kind::Text => Ok(name),
        _ => Err(Error::Refused(format!("{} has no field {name} to filter by", index.name))),
    };
    let each = |parts: &[Expr]| parts.iter().map(|part| expr(index, part)).collect::<Result<Vec<_>, _>>();
    Ok(match asked {
        Expr::Everything => json!({"match_all": {}}),
        Expr::Nothing => json!({"match_none": {}}),
        Expr::Is(name, value) => json!({"term": {checked(name)?: value}}),
        Expr::Any(name, values) => json!({"terms": {checked(name)?: values}}),
        Expr::Flag(name, true) => json!({"term": {checked(name)?: true}}),
        Expr::Flag(name, false) => json!({"bool": {"must_not": [{"term": {checked(name)?: true}}]}}),
        Expr::Between(name, from, to) => {
            let bounds = [("gte", from), ("lte", to)];
            let bounds: Map<String, Value> =
                bounds.into_iter().filter_map(|(key, at)| Some((key.to_owned(), json!((*at)?)))).collect();
            json!({"range": {checked(name)?: bounds}})
        }
        Expr::And(parts) => json!({"bool": {"filter": each(parts)?}}),
        Expr::Or(parts) if parts.is_empty() => json!({"match_none": {}}),
        Expr::Or(parts) => json!({"bool": {"should": each(parts)?, "minimum_should_match": 1}}),
        Expr::Not(part) => json!({"bool": {"must_not": [expr(index, part)?]}}),
    })
}

fn action(lines: &mut String, line: &Value) {
    lines.push_str(&line.to_string());
    lines.push('\n');
}

impl Engine for Elasticsearch {
    fn generation(&self, index: &'static Index) -> BoxFuture<String> {
        let inner = self.0.clone();
        Box::pin(async move { inner.ready(index).await })
    }
    fn put(&self, index: &'static Index, documents: Vec<Document>) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move {
            let (mut lines, name) = (String::new(), inner.name(index));
            for document in &documents {
                action(&mut lines, &json!({"index": {"_index": name, "_id": document.id}}));
                action(&mut lines, &document.to_json(index));
            }
            inner.bulk(index, lines).await
        })
    }
    fn delete(&self, index: &'static Index, ids: Vec<String>) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move {
            let (mut lines, name) = (String::new(), inner.name(index));
            for id in &ids {
                action(&mut lines, &json!({"delete": {"_index": name, "_id": id}}));
            }
            inner.bulk(index, lines).await
        })
    }
    fn delete_where(&self, index: &'static Index, filter: Expr) -> BoxFuture<()> {
        let inner = self.0.clone();
        Box::pin(async move {
            inner.ready(index).await?;
            let path = format!("{}/_delete_by_query?refresh=true&conflicts=proceed", inner.name(index));
            let body = json!({"query": expr(index, &filter)?});
            inner.remote.ask(Method::POST, &path, Some(&body)).await?.ok().map(drop)
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

#[cfg(test)]
mod fake;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Field, Search, Sort, conformance};

    static MANY: Index =
        Index { name: "many", version: 1, fields: &[Field::number("at"), Field::keyword("tag")] };
    static MANY_LATER: Index =
        Index { name: "many", version: 2, fields: &[Field::number("at"), Field::keyword("tag")] };

    fn open(server: &fake::Server) -> Search {
        Search::elasticsearch(Elasticsearch::new(&server.url(), Some("ApiKey k".into()), "it_").unwrap())
    }

    #[tokio::test]
    async fn it_passes_the_common_suite() {
        let server = fake::Server::start("ApiKey k").await;
        conformance::all(&open(&server)).await;
    }

    #[tokio::test]
    async fn pages_beyond_the_window_are_walked_to() {
        let server = fake::Server::start("ApiKey k").await;
        let search = open(&server);
        for start in [0, 9_000, 18_000] {
            let some = (start..start + 9_000).map(|n| Document::new(format!("d{n}")).with("at", n));
            search.put(&MANY, some.collect()).await.unwrap();
        }
        for offset in [0, 9_997, 9_998, 10_000, 20_004, 26_995, 27_000, 50_000] {
            let sort = vec![Sort { field: "at", order: Order::Ascending }];
            let query = Query { sort, offset, limit: 5, ..Query::default() };
            let hits = search.search(&MANY, query).await.unwrap();
            let expected: Vec<String> = (offset..(offset + 5).min(27_000)).map(|n| format!("d{n}")).collect();
            assert_eq!((hits.ids, hits.total), (expected, 27_000), "offset {offset}");
        }
    }

    #[tokio::test]
    async fn an_index_of_another_declaration_is_made_anew() {
        let server = fake::Server::start("ApiKey k").await;
        let search = open(&server);
        search.put(&MANY, vec![Document::new("1").with("at", 1)]).await.unwrap();
        let generation = search.generation(&MANY).await.unwrap();
        assert_eq!(open(&server).generation(&MANY).await.unwrap(), generation);
        let later = open(&server);
        assert_ne!(later.generation(&MANY_LATER).await.unwrap(), generation);
        assert_eq!(later.search(&MANY_LATER, Query { limit: 1, ..Query::default() }).await.unwrap().total, 0);
    }

    #[tokio::test]
    async fn refusals_and_failures_are_told_apart() {
        let server = fake::Server::start("ApiKey k").await;
        let stranger = Search::elasticsearch(Elasticsearch::new(&server.url(), None, "it_").unwrap());
        assert!(matches!(stranger.search(&MANY, Query::default()).await, Err(Error::Refused(_))));
        let url = server.url();
        drop(server);
        let search = Search::elasticsearch(Elasticsearch::new(&url, None, "it_").unwrap());
        assert!(matches!(search.search(&MANY, Query::default()).await, Err(Error::Unreachable(_))));
    }
}
