//! What the rules tell the rest of the house: dispatch events for clients, and control
//! messages for the gateway, published on the bus after the write is durable.
//!
//! The body of an event (`d`) is encoded once, here, and shared by everybody who gets it.
//! Next to it travels [`Routing`]: what the gateway needs to pick recipients without
//! reading the body. Events that change a guild's state are read by the gateway as the
//! wire types of their body.

use std::sync::Arc;

use bytes::Bytes;
use fluxer_wire::{ChannelId, GuildId, MessageId, RoleId, UserId, text_enum};
use platform_bus::{Payload, Topic};
use serde::{Deserialize, Serialize};

use crate::App;

/// Topic kind of events for a guild; the id is the guild's.
pub const GUILD: &str = "guild";
/// Topic kind of events for a user; the id is the user's.
pub const USER: &str = "user";

text_enum! {
    /// Names of the dispatch events (`t`).
    pub enum EventName {
        AuthSessionChange = "AUTH_SESSION_CHANGE",
        CallCreate = "CALL_CREATE",
        CallDelete = "CALL_DELETE",
        CallUpdate = "CALL_UPDATE",
        ChannelCreate = "CHANNEL_CREATE",
        ChannelDelete = "CHANNEL_DELETE",
        ChannelPinsAck = "CHANNEL_PINS_ACK",
        ChannelPinsUpdate = "CHANNEL_PINS_UPDATE",
        ChannelRecipientAdd = "CHANNEL_RECIPIENT_ADD",
        ChannelRecipientRemove = "CHANNEL_RECIPIENT_REMOVE",
        ChannelUpdate = "CHANNEL_UPDATE",
        ChannelUpdateBulk = "CHANNEL_UPDATE_BULK",
        FavoriteMemeCreate = "FAVORITE_MEME_CREATE",
        FavoriteMemeDelete = "FAVORITE_MEME_DELETE",
        FavoriteMemeUpdate = "FAVORITE_MEME_UPDATE",
        GuildBanAdd = "GUILD_BAN_ADD",
        GuildBanRemove = "GUILD_BAN_REMOVE",
        GuildCreate = "GUILD_CREATE",
        GuildDelete = "GUILD_DELETE",
        GuildEmojisUpdate = "GUILD_EMOJIS_UPDATE",
        GuildMemberAdd = "GUILD_MEMBER_ADD",
        GuildMemberListUpdate = "GUILD_MEMBER_LIST_UPDATE",
        GuildMemberRemove = "GUILD_MEMBER_REMOVE",
        GuildMemberUpdate = "GUILD_MEMBER_UPDATE",
        GuildMembersChunk = "GUILD_MEMBERS_CHUNK",
        GuildCountsUpdate = "GUILD_COUNTS_UPDATE",
        GuildRoleCreate = "GUILD_ROLE_CREATE",
        GuildRoleDelete = "GUILD_ROLE_DELETE",
        GuildRoleUpdate = "GUILD_ROLE_UPDATE",
        GuildRoleUpdateBulk = "GUILD_ROLE_UPDATE_BULK",
        GuildStickersUpdate = "GUILD_STICKERS_UPDATE",
        GuildSync = "GUILD_SYNC",
        GuildUpdate = "GUILD_UPDATE",
        InviteCreate = "INVITE_CREATE",
        InviteDelete = "INVITE_DELETE",
        MessageAck = "MESSAGE_ACK",
        MessageCreate = "MESSAGE_CREATE",
        MessageDelete = "MESSAGE_DELETE",
        MessageDeleteBulk = "MESSAGE_DELETE_BULK",
        MessageReactionAdd = "MESSAGE_REACTION_ADD",
        MessageReactionAddMany = "MESSAGE_REACTION_ADD_MANY",
        MessageReactionRemove = "MESSAGE_REACTION_REMOVE",
        MessageReactionRemoveAll = "MESSAGE_REACTION_REMOVE_ALL",
        MessageReactionRemoveEmoji = "MESSAGE_REACTION_REMOVE_EMOJI",
        MessageUpdate = "MESSAGE_UPDATE",
        PassiveUpdates = "PASSIVE_UPDATES",
        PresenceUpdate = "PRESENCE_UPDATE",
        PresenceUpdateBulk = "PRESENCE_UPDATE_BULK",
        Ready = "READY",
        RecentMentionDelete = "RECENT_MENTION_DELETE",
        RelationshipAdd = "RELATIONSHIP_ADD",
        RelationshipRemove = "RELATIONSHIP_REMOVE",
        RelationshipUpdate = "RELATIONSHIP_UPDATE",
        Resumed = "RESUMED",
        SavedMessageCreate = "SAVED_MESSAGE_CREATE",
        SavedMessageDelete = "SAVED_MESSAGE_DELETE",
        SessionsReplace = "SESSIONS_REPLACE",
        TypingStart = "TYPING_START",
        UserConnectionsUpdate = "USER_CONNECTIONS_UPDATE",
        UserGuildSettingsUpdate = "USER_GUILD_SETTINGS_UPDATE",
        UserNoteUpdate = "USER_NOTE_UPDATE",
        UserPinnedDmsUpdate = "USER_PINNED_DMS_UPDATE",
        UserSettingsUpdate = "USER_SETTINGS_UPDATE",
        UserUpdate = "USER_UPDATE",
        VoiceServerUpdate = "VOICE_SERVER_UPDATE",
        VoiceStateUpdate = "VOICE_STATE_UPDATE",
        WebhooksUpdate = "WEBHOOKS_UPDATE",
    }
}

/// A dispatch event on its way to sessions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    pub name: EventName,
    /// `d` as JSON text; never empty. The gateway adds `guild_id` and `member` to it.
    #[serde(with = "body")]
    pub body: Bytes,
    pub routing: Routing,
}

