//! Who has subscriptions at all: nearly nobody, so that is asked first. Kept in memory, read
//! from the store at the start and now and then, for other processes write there too.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use fluxer_wire::{GuildId, UserId};
use parking_lot::RwLock;
use platform_kernel::Timestamp;

use crate::{App, Result, guilds::GuildSnapshot, rows::MemberRow, users::push::PushSubscriptionRow};

const PAGE: usize = 1000;
/// Who of a guild's members has subscriptions is looked up this often.
const KEEP_MS: i64 = 60_000;
/// Guilds it is known of.
const GUILDS: usize = 10_000;

/// Members with subscriptions, and when that was looked up.
type Known = (Timestamp, Arc<[UserId]>);

#[derive(Debug, Default)]
pub struct Subscribers {
    count: AtomicUsize,
    users: RwLock<HashSet<UserId>>,
    guilds: RwLock<HashMap<GuildId, Known>>,
}

impl Subscribers {
    /// The question every message asks.
    pub fn is_empty(&self) -> bool {
        self.count.load(Relaxed) == 0
    }
    pub fn contains(&self, user: UserId) -> bool {
        self.users.read().contains(&user)
    }
    pub fn add(&self, user: UserId) {
        let mut users = self.users.write();
        users.insert(user);
        self.count.store(users.len(), Relaxed);
        drop(users);
        self.guilds.write().clear();
    }
    pub fn clear(&self) {
        self.replace(HashSet::new());
    }

    fn replace(&self, new: HashSet<UserId>) {
        let mut users = self.users.write();
        self.count.store(new.len(), Relaxed);
        *users = new;
        drop(users);
        self.guilds.write().clear();
    }

    /// Reads them all. Whoever subscribes meanwhile is kept.
    pub async fn load(&self, app: &App) -> Result<()> {
        let mut found = HashSet::new();
        let mut after = None;
        let before: HashSet<UserId> = self.users.read().clone();
        loop {
            let rows = app.store.scan::<PushSubscriptionRow>(after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = Some((last.user_id, last.subscription_id.clone()));
            found.extend(rows.into_iter().map(|row| row.user_id));
        }
        found.extend(self.users.read().difference(&before));
        self.replace(found);
        Ok(())
    }

    /// Members of the guild with subscriptions, found from whichever side is smaller.
    pub async fn members_of(&self, app: &App, guild: &GuildSnapshot) -> Result<Arc<[UserId]>> {
        let now = app.clock.now();
        let known = self.guilds.read().get(&guild.id()).cloned();
        if let Some((_, members)) = known.filter(|(at, _)| now.since(*at) < KEEP_MS) {
            return Ok(members);
        }
        let few = i64::try_from(self.count.load(Relaxed)).unwrap_or(i64::MAX) <= guild.row.member_count;
        let members: Arc<[UserId]> = if few {
            let users: Vec<UserId> = self.users.read().iter().copied().collect();
            let mut members = Vec::new();
            for users in users.chunks(PAGE) {
                let keys = users.iter().map(|user| (guild.id(), *user)).collect();
                let rows = app.store.get_many::<MemberRow>(keys).await?;
                members.extend(rows.into_iter().flatten().map(|row| row.user_id));
            }
            members.into()
        } else {
            let rows = app.store.range::<MemberRow>((guild.id(),)).all().await?;
            rows.into_iter().map(|row| row.user_id).filter(|user| self.contains(*user)).collect()
        };
        let mut guilds = self.guilds.write();
        if guilds.len() >= GUILDS {
            guilds.clear();
        }
        guilds.insert(guild.id(), (now, members.clone()));
        Ok(members)
    }
}
