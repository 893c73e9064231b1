//! The house's services as the rules use them, and the caches in front of the store.

use std::sync::Arc;

use fluxer_wire::{ChannelId, GuildId, UserId, code};
use platform_blobs::Blobs;
use platform_bus::Bus;
use platform_cache::Cache;
use platform_imaging::Imaging;
use platform_kernel::{Clock, Generator, Id, Rng};
use platform_mail::Mailer;
use platform_outbound::{Fetcher, Outbound, clamd::Scanner};
use platform_queue::Queue;
use platform_search::Search;
use platform_store::Store;

use crate::{
    Result, Settings,
    attachments::Spool,
    cached::Cached,
    channels::ChannelInfo,
    error::fail,
    guilds::GuildSnapshot,
    rows::{ChannelRow, MemberRow, SessionRow, UserRow},
    safety, search,
};

/// What the server hands in: an engine behind every port.
pub struct Parts {
    pub settings: Settings,
    pub store: Store,
    pub bus: Bus,
    pub cache: Cache,
    pub queue: Queue,
    pub blobs: Blobs,
    pub spool: Spool,
    pub imaging: Imaging,
    pub scanner: Option<Scanner>,
    pub safety: Option<safety::Hooks>,
    pub mailer: Mailer,
    pub outbound: Outbound,
    pub fetcher: Fetcher,
    pub search: Search,
    pub clock: Clock,
    pub rng: Rng,
    pub ids: Generator,
}

/// Everything an operation may use. One per process, shared.
pub struct App {
    pub settings: Settings,
    pub store: Store,
    pub bus: Bus,
    pub cache: Cache,
    pub blobs: Blobs,
    /// Files on their way in.
    pub spool: Spool,
    pub imaging: Imaging,
    /// Looks for viruses, if the operator has one.
    pub scanner: Option<Scanner>,
    /// Recognises known abuse material, if the operator has a service for that.
    pub safety: Option<safety::Hooks>,
    pub mailer: Mailer,
    pub outbound: Outbound,
    /// Gets what people link to.
    pub fetcher: Fetcher,
    pub search: Search,
    /// Durable jobs; what runs them stands in [`crate::jobs`].
    pub queue: Queue,
    pub clock: Clock,
    pub rng: Rng,
    ids: Generator,
    pub(crate) users: Cached<UserId, Option<Arc<UserRow>>>,
    pub(crate) applications:
        Cached<fluxer_wire::ApplicationId, Option<Arc<crate::applications::ApplicationRow>>>,
    pub(crate) sessions: Cached<Vec<u8>, Option<Arc<SessionRow>>>,
    pub(crate) guilds: Cached<GuildId, Option<Arc<GuildSnapshot>>>,
    pub(crate) members: Cached<(GuildId, UserId), Option<Arc<MemberRow>>>,
    pub(crate) private_channels: Cached<ChannelId, Option<Arc<ChannelRow>>>,
    /// Which guild a channel belongs to (none: a DM, group DM or notes).
    pub(crate) channel_guilds: Cached<ChannelId, Option<Option<GuildId>>>,
    /// Newest message of channels, ahead of the store by what is being written.
    pub(crate) heads: crate::channels::Heads,
    /// See [`crate::assets`].
    pub(crate) assets: crate::assets::Turn,
    /// Read markers, ahead of the store by what is being written.
    pub(crate) marks: crate::read_states::Marks,
    pub(crate) push: crate::push::Push,
    /// What the indexes have to be told.
    pub(crate) search_notes: crate::search::Notes,
    /// The life of the index that a channel is in, if it is.
    pub(crate) searched: Cached<ChannelId, Option<Arc<str>>>,
}

