//! One instance per test: a store, a gateway on a free port, and clients that read until they
//! have what they wait for. "Received nothing" is shown by a later event, never by waiting.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc, time::Duration};

use fluxer_domain::{App, Event, EventName, Parts, Settings, events::Control, guilds, rows::*, users};
use fluxer_gateway::Gateway;
use fluxer_wire::{
    ChannelId, GuildId, MessageId, Permissions, RoleId, UserId,
    channel::{ChannelType, Overwrite},
};
use futures_util::{SinkExt, StreamExt};
use platform_kernel::{Clock, Generator, Rng, Timestamp};
use platform_store::Batch;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

const PATIENCE: Duration = Duration::from_secs(20);

pub struct World {
    pub app: Arc<App>,
    pub gateway: Arc<Gateway>,
    pub address: SocketAddr,
}

impl World {
    pub async fn new() -> Self {
        let (clock, rng) = (Clock::system(), Rng::system());
        let store = platform_store::sqlite::scratch(&fluxer_domain::tables(), clock.clone()).unwrap();
        let blobs = std::env::temp_dir().join(format!("gateway-it-{}", rng.alphanumeric(12)));
        let app = App::new(Parts {
            settings: Settings { test_mode: true, ..Settings::default() },
            bus: platform_bus::Bus::local(),
            cache: platform_cache::Cache::local(clock.clone(), rng.clone()),
            queue: platform_queue::Queue::embedded(store.clone(), clock.clone(), rng.clone()),
            blobs: platform_blobs::Blobs::filesystem(&blobs, clock.clone()).unwrap(),
            mailer: platform_mail::Mailer::disabled(),
            outbound: platform_outbound::Outbound::offline(),
            spool: fluxer_domain::attachments::Spool::open(&blobs.with_extension("spool")).unwrap(),
            imaging: platform_imaging::Imaging::new(Default::default()).unwrap(),
            scanner: None,
            safety: None,
            fetcher: platform_outbound::Fetcher::new(Default::default()).unwrap(),
            search: platform_search::Search::disabled(),
            ids: Generator::new(1, clock.clone(), Timestamp::from_millis(0)),
            store,
            clock,
            rng,
        });
        let gateway = fluxer_gateway::start(app.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = gateway.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { app, gateway, address }
    }

    /// An account and a token of its.
    pub async fn user(&self, name: &str) -> (UserId, String) {
        let user_id = self.app.next_id();
        let token = format!("flx_{}", self.app.rng.alphanumeric(36));
        let hash = Sha256::digest(token.as_bytes()).to_vec();
        let now = self.app.clock.now();
        let user = UserRow {
            user_id,
            username: name.to_owned(),
            discriminator: 1,
            email: Some(format!("{name}@example.com")),
            password_hash: Some("-".into()),
            ..UserRow::default()
        };
        let session = SessionRow {
            session_id_hash: hash.clone(),
            user_id,
            created_at: now,
            approx_last_used_at: now,
            client_ip: String::new(),
            client_user_agent: None,
            client_is_desktop: false,
            version: 0,
        };
        let index = SessionByUserRow { user_id, session_id_hash: hash };
        let settings = users::settings::defaults(user_id, "en-US", true, false);
        self.app
            .store
            .commit(Batch::new().put(&user).put(&session).put(&index).put(&settings))
            .await
            .unwrap();
        (user_id, token)
    }

    /// A guild with its `@everyone` role and one text channel.
    pub async fn guild(&self, owner: UserId, members: &[UserId]) -> (GuildId, ChannelId) {
        let guild_id: GuildId = self.app.next_id();
        let guild = GuildRow { guild_id, owner_id: owner, name: "g".into(), ..GuildRow::default() };
        self.app
            .store
            .commit(Batch::new().put(&guild).put(&role(guild_id, guild_id.cast(), Permissions::DEFAULT)))
            .await
            .unwrap();
        for &user in members {
            self.add_member(guild_id, user).await;
        }
        let channel = self.channel(guild_id, "general", Vec::new()).await;
        (guild_id, channel)
    }

    pub async fn add_member(&self, guild_id: GuildId, user_id: UserId) {
        let row = member(guild_id, user_id, self.app.clock.now());
        let index = MembershipRow { user_id, guild_id };
        self.app.store.commit(Batch::new().put(&row).put(&index)).await.unwrap();
        self.app.forget_member(guild_id, user_id);
    }

    /// What joining publishes.
    pub async fn join(&self, guild: GuildId, user: UserId) {
        self.add_member(guild, user).await;
        let row = self.app.find_member(guild, user).await.unwrap().unwrap();
        let wire = guilds::member(&row, self.app.partial(user).await.unwrap(), self.app.clock.now());
        self.app.to_guild(guild, Event::new(EventName::GuildMemberAdd, &wire)).await;
        self.app.control_user(user, Control::JoinGuild { guild_id: guild }).await;
    }

    pub async fn set_member(
        &self,
        guild: GuildId,
        user: UserId,
        change: impl Fn(&mut MemberRow) + Send + Sync,
    ) {
        let row = self.app.store.update::<MemberRow, _>((guild, user), &change).await.unwrap().unwrap();
        self.app.forget_member(guild, user);
        let wire = guilds::member(&row, self.app.partial(user).await.unwrap(), self.app.clock.now());
        self.app.to_guild(guild, Event::new(EventName::GuildMemberUpdate, &wire)).await;
    }

    pub async fn channel(&self, guild: GuildId, name: &str, overwrites: Vec<Overwrite>) -> ChannelId {
        let channel_id = self.app.next_id();
        let row = ChannelRow {
            channel_id,
            kind: ChannelType::Text.number(),
            guild_id: Some(guild),
            name: Some(name.into()),
            overwrites,
            ..ChannelRow::default()
        };
        let index = ChannelByGuildRow { guild_id: guild, channel_id };
        self.app.store.commit(Batch::new().put(&row).put(&index)).await.unwrap();
        self.app.forget_guild(guild);
        channel_id
    }

    /// Creates or changes a role and says so.
    pub async fn set_role(&self, guild: GuildId, row: RoleRow, name: EventName) {
        self.app.store.put(&row).await.unwrap();
        self.app.forget_guild(guild);
        self.app.to_guild(guild, Event::new(name, &json!({"role": guilds::role(&row)}))).await;
    }

    /// A message as the rules publish it, with `content`.
    pub async fn say(&self, guild: GuildId, channel: ChannelId, author: UserId, content: &str) -> MessageId {
        let id: MessageId = self.app.next_id();
        let body = json!({"id": id, "channel_id": channel, "channel_type": 0, "content": content, "author": {"id": author}});
        let event = Event::new(EventName::MessageCreate, &body).channel(channel).message(id).member(author);
        self.app.to_guild(guild, event).await;
        id
    }

    pub async fn socket(&self, query: &str) -> Client {
        let address = format!("ws://{}/gateway{query}", self.address);
        let (socket, _) = tokio_tungstenite::connect_async(address).await.unwrap();
        Client { socket, seq: 0, session: String::new(), held: Vec::new() }
    }
    pub async fn hello(&self) -> Client {
        let mut client = self.socket("?v=1&encoding=json").await;
        assert_eq!(client.frame().await, json!({"op": 10, "d": {"heartbeat_interval": 41250}}));
        client
    }
    pub async fn connect(&self, token: &str) -> (Client, Value) {
        self.connect_with(token, json!({})).await
    }
    pub async fn connect_with(&self, token: &str, more: Value) -> (Client, Value) {
        let mut client = self.hello().await;
        let ready = client.identify(token, more).await;
        (client, ready)
    }
}

pub fn role(guild_id: GuildId, role_id: RoleId, permissions: Permissions) -> RoleRow {
    RoleRow {
        guild_id,
        role_id,
        name: "r".into(),
        permissions: permissions.bits(),
        position: 0,
        hoist_position: None,
        color: 0,
        hoist: false,
        mentionable: false,
        icon_hash: None,
        unicode_emoji: None,
        version: 0,
    }
}

fn member(guild_id: GuildId, user_id: UserId, joined_at: Timestamp) -> MemberRow {
    MemberRow {
        guild_id,
        user_id,
        joined_at,
        nick: None,
        role_ids: BTreeSet::new(),
        avatar_hash: None,
        banner_hash: None,
        accent_color: None,
        bio: None,
        pronouns: None,
        profile_flags: 0,
        mute: false,
        deaf: false,
        communication_disabled_until: None,
        temporary: false,
        join_source_type: 0,
        source_invite_code: None,
        inviter_id: None,
        version: 0,
    }
}

pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub seq: u64,
    pub session: String,
    /// Dispatches that were read while waiting for another.
    pub held: Vec<Value>,
}

