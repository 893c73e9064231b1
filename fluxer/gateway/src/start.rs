//! From IDENTIFY to READY (§5, §6): who it is, a session that already listens, what it has to
//! know, its guilds, and then READY with whatever came meanwhile right behind it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    net::IpAddr,
    sync::Arc,
    time::Duration,
};

use fluxer_domain::gateway::{self, Identity, SessionData};
use fluxer_wire::{
    channel::ChannelType,
    settings::{UserGuildSettings, UserSettings},
    user::{ReadState, Relationship, UserPartial, UserPrivate},
};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use sha2::{Digest, Sha256};
use tokio::sync::SemaphorePermit;

use crate::{
    Gateway,
    connection::{Link, Message},
    core::{
        close::Close,
        event::Event,
        identify::Identify,
        presence::{Presence, Status},
    },
    guild::{Collector, Command},
    hub::Loaded,
    session::{New, Session},
};

/// READY waits for guilds at most this long.
const READY_WAIT: Duration = Duration::from_secs(3);

/// Starts a session for a connection, which is told the outcome.
pub fn spawn(gateway: &Arc<Gateway>, link: &Arc<Link>, identify: Identify, ip: Option<IpAddr>) {
    let (gateway, link) = (gateway.clone(), link.clone());
    tokio::spawn(async move {
        // Bounded, so that a storm of reconnects is a queue and not a collapse.
        let Ok(permit) = gateway.starts.acquire().await else { return };
        let outcome = run(&gateway, &link, identify, ip, permit).await;
        if let Err(refusal) = outcome {
            link.send(refusal);
        }
    });
}

async fn run(
    gateway: &Arc<Gateway>,
    link: &Arc<Link>,
    identify: Identify,
    ip: Option<IpAddr>,
    permit: SemaphorePermit<'_>,
) -> Result<(), Message> {
    let token_hash: [u8; 32] = Sha256::digest(identify.token.as_bytes()).into();
    if link.is_gone() {
        return Ok(());
    }
    if gateway.is_throttled(&token_hash) {
        metrics::counter!("gateway.identify.rate_limited").increment(1);
        return Err(Message::TryLater);
    }
    if !gateway.admit(&token_hash) {
        return Err(Message::Refused(Close::RATE));
    }
    let ip = ip.map(|ip| ip.to_string()).unwrap_or_default();
    let who = authenticate(gateway, &identify, &ip).await?;
    let partial = fluxer_domain::users::partial(&gateway.app, &who.user);
    let stored = if who.user.bot {
        Status::Online
    } else {
        let settings = fluxer_domain::users::settings::find(&gateway.app, who.user.user_id).await;
        let status = settings.map_err(failed)?.map(|settings| settings.status);
        status.and_then(|status| Status::parse(&status)).unwrap_or(Status::Online)
    };
    let session = Session::new(
        gateway.now(),
        New {
            id: gateway.app.rng.bytes(),
            user: who.user.user_id.get(),
            bot: who.user.bot,
            staff: who.user.has(fluxer_wire::flags::user::STAFF),
            token_hash,
            auth_hash: who.auth_hash.as_deref().map(Into::into),
            shared: gateway.hub.shared(&partial),
            ignored_events: identify.ignored_events.clone(),
            debounce_reactions: identify.debounce_reactions,
            presence: Presence {
                status: identify.starting_status(stored),
                mobile: identify.mobile,
                afk: identify.afk,
            },
            link: link.clone(),
        },
    );
    // From here on the session hears what concerns it; what is read now cannot be outdated.
    gateway.insert(&session);
    let started = ready(gateway, &session, &who, &identify, &ip, permit).await;
    match started {
        Ok(()) if !link.is_gone() => {
            link.send(Message::Started(session.clone()));
            // The connection may have gone between the question and the message.
            if link.is_gone() {
                session.end();
                gateway.remove(&session);
            }
            Ok(())
        }
        Ok(()) => {
            session.end();
            gateway.remove(&session);
            Ok(())
        }
        Err(refusal) => {
            session.end();
            gateway.remove(&session);
            Err(refusal)
        }
    }
}

fn failed(error: fluxer_domain::Error) -> Message {
    tracing::warn!(%error, "A session could not be started.");
    Message::Refused(Close::START_FAILED)
}

async fn authenticate(gateway: &Gateway, identify: &Identify, ip: &str) -> Result<Identity, Message> {
    let who = gateway::identify(&gateway.app, &identify.token, ip).await.map_err(failed)?;
    who.ok_or(Message::Refused(Close::TOKEN))
}

