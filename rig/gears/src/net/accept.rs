//! The server's side: listening, and letting in as many as are allowed.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpSocket, TcpStream, lookup_host},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use super::{
    connection::serve,
    engine::{Phase, Shared},
    framing::Framing,
    settings::Role,
    tls::{Stream, keep_alive},
};
use crate::{Emitter, GearError};

const ATTEMPTS: u32 = 3;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(250);
/// Connections the system may hold until they are accepted.
const WAITING: u32 = 4096;
const SHORTEST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// Between two lines about connections that are too many.
const BETWEEN_LINES: Duration = Duration::from_secs(1);

/// Listens at `host:port`; no host means every address of the machine. The address may still be
/// taken for a moment by who had it before.
pub async fn listen(bind: &str) -> Result<TcpListener, GearError> {
    let mut attempt = 1;
    loop {
        let error = match try_listen(bind).await {
            Ok(listener) => return Ok(listener),
            Err(error) => error,
        };
        if attempt == ATTEMPTS {
            return Err(GearError::new("bind", format!("cannot listen at {bind}: {error}")));
        }
        attempt += 1;
        sleep(BETWEEN_ATTEMPTS).await;
    }
}

async fn try_listen(bind: &str) -> io::Result<TcpListener> {
    if let Some(port) = bind.strip_prefix(':') {
        let port = port.parse().map_err(|_| io::Error::other("the port is no number"))?;
        // Where the machine has no IPv6, IPv4 alone.
        return at((Ipv6Addr::UNSPECIFIED, port).into())
            .or_else(|_| at((Ipv4Addr::UNSPECIFIED, port).into()));
    }
    let mut outcome = Err(io::Error::other("the name has no address"));
    for address in lookup_host(bind).await? {
        outcome = at(address);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

fn at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// Accepts until the gear drains, then waits for the connections to end.
pub async fn run<F: Framing>(shared: Arc<Shared<F>>, listener: TcpListener, emit: Emitter) {
    let mut connections = JoinSet::new();
    let mut phase = shared.phase.subscribe();
    let mut pause = SHORTEST_PAUSE;
    let mut refused = Refusals::default();
    loop {
        let accepted = tokio::select! {
            biased;
            () = Phase::past(&mut phase, Phase::Running) => break,
            Some(ended) = connections.join_next() => {
                told(&shared, ended);
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                pause = SHORTEST_PAUSE;
                // Those that take their time with a handshake count, too.
                if is_full(&shared, connections.len()) {
                    drop(stream);
                    shared.meters.refused.increment(1);
                    refused.tell(&shared, peer);
                } else {
                    connections.spawn(welcome(shared.clone(), stream, peer, emit.clone()));
                }
            }
            Err(error) => {
                shared.context.failed(&GearError::new("accept", error.to_string()));
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
    // The address is free from here on.
    drop(listener);
    while let Some(ended) = connections.join_next().await {
        told(&shared, ended);
    }
}

fn is_full<F: Framing>(shared: &Shared<F>, count: usize) -> bool {
    matches!(shared.settings.role, Role::Server { max_connections: max @ 1.., .. } if count >= max)
}

fn told<F: Framing>(shared: &Shared<F>, ended: Result<(), tokio::task::JoinError>) {
    if ended.is_err_and(|error| error.is_panic()) {
        shared.context.failed(&GearError::new("panic", "a connection's task panicked"));
    }
}

/// Tells of refused connections, but not of each.
#[derive(Default)]
struct Refusals {
    untold: u64,
    told: Option<Instant>,
}

impl Refusals {
    fn tell<F: Framing>(&mut self, shared: &Shared<F>, peer: SocketAddr) {
        self.untold += 1;
        if self.told.is_none_or(|told| told.elapsed() >= BETWEEN_LINES) {
            let (gear, refused) = (&*shared.context.name, self.untold);
            tracing::warn!(gear, %peer, refused, "max connections reached");
            (self.told, self.untold) = (Some(Instant::now()), 0);
        }
    }
}

async fn welcome<F: Framing>(shared: Arc<Shared<F>>, tcp: TcpStream, peer: SocketAddr, emit: Emitter) {
    keep_alive(&tcp);
    let stream = match shared.security.get() {
        None => Ok(Stream::Plain(tcp)),
        Some(security) => match timeout(shared.settings.handshake_timeout(), security.accept(tcp)).await {
            Ok(stream) => stream,
            Err(_) => Err(io::Error::other("it took too long")),
        },
    };
    match stream {
        Ok(stream) => serve(&shared, &shared.admit(peer), stream, &emit).await,
        Err(error) => {
            let detail = format!("handshake with {peer}: {error}");
            shared.context.failed(&GearError::new("tls_handshake", detail));
        }
    }
}
