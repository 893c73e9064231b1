//! The server: a message for each request, and the reply to it for an answer.
//!
//! A request's `conn.id` is its own, not its connection's. The reply is the message that comes back
//! with that `conn.id`, or without any and with the request's flux id as its own or as what it
//! answers. Whoever went away is forgotten; a reply nobody waits for is an error.

use std::{collections::HashMap, convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use rig_envelope::{Map, Message, Uuid, Value, from_json, to_json};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OnceCell, oneshot, watch},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::config::{Answer, ServerConfig};
use crate::{
    ConfigError, Emitter, Gear, GearContext, GearError, Tasks,
    net::{Listeners, Role, Security, Stream, listen},
};

/// Heads of requests may have this many bytes.
const MAX_HEAD: usize = 64 * 1024;
/// After an accept that failed.
const PAUSE: Duration = Duration::from_millis(50);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Running,
    /// Nobody new is let in; what is under way is answered.
    Draining,
}

struct Shared {
    context: GearContext,
    config: ServerConfig,
    headers: Vec<(HeaderName, String)>,
    security: OnceCell<Security>,
    waiting: Mutex<Waiting>,
    phase: watch::Sender<Phase>,
}

/// Requests that wait for their replies.
#[derive(Default)]
struct Waiting {
    by_connection: HashMap<String, (Uuid, oneshot::Sender<Message>)>,
    by_id: HashMap<Uuid, String>,
}

pub struct Server {
    shared: Arc<Shared>,
    tasks: Tasks,
}

impl Server {
    pub fn new(config: ServerConfig, context: &GearContext) -> Result<Self, ConfigError> {
        let headers = config
            .headers
            .iter()
            .map(|name| {
                let header = HeaderName::try_from(name.as_str())
                    .map_err(|_| ConfigError::new(format!("headers: `{name}` is no name of a header")))?;
                let key = format!("http.header.{header}");
                Ok((header, key))
            })
            .collect::<Result<_, ConfigError>>()?;
        let shared = Shared {
            context: context.clone(),
            config,
            headers,
            security: OnceCell::new(),
            waiting: Mutex::default(),
            phase: watch::channel(Phase::Running).0,
        };
        Ok(Self { shared: Arc::new(shared), tasks: Tasks::default() })
    }
}

#[async_trait]
impl Gear for Server {
    async fn init(&self) -> Result<(), GearError> {
        let shared = &self.shared;
        if let Some(tls) = shared.config.tls.as_ref().filter(|tls| tls.enabled) {
            let role = Role::Server { bind: shared.config.bind.clone(), max_connections: 0 };
            let _ = shared.security.set(Security::load(tls, &role, &shared.context.base)?);
        }
        Ok(())
    }
    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        let shared = &self.shared;
        let listener = listen(&shared.config.bind).await?;
        let name = shared.context.name.to_string();
        if let Ok(address) = listener.local_addr() {
            tracing::info!(gear = name, %address, tls = shared.security.get().is_some(), "listening");
            shared.context.services.get_or_default::<Listeners>().lock().insert(name, address);
        }
        self.tasks.spawn(&shared.context, accept(shared.clone(), listener, emit));
        Ok(())
    }
    async fn process(&self, _port: &str, message: Message, _emit: &Emitter) -> Result<(), GearError> {
        let reply = self.shared.waiting.lock().take(&message);
        // Whoever waited may have gone in this moment: the same as never having waited.
        reply
            .and_then(|waiting| waiting.send(message).ok())
            .ok_or_else(|| GearError::new("no_connection", "nobody waits for this reply (any more)"))
    }
    async fn drain(&self, deadline: Instant) {
        self.shared.phase.send_replace(Phase::Draining);
        self.tasks.finish(deadline.saturating_duration_since(Instant::now())).await;
    }
    async fn stop(&self) {
        self.tasks.abort().await;
        if let Some(listeners) = self.shared.context.services.get::<Listeners>() {
            listeners.lock().remove(&*self.shared.context.name);
        }
    }
}

impl Waiting {
    fn take(&mut self, reply: &Message) -> Option<oneshot::Sender<Message>> {
        let connection = match reply.meta.get("conn.id") {
            Some(connection) => connection.to_owned(),
            None => [&reply.ref_id, &reply.id].into_iter().find_map(|id| self.by_id.get(id))?.clone(),
        };
        let (id, waiting) = self.by_connection.remove(&connection)?;
        self.by_id.remove(&id);
        Some(waiting)
    }
}

