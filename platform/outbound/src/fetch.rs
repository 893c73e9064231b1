//! Getting what people link to. The one client for it: http and https, to public addresses
//! only, checked for every address a name has and again at every redirect; bounded in time,
//! size and redirects. Nothing is decompressed, so a body is as large as what was counted.

mod address;
mod guard;

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use platform_kernel::Network;
use reqwest::{
    Client, Response, StatusCode,
    header::{self, HeaderMap, HeaderValue},
    redirect::Policy,
};
use tokio::io::AsyncWriteExt;
use url::Url;

pub use address::is_public;
use guard::Guard;

const MAX_REDIRECTS: usize = 5;
const CONNECT: Duration = Duration::from_secs(10);
const LOOK_UP: Duration = Duration::from_secs(5);
/// Connections are checked when they are made; they are not kept for long.
const IDLE: Duration = Duration::from_secs(30);
/// Not for another origin than the one they were meant for.
const PERSONAL: [header::HeaderName; 3] =
    [header::AUTHORIZATION, header::COOKIE, header::PROXY_AUTHORIZATION];

#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Networks that may be reached although they are not public.
    pub allowed_networks: Vec<Network>,
    /// A name server of one's own; none: the system's.
    pub name_server: Option<SocketAddr>,
    pub user_agent: String,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            allowed_networks: Vec::new(),
            name_server: None,
            user_agent: "Mozilla/5.0 (compatible; Fluxerbot/1.0; +https://fluxer.app)".into(),
        }
    }
}

/// How to ask, and for how much.
#[derive(Debug, Clone)]
pub struct Ask {
    /// For everything: names, redirects and the body.
    pub timeout: Duration,
    /// A longer body is [`FetchError::TooLarge`].
    pub max_bytes: u64,
    /// Sent beside, or instead of, the usual ones.
    pub headers: HeaderMap,
}

impl Default for Ask {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), max_bytes: 500_000_000, headers: HeaderMap::new() }
    }
}

impl Ask {
    /// Says what kind of body is sent.
    pub fn with_body(content_type: &'static str) -> Self {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Self { headers: HeaderMap::from_iter([kind]), ..Self::default() }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("the address cannot be fetched: {0}")]
    Url(&'static str),
    #[error("the address is not on the public internet")]
    Private,
    #[error("the name cannot be resolved")]
    Unresolvable,
    #[error("more than {MAX_REDIRECTS} redirects")]
    TooManyRedirects,
    #[error("no answer in time")]
    Timeout,
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the answer has an encoding that was not asked for")]
    Encoded,
    #[error("the answer did not arrive: {0}")]
    Transport(String),
    #[error("the answer cannot be kept: {0}")]
    Io(#[from] std::io::Error),
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Timeout;
        }
        // The resolver's own word, when it was the resolver that refused.
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(cause) = source {
            match cause.downcast_ref::<Self>() {
                Some(Self::Private) => return Self::Private,
                Some(Self::Unresolvable) => return Self::Unresolvable,
                _ => source = cause.source(),
            }
        }
        Self::Transport(error.without_url().to_string())
    }
}

/// A handle; clones share connections and what was resolved.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    guard: Guard,
}

