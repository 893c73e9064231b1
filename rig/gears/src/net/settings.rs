//! What an engine is told by its gear.

use std::time::Duration;

use super::tls::TlsConfig;

/// Which side of a connection the gear is on.
#[derive(Clone, Debug)]
pub enum Role {
    Server {
        bind: String,
        /// 0: as many as come.
        max_connections: usize,
    },
    Client {
        connect: String,
        connect_timeout: Duration,
        reconnect_wait: Duration,
    },
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub role: Role,
    pub tls: Option<TlsConfig>,
    /// A connection on which no frame has begun for this long is closed.
    pub idle_timeout: Option<Duration>,
    /// A frame that has begun is whole by then, or the connection is closed.
    pub read_timeout: Option<Duration>,
    /// What is written at once is taken by the peer by then, or the connection is closed.
    pub write_timeout: Duration,
    /// What to do after a frame that is whole and makes no sense: close, or go on with the next.
    pub close_on_invalid: bool,
    /// A message for a connection that is gone goes to no other.
    pub strict: bool,
    /// Whether what peers send becomes messages.
    pub reads: bool,
    /// Messages kept for whoever connects next, of those that name no connection.
    pub backlog: usize,
}

impl Settings {
    pub const fn is_server(&self) -> bool {
        matches!(self.role, Role::Server { .. })
    }
    /// By when a client's handshake is over.
    pub fn handshake_timeout(&self) -> Duration {
        self.read_timeout.or(self.idle_timeout).unwrap_or(Duration::from_secs(10))
    }
}

/// A time limit of zero is none.
pub fn off(limit: Duration) -> Option<Duration> {
    (!limit.is_zero()).then_some(limit)
}