/// Forgets a request when its answer is there, or when the client went away.
struct Waits<'a> {
    shared: &'a Shared,
    connection: String,
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        let mut waiting = self.shared.waiting.lock();
        if let Some((id, _)) = waiting.by_connection.remove(&self.connection) {
            waiting.by_id.remove(&id);
        }
    }
}

async fn accept(shared: Arc<Shared>, listener: TcpListener, emit: Emitter) {
    let mut connections = JoinSet::new();
    let mut phase = shared.phase.subscribe();
    loop {
        let accepted = tokio::select! {
            biased;
            _ = phase.wait_for(|phase| *phase == Phase::Draining) => break,
            Some(ended) = connections.join_next() => {
                told(&shared, ended);
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) if connections.len() >= shared.config.max_connections => {
                drop(stream);
                shared.context.failed(&GearError::new("max_connections", "max connections reached"));
            }
            Ok((stream, peer)) => {
                connections.spawn(connection(shared.clone(), stream, peer, emit.clone()));
            }
            Err(error) => {
                shared.context.failed(&GearError::new("accept", error.to_string()));
                sleep(PAUSE).await;
            }
        }
    }
    // The address is free from here on.
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        told(&shared, ended);
    }
}

fn told(shared: &Shared, ended: Result<(), tokio::task::JoinError>) {
    if ended.is_err_and(|error| error.is_panic()) {
        shared.context.failed(&GearError::new("panic", "a connection's task panicked"));
    }
}

async fn connection(shared: Arc<Shared>, tcp: TcpStream, peer: SocketAddr, emit: Emitter) {
    let _ = tcp.set_nodelay(true);
    let stream = match shared.security.get() {
        None => Stream::Plain(tcp),
        Some(security) => match timeout(shared.config.read_timeout, security.accept(tcp)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                return shared.context.failed(&GearError::new("tls_handshake", format!("{peer}: {error}")));
            }
            Err(_) => {
                return shared
                    .context
                    .failed(&GearError::new("tls_handshake", format!("{peer} took too long")));
            }
        },
    };
    match stream {
        Stream::Plain(tcp) => serve(shared, tcp, peer, emit).await,
        Stream::Tls(tls) => serve(shared, *tls, peer, emit).await,
    }
}

