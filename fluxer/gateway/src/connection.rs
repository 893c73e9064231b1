//! One socket: a future that owns nothing large. It reads into the stack, writes from a buffer
//! of its thread, and keeps bytes of its own only while the peer is slow to take them.
//!
//! Everything that others want of it arrives through its [`Link`]: they leave a message or a
//! dispatch in the session and wake it. It never waits for anybody, and nobody for it.

mod commands;

use std::{
    cell::RefCell,
    future::Future,
    io,
    net::IpAddr,
    ops::ControlFlow,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, ready},
};

use futures_util::task::AtomicWaker;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Sleep,
};

use crate::{
    Gateway,
    core::{
        close::Close,
        command::MAX_PAYLOAD,
        heartbeat::{Due, Heartbeat, INTERVAL_MS},
        rate::Window,
        session::Outgoing,
    },
    session::Session,
    ws::codec::{self, Decoder, Incoming},
};

/// How others reach a connection.
#[derive(Debug, Default)]
pub struct Link {
    waker: AtomicWaker,
    inbox: Mutex<Vec<Message>>,
    gone: AtomicBool,
}

/// What a connection is told.
#[derive(Debug)]
pub enum Message {
    /// The session it asked for is there.
    Started(Arc<Session>),
    /// It is not.
    Refused(Close),
    /// Not now; the client may IDENTIFY again.
    TryLater,
    /// The session of this number ended while it was served here.
    Invalid(u64),
    /// The session was destroyed because the client fell behind.
    Overflow(Close),
    /// The node goes away: RECONNECT, then close.
    Reconnect,
}

impl Link {
    pub fn wake(&self) {
        self.waker.wake();
    }
    pub fn send(&self, message: Message) {
        self.inbox.lock().push(message);
        self.wake();
    }
    /// Whether the socket is gone.
    pub fn is_gone(&self) -> bool {
        self.gone.load(SeqCst)
    }
}

enum Phase {
    Open,
    Starting,
    Active(Arc<Session>),
    /// A close frame is on its way; what still arrives is thrown away until the peer hangs
    /// up, since closing a socket with unread data would take the close frame back.
    Closing {
        until: i64,
    },
    Done,
}

const CLOSE_WAIT_MS: i64 = 3_000;
/// Written at most at once, so that one busy session does not hold its thread.
const BATCH: usize = 128 << 10;
const MAX_SCRATCH: usize = 1 << 20;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// See the module's description.
pub struct Connection {
    gateway: Arc<Gateway>,
    link: Arc<Link>,
    io: TokioIo<Upgraded>,
    decoder: Decoder,
    /// Control frames, and what the peer has not taken yet.
    pending: Vec<u8>,
    written: usize,
    phase: Phase,
    heart: Heartbeat,
    rate: Window,
    timer: Pin<Box<Sleep>>,
    armed: i64,
    ip: Option<IpAddr>,
}

