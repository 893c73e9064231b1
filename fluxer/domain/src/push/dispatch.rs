//! From messages to pushes, in the background.

use std::{collections::HashMap, sync::Arc, time::Duration};

use fluxer_wire::{GuildId, Permissions, RoleId, UserId, flags, user::RelationshipType};
use futures_util::future::join_all;
use parking_lot::Mutex;
use platform_kernel::{Shutdown, Timestamp};
use platform_outbound::{Pushed, Pusher, Recipient};
use tokio::sync::{Semaphore, mpsc};

use super::{
    Arrival,
    note::Note,
    rules::{Community, Occasion, wants},
};
use crate::{
    App, Result,
    events::ask::Unreached,
    rows::{ReadStateRow, RelationshipRow},
    users::{guild_settings::UserGuildSettingsRow, push::PushSubscriptionRow},
};

/// Members from which on a community is large.
const LARGE: i64 = 250;
/// Of a guild's `disabled_operations`.
const PUSH_DISABLED: i32 = 1;
/// How often those who were here are looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
const WAITING: usize = 10_000;
const WAIT_MS: i64 = 24 * 3_600_000;
/// Other processes may have added subscriptions.
const RELOAD: Duration = Duration::from_secs(600);

#[derive(Debug, Clone)]
pub struct Options {
    /// Messages dealt with at a time.
    pub inflight: usize,
    /// Messages waiting; more are dropped and counted.
    pub queue: usize,
}

/// A private message to somebody who was here.
struct Waiting {
    user: UserId,
    arrival: Arc<Arrival>,
    since: Timestamp,
}

struct Dispatcher {
    app: Arc<App>,
    pusher: Pusher,
    waiting: Mutex<Vec<Waiting>>,
}

/// Starts pushing; once in the life of an app.
pub fn start(app: &Arc<App>, pusher: Pusher, options: &Options, shutdown: Shutdown) {
    let (sender, receiver) = mpsc::channel(options.queue.max(1));
    if app.push.queue.set(sender).is_err() {
        return;
    }
    let dispatcher = Arc::new(Dispatcher { app: app.clone(), pusher, waiting: Mutex::default() });
    tokio::spawn(run(dispatcher, receiver, options.inflight.max(1), shutdown));
}

async fn run(
    dispatcher: Arc<Dispatcher>,
    mut messages: mpsc::Receiver<Arc<Arrival>>,
    inflight: usize,
    shutdown: Shutdown,
) {
    let slots = Arc::new(Semaphore::new(inflight));
    let mut look = tokio::time::interval(LOOK_AGAIN);
    let mut reload = tokio::time::interval(RELOAD);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.requested() => return,
            _ = reload.tick() => {
                if let Err(error) = dispatcher.app.push.subscribers.load(&dispatcher.app).await {
                    tracing::warn!(%error, "Push subscriptions cannot be read; nobody new is woken.");
                }
            }
            _ = look.tick() => dispatcher.look_again().await,
            arrival = messages.recv() => {
                let Some(arrival) = arrival else { return };
                let Ok(slot) = slots.clone().acquire_owned().await else { return };
                let dispatcher = dispatcher.clone();
                tokio::spawn(async move {
                    if let Err(error) = dispatcher.deliver(&arrival).await {
                        tracing::warn!(%error, message = %arrival.message, "A message was not pushed.");
                    }
                    drop(slot);
                });
            }
        }
    }
}

impl Dispatcher {
    async fn deliver(&self, arrival: &Arc<Arrival>) -> Result<()> {
        let candidates = self.candidates(arrival).await?;
        if candidates.is_empty() {
            return Ok(());
        }
        let away = self.unreached(candidates.keys().copied().collect()).await;
        let (away, here): (HashMap<_, _>, HashMap<_, _>) =
            candidates.into_iter().partition(|(user, _)| away.contains(user));
        if arrival.channel.guild.is_none() {
            self.wait(here.into_keys(), arrival);
        }
        self.wake(arrival, away).await
    }

    /// Those with subscriptions who can see the message, with their roles.
    async fn candidates(&self, arrival: &Arrival) -> Result<HashMap<UserId, Vec<RoleId>>> {
        let app = &self.app;
        let subscribers = &app.push.subscribers;
        let mut candidates = HashMap::new();
        let Some(guild) = &arrival.channel.guild else {
            let people = arrival.channel.row.recipient_ids.iter().copied();
            let others = people.filter(|user| *user != arrival.author && subscribers.contains(*user));
            candidates.extend(others.map(|user| (user, Vec::new())));
            return Ok(candidates);
        };
        if guild.row.disabled_operations & PUSH_DISABLED != 0 {
            return Ok(candidates);
        }
        for &user in subscribers.members_of(app, guild).await?.iter() {
            if user == arrival.author {
                continue;
            }
            let Some(member) = app.find_member(guild.id(), user).await? else { continue };
            let held = guild.channel_permissions(user, Some(&member), &arrival.channel.row);
            if held.contains(Permissions::VIEW_CHANNEL) {
                candidates.insert(user, member.role_ids.iter().copied().collect());
            }
        }
        Ok(candidates)
    }

    /// Those whom nothing but a push reaches. Without a gateway that is everybody.
    async fn unreached(&self, user_ids: Vec<UserId>) -> Vec<UserId> {
        match self.app.bus.request(Unreached { user_ids: user_ids.clone() }).await {
            Ok(away) => away,
            Err(_) => user_ids,
        }
    }

