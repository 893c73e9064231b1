//! A small HTTP/1.1 client: one connection per request, everything about the request under the
//! test's control (headers, raw bodies, client address), and answers that assert.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server;

/// How long anything may take before the test is failed. Generous: a hang, not slowness, is meant.
pub const DEADLINE: Duration = Duration::from_secs(45);

/// One simulated client: an address and, when logged in, a credential.
#[derive(Clone)]
pub struct Client {
    pub base: String,
    pub address: String,
    pub auth: Option<String>,
}

impl Client {
    /// A client of the shared instance that is not logged in.
    pub fn anonymous() -> Self {
        Self { base: server::base(), address: crate::unique::address(), auth: None }
    }

    /// The same client with another `Authorization` value.
    pub fn with_auth(&self, auth: impl Into<String>) -> Self {
        Self { auth: Some(auth.into()), ..self.clone() }
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        let mut headers = vec![("X-Forwarded-For".to_owned(), self.address.clone())];
        if let Some(auth) = &self.auth {
            headers.push(("Authorization".to_owned(), auth.clone()));
        }
        Call { base: self.base.clone(), method: method.into(), path: path.into(), headers, body: None }
    }
    pub fn get(&self, path: impl AsRef<str>) -> Call {
        self.call("GET", path.as_ref())
    }
    pub fn delete(&self, path: impl AsRef<str>) -> Call {
        self.call("DELETE", path.as_ref())
    }
    pub fn post(&self, path: impl AsRef<str>, body: Value) -> Call {
        self.call("POST", path.as_ref()).json(&body)
    }
    pub fn patch(&self, path: impl AsRef<str>, body: Value) -> Call {
        self.call("PATCH", path.as_ref()).json(&body)
    }
    pub fn put(&self, path: impl AsRef<str>, body: Value) -> Call {
        self.call("PUT", path.as_ref()).json(&body)
    }
}

/// A request being put together; awaiting it sends it.
#[must_use = "a call is only made when awaited"]
pub struct Call {
    base: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Call {
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self
    }
    pub fn json(self, body: &Value) -> Self {
        self.raw("application/json", body.to_string())
    }
    pub fn raw(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut call = self.header("Content-Type", content_type);
        call.body = Some(body.into());
        call
    }
    /// Turns the rate limits on for this request; `global` replaces the global limit.
    pub fn limited(self, global: Option<u32>) -> Self {
        let call = self.header("X-Fluxer-Test-Enable-Rate-Limits", "true");
        match global {
            Some(n) => call.header("X-Fluxer-Test-Global-Rate-Limit", n.to_string()),
            None => call,
        }
    }

    async fn send(self) -> Response {
        let what = format!("{} {}", self.method, self.path);
        match tokio::time::timeout(DEADLINE, self.exchange()).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("{what}: {error}"),
            Err(_) => panic!("{what}: no answer in {DEADLINE:?}"),
        }
    }

    /// As awaiting, but a broken connection is an answer too (`None`): for tests that kill servers.
    pub async fn try_send(self) -> Option<Response> {
        tokio::time::timeout(DEADLINE, self.exchange()).await.ok()?.ok()
    }

    async fn exchange(self) -> std::io::Result<Response> {
        let rest = self.base.strip_prefix("http://").expect("the base URL is plain http");
        let (host, prefix) =
            rest.split_once('/').map_or((rest, String::new()), |(h, p)| (h, format!("/{p}")));
        let mut head = format!(
            "{} {}{} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n",
            self.method,
            prefix.trim_end_matches('/'),
            self.path
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let body = self.body.unwrap_or_default();
        if !body.is_empty() || matches!(self.method.as_str(), "POST" | "PUT" | "PATCH") {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut socket = TcpStream::connect(host).await?;
        socket.set_nodelay(true)?;
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&body);
        // A server may answer and close before it has read an oversized body.
        let written = socket.write_all(&bytes).await;
        let mut raw = Vec::new();
        let read = socket.read_to_end(&mut raw).await;
        if raw.is_empty() {
            written?;
            read?;
        }
        Response::parse(&raw, format!("{} {}", self.method, self.path)).ok_or_else(|| {
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                format!("not a complete HTTP answer: {:?}", String::from_utf8_lossy(&raw)),
            )
        })
    }
}

