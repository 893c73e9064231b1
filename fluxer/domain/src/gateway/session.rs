//! The start of a session: whose token it is, and all that READY says about them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use fluxer_wire::{
    ChannelId, GuildId, UserId,
    channel::{Channel, ChannelType},
    code,
    favorite_meme::FavoriteMeme,
    flags,
    settings::{UserGuildSettings, UserSettings},
    user::{ReadState, Relationship, UserPartial, UserPrivate},
};

use crate::{
    App, Credential, Result,
    auth::{self, Token},
    dms, favorite_memes, relationships,
    rows::{MembershipRow, ReadStateRow, RelationshipRow, UserRow},
    users,
};

/// Whom a token speaks for.
#[derive(Debug, Clone)]
pub struct Identity {
    pub user: Arc<UserRow>,
    /// What a person's session is called (`id_hash`); bots have none.
    pub auth_hash: Option<String>,
}

/// What a session is told at its start, but for its guilds.
#[derive(Debug, Clone)]
pub struct SessionData {
    pub user: UserPrivate,
    pub private_channels: Vec<Channel>,
    /// Without their users, who stand in `users`.
    pub relationships: Vec<Relationship>,
    pub users: Vec<UserPartial>,
    pub settings: Option<UserSettings>,
    pub guild_settings: Vec<UserGuildSettings>,
    pub read_states: Vec<ReadState>,
    pub notes: BTreeMap<UserId, String>,
    pub pinned_dms: Vec<ChannelId>,
    pub favorite_memes: Vec<FavoriteMeme>,
    pub guilds: Vec<GuildId>,
}

/// The account of a gateway token; `None` if the token is not good. OAuth2 tokens are not.
pub async fn identify(app: &App, token: &str, ip: &str) -> Result<Option<Identity>> {
    let token = token.strip_prefix("Bot ").unwrap_or(token);
    let token = if token.starts_with("flx_") { Token::Session(token) } else { Token::Bot(token) };
    match auth::authenticate(app, token, ip).await {
        Ok(Some((user, Credential::Session { hash }))) => {
            let auth_hash = Some(auth::sessions::public_hash(&hash));
            Ok(Some(Identity { user, auth_hash }))
        }
        Ok(Some((user, Credential::Bot))) => Ok(Some(Identity { user, auth_hash: None })),
        Ok(_) => Ok(None),
        Err(error) if error.is(code::UNKNOWN_USER) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The guilds of a user.
pub async fn guilds_of(app: &App, user: UserId) -> Result<Vec<GuildId>> {
    let rows = app.store.range::<MembershipRow>((user,)).all().await?;
    Ok(rows.into_iter().map(|row| row.guild_id).collect())
}

/// Reads everything for a new session, and notes that the account has had one.
pub async fn start(app: &App, user: &UserRow) -> Result<SessionData> {
    let id = user.user_id;
    let user = if user.has(flags::user::HAS_SESSION_STARTED) {
        app.user(id).await?
    } else {
        let started = app.update_user(id, |user| user.flags |= flags::user::HAS_SESSION_STARTED).await?;
        started.ok_or(code::UNKNOWN_USER)?
    };
    let guilds = guilds_of(app, id).await?;
    let mut data = SessionData {
        user: users::private(app, &user),
        private_channels: Vec::new(),
        relationships: Vec::new(),
        users: Vec::new(),
        settings: None,
        guild_settings: Vec::new(),
        read_states: Vec::new(),
        notes: BTreeMap::new(),
        pinned_dms: Vec::new(),
        favorite_memes: Vec::new(),
        guilds,
    };
    if !user.bot {
        people(app, id, &mut data).await?;
    }
    Ok(data)
}

/// What only people have.
async fn people(app: &App, id: UserId, data: &mut SessionData) -> Result<()> {
    let notes = dms::ensure_notes(app, id).await?;
    data.private_channels = dms::list(app, id).await?;
    if !data.private_channels.iter().any(|channel| channel.kind == ChannelType::PersonalNotes) {
        data.private_channels.push(dms::view(app, &notes, Some(id)).await?);
    }
    let mut known: HashMap<UserId, UserPartial> = HashMap::new();
    for row in app.store.range::<RelationshipRow>((id,)).all().await? {
        let mut relationship = relationships::view(app, &row).await?;
        if let Some(user) = relationship.user.take() {
            known.insert(user.id, user);
        }
        data.relationships.push(relationship);
    }
    for user in data.private_channels.iter().flat_map(|channel| channel.recipients.iter().flatten()) {
        known.entry(user.id).or_insert_with(|| user.clone());
    }
    data.users = known.into_values().collect();
    data.settings = users::settings::find(app, id).await?;
    data.guild_settings = users::guild_settings::list(app, id).await?;
    data.notes = users::notes::list(app, id).await?;
    data.pinned_dms = dms::pinned(app, id).await?;
    data.favorite_memes = favorite_memes::list(app, id).await?;
    let marks = app.store.range::<ReadStateRow>((id,)).all().await?;
    data.read_states = marks
        .into_iter()
        .map(|row| ReadState {
            id: row.channel_id,
            mention_count: row.mention_count,
            last_message_id: row.message_id,
            last_pin_timestamp: row.last_pin_timestamp,
        })
        .collect();
    Ok(())
}