async fn serve<S>(shared: Arc<Shared>, stream: S, peer: SocketAddr, emit: Emitter)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut phase = shared.phase.subscribe();
    let idle = shared.config.idle_timeout;
    let service = service_fn(move |request: Request<Incoming>| {
        let (shared, emit) = (shared.clone(), emit.clone());
        async move { Ok::<_, Infallible>(shared.answer(request, peer, &emit).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // Errors are clients that went away or spoke no HTTP.
        _ = connection.as_mut() => return,
        _ = phase.wait_for(|phase| *phase == Phase::Draining) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

impl Shared {
    async fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        emit: &Emitter,
    ) -> Response<Full<Bytes>> {
        match self.handle(request, peer, emit).await {
            Ok(response) => response,
            Err(refusal) => refusal.response(),
        }
    }

    async fn handle(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        emit: &Emitter,
    ) -> Result<Response<Full<Bytes>>, Refusal> {
        let path = request.uri().path();
        if !self.config.paths.iter().any(|served| serves(served, path)) {
            return Err(Refusal::new(StatusCode::NOT_FOUND, "nothing is served at this path"));
        }
        if !self.config.methods.iter().any(|method| method == request.method().as_str()) {
            let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this method is not served");
            return Err(Refusal { allow: Some(self.config.methods.join(", ")), ..refusal });
        }
        let (message, id) = self.message(request, peer).await?;
        if self.config.answer == Answer::Accepted {
            emit.emit("out", message).await.map_err(|error| self.busy(error.into()))?;
            return Ok(response(StatusCode::ACCEPTED, None, Bytes::new()));
        }
        let (sender, reply) = oneshot::channel();
        {
            let mut waiting = self.waiting.lock();
            if waiting.by_connection.len() >= self.config.max_waiting {
                let error = GearError::new("max_waiting", "too many requests wait for replies");
                return Err(self.busy(error));
            }
            waiting.by_connection.insert(id.clone(), (message.id, sender));
            waiting.by_id.insert(message.id, id.clone());
        }
        let waits = Waits { shared: self, connection: id };
        // One time for both: what waits for room on a wire is a reply that does not come, too.
        let replied = timeout(self.config.timeout, async {
            emit.emit("out", message).await.map_err(|error| self.busy(error.into()))?;
            reply.await.map_err(|_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "stopped"))
        });
        let reply = match replied.await {
            Ok(reply) => reply?,
            Err(_) => {
                self.context.failed(&GearError::new("reply_timeout", "no reply came in time"));
                return Err(Refusal::new(StatusCode::GATEWAY_TIMEOUT, "no reply came in time"));
            }
        };
        drop(waits);
        Ok(replied_with(&reply))
    }

    fn busy(&self, error: GearError) -> Refusal {
        self.context.failed(&error);
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too much to do")
    }

    /// The message of a request, and the id its reply will name.
    async fn message(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
    ) -> Result<(Message, String), Refusal> {
        let (head, body) = request.into_parts();
        let body = Limited::new(body, self.config.max_body).collect();
        let body = match timeout(self.config.read_timeout, body).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
            }
            Ok(Err(_)) => return Err(Refusal::new(StatusCode::BAD_REQUEST, "the body broke off")),
            Err(_) => return Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "the body took too long")),
        };
        let data = match self.config.json {
            false => Map::new(),
            true => match serde_json::from_slice::<serde_json::Value>(&body).map(|value| from_json(&value)) {
                Ok(Value::Map(data)) => data,
                _ => return Err(Refusal::new(StatusCode::BAD_REQUEST, "the body is no JSON object")),
            },
        };
        let mut message = Message { id: self.context.ids.flux_id(), data, raw: body, ..Message::default() };
        let id = message.id.simple().to_string();
        let meta = &mut message.meta;
        meta.insert("conn.id", id.as_str());
        meta.insert("peer.ip", peer.ip().to_string());
        meta.insert("peer.port", peer.port().to_string());
        meta.insert("fluxrig.source", &*self.context.name);
        meta.insert("http.method", head.method.as_str());
        meta.insert("http.path", head.uri.path());
        if let Some(query) = head.uri.query() {
            meta.insert("http.query", query);
        }
        for (header, key) in &self.headers {
            if let Some(value) = head.headers.get(header).and_then(|value| value.to_str().ok()) {
                meta.insert(key.as_str(), value);
            }
        }
        Ok((message, id))
    }
}

fn serves(served: &str, path: &str) -> bool {
    match served.strip_suffix('*') {
        Some(begin) => path.starts_with(begin),
        None => path == served,
    }
}

/// A reply as an answer: raw, or the data as JSON; the status from `http.response.status`, headers
/// from `http.response.<name>`.
fn replied_with(reply: &Message) -> Response<Full<Bytes>> {
    let status = reply.meta.get("http.response.status").and_then(|status| status.parse::<u16>().ok());
    // What cannot be the status of an answer (1xx) would end the connection.
    let status = status.filter(|status| *status >= 200).and_then(|status| StatusCode::from_u16(status).ok());
    let is_data = reply.raw.is_empty() && !reply.data.is_empty();
    let body = match is_data {
        true => Bytes::from(to_json(&Value::Map(reply.data.clone())).to_string()),
        false => reply.raw.clone(),
    };
    let content_type = is_data.then_some("application/json");
    let mut response = response(status.unwrap_or(StatusCode::OK), content_type, body);
    for (key, value) in reply.meta.iter() {
        let Some(name) = key.strip_prefix("http.response.").filter(|name| *name != "status") else {
            continue;
        };
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value.as_str())) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn response(status: StatusCode, content_type: Option<&str>, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    if let Some(content_type) = content_type.and_then(|text| HeaderValue::try_from(text).ok()) {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
    }
    response
}

/// An answer of the gear's own.
struct Refusal {
    status: StatusCode,
    text: &'static str,
    allow: Option<String>,
}

impl Refusal {
    const fn new(status: StatusCode, text: &'static str) -> Self {
        Self { status, text, allow: None }
    }
    fn response(self) -> Response<Full<Bytes>> {
        let body = serde_json::json!({"error": self.text}).to_string();
        let mut response = response(self.status, Some("application/json"), body.into());
        if let Some(allow) = self.allow.and_then(|allow| HeaderValue::try_from(allow).ok()) {
            response.headers_mut().insert(ALLOW, allow);
        }
        response
    }
}
