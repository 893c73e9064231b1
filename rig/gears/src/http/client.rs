//! The client: one request for each message, over connections that are kept.
//!
//! Requests run beside each other, so answers may leave in another order than their messages came.
//! A failure, a timeout included, leaves by `error` with the message as it was.

use std::{path::PathBuf, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Method, Request, Uri,
    client::conn::http1::{Builder, SendRequest},
    header::{CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use rig_envelope::{Map, Message, Value, from_json, to_json};
use tokio::{
    net::TcpStream,
    sync::{OnceCell, Semaphore},
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    config::{ClientConfig, Statuses},
    template::Template,
};
use crate::{
    ConfigError, Emitter, Gear, GearContext, GearError, Tasks,
    net::{Role, Security, Stream, TlsConfig},
};

type Sender = SendRequest<Full<Bytes>>;

/// Heads of answers may have this many bytes.
const MAX_HEAD: usize = 64 * 1024;

enum What {
    Auto,
    Raw,
    Data,
    Nothing,
    Field(String),
}

/// What does not change from request to request.
struct Shared {
    context: GearContext,
    config: ClientConfig,
    /// `host:port`.
    address: String,
    /// As it stands in the URL.
    host: HeaderValue,
    target: Template,
    method: Method,
    headers: Vec<(HeaderName, Template)>,
    body: What,
    success: Statuses,
    tls: Option<TlsConfig>,
    security: OnceCell<Security>,
    /// Connections on which nothing is under way.
    idle: Mutex<Vec<Sender>>,
    /// The tasks of connections.
    connections: Tasks,
}

pub struct Client {
    shared: Arc<Shared>,
    slots: Arc<Semaphore>,
    requests: Tasks,
    base: PathBuf,
}

impl Client {
    pub fn new(config: ClientConfig, context: &GearContext) -> Result<Self, ConfigError> {
        let bad = |what: &str| ConfigError::new(format!("url: {what}"));
        let (secure, rest) = match (config.url.strip_prefix("http://"), config.url.strip_prefix("https://")) {
            (Some(rest), _) => (false, rest),
            (_, Some(rest)) => (true, rest),
            _ => return Err(bad("it begins with http:// or https://")),
        };
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let parsed: hyper::http::uri::Authority = authority
            .parse()
            .map_err(|_| bad("the host is not readable; places for fields go into the path"))?;
        if authority.contains('@') || parsed.host().is_empty() {
            return Err(bad("it needs a host and has no user in it"));
        }
        let port = parsed.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let headers = config
            .headers
            .iter()
            .map(|(name, value)| {
                let name = HeaderName::try_from(name.as_str())
                    .map_err(|_| ConfigError::new(format!("headers: `{name}` is no name of a header")))?;
                Ok((name, Template::parse(value)?))
            })
            .collect::<Result<_, ConfigError>>()?;
        let body = match config.body.as_str() {
            "auto" => What::Auto,
            "raw" => What::Raw,
            "data" => What::Data,
            "none" => What::Nothing,
            other => match other.strip_prefix("data.") {
                Some(path) => What::Field(path.to_owned()),
                None => return Err(ConfigError::new("body: write auto, raw, data, none or data.<path>")),
            },
        };
        let tls = match (secure, config.tls.clone()) {
            (true, tls) => Some(tls.unwrap_or_default()),
            (false, Some(tls)) if tls.enabled => return Err(bad("with `tls` it begins with https://")),
            (false, _) => None,
        };
        let shared = Shared {
            address: format!("{}:{port}", parsed.host()),
            host: HeaderValue::try_from(authority).map_err(|_| bad("the host is not readable"))?,
            target: Template::parse(&path)?,
            method: Method::try_from(config.method.as_str())
                .map_err(|_| ConfigError::new(format!("method: there is no {}", config.method)))?,
            headers,
            body,
            success: Statuses::read(&config.success)?,
            tls,
            security: OnceCell::new(),
            idle: Mutex::default(),
            connections: Tasks::default(),
            context: context.clone(),
            config,
        };
        let slots = Arc::new(Semaphore::new(shared.config.max_in_flight.max(1)));
        let base = context.base.clone();
        Ok(Self { shared: Arc::new(shared), slots, requests: Tasks::default(), base })
    }
}

#[async_trait]
impl Gear for Client {
    async fn init(&self) -> Result<(), GearError> {
        let Some(tls) = &self.shared.tls else { return Ok(()) };
        let role = Role::Client {
            connect: self.shared.address.clone(),
            connect_timeout: Duration::ZERO,
            reconnect_wait: Duration::ZERO,
        };
        let security = Security::load(tls, &role, &self.base)?;
        let _ = self.shared.security.set(security);
        Ok(())
    }
    async fn start(&self, _emit: Emitter) -> Result<(), GearError> {
        // Connections are made when they are needed: whoever asks counts as reachable.
        self.shared.context.links.set(&self.shared.context.name, true);
        Ok(())
    }
    async fn process(&self, _port: &str, message: Message, emit: &Emitter) -> Result<(), GearError> {
        let closed = |_| GearError::new("stopped", "the gear has stopped");
        let slot = self.slots.clone().acquire_owned().await.map_err(closed)?;
        let (shared, emit) = (self.shared.clone(), emit.clone());
        self.requests.spawn(&self.shared.context, async move {
            let outcome = match shared.ask(&message).await {
                Ok(answer) => emit.emit("out", shared.answered(message, answer)).await.map_err(Into::into),
                Err((error, status)) => {
                    let mut message = message;
                    match status {
                        Some(status) => drop(message.meta.insert("http.status", status.to_string())),
                        None => drop(message.meta.take("http.status")),
                    }
                    shared.context.failed(&error);
                    match emit.is_wired("error") {
                        true => emit.fail(message, error).await,
                        false => Ok(()),
                    }
                }
            };
            if let Err(error) = outcome {
                shared.context.failed(&error);
            }
            drop(slot);
        });
        Ok(())
    }
    async fn drain(&self, deadline: Instant) {
        let all = u32::try_from(self.shared.config.max_in_flight.max(1)).unwrap_or(u32::MAX);
        let _ = timeout_at(deadline, self.slots.acquire_many(all)).await;
    }
    async fn stop(&self) {
        self.shared.context.links.set(&self.shared.context.name, false);
        self.requests.abort().await;
        self.shared.idle.lock().clear();
        self.shared.connections.abort().await;
    }
}

/// A whole answer.
struct Received {
    status: u16,
    content_type: Option<String>,
    body: Bytes,
    /// Of the body, where answers are JSON.
    value: Option<Value>,
}

/// Why there is none, and the status if there was one.
type Failure = (GearError, Option<u16>);

impl Shared {
    async fn ask(&self, message: &Message) -> Result<Received, Failure> {
        let request = self.request(message).map_err(|error| (error, None))?;
        let mut attempt = 0;
        loop {
            let failure = match timeout(self.config.timeout, self.attempt(request.clone())).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(failure)) => failure,
                Err(_) => {
                    (GearError::new("http_timeout", format!("no answer from {} in time", self.address)), None)
                }
            };
            if attempt == self.config.retries {
                return Err(failure);
            }
            attempt += 1;
            sleep(self.config.retry_wait).await;
        }
    }

    fn request(&self, message: &Message) -> Result<Request<Full<Bytes>>, GearError> {
        let bad = |what: &str| GearError::new("bad_request", what.to_owned());
        let (body, is_json) = self.body(message)?;
        let target = self.target.fill(message, true)?;
        let target: Uri = target.parse().map_err(|_| bad("the path has a character no path may have"))?;
        let mut request = Request::new(Full::new(body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = target;
        let headers = request.headers_mut();
        headers.insert(HOST, self.host.clone());
        headers.insert(USER_AGENT, HeaderValue::from_static("fluxrig"));
        if !body.is_empty() {
            let content = if is_json { "application/json" } else { "application/octet-stream" };
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content));
        }
        for (name, value) in &self.headers {
            let value = HeaderValue::try_from(value.fill(message, false)?)
                .map_err(|_| bad("a field has a character no header may have"))?;
            headers.insert(name, value);
        }
        Ok(request)
    }

    /// What is sent, and whether it is JSON of our making.
    fn body(&self, message: &Message) -> Result<(Bytes, bool), GearError> {
        let json = |value: &Value| (Bytes::from(to_json(value).to_string()), true);
        Ok(match &self.body {
            What::Nothing => (Bytes::new(), false),
            What::Raw => (message.raw.clone(), false),
            What::Auto if !message.raw.is_empty() => (message.raw.clone(), false),
            What::Auto if message.data.is_empty() => (Bytes::new(), false),
            What::Auto | What::Data => json(&Value::Map(message.data.clone())),
            What::Field(path) => match message.data.get(path) {
                None => return Err(GearError::new("no_field", format!("the message has no data.{path}"))),
                Some(Value::Text(text)) => (Bytes::copy_from_slice(text.as_bytes()), false),
                Some(Value::Bytes(bytes)) => (bytes.clone(), false),
                Some(value) => json(value),
            },
        })
    }

    async fn attempt(&self, mut request: Request<Full<Bytes>>) -> Result<Received, Failure> {
        loop {
            let kept = self.kept();
            let is_kept = kept.is_some();
            let mut sender = match kept {
                Some(sender) => sender,
                None => self.connect().await.map_err(|error| (error, None))?,
            };
            match sender.try_send_request(request).await {
                Ok(response) => {
                    let answer = self.receive(response).await?;
                    // Whether it can carry another is known once the body is read.
                    self.idle.lock().push(sender);
                    return Ok(answer);
                }
                Err(mut error) => match error.take_message() {
                    // The server closed it meanwhile, and nothing was sent.
                    Some(unsent) if is_kept => request = unsent,
                    _ => return Err((failed(&error.into_error()), None)),
                },
            }
        }
    }

    /// A connection that is there and idle.
    fn kept(&self) -> Option<Sender> {
        let mut idle = self.idle.lock();
        idle.retain(|sender| !sender.is_closed());
        let at = idle.iter().rposition(Sender::is_ready)?;
        Some(idle.swap_remove(at))
    }

    async fn connect(&self) -> Result<Sender, GearError> {
        let told = |why: std::io::Error| {
            GearError::new("http_connect", format!("cannot connect to {}: {why}", self.address))
        };
        let tcp = TcpStream::connect(&self.address).await.map_err(told)?;
        let _ = tcp.set_nodelay(true);
        let stream = match self.security.get() {
            None => Stream::Plain(tcp),
            Some(security) => security.connect(tcp).await.map_err(told)?,
        };
        match stream {
            Stream::Plain(tcp) => self.handshake(tcp).await,
            Stream::Tls(tls) => self.handshake(*tls).await,
        }
    }

    async fn handshake<S>(&self, stream: S) -> Result<Sender, GearError>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = Builder::new()
            .max_buf_size(MAX_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| failed(&error))?;
        self.connections.spawn(&self.context, async move {
            // How it ended is told to the request that was under way.
            let _ = connection.await;
        });
        Ok(sender)
    }

    async fn receive(&self, response: hyper::Response<hyper::body::Incoming>) -> Result<Received, Failure> {
        let status = response.status().as_u16();
        let content_type =
            response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let failed = |reason, detail: String| (GearError::new(reason, detail), Some(status));
        let body = match Limited::new(response.into_body(), self.config.max_response).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                let detail = format!("the answer has more than {} bytes", self.config.max_response);
                return Err(failed("http_too_large", detail));
            }
            Err(_) => return Err(failed("http_failed", "the answer broke off".into())),
        };
        if !self.success.has(status) {
            return Err(failed("http_status", format!("{} answered with {status}", self.address)));
        }
        let value = match self.config.json && !body.is_empty() {
            false => None,
            true => match serde_json::from_slice::<serde_json::Value>(&body) {
                Ok(value) => Some(from_json(&value)),
                // What stands in the page of an error is not what was asked for.
                Err(_) if !(200..300).contains(&status) => None,
                Err(_) => return Err(failed("http_bad_json", "the answer is no JSON".into())),
            },
        };
        Ok(Received { status, content_type, body, value })
    }

    /// The message with its answer.
    fn answered(&self, mut message: Message, answer: Received) -> Message {
        message.meta.insert("http.status", answer.status.to_string());
        match answer.content_type {
            Some(content_type) => drop(message.meta.insert("http.content_type", content_type)),
            None => drop(message.meta.take("http.content_type")),
        }
        match &self.config.into {
            Some(path) => {
                let value = answer.value.unwrap_or_else(|| Value::from_wire(&answer.body));
                if message.data.set(path, value).is_err() {
                    let detail = format!("data.{path} cannot be set: a value is in its way");
                    self.context.failed(&GearError::new("http_into", detail));
                }
            }
            None => {
                message.data =
                    answer.value.as_ref().and_then(Value::as_map).cloned().unwrap_or_else(Map::new);
                message.raw = answer.body;
            }
        }
        message
    }
}

/// What the library says of a connection; it never quotes what was sent or received.
fn failed(error: &hyper::Error) -> GearError {
    GearError::new("http_failed", format!("the connection failed: {error}"))
}
