//! One connection: reads frames into messages and writes what waits, beside each other in one task.
//!
//! Bytes are read into a buffer that all connections of a thread share, so an idle peer costs none.
//! The timer moves only when it fires early: a frame that comes whole sets none.

use std::{
    cell::RefCell,
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{Arc, atomic::Ordering::SeqCst},
    task::{Context, Poll, ready},
    time::Duration,
};

use rig_envelope::{Meta, Text};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf},
    time::{Instant, Sleep, sleep_until, timeout},
};

use super::{
    engine::Shared,
    framing::Framing,
    inbox::{Batch, Inbox},
    outbox::Outbox,
    tls::Stream,
};
use crate::{Emitter, GearError};

/// Bytes read at once.
const READ: usize = 32 * 1024;

thread_local! {
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ].into_boxed_slice());
}

/// What others see of a connection.
pub struct Connection {
    pub number: u64,
    /// `conn.id`
    pub id: Text,
    pub peer: SocketAddr,
    /// The metadata every message of it begins with.
    pub origin: Meta,
    pub outbox: Outbox,
}

/// Why a connection ended.
enum Ended {
    ByPeer,
    Inside,
    Idle,
    SlowToSend,
    SlowToTake,
    Broken(io::Error),
    Refused(GearError),
    /// We were asked to, or everything ends.
    Asked,
}

/// Whether frames are on their way from this connection to a wire.
struct Busy<'a, F: Framing>(&'a Shared<F>);

impl<F: Framing> Busy<'_, F> {
    fn new(shared: &Shared<F>) -> Busy<'_, F> {
        shared.busy.fetch_add(1, SeqCst);
        Busy(shared)
    }
}

impl<F: Framing> Drop for Busy<'_, F> {
    fn drop(&mut self) {
        if self.0.busy.fetch_sub(1, SeqCst) == 1 && self.0.is_draining() {
            self.0.at_rest.notify_waiters();
        }
    }
}

/// Serves a connection to its end.
pub async fn serve<F: Framing>(
    shared: &Arc<Shared<F>>,
    connection: &Arc<Connection>,
    stream: Stream,
    emit: &Emitter,
) {
    let known = Known(shared, connection);
    let ended = match stream {
        Stream::Plain(mut tcp) => {
            let (reading, writing) = tcp.split();
            both(shared, connection, reading, writing, emit).await
        }
        Stream::Tls(tls) => {
            let (reading, writing) = tokio::io::split(tls);
            both(shared, connection, reading, writing, emit).await
        }
    };
    drop(known);
    let lost = connection.outbox.abandon();
    tell(shared, connection, ended, lost);
}

/// Nobody is sent to a connection whose task has ended, be it in a panic.
struct Known<'a, F: Framing>(&'a Shared<F>, &'a Connection);

impl<F: Framing> Drop for Known<'_, F> {
    fn drop(&mut self) {
        self.0.forget(self.1);
        self.1.outbox.close();
    }
}

async fn both<F: Framing>(
    shared: &Shared<F>,
    connection: &Connection,
    reading: impl AsyncRead + Unpin,
    writing: impl AsyncWrite + Unpin,
    emit: &Emitter,
) -> Ended {
    let mut reading = pin!(read(shared, connection, reading, emit));
    let mut writing = pin!(write(shared, connection, writing));
    tokio::select! {
        biased;
        ended = &mut writing => ended,
        ended = &mut reading => {
            // Nobody is sent here any more; what waits is still written if the peer takes it.
            shared.forget(connection);
            connection.outbox.close();
            let _ = timeout(shared.settings.write_timeout, writing).await;
            ended
        }
    }
}

fn tell<F: Framing>(shared: &Shared<F>, connection: &Connection, ended: Ended, lost: u64) {
    let (id, peer) = (connection.id.as_str(), connection.peer);
    let gear = &*shared.context.name;
    let failed = |reason: &'static str, detail: String| {
        shared.context.failed(&GearError::new(reason, detail));
    };
    let why = match ended {
        Ended::ByPeer => "the peer closed",
        Ended::Idle => "idle",
        Ended::Asked => "closed here",
        Ended::Inside => {
            return failed("truncated", format!("connection {id} of {peer} ended inside a frame"));
        }
        Ended::SlowToSend => {
            return failed(
                "read_timeout",
                format!("connection {id} of {peer}: a frame took too long to come"),
            );
        }
        Ended::SlowToTake => {
            return failed(
                "write_timeout",
                format!("connection {id} of {peer} took too long to be written to; {lost} messages are lost"),
            );
        }
        Ended::Broken(error) => {
            return failed("broken", format!("connection {id} of {peer}: {error}; {lost} messages are lost"));
        }
        Ended::Refused(mut error) => {
            error.detail = format!("connection {id} of {peer} is closed: {}", error.detail);
            return shared.context.failed(&error);
        }
    };
    if lost > 0 {
        failed("not_delivered", format!("{lost} messages for connection {id} of {peer} are lost: {why}"));
    } else {
        tracing::debug!(gear, conn_id = id, %peer, "connection ended: {why}");
    }
}

/// When the peer has to have done something.
struct Timer {
    sleep: Pin<Box<Sleep>>,
    idle: Option<Duration>,
    frame: Option<Duration>,
    /// The last frame, or the beginning of one.
    since: Instant,
    begun: bool,
}