/// What recipients depend on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Routing {
    /// The channel whose viewers get the event; none: every member.
    pub channel_id: Option<ChannelId>,
    /// The message meant, for the history rule.
    pub message_id: Option<MessageId>,
    /// The user whose member object is added.
    pub member_id: Option<UserId>,
    /// Who is mentioned by a new message.
    pub mentions: Option<Mentions>,
    /// The session that caused the event and is not sent it.
    pub exclude_session: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Mentions {
    pub everyone: bool,
    pub users: Vec<UserId>,
    pub roles: Vec<RoleId>,
}

/// What the gateway is told to do. Published on the same topics as events, so that it keeps
/// its place among them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Control {
    /// User topic: end the sessions with these `id_hash`es (unpadded base64url), or all.
    TerminateSessions { hashes: Option<Vec<String>> },
    /// User topic: attach every session of the user to the guild (GUILD_CREATE).
    JoinGuild { guild_id: GuildId },
    /// User topic: detach (GUILD_DELETE without `unavailable`).
    LeaveGuild { guild_id: GuildId },
    /// User topic: what others see of the user changed; refresh presences and members.
    UserChanged,
    /// User topic: the settings' status or custom status changed.
    PresenceChanged,
    /// Guild topic: the guild is gone.
    GuildDeleted,
    /// Guild topic: read everything again from the store.
    GuildReload,
    /// User topic id 0: test mode wiped everything; end all sessions.
    Reset,
}

/// What travels on the bus.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Published {
    Event(Event),
    Control(Control),
}

impl Payload for Published {
    fn encode(&self) -> Bytes {
        serde_json::to_vec(self).map(Bytes::from).unwrap_or_default()
    }
}

/// JSON text as itself when an event crosses a process boundary.
mod body {
    use super::*;
    use serde::{Deserializer, Serializer, de::Error as _, ser::Error as _};
    use serde_json::value::RawValue;

    pub fn serialize<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(body).map_err(S::Error::custom)?;
        let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer).map_err(D::Error::custom)?;
        Ok(Bytes::copy_from_slice(raw.get().as_bytes()))
    }
}

impl Event {
    /// An event for everybody the topic reaches. Encoding a wire type cannot fail.
    pub fn new(name: EventName, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("wire types have string keys and encode");
        Self { name, body: body.into(), routing: Routing::default() }
    }
    #[must_use]
    pub fn channel(mut self, id: ChannelId) -> Self {
        self.routing.channel_id = Some(id);
        self
    }
    #[must_use]
    pub fn message(mut self, id: MessageId) -> Self {
        self.routing.message_id = Some(id);
        self
    }
    #[must_use]
    pub fn member(mut self, id: UserId) -> Self {
        self.routing.member_id = Some(id);
        self
    }
    #[must_use]
    pub fn mentioning(mut self, mentions: Mentions) -> Self {
        self.routing.mentions = Some(mentions);
        self
    }
    #[must_use]
    pub fn excluding(mut self, session: Option<String>) -> Self {
        self.routing.exclude_session = session;
        self
    }
}

impl App {
    /// Publishes an event to a guild's sessions.
    pub async fn to_guild(&self, guild: GuildId, event: Event) {
        self.publish(Topic::new(GUILD, guild.get()), Published::Event(event)).await;
    }
    /// Publishes an event to all sessions of a user.
    pub async fn to_user(&self, user: UserId, event: Event) {
        self.publish(Topic::new(USER, user.get()), Published::Event(event)).await;
    }
    /// Publishes one event to several users; its body is shared.
    pub async fn to_users(&self, users: impl IntoIterator<Item = UserId>, event: Event) {
        let payload: Arc<dyn Payload> = Arc::new(Published::Event(event));
        for user in users {
            self.bus.publish(Topic::new(USER, user.get()), payload.clone()).await;
        }
    }
    pub async fn control_user(&self, user: UserId, control: Control) {
        self.publish(Topic::new(USER, user.get()), Published::Control(control)).await;
    }
    pub async fn control_guild(&self, guild: GuildId, control: Control) {
        self.publish(Topic::new(GUILD, guild.get()), Published::Control(control)).await;
    }
    async fn publish(&self, topic: Topic, payload: Published) {
        self.bus.publish(topic, Arc::new(payload)).await;
    }
}

/// Questions the gateway answers about who is connected.
pub mod ask {
    use std::collections::BTreeMap;

    use platform_bus::Request;

    use super::*;

    /// Whether the user has a live session.
    #[derive(Debug, Serialize, Deserialize)]
    pub struct HasActive {
        pub user_id: UserId,
    }
    impl Request for HasActive {
        type Reply = bool;
        const NAME: &'static str = "presence.has_active";
    }

    /// Online members per guild; guilds nobody is connected to are left out.
    #[derive(Debug, Serialize, Deserialize)]
    pub struct OnlineCounts {
        pub guild_ids: Vec<GuildId>,
    }
    impl Request for OnlineCounts {
        type Reply = BTreeMap<GuildId, i64>;
        const NAME: &'static str = "guild.online_counts";
    }

    /// Of these users, those a push should wake: not connected, or away with every session and
    /// with none of them mobile.
    #[derive(Debug, Serialize, Deserialize)]
    pub struct Unreached {
        pub user_ids: Vec<UserId>,
    }
    impl Request for Unreached {
        type Reply = Vec<UserId>;
        const NAME: &'static str = "presence.unreached";
    }

    /// Members of the guild with a session that is not invisible.
    #[derive(Debug, Serialize, Deserialize)]
    pub struct OnlineMembers {
        pub guild_id: GuildId,
    }
    impl Request for OnlineMembers {
        type Reply = Vec<UserId>;
        const NAME: &'static str = "guild.online_members";
    }
}
