//! A gateway client that a test drives frame by frame.
//!
//! It reads only while the test waits for something; what arrives meanwhile is kept, in order, in
//! [`Gateway::events`]. "Did not receive" is decided by a fence (an event that must come later),
//! never by the clock. The server's demands for a heartbeat are answered on the way.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::http::{Client, DEADLINE};
use crate::unique::s;

/// One dispatch.
#[derive(Debug, Clone)]
pub struct Event {
    pub t: String,
    pub s: u64,
    pub d: Value,
}

/// What a socket can yield.
#[derive(Debug)]
pub enum Frame {
    Op(Value),
    Closed(u16, String),
}

pub struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    base: String,
    token: String,
    pub session_id: String,
    pub seq: u64,
    pub ready: Value,
    /// Answers the server's demands for a heartbeat; switched off to play dead.
    pub alive: bool,
    /// Received and not yet asked for.
    pub events: Vec<Event>,
}

/// Accepts every payload.
pub fn any(_: &Value) -> bool {
    true
}

/// Accepts a payload that has this value at this key.
pub fn near(key: &'static str, value: impl Into<Value>) -> impl Fn(&Value) -> bool {
    let value = value.into();
    move |d| d[key] == value
}

/// The gateway's address as the instance publishes it.
pub async fn url(base: &str) -> String {
    if let Some(url) = crate::server::gateway_override() {
        return url;
    }
    let client = Client { base: base.to_owned(), ..Client::anonymous() };
    let document = client.get("/.well-known/fluxer").await.ok();
    s(&document, "/endpoints/gateway")
}

impl Gateway {
    /// Opens a socket with this query and reads nothing.
    pub async fn open(base: &str, query: &str) -> Self {
        let address = format!("{}{query}", url(base).await);
        let connecting = tokio_tungstenite::connect_async(&address);
        let (socket, _) = tokio::time::timeout(DEADLINE, connecting)
            .await
            .expect("the gateway answers in time")
            .unwrap_or_else(|e| panic!("{address}: {e}"));
        Self {
            socket,
            base: base.to_owned(),
            token: String::new(),
            session_id: String::new(),
            seq: 0,
            ready: Value::Null,
            alive: true,
            events: Vec::new(),
        }
    }

    /// Opens a socket and reads HELLO.
    pub async fn connect(base: &str) -> Self {
        let mut gateway = Self::open(base, "?v=1&encoding=json").await;
        let hello = gateway.expect_op(10).await;
        assert_eq!(hello["heartbeat_interval"], 41250, "{hello}");
        gateway
    }

    /// Opens a socket and identifies; returns after READY.
    pub async fn log_in(base: &str, token: &str) -> Self {
        Self::log_in_with(base, token, json!({})).await
    }

    /// As [`Self::log_in`] with more IDENTIFY fields.
    pub async fn log_in_with(base: &str, token: &str, extra: Value) -> Self {
        let mut gateway = Self::connect(base).await;
        gateway.identify_with(token, extra).await;
        gateway
    }

    pub async fn identify_with(&mut self, token: &str, extra: Value) {
        self.send(identify(token, extra)).await;
        self.token = token.to_owned();
        let ready = self.next_dispatch().await;
        assert_eq!((ready.t.as_str(), ready.s), ("READY", 1), "READY comes first: {ready:?}");
        self.session_id = s(&ready.d, "session_id");
        self.ready = ready.d;
    }

    pub async fn send(&mut self, frame: Value) {
        self.send_text(frame.to_string()).await;
    }

    pub async fn send_text(&mut self, text: impl Into<String>) {
        self.send_message(Message::text(text.into())).await;
    }

    pub async fn send_binary(&mut self, bytes: Vec<u8>) {
        self.send_message(Message::binary(bytes)).await;
    }

    async fn send_message(&mut self, message: Message) {
        // A server that has closed already is seen by the next read.
        let _ = self.socket.send(message).await;
    }

    /// The next frame, heartbeat demands answered and skipped.
    pub async fn frame(&mut self) -> Frame {
        loop {
            let next = tokio::time::timeout(DEADLINE, self.socket.next());
            let message =
                next.await.unwrap_or_else(|_| panic!("no frame in {DEADLINE:?}; held: {:?}", self.held()));
            match message {
                Some(Ok(Message::Text(text))) => {
                    let frame: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
                    if frame["op"] == 1 && self.alive {
                        self.send(json!({"op": 1, "d": null})).await;
                        continue;
                    }
                    return Frame::Op(frame);
                }
                Some(Ok(Message::Close(close))) => {
                    return close.map_or(Frame::Closed(1005, String::new()), |c| {
                        Frame::Closed(c.code.into(), c.reason.to_string())
                    });
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(other)) => panic!("unexpected frame {other:?}"),
                Some(Err(error)) => return Frame::Closed(1006, error.to_string()),
                None => return Frame::Closed(1006, "end of stream".into()),
            }
        }
    }

    fn held(&self) -> Vec<&str> {
        self.events.iter().map(|e| e.t.as_str()).collect()
    }

