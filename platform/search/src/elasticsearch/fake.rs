//! A small Elasticsearch for tests: the part of its REST API that the engine uses, strictly. What
//! the real server would refuse, and whatever else it is not asked by the engine, is an error.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::analysis::{self, Unit};

const WINDOW: u64 = 10_000;

pub struct Server {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Held {
    made: u64,
    indexes: BTreeMap<String, Index>,
}

struct Index {
    uuid: String,
    mappings: Value,
    documents: BTreeMap<String, Value>,
}

/// A status with a body, or what is wrong with the request.
type Told = Result<(u16, Value), String>;

impl Server {
    pub async fn start(authorization: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.92:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let held = Arc::new(Mutex::new(Held::default()));
        let accepting = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, held.clone(), authorization));
            }
        });
        Self { address, accepting }
    }
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(stream: TcpStream, held: Arc<Mutex<Held>>, authorization: &str) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            match stream.read_line(&mut line).await {
                Ok(0) | Err(_) => return,
                Ok(_) if line == "\r\n" => break,
                Ok(_) => head.push(line.trim_end().to_owned()),
            }
        }
        let header = |name: &str| {
            let lines = head.iter().skip(1).filter_map(|line| line.split_once(": "));
            lines
                .into_iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned())
        };
        let length = header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        let body = String::from_utf8(body).unwrap();
        let mut request = head[0].split(' ');
        let (method, path) = (request.next().unwrap(), request.next().unwrap());
        let (status, answer) = if header("authorization").as_deref() == Some(authorization) {
            let told = held.lock().answer(method, path, header("content-type").as_deref(), &body);
            told.unwrap_or_else(|reason| {
                (400, json!({"error": {"type": "parsing_exception", "reason": reason}}))
            })
        } else {
            (401, json!({"error": {"type": "security_exception"}}))
        };
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} .\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        if stream.write_all((head + &answer).as_bytes()).await.is_err() {
            return;
        }
    }
}

fn missing() -> Told {
    Ok((404, json!({"error": {"type": "index_not_found_exception"}, "status": 404})))
}

/// The only keys an object may have.
fn only(object: &Value, keys: &[&str]) -> Result<(), String> {
    let object = object.as_object().ok_or_else(|| format!("{object} is no object"))?;
    match object.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(format!("unknown key [{key}]")),
        None => Ok(()),
    }
}

impl Held {
    fn answer(&mut self, method: &str, path: &str, kind: Option<&str>, body: &str) -> Told {
        let path = path.trim_start_matches('/');
        let ndjson = path.starts_with("_bulk");
        let expected = match (body.is_empty(), ndjson) {
            (true, _) => None,
            (false, true) => Some("application/x-ndjson"),
            (false, false) => Some("application/json"),
        };
        if kind != expected {
            return Err(format!("Content-Type header [{kind:?}] is not supported"));
        }
        if ndjson {
            return match (method, path) {
                ("POST", "_bulk?refresh=true") => self.bulk(body),
                other => Err(format!("{other:?}")),
            };
        }
        let body: Value = if body.is_empty() { Value::Null } else { serde_json::from_str(body).unwrap() };
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        if name.is_empty() || name.starts_with(['_', '-', '+']) || name.to_lowercase() != name {
            return Err(format!("invalid index name [{name}]"));
        }
        match (method, rest) {
            ("GET", "") => match self.indexes.get(name) {
                Some(index) => Ok((
                    200,
                    json!({name: {
                        "aliases": {},
                        "mappings": index.mappings,
                        "settings": {"index": {"uuid": index.uuid, "number_of_shards": "1"}},
                    }}),
                )),
                None => missing(),
            },
            ("PUT", "") => self.create(name, body),
            ("DELETE", "") => match self.indexes.remove(name) {
                Some(_) => Ok((200, json!({"acknowledged": true}))),
                None => missing(),
            },
            ("POST", "_search") => match self.indexes.get(name) {
                Some(index) => search(index, &body),
                None => missing(),
            },
            ("POST", "_delete_by_query?refresh=true&conflicts=proceed") => {
                let Some(index) = self.indexes.get_mut(name) else { return missing() };
                only(&body, &["query"])?;
                let before = index.documents.len();
                let mut gone = Vec::new();
                for (id, document) in &index.documents {
                    if matches(&index.mappings, document, &body["query"])? {
                        gone.push(id.clone());
                    }
                }
                index.documents.retain(|id, _| !gone.contains(id));
                Ok((200, json!({"deleted": before - index.documents.len(), "failures": []})))
            }
            other => Err(format!("no handler found for {other:?}")),
        }
    }