impl Connection {
    pub fn new(gateway: Arc<Gateway>, io: Upgraded, ip: Option<IpAddr>, version_ok: bool) -> Self {
        let now = gateway.now();
        let link = Arc::new(Link::default());
        gateway.connections.insert(&link);
        metrics::gauge!("gateway.websocket.connections").increment(1.0);
        let heart = Heartbeat::new(now);
        let armed = heart.next();
        let mut connection = Self {
            timer: Box::pin(tokio::time::sleep_until(gateway.instant(armed))),
            gateway,
            link,
            io: TokioIo::new(io),
            decoder: Decoder::default(),
            pending: Vec::new(),
            written: 0,
            phase: Phase::Open,
            heart,
            rate: Window::default(),
            armed,
            ip,
        };
        if version_ok {
            let hello = format!(r#"{{"op":10,"d":{{"heartbeat_interval":{INTERVAL_MS}}}}}"#);
            codec::text(hello.as_bytes(), &mut connection.pending);
        } else {
            connection.close(&Close::VERSION);
        }
        connection
    }

    fn send(&mut self, frame: &str) {
        codec::text(frame.as_bytes(), &mut self.pending);
    }

    fn close(&mut self, close: &Close) {
        if matches!(self.phase, Phase::Closing { .. } | Phase::Done) {
            return;
        }
        metrics::counter!("gateway.websocket.close", "code" => close.code.to_string()).increment(1);
        self.leave();
        codec::close(close.code, &close.reason, &mut self.pending);
        self.phase = Phase::Closing { until: self.gateway.now() + CLOSE_WAIT_MS };
    }

    /// Lets go of the session, which stays resumable for a while.
    fn leave(&mut self) {
        if let Phase::Active(session) = std::mem::replace(&mut self.phase, Phase::Open) {
            if session.is_ended() {
                self.gateway.remove(&session);
            } else if let Some(attachments) = session.detach(&self.link) {
                self.gateway.expire_later(session, attachments);
            }
        }
    }

    fn inbox(&mut self) {
        let messages = std::mem::take(&mut *self.link.inbox.lock());
        for message in messages {
            match message {
                Message::Started(session) => {
                    if session.is_ended() && matches!(self.phase, Phase::Starting) {
                        // Revoked before it was handed over, when nobody was there to be told.
                        self.phase = Phase::Open;
                        self.send(r#"{"op":9,"d":false}"#);
                    } else if matches!(self.phase, Phase::Starting) {
                        self.phase = Phase::Active(session);
                    } else if let Some(attachments) = session.detach(&self.link) {
                        self.gateway.expire_later(session, attachments);
                    }
                }
                Message::Refused(close) => self.close(&close),
                Message::TryLater => {
                    if matches!(self.phase, Phase::Starting) {
                        self.phase = Phase::Open;
                    }
                    self.send(r#"{"op":9,"d":false}"#);
                }
                Message::Invalid(number) => {
                    if matches!(&self.phase, Phase::Active(session) if session.number == number) {
                        self.leave();
                        self.send(r#"{"op":9,"d":false}"#);
                    }
                }
                Message::Overflow(close) => self.close(&close),
                Message::Reconnect => {
                    if !matches!(self.phase, Phase::Closing { .. } | Phase::Done) {
                        self.send(r#"{"op":7,"d":null}"#);
                        self.close(&Close::RESTART);
                    }
                }
            }
        }
    }

    /// Reads what is there. `Ready`: the peer hung up.
    fn read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        for _ in 0..8 {
            let mut bytes = [0; 2048];
            let mut buffer = ReadBuf::new(&mut bytes);
            match ready!(Pin::new(&mut self.io).poll_read(cx, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => self.received(buffer.filled()),
                _ => return Poll::Ready(()),
            }
            if matches!(self.phase, Phase::Done) {
                return Poll::Pending;
            }
        }
        // More may be there; let others have the thread first.
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn received(&mut self, bytes: &[u8]) {
        let now = self.gateway.now();
        if matches!(self.phase, Phase::Closing { .. }) {
            if codec::ends_with_close(bytes) {
                self.phase = Phase::Closing { until: now };
            }
            return;
        }
        self.heart.frame(now);
        let mut decoder = std::mem::take(&mut self.decoder);
        let result = decoder.feed(bytes, MAX_PAYLOAD, |incoming| {
            match incoming {
                Incoming::Message(payload) => self.message(now, &payload),
                Incoming::Ping(payload) => codec::pong(&payload, &mut self.pending),
                Incoming::Pong => {}
                Incoming::Close => {
                    self.close(&Close::IDLE);
                    // Clients call a socket closed once the server has hung up.
                    self.phase = Phase::Closing { until: now };
                }
            }
            match self.phase {
                Phase::Closing { .. } | Phase::Done => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        });
        self.decoder = decoder;
        match result {
            Ok(()) => {}
            Err(codec::Error::TooLarge) => self.close(&Close::TOO_LARGE),
            Err(codec::Error::Protocol) => self.close(&Close::PROTOCOL),
        }
    }

    fn clock(&mut self) {
        let now = self.gateway.now();
        match &self.phase {
            Phase::Closing { until } if now >= *until => self.phase = Phase::Done,
            Phase::Closing { .. } | Phase::Done => {}
            Phase::Open | Phase::Starting | Phase::Active(_) => {
                if let Phase::Active(session) = &self.phase {
                    session.with(|core| core.tick(now));
                }
                match self.heart.check(now) {
                    Due::Nothing => {}
                    Due::Ask => self.send(r#"{"op":1,"d":null}"#),
                    Due::Dead => {
                        metrics::counter!("gateway.heartbeat.failure").increment(1);
                        self.close(&Close::HEARTBEAT);
                    }
                    Due::Idle => self.close(&Close::IDLE),
                }
            }
        }
    }

    /// Arms the timer for the next thing due; whether that is now.
    fn arm(&mut self, cx: &mut Context<'_>) -> bool {
        let next = match &self.phase {
            Phase::Closing { until } => *until,
            Phase::Active(session) => {
                let next = self.heart.next();
                session.deadline().map_or(next, |deadline| deadline.min(next))
            }
            _ => self.heart.next(),
        };
        if next != self.armed {
            self.armed = next;
            self.timer.as_mut().reset(self.gateway.instant(next));
        }
        self.timer.as_mut().poll(cx).is_ready()
    }

    /// Writes control frames and dispatches until there are none or the peer takes no more.
    fn write(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            while self.written < self.pending.len() {
                let rest = &self.pending[self.written..];
                match ready!(Pin::new(&mut self.io).poll_write(cx, rest)) {
                    Ok(0) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                    Ok(count) => self.written += count,
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
            (self.pending, self.written) = (Vec::new(), 0);
            let Phase::Active(session) = &self.phase else { return Poll::Ready(Ok(())) };
            let session = session.clone();
            let done = SCRATCH.with_borrow_mut(|scratch| {
                scratch.clear();
                session.take(&self.link, BATCH, |outgoing| frame(outgoing, scratch));
                if scratch.is_empty() {
                    return Poll::Ready(Ok(true));
                }
                let mut at = 0;
                while at < scratch.len() {
                    match Pin::new(&mut self.io).poll_write(cx, &scratch[at..]) {
                        Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                        Poll::Ready(Ok(count)) => at += count,
                        Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                        Poll::Pending => {
                            self.pending = scratch[at..].to_vec();
                            return Poll::Pending;
                        }
                    }
                }
                if scratch.capacity() > MAX_SCRATCH {
                    *scratch = Vec::new();
                }
                Poll::Ready(Ok(false))
            });
            if ready!(done)? {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

fn frame(outgoing: Outgoing, out: &mut Vec<u8>) -> usize {
    match outgoing {
        Outgoing::Dispatch(seq, event) => {
            codec::text_header(event.written_len(seq), out);
            event.write(seq, out);
        }
        Outgoing::Resumed(seq) => {
            codec::text(format!(r#"{{"op":0,"t":"RESUMED","d":null,"s":{seq}}}"#).as_bytes(), out);
        }
    }
    out.len()
}

impl Future for Connection {
    type Output = ();
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        this.link.waker.register(cx.waker());
        loop {
            this.inbox();
            if this.read(cx).is_ready() {
                return Poll::Ready(());
            }
            if matches!(this.phase, Phase::Done) {
                return Poll::Ready(());
            }
            match this.write(cx) {
                Poll::Ready(Err(_)) => return Poll::Ready(()),
                Poll::Ready(Ok(())) | Poll::Pending => {}
            }
            if !this.arm(cx) {
                return Poll::Pending;
            }
            this.clock();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.link.gone.store(true, SeqCst);
        self.inbox();
        self.leave();
        self.gateway.connections.remove(&self.link);
        metrics::gauge!("gateway.websocket.connections").decrement(1.0);
        metrics::counter!("gateway.websocket.disconnections").increment(1);
    }
}
