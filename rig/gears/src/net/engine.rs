//! The engine of one gear: its connections, and the way of a message to the one it is for.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use async_trait::async_trait;
use metrics::{Counter, Gauge};
use parking_lot::Mutex;
use rig_envelope::{Message, Meta, Text};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout_at},
};

use super::{
    accept, backlog::Backlog, connection::Connection, dial, framing::Framing, outbox::Refused,
    settings::Role, settings::Settings, tls::Security,
};
use crate::{Command, Emitter, Gear, GearContext, GearError, Tasks};

/// How long connections may take to write what waits once the gear stops.
const LAST_WRITES: Duration = Duration::from_millis(1500);

/// Where the servers of a rack listen, by gear; among its services.
pub type Listeners = Mutex<BTreeMap<String, SocketAddr>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Phase {
    Running,
    /// Nobody new is let in, and servers read nothing more.
    Draining,
    Stopping,
}

impl Phase {
    /// Ready once the engine is in a later phase.
    pub async fn past(phase: &mut watch::Receiver<Self>, this: Self) {
        // An error: the gear is gone, which is the same.
        let _ = phase.wait_for(|phase| *phase > this).await;
    }
}

pub struct Meters {
    pub bytes_in: Counter,
    pub bytes_out: Counter,
    pub messages_in: Counter,
    pub messages_out: Counter,
    pub connections: Counter,
    pub refused: Counter,
    active: Gauge,
}

impl Meters {
    fn new(gear: &str) -> Self {
        let labels = [("flux.name", gear.to_owned())];
        Self {
            bytes_in: metrics::counter!("flux.port.bytes_in", &labels),
            bytes_out: metrics::counter!("flux.port.bytes_out", &labels),
            messages_in: metrics::counter!("flux.port.messages_in", &labels),
            messages_out: metrics::counter!("flux.port.messages_out", &labels),
            connections: metrics::counter!("flux.port.connections_total", &labels),
            refused: metrics::counter!("flux.port.connections_refused", &labels),
            active: metrics::gauge!("flux.port.connections_active", &labels),
        }
    }
}

/// What the tasks of an engine have in common.
pub struct Shared<F: Framing> {
    pub settings: Settings,
    pub framing: F,
    pub context: GearContext,
    pub meters: Meters,
    pub security: OnceLock<Security>,
    /// Locked before connections, and those before an outbox.
    pub backlog: Option<Mutex<Backlog>>,
    pub phase: watch::Sender<Phase>,
    /// Connections that bring frames to a wire at this moment.
    pub busy: AtomicUsize,
    pub at_rest: Notify,
    draining: AtomicBool,
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
    next: AtomicU64,
}

impl<F: Framing> Shared<F> {
    pub fn is_draining(&self) -> bool {
        self.draining.load(SeqCst)
    }
    /// A server takes nothing more from its peers; a client still has to hear the replies.
    pub fn stops_reading(&self) -> bool {
        self.settings.is_server() && self.is_draining()
    }
    /// Counts an error another `times` times, without a line for each.
    pub fn skipped(&self, error: &GearError, times: u64) {
        if times > 0 {
            let labels = [("flux.name", self.context.name.to_string()), ("reason", error.reason.to_string())];
            metrics::counter!("flux.gear.errors", &labels).increment(times);
        }
    }

    /// Makes a connection known, under an id that no other has.
    pub fn admit(&self, peer: SocketAddr) -> Arc<Connection> {
        let number = self.next.fetch_add(1, SeqCst);
        let id = Text::from(format!("{number:016x}"));
        let origin: Meta = [
            ("conn.id", id.clone()),
            ("peer.ip", Text::from(peer.ip().to_canonical().to_string())),
            ("peer.port", Text::from(peer.port().to_string())),
            ("fluxrig.source", Text::from(&*self.context.name)),
        ]
        .into_iter()
        .collect();
        let connection = Arc::new(Connection { number, id, peer, origin, outbox: Default::default() });
        let mut connections = self.connections.lock();
        connections.insert(number, connection.clone());
        self.meters.active.set(connections.len() as f64);
        drop(connections);
        self.meters.connections.increment(1);
        if *self.phase.borrow() == Phase::Stopping {
            connection.outbox.close();
        }
        connection
    }