async fn ready(
    gateway: &Arc<Gateway>,
    session: &Arc<Session>,
    who: &Identity,
    identify: &Identify,
    ip: &str,
    permit: SemaphorePermit<'_>,
) -> Result<(), Message> {
    // Again, now that a revocation would be heard: one between the first time and the
    // insertion was not.
    authenticate(gateway, identify, ip).await?;
    let data = gateway::start(&gateway.app, &who.user).await.map_err(failed)?;
    let (guilds, outcome) = gateway.hub.loaded(gateway.now(), session.user, loaded(&data, identify));
    gateway.carry_out(session.user, outcome);
    // Waiting for a guild that loads slowly must not keep others from starting.
    drop(permit);
    if session.bot {
        start_bot(gateway, session, who, &data, &guilds);
        return Ok(());
    }
    let (collector, all) = Collector::new(guilds.len());
    for &guild in &guilds {
        let active = identify.initial_guild == Some(guild);
        let (session, collector) = (session.clone(), Some(collector.clone()));
        gateway.command(guild, Command::Attach { session, active, collector, fetched: false });
    }
    if !guilds.is_empty() {
        // Late guilds send themselves.
        let _ = tokio::time::timeout(READY_WAIT, all).await;
    }
    let mut collected = collector.close();
    let present = |guild: &&u64| !collected.absent.contains(guild);
    let states: Vec<Box<RawValue>> = guilds
        .iter()
        .filter(present)
        .filter_map(|guild| {
            let state = collected.states.remove(guild).filter(|state| !state.is_empty());
            let text = match state {
                Some(state) => String::from_utf8(state).ok()?,
                None => format!(r#"{{"id":"{guild}","unavailable":true}}"#),
            };
            RawValue::from_string(text).ok()
        })
        .collect();
    let mut users: HashMap<u64, UserPartial> =
        data.users.iter().map(|user| (user.id.get(), user.clone())).collect();
    users.extend(collected.users.into_iter().map(|user| (user.id.get(), user)));
    let seen = gateway.hub.visible_to(session.user);
    let presences: Vec<Value> =
        seen.iter().filter_map(|seen| serde_json::to_value(seen.body(None)).ok()).collect();
    let ready = Ready {
        guilds: states,
        users: users.into_values().collect(),
        presences,
        ..Ready::new(gateway, session, who, &data)
    };
    let ready = Event::new("READY", &ready);
    let now = gateway.now();
    session.with(|core| core.start(now, ready, Vec::new()));
    for seen in seen {
        session.dispatch(now, seen.event(None));
    }
    metrics::counter!("gateway.ready").increment(1);
    Ok(())
}

/// Bots get READY without guilds, a placeholder for each, and then each as it is there.
fn start_bot(
    gateway: &Arc<Gateway>,
    session: &Arc<Session>,
    who: &Identity,
    data: &SessionData,
    guilds: &[u64],
) {
    let ready = Event::new("READY", &Ready::new(gateway, session, who, data));
    let placeholder = |guild: &u64| {
        let body = serde_json::json!({"id": guild.to_string(), "unavailable": true});
        Event::new("GUILD_DELETE", &body)
    };
    let now = gateway.now();
    session.with(|core| core.start(now, ready, guilds.iter().map(placeholder).collect()));
    for &guild in guilds {
        let session = session.clone();
        gateway.command(guild, Command::Attach { session, active: true, collector: None, fetched: false });
    }
    metrics::counter!("gateway.ready").increment(1);
}

fn loaded(data: &SessionData, identify: &Identify) -> Loaded {
    let groups = data.private_channels.iter().filter(|channel| channel.kind == ChannelType::GroupDm);
    let others = |channel: &fluxer_wire::channel::Channel| -> HashSet<u64> {
        channel.recipients.iter().flatten().map(|user| user.id.get()).collect()
    };
    let stored = data.settings.as_ref().and_then(|settings| settings.custom_status.clone());
    let given = || serde_json::from_value(identify.custom_status.clone()?).ok();
    Loaded {
        relations: data.relationships.iter().map(|row| (row.id.get(), row.kind as i32)).collect(),
        groups: groups.map(|channel| (channel.id.get(), others(channel))).collect(),
        guilds: data.guilds.iter().map(|id| id.get()).collect(),
        custom_status: stored.or_else(given),
    }
}

#[derive(Serialize)]
struct Ready<'a> {
    version: u8,
    session_id: String,
    user: &'a UserPrivate,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_session_id_hash: Option<&'a str>,
    guilds: Vec<Box<RawValue>>,
    private_channels: &'a [fluxer_wire::channel::Channel],
    relationships: &'a [Relationship],
    users: Vec<UserPartial>,
    presences: Vec<Value>,
    sessions: Value,
    user_settings: Option<&'a UserSettings>,
    user_guild_settings: &'a [UserGuildSettings],
    read_states: &'a [ReadState],
    notes: &'a BTreeMap<fluxer_wire::UserId, String>,
    pinned_dms: &'a [fluxer_wire::ChannelId],
    favorite_memes: &'a [fluxer_wire::favorite_meme::FavoriteMeme],
    country_code: &'a str,
    rtc_regions: Vec<Value>,
}

impl<'a> Ready<'a> {
    fn new(gateway: &Gateway, session: &Session, who: &'a Identity, data: &'a SessionData) -> Self {
        Self {
            version: 1,
            session_id: session.id_text(),
            user: &data.user,
            auth_session_id_hash: who.auth_hash.as_deref(),
            guilds: Vec::new(),
            private_channels: &data.private_channels,
            relationships: &data.relationships,
            users: Vec::new(),
            presences: Vec::new(),
            sessions: gateway.hub.session_list(session.user),
            user_settings: data.settings.as_ref(),
            user_guild_settings: &data.guild_settings,
            read_states: &data.read_states,
            notes: &data.notes,
            pinned_dms: &data.pinned_dms,
            favorite_memes: &data.favorite_memes,
            country_code: "US",
            rtc_regions: Vec::new(),
        }
    }
}
