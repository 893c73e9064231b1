//! The running gateway: what connections, sessions, the hub and the guilds share.

mod connections;
mod expiry;
mod limits;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{
            AtomicBool,
            Ordering::{Relaxed, SeqCst},
        },
    },
    time::Duration,
};

use fluxer_domain::{
    App,
    events::{USER, ask},
};
use fluxer_wire::UserId;
use parking_lot::{Mutex, RwLock};
use platform_bus::Topic;
use tokio::{
    sync::{Semaphore, oneshot},
    time::Instant,
};

use crate::{
    core::{command::SetPresence, event::Event},
    guild::{self, Command, Counts, Shard, Worker},
    hub::{Hub, Outcome, Todo},
    session::Session,
};
use connections::Connections;
use expiry::Expiries;
use limits::Limits;

/// Session starts in progress at once.
const STARTS: usize = 64;

/// See the module's description. Made by [`start`].
pub struct Gateway {
    pub(crate) app: Arc<App>,
    pub(crate) hub: Hub,
    pub(crate) shards: Box<[Shard]>,
    pub(crate) counts: RwLock<HashMap<u64, Arc<Counts>>>,
    pub(crate) starts: Semaphore,
    pub(crate) connections: Connections,
    sessions: Mutex<HashMap<[u8; 16], Arc<Session>>>,
    expiries: Expiries,
    limits: Limits,
    draining: AtomicBool,
    epoch: Instant,
}

/// Starts the gateway's workers and subscriptions. Its sockets come through
/// [`Gateway::router`].
pub fn start(app: Arc<App>) -> Arc<Gateway> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let (shards, queues): (Vec<_>, Vec<_>) = (0..workers).map(|_| guild::shard()).unzip();
    let gateway = Arc::new(Gateway {
        hub: Hub::default(),
        shards: shards.into(),
        counts: RwLock::default(),
        starts: Semaphore::new(STARTS),
        connections: Connections::default(),
        sessions: Mutex::default(),
        expiries: Expiries::default(),
        limits: Limits::new(app.settings.disable_rate_limits, app.settings.identify_rate_limit),
        draining: AtomicBool::new(false),
        epoch: Instant::now(),
        app,
    });
    for (index, queue) in queues.into_iter().enumerate() {
        tokio::spawn(Worker::new(gateway.clone(), index, queue).run());
    }
    listen(&gateway);
    answer(&gateway);
    tokio::spawn(expiry::run(gateway.clone()));
    gateway
}

/// Listens to what is addressed to users.
fn listen(gateway: &Arc<Gateway>) {
    let own = Arc::downgrade(gateway);
    gateway.app.bus.subscribe_fn(
        USER,
        Arc::new(move |topic: Topic, payload: &_| {
            let Some(gateway) = own.upgrade() else { return };
            let (todo, outcome) = gateway.hub.receive(gateway.now(), topic.id, payload);
            gateway.carry_out(topic.id, outcome);
            gateway.do_later(topic.id, todo);
        }),
    );
}

/// Answers what other roles ask.
fn answer(gateway: &Arc<Gateway>) {
    let bus = &gateway.app.bus;
    let own = gateway.clone();
    bus.respond(move |ask: ask::HasActive| {
        let active = own.hub.has_sessions(ask.user_id.get());
        async move { active }
    });
    let own = gateway.clone();
    bus.respond(move |ask: ask::Unreached| {
        let away = |user: &UserId| {
            let sessions = own.hub.sessions(user.get());
            sessions.iter().map(|session| session.presence()).all(|seen| seen.afk && !seen.mobile)
        };
        let unreached: Vec<UserId> = ask.user_ids.into_iter().filter(away).collect();
        async move { unreached }
    });
    let own = gateway.clone();
    bus.respond(move |ask: ask::OnlineCounts| {
        let counts = own.counts.read();
        let online = ask.guild_ids.into_iter().filter_map(|id| {
            let online = counts.get(&id.get())?.online.load(Relaxed);
            (online > 0).then_some((id, online))
        });
        let online = online.collect();
        async move { online }
    });
    let own = gateway.clone();
    bus.respond(move |ask: ask::OnlineMembers| {
        let (reply, answer) = oneshot::channel();
        own.command(ask.guild_id.get(), Command::OnlineMembers(reply));
        async move { answer.await.unwrap_or_default() }
    });
}

impl Gateway {
    /// Milliseconds since the start: what all timing in here counts in.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
    pub(crate) fn instant(&self, at: i64) -> Instant {
        self.epoch + Duration::from_millis(u64::try_from(at).unwrap_or(0))
    }

    pub(crate) fn command(&self, guild: u64, command: Command) {
        // Snowflakes differ in their time part first; the low bits repeat.
        let shard = (guild >> 22) as usize % self.shards.len();
        self.shards[shard].send(guild, command);
    }

    // --- sessions

