//! Talking to an engine behind HTTP: JSON in, JSON out, no redirect, a limit on everything.

use std::time::Duration;

use reqwest::{Client, Method, StatusCode, header};
use serde_json::Value;
use url::Url;

use crate::Error;

const CONNECT: Duration = Duration::from_secs(3);
const ANSWER: Duration = Duration::from_secs(30);
/// As much of a refusal as is worth a log line.
const TOLD: usize = 300;

/// An engine's address with the right to use it.
#[derive(Clone)]
pub struct Remote {
    client: Client,
    base: Url,
    authorization: Option<String>,
}

/// An answer, whatever its status.
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    /// The body of a success.
    pub fn ok(self) -> Result<Value, Error> {
        if self.status.is_success() { Ok(self.body) } else { Err(self.refusal()) }
    }
    pub fn refusal(&self) -> Error {
        let told: String = self.body.to_string().chars().take(TOLD).collect();
        let text = format!("{}: {told}", self.status);
        // what passes by itself is not a refusal
        if self.status.is_server_error() || matches!(self.status.as_u16(), 408 | 429) {
            Error::Unreachable(text)
        } else {
            Error::Refused(text)
        }
    }
}

impl Remote {
    pub fn new(base: &str, authorization: Option<String>) -> Result<Self, Error> {
        // a second call finds it installed
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut base = Url::parse(base).map_err(|error| Error::Refused(format!("{base:?}: {error}")))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("fluxer")
            .build()
            .map_err(|error| Error::Unreachable(error.to_string()))?;
        Ok(Self { client, base, authorization })
    }

    /// Asks for `path`, which is relative and holds nothing to be escaped.
    pub async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, Error> {
        let body = body.map(|body| ("application/json", body.to_string()));
        self.send(method, path, body).await
    }

    /// Sends lines of JSON.
    pub async fn lines(&self, path: &str, lines: String) -> Result<Answer, Error> {
        self.send(Method::POST, path, Some(("application/x-ndjson", lines))).await
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<(&'static str, String)>,
    ) -> Result<Answer, Error> {
        let unreachable = |error: reqwest::Error| Error::Unreachable(error.without_url().to_string());
        let url = self.base.join(path).map_err(|error| Error::Refused(format!("{path:?}: {error}")))?;
        let mut request = self.client.request(method, url);
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        if let Some((kind, body)) = body {
            request = request.header(header::CONTENT_TYPE, kind).body(body);
        }
        let answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        let text = answer.text().await.map_err(unreachable)?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer { status, body })
    }
}