    async fn next_dispatch(&mut self) -> Event {
        loop {
            match self.frame().await {
                Frame::Op(frame) if frame["op"] == 0 => {
                    let event = Event {
                        t: s(&frame, "t"),
                        s: frame["s"].as_u64().unwrap_or_else(|| panic!("no s: {frame}")),
                        d: frame["d"].clone(),
                    };
                    if event.t != "RESUMED" {
                        assert_eq!(event.s, self.seq + 1, "s rises by one: {frame}");
                        self.seq = event.s;
                    }
                    return event;
                }
                Frame::Op(frame) if frame["op"] == 11 => {}
                other => panic!("expected a dispatch, got {other:?}; held: {:?}", self.held()),
            }
        }
    }

    /// Reads until a frame with this op that is no dispatch; dispatches on the way are kept.
    pub async fn expect_op(&mut self, op: u64) -> Value {
        loop {
            match self.frame().await {
                Frame::Op(frame) if frame["op"] == op => return frame["d"].clone(),
                Frame::Op(frame) if frame["op"] == 0 => {
                    let seq = frame["s"].as_u64().unwrap_or_default();
                    self.seq = self.seq.max(seq);
                    self.events.push(Event { t: s(&frame, "t"), s: seq, d: frame["d"].clone() });
                }
                other => panic!("expected op {op}, got {other:?}"),
            }
        }
    }

    /// Reads until the server closes; other frames are dropped.
    pub async fn expect_close(&mut self) -> (u16, String) {
        loop {
            if let Frame::Closed(code, reason) = self.frame().await {
                return (code, reason);
            }
        }
    }

    /// The first event of this name that the predicate accepts: held, or still to come.
    pub async fn expect(&mut self, t: &str, accept: impl Fn(&Value) -> bool) -> Value {
        self.expect_event(t, accept).await.d
    }

    pub async fn expect_event(&mut self, t: &str, accept: impl Fn(&Value) -> bool) -> Event {
        let hit = |e: &Event| e.t == t && accept(&e.d);
        if let Some(at) = self.events.iter().position(hit) {
            return self.events.remove(at);
        }
        let deadline = tokio::time::Instant::now() + DEADLINE;
        loop {
            let next = tokio::time::timeout_at(deadline, self.next_dispatch()).await;
            let event = match next {
                Ok(event) => event,
                Err(_) => panic!("{t} did not come; held: {:?}", self.held()),
            };
            if event.t == t && accept(&event.d) {
                return event;
            }
            self.events.push(event);
        }
    }

    /// Fails if such an event was received before the last fence.
    #[track_caller]
    pub fn absent(&self, t: &str, accept: impl Fn(&Value) -> bool) {
        if let Some(event) = self.events.iter().find(|e| e.t == t && accept(&e.d)) {
            panic!("{t} must not have been received: {}", event.d);
        }
    }

    /// How many events of this name are held.
    pub fn count(&self, t: &str) -> usize {
        self.events.iter().filter(|e| e.t == t).count()
    }

    /// Makes a guild active and synced; returns its state.
    pub async fn activate(&mut self, guild: &str) -> Value {
        self.subscribe(guild, json!({"active": true})).await;
        self.expect("GUILD_SYNC", |d| d["id"] == guild).await
    }

    /// Op 14 for one guild.
    pub async fn subscribe(&mut self, guild: &str, what: Value) {
        self.send(json!({"op": 14, "d": {"subscriptions": {guild: what}}})).await;
    }

    /// A heartbeat and its acknowledgement: everything sent before has been processed.
    pub async fn heartbeat(&mut self, d: Value) {
        self.send(json!({"op": 1, "d": d})).await;
        self.expect_op(11).await;
    }

    /// Drops the socket and resumes on a new one; returns after RESUMED, replay kept in `events`.
    pub async fn resume(&mut self) {
        self.resume_from(self.seq).await;
        loop {
            let event = self.next_dispatch().await;
            if event.t == "RESUMED" {
                return;
            }
            self.events.push(event);
        }
    }

    /// Drops the socket and sends RESUME on a new one.
    pub async fn resume_from(&mut self, seq: u64) {
        self.reconnect().await;
        let d = json!({"token": self.token, "session_id": self.session_id, "seq": seq});
        self.seq = seq;
        self.send(json!({"op": 6, "d": d})).await;
    }

    /// A new socket past HELLO in place of the old one, which is dropped without a close frame.
    pub async fn reconnect(&mut self) {
        let fresh = Self::connect(&self.base).await;
        self.socket = fresh.socket;
    }

    /// Closes like a client that means it.
    pub async fn close(mut self) {
        let _ = self.socket.close(None).await;
    }
}

/// The IDENTIFY frame of a plain desktop client.
pub fn identify(token: &str, extra: Value) -> Value {
    let mut d = json!({"token": token, "properties": {"os": "linux", "browser": "suite", "device": "suite"}});
    if let (Some(d), Value::Object(extra)) = (d.as_object_mut(), extra) {
        d.extend(extra);
    }
    json!({"op": 2, "d": d})
}