impl Timer {
    fn deadline(&self) -> Option<Instant> {
        let limit = if self.begun { self.frame } else { self.idle };
        limit.map(|limit| self.since + limit)
    }
    /// Ready when the time is over.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(deadline) = self.deadline() else { return Poll::Pending };
        if self.sleep.deadline() > deadline {
            self.sleep.as_mut().reset(deadline);
        }
        loop {
            ready!(self.sleep.as_mut().poll(context));
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            self.sleep.as_mut().reset(deadline);
        }
    }
    /// After bytes came. `frames`: whether one was whole.
    fn came(&mut self, frames: bool, begun: bool) {
        if frames || !self.begun {
            self.since = Instant::now();
        }
        self.begun = begun;
    }
}

enum Event {
    Read(Batch),
    End,
    TimeIsOver,
    Failed(io::Error),
}

async fn read<F: Framing>(
    shared: &Shared<F>,
    connection: &Connection,
    mut stream: impl AsyncRead + Unpin,
    emit: &Emitter,
) -> Ended {
    let settings = &shared.settings;
    let (framing, meters) = (&shared.framing, &shared.meters);
    let reads = settings.reads && emit.is_wired("out");
    let mut inbox = Inbox::default();
    let now = Instant::now();
    let mut timer = Timer {
        sleep: Box::pin(sleep_until(now + settings.idle_timeout.unwrap_or(Duration::from_secs(3600)))),
        idle: settings.idle_timeout,
        frame: settings.read_timeout,
        since: now,
        begun: false,
    };
    loop {
        let mut busy = None;
        let event = poll_fn(|context| {
            // From then on nothing is read, and nobody is closed for being silent.
            if shared.stops_reading() {
                return Poll::Pending;
            }
            let guard = Busy::new(shared);
            let polled = SCRATCH.with_borrow_mut(|scratch| {
                let mut buffer = ReadBuf::new(scratch);
                match ready!(Pin::new(&mut stream).poll_read(context, &mut buffer)) {
                    // A TLS peer that leaves without a word.
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                        return Poll::Ready(Event::End);
                    }
                    Err(error) => return Poll::Ready(Event::Failed(error)),
                    Ok(()) => {}
                }
                let bytes = buffer.filled();
                meters.bytes_in.increment(bytes.len() as u64);
                Poll::Ready(match (bytes.is_empty(), reads) {
                    (true, _) => Event::End,
                    (false, true) => {
                        Event::Read(inbox.feed(framing, &connection.origin, bytes, settings.close_on_invalid))
                    }
                    (false, false) => Event::Read(Batch { frames: 1, ..Batch::default() }),
                })
            });
            match polled {
                Poll::Ready(event) => {
                    busy = Some(guard);
                    Poll::Ready(event)
                }
                Poll::Pending => {
                    drop(guard);
                    timer.poll(context).map(|()| Event::TimeIsOver)
                }
            }
        })
        .await;
        let batch = match event {
            Event::Read(batch) => {
                timer.came(batch.frames > 0, inbox.has_begun());
                batch
            }
            Event::End => {
                let (batch, inside) = inbox.end(framing, &connection.origin);
                pass_on(shared, connection, batch, emit).await;
                return if inside { Ended::Inside } else { Ended::ByPeer };
            }
            Event::TimeIsOver if timer.begun => return Ended::SlowToSend,
            Event::TimeIsOver => {
                let (batch, _) = inbox.end(framing, &connection.origin);
                pass_on(shared, connection, batch, emit).await;
                return Ended::Idle;
            }
            Event::Failed(error) => return Ended::Broken(error),
        };
        let broken = pass_on(shared, connection, batch, emit).await;
        drop(busy);
        if let Some(error) = broken {
            return Ended::Refused(error);
        }
    }
}

/// Sends on what was read; what is wrong with the connection, if it cannot go on.
async fn pass_on<F: Framing>(
    shared: &Shared<F>,
    connection: &Connection,
    batch: Batch,
    emit: &Emitter,
) -> Option<GearError> {
    shared.meters.messages_in.increment(batch.messages.len() as u64);
    for message in batch.messages {
        // Waits while a wire is full: then nothing is read, and the peer's window closes.
        if let Err(error) = emit.emit("out", message).await {
            shared.context.failed(&error.into());
        }
    }
    if let Some(mut error) = batch.problem {
        let (id, peer, times) = (&connection.id, connection.peer, batch.skipped);
        error.detail = format!("connection {id} of {peer}: {times} frames skipped: {}", error.detail);
        shared.context.failed(&error);
        shared.skipped(&error, times.saturating_sub(1));
    }
    batch.broken
}

async fn write<F: Framing>(
    shared: &Shared<F>,
    connection: &Connection,
    mut stream: impl AsyncWrite + Unpin,
) -> Ended {
    let (outbox, meters) = (&connection.outbox, &shared.meters);
    let mut buffer = Vec::new();
    loop {
        let more = poll_fn(|context| {
            outbox.poll_take(context, &mut buffer, |buffer| match &shared.backlog {
                Some(backlog) => backlog.lock().take(buffer),
                None => 0,
            })
        });
        if !more.await {
            // A TLS peer is told; one that is gone does not matter.
            let _ = timeout(shared.settings.write_timeout, stream.shutdown()).await;
            return Ended::Asked;
        }
        let written = async {
            stream.write_all(&buffer).await?;
            stream.flush().await
        };
        match timeout(shared.settings.write_timeout, written).await {
            Err(_) => return Ended::SlowToTake,
            Ok(Err(error)) => return Ended::Broken(error),
            Ok(Ok(())) => {}
        }
        meters.bytes_out.increment(buffer.len() as u64);
        meters.messages_out.increment(outbox.written(&mut buffer));
    }
}