    fn create(&mut self, name: &str, body: Value) -> Told {
        only(&body, &["settings", "mappings"])?;
        only(&body["mappings"], &["dynamic", "_meta", "properties"])?;
        let analyzers = body["settings"]["analysis"]["analyzer"].as_object().ok_or("no analyzers")?;
        for (_, field) in body["mappings"]["properties"].as_object().ok_or("no properties")? {
            only(field, &["type", "analyzer", "search_analyzer", "fields"])?;
            let kind = field["type"].as_str().unwrap_or_default();
            if !["text", "keyword", "long", "boolean"].contains(&kind) {
                return Err(format!("no handler for type [{kind}]"));
            }
            for key in ["analyzer", "search_analyzer"] {
                if let Some(analyzer) = field.get(key)
                    && !analyzers.contains_key(analyzer.as_str().unwrap_or_default())
                {
                    return Err(format!("analyzer [{analyzer}] has not been configured"));
                }
            }
        }
        if self.indexes.contains_key(name) {
            return Ok((400, json!({"error": {"type": "resource_already_exists_exception"}})));
        }
        self.made += 1;
        let uuid = format!("uuid-{}", self.made);
        let mappings = body["mappings"].clone();
        self.indexes.insert(name.to_owned(), Index { uuid, mappings, documents: BTreeMap::new() });
        Ok((200, json!({"acknowledged": true, "shards_acknowledged": true, "index": name})))
    }

    fn bulk(&mut self, body: &str) -> Told {
        if !body.ends_with('\n') {
            return Err("The bulk request must be terminated by a newline [\\n]".into());
        }
        let mut lines = body.lines();
        let mut items = Vec::new();
        while let Some(line) = lines.next() {
            let action: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let (what, target) =
                action.as_object().and_then(|action| action.iter().next()).ok_or("no action")?;
            only(target, &["_index", "_id"])?;
            let (index, id) = (target["_index"].as_str().unwrap(), target["_id"].as_str().unwrap());
            let index = self.indexes.get_mut(index).ok_or("a write would make an index without a mapping")?;
            let status = match what.as_str() {
                "index" => {
                    let source = lines.next().ok_or("an index action without a document")?;
                    let source: Value = serde_json::from_str(source).map_err(|error| error.to_string())?;
                    check(&index.mappings, &source)?;
                    index.documents.insert(id.to_owned(), source);
                    201
                }
                "delete" if index.documents.remove(id).is_some() => 200,
                "delete" => 404,
                other => return Err(format!("unknown action [{other}]")),
            };
            items.push(json!({what: {"_id": id, "status": status}}));
        }
        Ok((200, json!({"took": 1, "errors": false, "items": items})))
    }
}

/// Fails where a value does not fit the mapping, as the server does.
fn check(mappings: &Value, source: &Value) -> Result<(), String> {
    for (key, value) in source.as_object().ok_or("no object")? {
        let kind = mappings["properties"][key]["type"].as_str().ok_or(format!("[{key}] is not mapped"))?;
        let fits = |value: &Value| match kind {
            "long" => value.is_i64() || value.is_null(),
            "boolean" => value.is_boolean() || value.is_null(),
            _ => value.is_string() || value.is_null(),
        };
        let all = value.as_array().map_or_else(|| fits(value), |values| values.iter().all(fits));
        if !all {
            return Err(format!("failed to parse field [{key}] of type [{kind}]: {value}"));
        }
    }
    Ok(())
}