impl App {
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts { settings, store, bus, cache, queue, blobs, spool, .. } = parts;
        let Parts { imaging, scanner, safety, mailer, outbound, fetcher, search, clock, rng, ids, .. } =
            parts;
        Arc::new(Self {
            settings,
            store,
            bus,
            cache,
            blobs,
            spool,
            imaging,
            scanner,
            safety,
            mailer,
            outbound,
            fetcher,
            search,
            queue,
            clock,
            rng,
            ids,
            users: Cached::new(50_000),
            applications: Cached::new(20_000),
            sessions: Cached::new(50_000),
            guilds: Cached::new(5_000),
            members: Cached::new(200_000),
            private_channels: Cached::new(50_000),
            channel_guilds: Cached::new(200_000),
            assets: crate::assets::Turn::default(),
            heads: crate::channels::Heads::default(),
            marks: crate::read_states::Marks::default(),
            push: crate::push::Push::default(),
            search_notes: crate::search::Notes::default(),
            searched: Cached::new(200_000),
        })
    }

    /// A new snowflake.
    pub fn next_id<T>(&self) -> Id<T> {
        self.ids.next()
    }
    pub fn ids(&self) -> &Generator {
        &self.ids
    }

    /// The account, or `None`.
    pub async fn find_user(&self, id: UserId) -> Result<Option<Arc<UserRow>>> {
        let load = async { Ok(self.store.get::<UserRow>((id,)).await?.map(Arc::new)) };
        self.users.get_or_load(&id, load).await
    }
    /// Accounts in the order of the ids.
    pub async fn find_users(&self, ids: &[UserId]) -> Result<Vec<Option<Arc<UserRow>>>> {
        let load = |missing: Vec<UserId>| async move {
            let keys = missing.into_iter().map(|id| (id,)).collect();
            let rows = self.store.get_many::<UserRow>(keys).await?;
            Ok(rows.into_iter().map(|row| row.map(Arc::new)).collect())
        };
        self.users.get_many_or_load(ids, load).await
    }
    /// The account, or 404 `UNKNOWN_USER`.
    pub async fn user(&self, id: UserId) -> Result<Arc<UserRow>> {
        match self.find_user(id).await? {
            Some(user) => Ok(user),
            None => fail(code::UNKNOWN_USER),
        }
    }
    /// Changes an account in place; `None` if there is none. The closure may run again.
    pub async fn update_user(
        &self,
        id: UserId,
        change: impl FnMut(&mut UserRow) + Send,
    ) -> Result<Option<Arc<UserRow>>> {
        let (mut change, mut is_news, mut is_renamed) = (change, false, false);
        let changing = |user: &mut UserRow| {
            let old = user.clone();
            change(user);
            is_news = search::whole::differs(&old, user);
            is_renamed = search::members::differs(&old, user);
        };
        let row = self.store.update::<UserRow, _>((id,), changing).await?;
        self.users.invalidate(&id);
        if is_news {
            self.touch_indexed(&search::USERS, id).await?;
        }
        if is_renamed {
            self.touch_user(id).await?;
        }
        Ok(row.map(Arc::new))
    }
    /// Call after an account's row was written by other means than [`App::update_user`].
    pub fn forget_user(&self, id: UserId) {
        self.users.invalidate(&id);
    }

    /// The guild with its roles and channels, or `None`.
    pub async fn find_guild(&self, id: GuildId) -> Result<Option<Arc<GuildSnapshot>>> {
        self.guilds.get_or_load(&id, GuildSnapshot::load(&self.store, id)).await
    }
    /// The guild, or 404 `UNKNOWN_GUILD`.
    pub async fn guild(&self, id: GuildId) -> Result<Arc<GuildSnapshot>> {
        match self.find_guild(id).await? {
            Some(guild) => Ok(guild),
            None => fail(code::UNKNOWN_GUILD),
        }
    }
    /// Call after a guild, role or channel row of the guild was written.
    pub fn forget_guild(&self, id: GuildId) {
        self.guilds.invalidate(&id);
    }

    /// The member, or `None`.
    pub async fn find_member(&self, guild: GuildId, user: UserId) -> Result<Option<Arc<MemberRow>>> {
        let load = async { Ok(self.store.get::<MemberRow>((guild, user)).await?.map(Arc::new)) };
        self.members.get_or_load(&(guild, user), load).await
    }
    /// Call after a member row was written or deleted.
    pub fn forget_member(&self, guild: GuildId, user: UserId) {
        self.members.invalidate(&(guild, user));
    }

    /// A channel of any kind with what goes with it, or `None`.
    pub async fn find_channel(&self, id: ChannelId) -> Result<Option<ChannelInfo>> {
        let load = async {
            let row = self.store.get::<ChannelRow>((id,)).await?;
            Ok::<_, crate::Error>(row.map(|row| row.guild_id))
        };
        match self.channel_guilds.get_or_load(&id, load).await? {
            None => Ok(None),
            Some(Some(guild_id)) => {
                let Some(guild) = self.find_guild(guild_id).await? else { return Ok(None) };
                let Some(row) = guild.channels.get(&id).cloned() else { return Ok(None) };
                Ok(Some(ChannelInfo { row, guild: Some(guild) }))
            }
            Some(None) => {
                let load =
                    async { Ok::<_, crate::Error>(self.store.get::<ChannelRow>((id,)).await?.map(Arc::new)) };
                let row = self.private_channels.get_or_load(&id, load).await?;
                Ok(row.map(|row| ChannelInfo { row, guild: None }))
            }
        }
    }
    /// Call after a channel row was created, written or deleted (beside [`App::forget_guild`]).
    pub fn forget_channel(&self, id: ChannelId) {
        self.channel_guilds.invalidate(&id);
        self.private_channels.invalidate(&id);
    }

    /// Forgets everything held in memory (test mode's reset).
    pub fn forget_all(&self) {
        self.users.clear();
        self.applications.clear();
        self.sessions.clear();
        self.guilds.clear();
        self.members.clear();
        self.private_channels.clear();
        self.channel_guilds.clear();
        self.heads.clear();
        self.marks.clear();
        self.push.subscribers.clear();
        self.search_notes.clear();
        self.searched.clear();
    }
}