impl Client {
    pub async fn send(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }
    pub async fn send_raw(&mut self, message: Message) {
        self.socket.send(message).await.unwrap();
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.socket.next());
        next.await
            .unwrap_or_else(|_| panic!("nothing more comes; held: {:?}", self.held))
            .transpose()
            .unwrap_or(None)
    }
    pub async fn frame(&mut self) -> Value {
        match self.message().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).unwrap(),
            other => panic!("expected a frame, got {other:?}"),
        }
    }
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.message().await {
                Some(Message::Close(Some(close))) => return (close.code.into(), close.reason.to_string()),
                Some(Message::Text(_)) => {}
                other => panic!("expected a close, got {other:?}"),
            }
        }
    }

    pub async fn identify(&mut self, token: &str, more: Value) -> Value {
        let mut d = json!({"token": token, "properties": {"os": "x", "browser": "x", "device": "x"}});
        d.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.send(json!({"op": 2, "d": d})).await;
        let ready = self.dispatch().await;
        assert_eq!((ready["t"].as_str(), ready["s"].as_u64()), (Some("READY"), Some(1)), "{ready}");
        self.session = ready["d"]["session_id"].as_str().unwrap().to_owned();
        ready["d"].clone()
    }

    /// The next dispatch; its number must be the next one.
    async fn dispatch(&mut self) -> Value {
        loop {
            let frame = self.frame().await;
            match frame["op"].as_u64() {
                Some(0) => {
                    if frame["t"] != "RESUMED" {
                        assert_eq!(frame["s"].as_u64(), Some(self.seq + 1), "{frame}");
                        self.seq += 1;
                    }
                    return frame;
                }
                Some(11) => {}
                _ => panic!("expected a dispatch, got {frame}"),
            }
        }
    }

    /// Reads until a dispatch of this name that fits; the others are held.
    pub async fn expect(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.held.iter().position(|frame| frame["t"] == name && fits(&frame["d"])) {
            return self.held.remove(index)["d"].clone();
        }
        loop {
            let frame = self.dispatch().await;
            if frame["t"] == name && fits(&frame["d"]) {
                return frame["d"].clone();
            }
            self.held.push(frame);
        }
    }
    /// Names of the held dispatches, in order; empties them.
    pub fn names(&mut self) -> Vec<String> {
        self.held.drain(..).map(|frame| frame["t"].as_str().unwrap().to_owned()).collect()
    }
    pub async fn expect_op(&mut self, op: u64) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["op"].as_u64() == Some(op) {
                return frame;
            }
            if frame["op"] == 0 {
                self.seq = frame["s"].as_u64().unwrap();
                self.held.push(frame);
            }
        }
    }
    /// A heartbeat there and back: everything sent before it was handled.
    pub async fn beat(&mut self) {
        self.send(json!({"op": 1, "d": self.seq})).await;
        self.expect_op(11).await;
    }
}

pub fn any(_: &Value) -> bool {
    true
}