    pub(crate) fn insert(&self, session: &Arc<Session>) {
        self.sessions.lock().insert(session.id, session.clone());
        self.hub.add(session);
        metrics::gauge!("gateway.sessions").increment(1.0);
    }
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Session>> {
        let mut bytes = [0; 16];
        if id.len() != 32 || !id.is_ascii() {
            return None;
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&id[index * 2..index * 2 + 2], 16).ok()?;
        }
        self.sessions.lock().get(&bytes).cloned()
    }
    /// Takes an ended session out of everything. Does nothing the second time.
    pub(crate) fn remove(self: &Arc<Self>, session: &Arc<Session>) {
        if self.sessions.lock().remove(&session.id).is_none() {
            return;
        }
        metrics::gauge!("gateway.sessions").decrement(1.0);
        let Some((last, guilds, outcome)) = self.hub.remove(self.now(), session) else { return };
        self.carry_out(session.user, outcome);
        for guild in guilds {
            self.command(guild, Command::Detach { session: session.number });
        }
        if last && !session.bot && !self.draining.load(SeqCst) {
            let (gateway, user) = (self.clone(), UserId::new(session.user));
            tokio::spawn(async move {
                let ended = fluxer_domain::gateway::end_temporary_memberships(&gateway.app, user).await;
                if let Err(error) = ended {
                    tracing::warn!(%error, "Temporary memberships were not ended.");
                }
            });
        }
    }
    pub(crate) fn expire_later(&self, session: Arc<Session>, attachments: u32) {
        self.expiries.push(self.now(), session, attachments);
    }
    fn end(self: &Arc<Self>, sessions: Vec<Arc<Session>>) {
        for session in sessions {
            session.end();
            self.remove(&session);
        }
    }

    pub(crate) fn is_throttled(&self, token: &[u8; 32]) -> bool {
        self.limits.is_throttled(self.now(), token)
    }
    pub(crate) fn admit(&self, token: &[u8; 32]) -> bool {
        self.limits.admit(self.now(), token)
    }

    // --- consequences

    pub(crate) fn set_presence(&self, session: &Session, set: SetPresence) {
        let outcome = self.hub.set_presence(self.now(), session, |presence| {
            presence.status = set.status;
            presence.afk = set.afk.unwrap_or(presence.afk);
        });
        self.carry_out(session.user, outcome);
    }

    pub(crate) fn carry_out(&self, user: u64, outcome: Outcome) {
        for guild in outcome.presence_in {
            self.command(guild, Command::Presence { user });
        }
        if let Some(guild) = outcome.join {
            for session in self.hub.sessions(user) {
                self.command(
                    guild,
                    Command::Attach { session, active: false, collector: None, fetched: false },
                );
            }
        }
        if let Some(guild) = outcome.leave {
            self.command(guild, Command::Leave { user });
        }
    }

    fn do_later(self: &Arc<Self>, user: u64, todo: Todo) {
        match todo {
            Todo::Nothing => {}
            Todo::End(sessions) => self.end(sessions),
            Todo::Reset => {
                let all: Vec<_> = self.sessions.lock().values().cloned().collect();
                self.end(all);
            }
            Todo::Profile => {
                let gateway = self.clone();
                tokio::spawn(async move { gateway.profile_changed(UserId::new(user)).await });
            }
            Todo::Settings => {
                let gateway = self.clone();
                tokio::spawn(async move { gateway.settings_changed(UserId::new(user)).await });
            }
        }
    }

    /// Guilds keep members of people who are not here too, so they are told in any case.
    async fn profile_changed(&self, user: UserId) {
        let Ok(partial) = self.app.partial(user).await else { return };
        let outcome = self.hub.refresh(self.now(), user.get(), |seen| seen.user = partial.clone());
        self.carry_out(user.get(), outcome);
        let guilds = fluxer_domain::gateway::guilds_of(&self.app, user).await;
        for guild in guilds.unwrap_or_default() {
            self.command(guild.get(), Command::Profile(Box::new(partial.clone())));
        }
    }
    async fn settings_changed(&self, user: UserId) {
        let Ok(Some(settings)) = fluxer_domain::users::settings::find(&self.app, user).await else { return };
        let known = self.hub.sessions(user.get()).first().map(|session| session.shared.seen().custom_status);
        // The settings event itself came first and did this already, as a rule.
        if known.is_some_and(|known| known != settings.custom_status) {
            let change = |seen: &mut crate::hub::Seen| seen.custom_status = settings.custom_status;
            let outcome = self.hub.refresh(self.now(), user.get(), change);
            self.carry_out(user.get(), outcome);
        }
    }

    /// Op 15, for guilds the user is in.
    pub(crate) fn counts(&self, session: &Session, guilds: &[u64], nonce: Option<String>) {
        let own: Vec<u64> = {
            let state = self.hub.lock();
            let user = state.users.get(&session.user);
            guilds
                .iter()
                .copied()
                .filter(|guild| user.is_some_and(|user| user.guilds.contains(guild)))
                .collect()
        };
        let counts = self.counts.read();
        let entries: Vec<_> = own
            .iter()
            .filter_map(|guild| {
                let counts = counts.get(guild)?;
                Some(serde_json::json!({
                    "guild_id": guild.to_string(),
                    "member_count": counts.members.load(Relaxed),
                    "online_count": counts.online.load(Relaxed),
                }))
            })
            .collect();
        let mut body = serde_json::json!({"counts": entries});
        if let Some(nonce) = nonce {
            body["nonce"] = nonce.into();
        }
        session.dispatch(self.now(), Event::new("GUILD_COUNTS_UPDATE", &body));
    }

    // --- the end

    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(SeqCst)
    }

    /// Tells every client to reconnect, closes, and waits up to `deadline` for them to go.
    pub async fn drain(&self, deadline: Duration) {
        self.draining.store(true, SeqCst);
        self.connections.reconnect_all();
        // Clients that do not hang up are cut off by the connection itself or by the deadline.
        let _ = tokio::time::timeout(deadline, self.connections.empty()).await;
    }

    /// Live sessions, resumable ones included.
    pub fn session_count(&self) -> usize {
        self.sessions.lock().len()
    }
}
