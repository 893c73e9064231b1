//! The client's side: one connection, made again whenever it is lost.

use std::{io, net::SocketAddr, panic::AssertUnwindSafe, sync::Arc};

use futures_util::FutureExt;
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{
    connection::serve,
    engine::{Phase, Shared},
    framing::Framing,
    settings::Role,
    tls::{Stream, keep_alive},
};
use crate::{Emitter, GearError};

/// Dials until the gear stops.
pub async fn run<F: Framing>(shared: Arc<Shared<F>>, emit: Emitter) {
    let Role::Client { connect, connect_timeout, reconnect_wait } = &shared.settings.role else { return };
    let mut phase = shared.phase.subscribe();
    let name = &*shared.context.name;
    loop {
        let dialled = tokio::select! {
            biased;
            () = Phase::past(&mut phase, Phase::Draining) => return,
            dialled = timeout(*connect_timeout, dial(&shared, connect)) => dialled,
        };
        match dialled.unwrap_or_else(|_| Err(io::Error::other("it took too long"))) {
            Ok((stream, peer)) => {
                let connection = shared.admit(peer);
                shared.context.links.set(name, true);
                tracing::info!(gear = name, conn_id = &*connection.id, %peer, "connected");
                let serving = AssertUnwindSafe(serve(&shared, &connection, stream, &emit));
                if serving.catch_unwind().await.is_err() {
                    shared.context.failed(&GearError::new("panic", "a connection's task panicked"));
                }
            }
            Err(error) => {
                let detail = format!("cannot connect to {connect}: {error}");
                shared.context.failed(&GearError::new("connect", detail));
            }
        }
        tokio::select! {
            biased;
            () = Phase::past(&mut phase, Phase::Draining) => return,
            () = sleep(*reconnect_wait) => {}
        }
    }
}

async fn dial<F: Framing>(shared: &Shared<F>, address: &str) -> io::Result<(Stream, SocketAddr)> {
    let tcp = TcpStream::connect(address).await?;
    keep_alive(&tcp);
    let peer = tcp.peer_addr()?;
    let stream = match shared.security.get() {
        None => Stream::Plain(tcp),
        Some(security) => security.connect(tcp).await?,
    };
    Ok((stream, peer))
}
