//! Guilds with connected sessions: each lives in one worker, which owns its model and is the
//! only one to touch it, so a guild's events, attachments and snapshots have one order.
//!
//! A worker reads two queues. Events come over the bus, bounded: a full queue makes publishers
//! wait. Commands come from connections and session starts; that queue is unbounded, since
//! every entry stems from a rate-limited client message or an admitted session start, and the
//! senders must not wait. Events already queued go before a command, so that somebody who was
//! told to join is found to be a member.

mod apply;
mod attach;
mod deliver;
mod digest;
mod lists;
mod model;
mod requests;
mod snapshot;

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
};

use fluxer_domain::{
    events::{Control, GUILD, Published},
    gateway::GuildData,
};
use fluxer_wire::{GuildId, UserId, guild::Member, user::UserPartial};
use parking_lot::Mutex;
use platform_bus::{Event as BusEvent, Subscription};
use tokio::sync::{mpsc, oneshot};

use crate::{
    Gateway,
    core::command::{RequestMembers, Subscription as Wish},
    session::Session,
};
use model::Guild;

/// What a guild is told.
#[derive(Debug)]
pub enum Command {
    /// A session of a member; it gets the guild's state by READY if the collector is still
    /// open, else as GUILD_CREATE.
    Attach {
        session: Arc<Session>,
        active: bool,
        collector: Option<Arc<Collector>>,
        fetched: bool,
    },
    /// The session ended.
    Detach {
        session: u64,
    },
    /// The user is out: GUILD_DELETE to their sessions.
    Leave {
        user: u64,
    },
    /// The user's presence is new.
    Presence {
        user: u64,
    },
    /// What others see of the user is new.
    Profile(Box<UserPartial>),
    Subscribe {
        session: u64,
        wish: Box<Wish>,
    },
    Request {
        session: u64,
        request: Box<RequestMembers>,
    },
    OnlineMembers(oneshot::Sender<Vec<UserId>>),
    /// A member that the model did not have.
    Fetched {
        member: Option<Box<Member>>,
        then: Box<Command>,
    },
    Loaded(Result<Option<Box<GuildData>>, fluxer_domain::Error>),
    Retry,
}

/// Gathers guild states for one READY.
#[derive(Debug, Default)]
pub struct Collector(Mutex<Collected>);

#[derive(Debug, Default)]
pub struct Collected {
    /// After this, guilds send themselves.
    pub closed: bool,
    /// State as READY has it, by guild.
    pub states: HashMap<u64, Vec<u8>>,
    /// Guilds that turned out to hold nothing for the user.
    pub absent: Vec<u64>,
    pub users: Vec<UserPartial>,
    awaited: usize,
    done: Option<oneshot::Sender<()>>,
}

impl Collector {
    /// For `awaited` guilds; the receiver fires when all have answered.
    pub fn new(awaited: usize) -> (Arc<Self>, oneshot::Receiver<()>) {
        let (done, all) = oneshot::channel();
        (Arc::new(Self(Mutex::new(Collected { awaited, done: Some(done), ..Collected::default() }))), all)
    }
    /// Puts an answer in; `false` when it comes too late.
    pub fn put(&self, put: impl FnOnce(&mut Collected)) -> bool {
        let mut collected = self.0.lock();
        if collected.closed {
            return false;
        }
        put(&mut collected);
        if collected.states.len() + collected.absent.len() >= collected.awaited
            && let Some(done) = collected.done.take()
        {
            // The receiver may have given up waiting.
            let _ = done.send(());
        }
        true
    }
    pub fn close(&self) -> Collected {
        let mut collected = self.0.lock();
        let all = std::mem::take(&mut *collected);
        collected.closed = true;
        all
    }
}

/// Numbers that others may read without asking the guild.
#[derive(Debug, Default)]
pub struct Counts {
    pub members: AtomicI64,
    pub online: AtomicI64,
}

/// A worker's end for others.
#[derive(Debug)]
pub struct Shard(mpsc::UnboundedSender<(u64, Command)>);

impl Shard {
    pub fn send(&self, guild: u64, command: Command) {
        // After shutdown nobody listens, and nobody needs to.
        let _ = self.0.send((guild, command));
    }
}