fn search(index: &Index, body: &Value) -> Told {
    only(body, &["query", "sort", "track_total_hits", "_source", "from", "size", "search_after"])?;
    let (from, size) = (body["from"].as_u64().ok_or("no from")?, body["size"].as_u64().ok_or("no size")?);
    if from + size > WINDOW {
        return Err(format!(
            "Result window is too large, from + size must be less than or equal to: [{WINDOW}]"
        ));
    }
    let after = body["search_after"].as_array();
    if after.is_some() && from > 0 {
        return Err("`from` parameter must be set to 0 when `search_after` is used".into());
    }
    let sort = body["sort"].as_array().ok_or("no sort")?;
    let mut found = Vec::new();
    for (id, document) in &index.documents {
        if matches(&index.mappings, document, &body["query"])? {
            let mut keys = Vec::new();
            for by in sort {
                let (field, _) = order(by)?;
                keys.push(if field == "_score" { json!(1.0) } else { document[field].clone() });
            }
            found.push((keys, id));
        }
    }
    let orders = sort.iter().map(order).collect::<Result<Vec<_>, _>>()?;
    let compare = |a: &[Value], b: &[Value]| {
        let each = a.iter().zip(b).zip(&orders).map(|((a, b), (_, descending))| {
            let order = match (a.as_i64(), b.as_i64()) {
                (Some(a), Some(b)) => a.cmp(&b),
                _ => a.as_str().cmp(&b.as_str()),
            };
            if *descending { order.reverse() } else { order }
        });
        each.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    found.sort_by(|(a, _), (b, _)| compare(a, b));
    let total = found.len();
    if let Some(after) = after {
        found.retain(|(keys, _)| compare(keys, after).is_gt());
    }
    let hits: Vec<Value> = found
        .into_iter()
        .skip(from as usize)
        .take(size as usize)
        .map(|(keys, id)| json!({"_id": id, "_score": null, "sort": keys}))
        .collect();
    Ok((200, json!({"hits": {"total": {"value": total, "relation": "eq"}, "hits": hits}})))
}

/// The field, and whether the greatest comes first.
fn order(by: &Value) -> Result<(&str, bool), String> {
    let (field, how) = by.as_object().and_then(|by| by.iter().next()).ok_or("no field to sort by")?;
    only(how, &["order"])?;
    match how["order"].as_str() {
        Some("asc") => Ok((field, false)),
        Some("desc") => Ok((field, true)),
        other => Err(format!("unknown order {other:?}")),
    }
}

fn mapped<'a>(mappings: &'a Value, field: &str) -> Result<&'a str, String> {
    mappings["properties"][field]["type"].as_str().ok_or(format!("[{field}] is not mapped"))
}