    /// No message goes to the connection any more. May be called twice.
    pub fn forget(&self, connection: &Connection) {
        let mut connections = self.connections.lock();
        if connections.remove(&connection.number).is_some() {
            self.meters.active.set(connections.len() as f64);
            drop(connections);
            if !self.settings.is_server() {
                self.context.links.set(&self.context.name, false);
            }
        }
    }

    fn find(&self, id: &str) -> Option<Arc<Connection>> {
        let number = u64::from_str_radix(id, 16).ok()?;
        self.connections.lock().get(&number).cloned()
    }

    fn any(&self) -> Option<Arc<Connection>> {
        self.connections.lock().values().next().cloned()
    }

    /// The connection a message is for.
    fn target(&self, message: &Message) -> Result<Arc<Connection>, GearError> {
        if !self.settings.is_server() {
            return self.any().ok_or_else(|| GearError::new("not_connected", "client not connected"));
        }
        let id = message.meta.get("conn.id");
        let found = id.and_then(|id| self.find(id));
        match (found, self.settings.strict) {
            (Some(connection), _) => Ok(connection),
            (None, false) => self.any().ok_or_else(|| lost(id)),
            (None, true) => Err(lost(id)),
        }
    }

    /// A message that names no connection: to one that can take it, or to who comes next.
    fn to_anyone(&self, backlog: &Mutex<Backlog>, message: &Message) -> Result<(), GearError> {
        let mut backlog = backlog.lock();
        if backlog.is_empty() {
            for connection in self.connections.lock().values() {
                match connection.outbox.try_push(|out| self.framing.write(message, out)) {
                    Ok(()) => return Ok(()),
                    Err(Refused::Unwritable(error)) => return Err(error),
                    Err(Refused::Full | Refused::Closed) => {}
                }
            }
        }
        let mut frame = Vec::with_capacity(message.raw.len() + 8);
        self.framing.write(message, &mut frame)?;
        if backlog.push(&frame) {
            return Ok(());
        }
        Err(GearError::new("buffer_full", "nobody is connected, and no more messages can wait"))
    }
}

fn lost(id: Option<&str>) -> GearError {
    match id {
        None => GearError::new("no_connection", "missing conn.id"),
        // Comes from a message: it may be anything.
        Some(id) if id.len() <= 32 && id.bytes().all(|c| c.is_ascii_hexdigit()) => {
            GearError::new("no_connection", format!("connection {id} not found"))
        }
        Some(_) => GearError::new("no_connection", "connection <not an id> not found"),
    }
}

/// A gear that is one server or one client.
pub struct Engine<F: Framing> {
    shared: Arc<Shared<F>>,
    tasks: Tasks,
}

impl<F: Framing> Engine<F> {
    /// Opens nothing.
    pub fn new(settings: Settings, framing: F, context: &GearContext) -> Self {
        // Ids of one run follow each other from a place that no other run begins at.
        let first = u64::from_be_bytes(context.rng.bytes());
        let shared = Shared {
            backlog: (settings.is_server() && settings.backlog > 0)
                .then(|| Mutex::new(Backlog::new(settings.backlog))),
            settings,
            framing,
            context: context.clone(),
            meters: Meters::new(&context.name),
            security: OnceLock::new(),
            phase: watch::channel(Phase::Running).0,
            busy: AtomicUsize::new(0),
            at_rest: Notify::new(),
            draining: AtomicBool::new(false),
            connections: Mutex::default(),
            next: AtomicU64::new(first),
        };
        Self { shared: Arc::new(shared), tasks: Tasks::default() }
    }
}