impl Fetcher {
    pub fn new(options: FetchOptions) -> Result<Self, FetchError> {
        super::install_tls();
        let resolver = super::names::resolver(options.name_server, LOOK_UP)
            .inspect_err(|error| tracing::warn!(%error, "Names in links cannot be resolved."))
            .ok();
        let guard = Guard::new(resolver, options.allowed_networks);
        let headers = HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_static("*/*")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store, must-revalidate")),
            (header::PRAGMA, HeaderValue::from_static("no-cache")),
        ]);
        let client = Client::builder()
            .default_headers(headers)
            .user_agent(options.user_agent)
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(2)
            .dns_resolver(guard.clone())
            .build()?;
        Ok(Self { client, guard })
    }

    /// Asks for the URL and follows where it leads; the body is not read yet. Any status is an
    /// answer.
    pub async fn get(&self, url: &Url, ask: Ask) -> Result<Fetched, FetchError> {
        let deadline = Instant::now() + ask.timeout;
        let patience = tokio::time::timeout(ask.timeout, self.follow(url.clone(), &ask, deadline));
        let (url, response) = patience.await.map_err(|_| FetchError::Timeout)??;
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let identity = |name: &str| name.trim().is_empty() || name.trim().eq_ignore_ascii_case("identity");
        if response.headers().contains_key(header::CONTENT_ENCODING)
            && !header(header::CONTENT_ENCODING).is_some_and(|names| names.split(',').all(identity))
        {
            return Err(FetchError::Encoded);
        }
        let length = response.content_length();
        if length.is_some_and(|length| length > ask.max_bytes) {
            return Err(FetchError::TooLarge(ask.max_bytes));
        }
        let content_type = header(header::CONTENT_TYPE).map(str::to_owned);
        let status = response.status().as_u16();
        Ok(Fetched { url, status, content_type, length, response, left: ask.max_bytes, max: ask.max_bytes })
    }

    /// Gives `body` to the URL. It is not repeated anywhere else: a redirect is an answer like
    /// any other.
    pub async fn post(&self, url: &Url, body: Bytes, ask: Ask) -> Result<Fetched, FetchError> {
        let exchange = async {
            self.guard.check(url).await?;
            let request = self.client.post(url.clone()).headers(ask.headers).body(body);
            Ok::<_, FetchError>(request.timeout(ask.timeout).send().await?)
        };
        let response =
            tokio::time::timeout(ask.timeout, exchange).await.map_err(|_| FetchError::Timeout)??;
        Ok(Fetched {
            url: url.clone(),
            status: response.status().as_u16(),
            content_type: None,
            length: response.content_length(),
            response,
            left: ask.max_bytes,
            max: ask.max_bytes,
        })
    }

    async fn follow(
        &self,
        mut url: Url,
        ask: &Ask,
        deadline: Instant,
    ) -> Result<(Url, Response), FetchError> {
        let mut headers = ask.headers.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.guard.check(&url).await?;
            let request = self.client.get(url.clone()).headers(headers.clone());
            // It counts until the body has been read.
            let left = deadline.saturating_duration_since(Instant::now());
            let response = request.timeout(left).send().await?;
            let Some(target) = target(&url, &response) else { return Ok((url, response)) };
            let target = target?;
            if target.origin() != url.origin() {
                for name in PERSONAL {
                    headers.remove(name);
                }
            }
            url = target;
        }
        Err(FetchError::TooManyRedirects)
    }
}

/// Where an answer points on to, if it does.
fn target(url: &Url, response: &Response) -> Option<Result<Url, FetchError>> {
    let redirects = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(header::LOCATION).filter(|_| redirects)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    Some(url.join(&location).map_err(|_| FetchError::Url("a redirect leads nowhere")))
}

/// An answer whose body is still on its way.
#[derive(Debug)]
pub struct Fetched {
    /// Where it came from in the end.
    pub url: Url,
    pub status: u16,
    pub content_type: Option<String>,
    /// As announced.
    pub length: Option<u64>,
    response: Response,
    left: u64,
    max: u64,
}

impl Fetched {
    /// The next piece of the body; none at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, FetchError> {
        let Some(chunk) = self.response.chunk().await? else { return Ok(None) };
        match self.left.checked_sub(chunk.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(FetchError::TooLarge(self.max)),
        }
        Ok(Some(chunk))
    }

    /// The whole body, in memory.
    pub async fn bytes(mut self) -> Result<Bytes, FetchError> {
        // What is announced is believed only so far.
        let expected = self.length.unwrap_or(0).min(1 << 20);
        let mut body = BytesMut::with_capacity(expected as usize);
        while let Some(chunk) = self.chunk().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    /// Writes the whole body to a file, made or emptied; answers its size. What is there when
    /// it fails is for the caller to remove.
    pub async fn to_file(mut self, path: &Path) -> Result<u64, FetchError> {
        let mut file = tokio::fs::File::create(path).await?;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(self.max - self.left)
    }
}

#[cfg(test)]
mod tests;