    /// Keeps a private message for those who are here.
    fn wait(&self, users: impl Iterator<Item = UserId>, arrival: &Arc<Arrival>) {
        let since = self.app.clock.now();
        let mut waiting = self.waiting.lock();
        waiting.extend(users.map(|user| Waiting { user, arrival: arrival.clone(), since }));
        let over = waiting.len().saturating_sub(WAITING);
        waiting.drain(..over);
    }

    /// Pushes what waited for people who have gone away without reading it.
    async fn look_again(&self) {
        let mut users: Vec<UserId> = {
            let oldest = self.app.clock.now().millis() - WAIT_MS;
            let mut waiting = self.waiting.lock();
            waiting.retain(|entry| entry.since.millis() > oldest);
            waiting.iter().map(|entry| entry.user).collect()
        };
        if users.is_empty() {
            return;
        }
        users.sort_unstable();
        users.dedup();
        let away = self.unreached(users).await;
        let due: Vec<Waiting> = {
            let mut waiting = self.waiting.lock();
            let (due, rest) =
                std::mem::take(&mut *waiting).into_iter().partition(|entry| away.contains(&entry.user));
            *waiting = rest;
            due
        };
        for entry in due {
            if let Err(error) = self.catch_up(&entry).await {
                tracing::warn!(%error, message = %entry.arrival.message, "A message was not pushed.");
            }
        }
    }

    async fn catch_up(&self, entry: &Waiting) -> Result<()> {
        let key = (entry.user, entry.arrival.channel.row.channel_id);
        let read = self.app.store.get::<ReadStateRow>(key).await?;
        if read.and_then(|row| row.message_id).is_some_and(|read| read >= entry.arrival.message) {
            return Ok(());
        }
        self.wake(&entry.arrival, HashMap::from([(entry.user, Vec::new())])).await
    }

    /// Pushes to those of the people who want it.
    async fn wake(&self, arrival: &Arrival, people: HashMap<UserId, Vec<RoleId>>) -> Result<()> {
        let app = &self.app;
        let users: Vec<UserId> = people.keys().copied().collect();
        let guild = arrival.channel.guild.as_ref();
        let place = guild.map_or(GuildId::new(0), |guild| guild.id());
        let (settings, relations) = futures_util::try_join!(
            app.store.get_many::<UserGuildSettingsRow>(users.iter().map(|user| (*user, place)).collect()),
            app.store.get_many::<RelationshipRow>(users.iter().map(|user| (*user, arrival.author)).collect()),
        )?;
        let blocked = RelationshipType::Blocked.number();
        let occasion = Occasion {
            channel: arrival.channel.row.channel_id,
            guild: guild.map(|guild| Community {
                default_level: guild.row.default_message_notifications,
                large: guild.row.member_count > LARGE
                    || guild.row.has_feature(flags::guild_feature::LARGE_GUILD_OVERRIDE),
            }),
            everyone: arrival.everyone,
            mentioned: &arrival.mentioned,
            roles: &arrival.roles,
            now: app.clock.now(),
        };
        let wanted = users.into_iter().zip(settings).zip(relations).filter(|((user, settings), relation)| {
            let held = people.get(user).map_or(&[][..], Vec::as_slice);
            relation.as_ref().is_none_or(|row| row.kind != blocked)
                && wants(&occasion, *user, held, settings.as_ref())
        });
        let pushes = wanted.map(|((user, _), _)| self.push(arrival, user));
        join_all(pushes).await.into_iter().collect()
    }

    /// Pushes to every browser of a user.
    async fn push(&self, arrival: &Arrival, user: UserId) -> Result<()> {
        let app = &self.app;
        let browsers = app.store.range::<PushSubscriptionRow>((user,)).all().await?;
        if browsers.is_empty() {
            return Ok(());
        }
        let unread = app.store.range::<ReadStateRow>((user,)).all().await?;
        let count = unread.iter().map(|row| i64::from(row.mention_count)).sum();
        let payload = serde_json::to_vec(&Note::new(app, arrival, user, count)).unwrap_or_default();
        join_all(browsers.iter().map(|browser| self.push_to(browser, &payload))).await.into_iter().collect()
    }

    async fn push_to(&self, browser: &PushSubscriptionRow, payload: &[u8]) -> Result<()> {
        let pushed = match Recipient::new(&browser.p256dh_key, &browser.auth_key) {
            Ok(recipient) => {
                let report = self.pusher.send(&browser.endpoint, &recipient, payload).await;
                metrics::counter!("push.retry_payload_resize").increment(report.resized.into());
                report.pushed
            }
            // No message can ever be made for it.
            Err(_) => Pushed::Gone,
        };
        match pushed {
            Pushed::Delivered => metrics::counter!("push.success").increment(1),
            Pushed::Gone => {
                metrics::counter!("push.failure").increment(1);
                let key = (browser.user_id, browser.subscription_id.clone());
                self.app.store.delete::<PushSubscriptionRow>(key).await?;
            }
            Pushed::Skipped => metrics::counter!("push.failure").increment(1),
            Pushed::Failed(reason) => {
                metrics::counter!("push.failure").increment(1);
                tracing::debug!(user = %browser.user_id, reason, "A push failed.");
            }
        }
        Ok(())
    }
}