impl IntoFuture for Call {
    type Output = Response;
    type IntoFuture = Pin<Box<dyn Future<Output = Response> + Send>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Bytes as they are, for requests no well-behaved client would make.
pub async fn raw_exchange(base: &str, bytes: &[u8]) -> Response {
    let rest = base.strip_prefix("http://").expect("the base URL is plain http");
    let host = rest.split('/').next().unwrap_or(rest);
    let mut socket = TcpStream::connect(host).await.expect("the server accepts connections");
    let _ = socket.write_all(bytes).await;
    let mut raw = Vec::new();
    let _ = tokio::time::timeout(DEADLINE, socket.read_to_end(&mut raw)).await.expect("an answer in time");
    Response::parse(&raw, "raw request".into())
        .unwrap_or_else(|| panic!("not an HTTP answer: {:?}", String::from_utf8_lossy(&raw)))
}

/// An answer. Its assertions panic with the request and the whole body.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Value,
    pub text: String,
    pub bytes: Vec<u8>,
    what: String,
}

impl Response {
    fn parse(raw: &[u8], what: String) -> Option<Self> {
        let end = raw.windows(4).position(|w| w == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&raw[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|l| l.split_once(':'))
            .map(|(n, v)| (n.trim().to_ascii_lowercase(), v.trim().to_owned()))
            .collect();
        let find = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let rest = &raw[end + 4..];
        // Its headers are about a body that does not come.
        let bytes = if what.starts_with("HEAD ") {
            rest.to_vec()
        } else if find("transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
            unchunk(rest)?
        } else if let Some(length) = find("content-length") {
            rest.get(..length.parse().ok()?)?.to_vec()
        } else {
            rest.to_vec()
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Some(Self { status, headers, body, text, bytes, what })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    #[track_caller]
    pub fn status(self, expected: u16) -> Value {
        assert_eq!(self.status, expected, "{}: {}", self.what, self.text);
        self.body
    }
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}: {}", self.what, self.text);
        assert!(
            self.header("content-type").is_some_and(|t| t.starts_with("application/json")),
            "{}: {:?}",
            self.what,
            self.headers
        );
        self.body
    }
    #[track_caller]
    pub fn no_content(self) {
        assert_eq!(self.status, 204, "{}: {}", self.what, self.text);
        assert!(self.text.is_empty(), "{}: a 204 has no body, got {}", self.what, self.text);
    }
    /// An error of the contract's form with this status and code.
    #[track_caller]
    pub fn err(self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status, self.body["code"].as_str()),
            (status, Some(code)),
            "{}: {}",
            self.what,
            self.text
        );
        assert!(self.body["message"].as_str().is_some_and(|m| !m.is_empty()), "{}: {}", self.what, self.text);
        self.body
    }
    /// A validation failure that names this path with this code.
    #[track_caller]
    pub fn field(self, path: &str, code: &str) -> Value {
        let what = self.what.clone();
        let body = self.err(400, "INVALID_FORM_BODY");
        let hit = body["errors"]
            .as_array()
            .is_some_and(|es| es.iter().any(|e| e["path"] == path && e["code"] == code));
        assert!(hit, "{what}: expected {path}/{code} in {body}");
        body
    }
    /// A validation failure that names this path, whatever the code (the specification's "plain").
    #[track_caller]
    pub fn plain(self, path: &str) -> Value {
        let what = self.what.clone();
        let body = self.err(400, "INVALID_FORM_BODY");
        let hit = body["errors"].as_array().is_some_and(|es| es.iter().any(|e| e["path"] == path));
        assert!(hit, "{what}: expected an entry for {path} in {body}");
        body
    }
    /// Any refusal with this status, in the contract's form.
    #[track_caller]
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text);
        assert!(self.body["code"].is_string(), "{}: {}", self.what, self.text);
        self.body
    }
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = rest.windows(2).position(|w| w == b"\r\n")?;
        let size =
            usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim(), 16)
                .ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}