/// The values of a field, as a list.
fn values<'a>(document: &'a Value, field: &str) -> Vec<&'a Value> {
    match &document[field] {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn matches(mappings: &Value, document: &Value, query: &Value) -> Result<bool, String> {
    let (kind, body) = query.as_object().and_then(|query| query.iter().next()).ok_or(format!("{query}?"))?;
    only(query, &[kind])?;
    let single = || body.as_object().and_then(|body| body.iter().next()).ok_or(format!("{query}?"));
    match kind.as_str() {
        "match_all" => Ok(true),
        "match_none" => Ok(false),
        "bool" => {
            only(body, &["must", "filter", "should", "must_not", "minimum_should_match"])?;
            let count = |key: &str| -> Result<(usize, usize), String> {
                let clauses = body[key].as_array().map(Vec::as_slice).unwrap_or_default();
                let mut fit = 0;
                for clause in clauses {
                    fit += usize::from(matches(mappings, document, clause)?);
                }
                Ok((fit, clauses.len()))
            };
            let (must, filter, should, not) =
                (count("must")?, count("filter")?, count("should")?, count("must_not")?);
            let least = body["minimum_should_match"].as_u64().unwrap_or_default() as usize;
            Ok(must.0 == must.1 && filter.0 == filter.1 && should.0 >= least && not.0 == 0)
        }
        "term" | "terms" => {
            let (field, wanted) = single()?;
            if mapped(mappings, field)? == "text" {
                return Err("a term of an analysed field".into());
            }
            let wanted = match (kind.as_str(), wanted) {
                ("terms", Value::Array(all)) => all.iter().collect(),
                ("term", one) if !one.is_array() => vec![one],
                _ => return Err(format!("[{kind}] {wanted}")),
            };
            Ok(values(document, field).iter().any(|value| wanted.contains(value)))
        }
        "range" => {
            let (field, bounds) = single()?;
            only(bounds, &["gte", "lte"])?;
            let at_least = bounds["gte"].as_i64().unwrap_or(i64::MIN);
            let at_most = bounds["lte"].as_i64().unwrap_or(i64::MAX);
            if mapped(mappings, field)? != "long" {
                return Err(format!("a range of [{field}]"));
            }
            let inside =
                |value: &&Value| value.as_i64().is_some_and(|value| (at_least..=at_most).contains(&value));
            Ok(values(document, field).iter().any(inside))
        }
        "multi_match" => multi_match(mappings, document, body),
        other => Err(format!("unknown query [{other}]")),
    }
}

fn multi_match(mappings: &Value, document: &Value, body: &Value) -> Result<bool, String> {
    only(body, &["query", "type", "fields", "operator", "fuzziness"])?;
    let query = body["query"].as_str().ok_or("no query")?;
    let wanted: Vec<String> = analysis::units(query)
        .into_iter()
        .flat_map(|unit| match unit {
            Unit::Word(one) | Unit::Character(one) => vec![one],
            Unit::Pairs(pairs) => pairs,
        })
        .collect();
    if wanted.is_empty() {
        return Err("a query without a word matches nothing, and is not asked".into());
    }
    for field in body["fields"].as_array().ok_or("no fields")? {
        let field = field.as_str().ok_or("no field")?;
        let (name, part) = field.split_once('.').unwrap_or((field, ""));
        let property = &mappings["properties"][name];
        let analysed = if part.is_empty() { &property["type"] } else { &property["fields"][part]["type"] };
        if analysed != "text" {
            return Err(format!("[{field}] is not analysed"));
        }
        for value in values(document, name) {
            let mut tokens = Vec::new();
            analysis::tokens(value.as_str().unwrap_or_default(), |token| tokens.push(token.to_owned()));
            let fits = match (body["type"].as_str(), body.get("fuzziness")) {
                (Some(kind @ ("phrase" | "phrase_prefix")), None) => {
                    tokens.windows(wanted.len()).any(|window| {
                        let (last, first) = wanted.split_last().unwrap();
                        window[..first.len()] == *first
                            && if kind == "phrase" {
                                window[first.len()] == *last
                            } else {
                                window[first.len()].starts_with(last.as_str())
                            }
                    })
                }
                (Some("best_fields"), Some(fuzziness))
                    if fuzziness == "AUTO:5,255" && body["operator"] == "and" =>
                {
                    wanted.iter().all(|word| tokens.iter().any(|token| near(word, token)))
                }
                other => return Err(format!("{other:?}")),
            };
            if fits {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Equal, or from five letters on one letter more, less, other, or two exchanged.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b {
        return true;
    }
    if a.len() < 5 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let skip = |of: &[char], n: usize| of.get(n..).unwrap_or_default().to_vec();
    skip(a, 1) == b
        || skip(b, 1) == a
        || skip(a, 1) == skip(b, 1)
        || (a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
}