/// Events of one bus queue; when it is full publishers wait.
const QUEUE: usize = 4096;
/// Handled in a row before waiting sessions are woken.
const BATCH: usize = 64;
/// A guild stays in memory this long after its last session left.
const LINGER_MS: i64 = 60_000;
const RETRY_MAX_MS: u64 = 30_000;

pub struct Worker {
    gateway: Arc<Gateway>,
    index: usize,
    bus: Subscription,
    commands: mpsc::UnboundedReceiver<(u64, Command)>,
    guilds: HashMap<u64, Entry>,
    /// Guilds with sessions to wake.
    touched: Vec<u64>,
    /// When which guild has to be looked at.
    dues: BTreeSet<(i64, u64)>,
}

enum Entry {
    /// Wanted, being read from the store; what comes meanwhile waits in order.
    Loading {
        waiting: Vec<Waiting>,
        retries: u32,
    },
    Ready(Box<Guild>),
}

enum Waiting {
    Event(BusEvent),
    Command(Command),
}

/// Makes a shard; the worker is to be spawned.
pub fn shard() -> (Shard, mpsc::UnboundedReceiver<(u64, Command)>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Shard(sender), receiver)
}

impl Worker {
    pub fn new(
        gateway: Arc<Gateway>,
        index: usize,
        commands: mpsc::UnboundedReceiver<(u64, Command)>,
    ) -> Self {
        let bus = gateway.app.bus.subscribe(GUILD, QUEUE);
        Self {
            gateway,
            index,
            bus,
            commands,
            guilds: HashMap::new(),
            touched: Vec::new(),
            dues: BTreeSet::new(),
        }
    }

    pub async fn run(mut self) {
        loop {
            let due = self.next_due();
            tokio::select! {
                biased;
                event = self.bus.recv() => match event {
                    Some(event) => self.event(event),
                    None => return,
                },
                command = self.commands.recv() => match command {
                    Some((guild, command)) => {
                        while let Some(event) = self.bus.try_recv() {
                            self.event(event);
                        }
                        self.command(guild, command);
                    }
                    None => return,
                },
                () = tokio::time::sleep_until(self.gateway.instant(due.unwrap_or(i64::MAX / 4))), if due.is_some() => {
                    self.tick();
                }
            }
            for _ in 0..BATCH {
                if let Some(event) = self.bus.try_recv() {
                    self.event(event);
                } else if let Ok((guild, command)) = self.commands.try_recv() {
                    self.command(guild, command);
                } else {
                    break;
                }
            }
            self.wake();
            tokio::task::yield_now().await;
        }
    }

    /// Wakes the sessions that were given events, once per batch, and notes when the guilds
    /// want to be looked at again.
    fn wake(&mut self) {
        let now = self.gateway.now();
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        for id in touched {
            let Some(Entry::Ready(guild)) = self.guilds.get_mut(&id) else { continue };
            guild.wake(now);
            let due = guild.due();
            if guild.registered != Some(due) {
                if let Some(before) = guild.registered.replace(due) {
                    self.dues.remove(&(before, id));
                }
                self.dues.insert((due, id));
            }
        }
    }

    fn event(&mut self, event: BusEvent) {
        let (topic, payload) = &event;
        match self.guilds.get_mut(&topic.id) {
            None => {}
            Some(Entry::Loading { waiting, .. }) => waiting.push(Waiting::Event(event)),
            Some(Entry::Ready(guild)) => {
                let Some(published) = payload.downcast_ref::<Published>() else { return };
                match published {
                    Published::Event(event) => guild.event(self.gateway.now(), event),
                    Published::Control(Control::GuildDeleted) => guild.deleted(self.gateway.now()),
                    Published::Control(Control::GuildReload) => {
                        guild.reloading.get_or_insert_default();
                        self.load(topic.id);
                    }
                    Published::Control(_) => {}
                }
                self.touched.push(topic.id);
            }
        }
    }