#[async_trait]
impl<F: Framing> Gear for Engine<F> {
    async fn init(&self) -> Result<(), GearError> {
        let shared = &*self.shared;
        if !shared.settings.is_server() {
            shared.context.links.set(&shared.context.name, false);
        }
        if let Some(tls) = shared.settings.tls.as_ref().filter(|tls| tls.enabled) {
            let security = Security::load(tls, &shared.settings.role, &shared.context.base)?;
            let _ = shared.security.set(security);
        }
        Ok(())
    }

    async fn start(&self, emit: Emitter) -> Result<(), GearError> {
        let shared = &self.shared;
        match &shared.settings.role {
            Role::Server { bind, .. } => {
                let listener = accept::listen(bind).await?;
                let name = shared.context.name.to_string();
                if let Ok(address) = listener.local_addr() {
                    tracing::info!(gear = name, %address, tls = shared.security.get().is_some(), "listening");
                    let listeners = shared.context.services.get_or_default::<Listeners>();
                    listeners.lock().insert(name, address);
                }
                self.tasks.spawn(&shared.context, accept::run(shared.clone(), listener, emit));
            }
            Role::Client { .. } => self.tasks.spawn(&shared.context, dial::run(shared.clone(), emit)),
        }
        Ok(())
    }

    async fn process(&self, _port: &str, message: Message, _emit: &Emitter) -> Result<(), GearError> {
        let shared = &*self.shared;
        if let Some(backlog) = shared.backlog.as_ref().filter(|_| !message.meta.contains("conn.id")) {
            return shared.to_anyone(backlog, &message);
        }
        let connection = shared.target(&message)?;
        match connection.outbox.push(|out| shared.framing.write(&message, out)).await {
            Ok(()) => Ok(()),
            Err(Refused::Unwritable(error)) => Err(error),
            Err(Refused::Full | Refused::Closed) if shared.settings.is_server() => {
                Err(lost(Some(&connection.id)))
            }
            Err(Refused::Full | Refused::Closed) => {
                Err(GearError::new("not_connected", "client not connected"))
            }
        }
    }

    async fn control(&self, command: Command) -> Result<(), GearError> {
        if command.cmd != "conn.close" {
            return Err(GearError::new(
                "unknown_command",
                format!("{} means nothing to this gear", command.cmd),
            ));
        }
        let id = command.arg("conn_id");
        let connection = match id {
            None if !self.shared.settings.is_server() => self.shared.any(),
            None => None,
            Some(id) => self.shared.find(id),
        };
        let connection = connection.ok_or_else(|| lost(id))?;
        let reason = command.arg("reason").unwrap_or("asked to");
        tracing::info!(gear = &*self.shared.context.name, conn_id = &*connection.id, reason, "closing");
        connection.outbox.close();
        Ok(())
    }

    async fn drain(&self, deadline: Instant) {
        let shared = &*self.shared;
        shared.draining.store(true, SeqCst);
        shared.phase.send_if_modified(|phase| {
            let running = *phase == Phase::Running;
            if running {
                *phase = Phase::Draining;
            }
            running
        });
        // What was read already still gets onto its wire.
        while shared.settings.is_server() {
            let at_rest = shared.at_rest.notified();
            tokio::pin!(at_rest);
            at_rest.as_mut().enable();
            if shared.busy.load(SeqCst) == 0 || timeout_at(deadline, at_rest).await.is_err() {
                break;
            }
        }
    }

    async fn stop(&self) {
        let shared = &*self.shared;
        shared.phase.send_replace(Phase::Stopping);
        let connections: Vec<_> = shared.connections.lock().values().cloned().collect();
        for connection in connections {
            connection.outbox.close();
        }
        self.tasks.finish(LAST_WRITES).await;
        if !shared.settings.is_server() {
            shared.context.links.set(&shared.context.name, false);
        }
        if let Some(listeners) = shared.context.services.get::<Listeners>() {
            listeners.lock().remove(&*shared.context.name);
        }
    }
}
