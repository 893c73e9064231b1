//! The listener and its connections: HTTP/1.1 with upgrades. Owns the sockets; promises that
//! after a shutdown request no connection is accepted, idle ones close, and busy ones finish
//! within the grace. What a request means is the front's business.

use std::{
    fs,
    io::{self, ErrorKind},
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use axum::{
    body::Body,
    http::{Request, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use platform_kernel::Shutdown;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::mpsc,
};

/// Connections that may wait to be accepted; the kernel cuts it to `somaxconn`.
const BACKLOG: u32 = 65_535;
/// A request's head must have arrived within this; it is also how long an idle connection is
/// kept. Longer than the 60 s of common proxies, so that they close first.
const HEAD: Duration = Duration::from_secs(75);
/// A request's head may be this long.
const MAX_HEAD: usize = 64 * 1024;

/// Opens the listener; an error says who holds the port.
pub fn bind(host: &str, port: u16) -> anyhow::Result<TcpListener> {
    let address: IpAddr = host.parse().with_context(|| format!("{host:?} is no address to listen on"))?;
    let address = SocketAddr::new(address, port);
    let open = || -> io::Result<TcpListener> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Without it a restarted server waits for old connections to be forgotten.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    open().map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            let holder = holder(port).map(|holder| format!(" by {holder}")).unwrap_or_default();
            anyhow::anyhow!("port {port} on {host} is in use{holder}; stop that, or choose another port with --port")
        }
        ErrorKind::PermissionDenied => anyhow::anyhow!(
            "port {port} needs privileges; choose one above 1023 with --port and let a reverse proxy listen there"
        ),
        ErrorKind::AddrNotAvailable => {
            anyhow::anyhow!("{host} is no address of this machine; use 0.0.0.0 for all of them")
        }
        _ => anyhow::anyhow!("cannot listen on {address}: {error}"),
    })
}

/// The process that listens on `port`, where the system lets us see it.
pub fn holder(port: u16) -> Option<String> {
    let suffix = format!(":{port:04X}");
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"].iter().find_map(|table| {
        fs::read_to_string(table).ok()?.lines().skip(1).find_map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            // 0A: listening.
            let listens = columns.get(1)?.ends_with(&suffix) && *columns.get(3)? == "0A";
            listens.then(|| columns.get(9).map(|inode| format!("socket:[{inode}]")))?
        })
    })?;
    let processes = fs::read_dir("/proc").ok()?.filter_map(Result::ok);
    for process in processes.filter(|entry| entry.file_name().to_string_lossy().parse::<u32>().is_ok()) {
        let Ok(open) = fs::read_dir(process.path().join("fd")) else { continue };
        let holds = |entry: fs::DirEntry| {
            fs::read_link(entry.path()).is_ok_and(|link| link.as_os_str() == inode.as_str())
        };
        if open.filter_map(Result::ok).any(holds) {
            let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            return Some(format!("process {} ({})", process.file_name().to_string_lossy(), name.trim()));
        }
    }
    Some("a process of another user".into())
}

/// What answers the requests of all connections.
pub trait Answer: Send + Sync + 'static {
    fn answer(
        self: Arc<Self>,
        request: Request<Body>,
        peer: SocketAddr,
    ) -> impl Future<Output = Response<Body>> + Send;
}

/// Serves until the shutdown is requested and every request is answered, or its grace is over.
pub async fn serve<A: Answer>(listener: TcpListener, front: Arc<A>, shutdown: Shutdown) {
    // Every connection holds a sender: the channel ends with the last of them.
    let (open, mut closed) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.requested() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = connection(stream, peer, front.clone(), shutdown.clone());
                let open = open.clone();
                tokio::spawn(async move {
                    connection.await;
                    drop(open);
                });
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                // Usually no file descriptor is left; accepting again at once would only spin.
                tracing::warn!(%error, "cannot accept connections; see the open-file limit in `fluxer doctor`");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop((listener, open));
    tokio::select! {
        _ = closed.recv() => {}
        () = shutdown.expired() => tracing::warn!("some requests did not finish in time"),
    }
}

async fn connection<A: Answer>(stream: TcpStream, peer: SocketAddr, front: Arc<A>, shutdown: Shutdown) {
    // Messages are small and must not wait for each other.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let front = front.clone();
        async move { Ok::<_, std::convert::Infallible>(front.answer(request.map(Body::new), peer).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // Errors are clients that went away or spoke no HTTP.
        _ = connection.as_mut() => return,
        () = shutdown.requested() => connection.as_mut().graceful_shutdown(),
    }
    tokio::select! {
        _ = connection.as_mut() => {}
        () = shutdown.expired() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_names_its_holder() {
        let first = bind("127.0.0.1", 0).unwrap();
        let port = first.local_addr().unwrap().port();
        let error = bind("127.0.0.1", port).unwrap_err().to_string();
        let me = format!("process {}", std::process::id());
        assert!(error.contains("in use") && error.contains(&me), "{error}");
        assert!(bind("not an address", 0).is_err());
        let foreign = bind("192.0.2.1", 0).unwrap_err().to_string();
        assert!(foreign.contains("no address of this machine"), "{foreign}");
    }

    struct Held(tokio::sync::Semaphore, tokio::sync::Notify);
    impl Answer for Held {
        async fn answer(self: Arc<Self>, request: Request<Body>, _: SocketAddr) -> Response<Body> {
            if request.uri().path() == "/held" {
                self.1.notify_one();
                let _ = self.0.acquire().await;
            }
            Response::new(Body::from("done"))
        }
    }

    async fn ask(port: u16, path: &str) -> TcpStream {
        use tokio::io::AsyncWriteExt;
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
        stream
    }

    async fn all(mut stream: TcpStream) -> String {
        use tokio::io::AsyncReadExt;
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        text
    }

    #[tokio::test]
    async fn a_shutdown_lets_requests_finish_and_idle_connections_go() {
        let listener = bind("127.0.0.1", 0).unwrap();
        let port = listener.local_addr().unwrap().port();
        let held = Arc::new(Held(tokio::sync::Semaphore::new(0), tokio::sync::Notify::new()));
        let (trigger, shutdown) = Shutdown::new();
        let serving = tokio::spawn(serve(listener, held.clone(), shutdown));
        let idle = ask(port, "/").await;
        let busy = ask(port, "/held").await;
        held.1.notified().await;
        trigger.request(Duration::from_secs(60));
        // Kept alive until now, the idle connection ends; the busy one is answered first.
        assert!(all(idle).await.ends_with("done"));
        assert!(!serving.is_finished());
        held.0.add_permits(1);
        assert!(all(busy).await.ends_with("done"));
        serving.await.unwrap();
        assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
    }

    #[tokio::test]
    async fn the_grace_has_an_end() {
        let listener = bind("127.0.0.1", 0).unwrap();
        let port = listener.local_addr().unwrap().port();
        let held = Arc::new(Held(tokio::sync::Semaphore::new(0), tokio::sync::Notify::new()));
        let (trigger, shutdown) = Shutdown::new();
        let serving = tokio::spawn(serve(listener, held.clone(), shutdown));
        let busy = ask(port, "/held").await;
        held.1.notified().await;
        trigger.request(Duration::ZERO);
        serving.await.unwrap();
        assert_eq!(all(busy).await, "");
    }
}