    fn command(&mut self, id: u64, command: Command) {
        match (self.guilds.get_mut(&id), command) {
            (Some(Entry::Loading { .. }), Command::Loaded(result)) => self.loaded(id, result),
            (Some(Entry::Loading { .. }), Command::Retry) => self.load(id),
            (Some(Entry::Loading { waiting, .. }), command) => waiting.push(Waiting::Command(command)),
            (None, command @ Command::Attach { .. }) => {
                let waiting = vec![Waiting::Command(command)];
                self.guilds.insert(id, Entry::Loading { waiting, retries: 0 });
                // First the subscription, then the read: nothing can fall between them.
                self.bus.want(id);
                self.load(id);
            }
            (None, Command::OnlineMembers(reply)) => {
                let _ = reply.send(Vec::new());
            }
            (None, _) => {}
            (Some(Entry::Ready(guild)), Command::Loaded(Ok(Some(data)))) => {
                guild.reloaded(self.gateway.now(), *data);
                self.touched.push(id);
            }
            (Some(Entry::Ready(guild)), Command::Loaded(result)) => {
                // What is there stays; the events since then are in it.
                guild.reloading = None;
                if let Err(error) = result {
                    tracing::warn!(guild = id, %error, "A guild could not be read again.");
                }
            }
            (Some(Entry::Ready(guild)), command) => {
                let now = self.gateway.now();
                guild.command(&self.gateway, now, command);
                self.touched.push(id);
            }
        }
    }

    /// Reads the guild; the answer comes back as a command.
    fn load(&self, id: u64) {
        let (gateway, index) = (self.gateway.clone(), self.index);
        tokio::spawn(async move {
            let data = fluxer_domain::gateway::load_guild(&gateway.app, GuildId::new(id)).await;
            gateway.shards[index].send(id, Command::Loaded(data.map(|data| data.map(Box::new))));
        });
    }

    fn loaded(&mut self, id: u64, result: Result<Option<Box<GuildData>>, fluxer_domain::Error>) {
        let Some(Entry::Loading { waiting, retries }) = self.guilds.get_mut(&id) else { return };
        match result {
            Ok(Some(data)) => {
                let waiting = std::mem::take(waiting);
                let counts = Arc::new(Counts::default());
                self.gateway.counts.write().insert(id, counts.clone());
                metrics::gauge!("gateway.guilds.count").increment(1.0);
                let guild = Guild::new(self.gateway.now(), *data, counts);
                self.guilds.insert(id, Entry::Ready(Box::new(guild)));
                self.touched.push(id);
                for item in waiting {
                    match item {
                        Waiting::Event(event) => self.event(event),
                        Waiting::Command(command) => self.command(id, command),
                    }
                }
            }
            Ok(None) => {
                let waiting = std::mem::take(waiting);
                self.guilds.remove(&id);
                self.bus.unwant(id);
                for item in waiting {
                    attach::absent(&self.gateway, id, item);
                }
            }
            Err(error) => {
                tracing::warn!(guild = id, %error, "A guild cannot be read and is tried again.");
                *retries += 1;
                let delay = (1000u64 << (*retries - 1).min(5)).min(RETRY_MAX_MS);
                let (gateway, index) = (self.gateway.clone(), self.index);
                tokio::spawn(async move {
                    tokio::time::sleep(std::time::Duration::from_millis(delay)).await;
                    gateway.shards[index].send(id, Command::Retry);
                });
            }
        }
    }

    fn next_due(&self) -> Option<i64> {
        self.dues.first().map(|(at, _)| *at)
    }

    fn tick(&mut self) {
        let now = self.gateway.now();
        while let Some((at, id)) = self.dues.first().copied().filter(|(at, _)| *at <= now) {
            self.dues.remove(&(at, id));
            let Some(Entry::Ready(guild)) = self.guilds.get_mut(&id) else { continue };
            guild.registered = None;
            guild.tick(now);
            if guild.empty_since.is_some_and(|since| now - since >= LINGER_MS) {
                self.guilds.remove(&id);
                self.bus.unwant(id);
                self.gateway.counts.write().remove(&id);
                metrics::gauge!("gateway.guilds.count").decrement(1.0);
            } else {
                self.touched.push(id);
            }
        }
    }
}

impl Counts {
    pub fn set(&self, members: usize, online: usize) {
        self.members.store(members as i64, Relaxed);
        self.online.store(online as i64, Relaxed);
    }
}

#[cfg(test)]
mod tests;
