//! The index of guild members.

use std::{collections::BTreeMap, sync::Arc};

use fluxer_wire::{GuildId, UserId};
use platform_queue::{Job, JobError, Worker};
use platform_search::{Document, Expr};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use super::{GUILD_MEMBERS, changes::Noted, rows::SearchedGuildRow};
use crate::{
    App, Error, Result,
    rows::{MemberRow, MembershipRow, UserRow},
};

const KIND: &str = "search.index_members";
/// Members read and put together.
const CHUNK: usize = 500;

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    guild_id: GuildId,
}

pub(super) fn name(guild: GuildId, user: UserId) -> String {
    format!("{guild}_{user}")
}
/// The member of a name.
pub fn read_name(name: &str) -> Option<(GuildId, UserId)> {
    let (guild, user) = name.split_once('_')?;
    Some((guild.parse().ok()?, user.parse().ok()?))
}

fn document(row: &MemberRow, user: &UserRow) -> Document {
    let seconds = |at: fluxer_wire::Timestamp| at.millis().div_euclid(1000);
    let roles: Vec<String> = row.role_ids.iter().map(ToString::to_string).collect();
    Document::new(name(row.guild_id, row.user_id))
        .with("username", user.username.as_str())
        .with("discriminator", format!("{:04}", user.discriminator))
        .with("globalName", user.global_name.clone())
        .with("nickname", row.nick.clone())
        .with("userId", row.user_id.to_string())
        .with("guildId", row.guild_id.to_string())
        .with("roleIds", roles)
        .with("joinedAt", seconds(row.joined_at))
        .with("joinSourceType", i64::from(row.join_source_type))
        .with("sourceInviteCode", row.source_invite_code.clone())
        .with("userCreatedAt", seconds(row.user_id.timestamp()))
        .with("isBot", user.bot)
}

/// Whether the account's entries have to be told of the change.
pub fn differs(old: &UserRow, new: &UserRow) -> bool {
    let shown =
        |user: &UserRow| (user.username.clone(), user.discriminator, user.global_name.clone(), user.bot);
    shown(old) != shown(new)
}

async fn put(app: &App, rows: &[MemberRow]) -> Result<()> {
    let ids: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
    let people = app.find_users(&ids).await?;
    let pairs = rows.iter().zip(people);
    let documents = pairs.filter_map(|(row, user)| Some(document(row, user.as_deref()?))).collect();
    app.search.put(&GUILD_MEMBERS, documents).await.map_err(Error::internal)
}

/// Tells the index what is noted. The caller holds [`super::Notes::telling`].
pub(super) async fn update(app: &App, noted: Vec<Noted<GuildId, UserId>>) -> Result<()> {
    let mut members: BTreeMap<(GuildId, UserId), ()> = BTreeMap::new();
    let mut gone = Vec::new();
    for note in noted {
        match note {
            Noted::One(guild, user) => {
                members.insert((guild, user), ());
            }
            Noted::Gone(guild) => gone.push(guild),
            Noted::New(_) => {}
        }
    }
    let keys: Vec<(GuildId, UserId)> = members.into_keys().collect();
    for keys in keys.chunks(CHUNK) {
        let rows = app.store.get_many::<MemberRow>(keys.to_vec()).await?;
        let left = keys.iter().zip(&rows).filter(|(_, row)| row.is_none());
        let left = left.map(|((guild, user), _)| name(*guild, *user)).collect();
        let rows: Vec<MemberRow> = rows.into_iter().flatten().collect();
        put(app, &rows).await?;
        app.search.delete(&GUILD_MEMBERS, left).await.map_err(Error::internal)?;
    }
    if !gone.is_empty() {
        app.search
            .delete_where(&GUILD_MEMBERS, Expr::any("guildId", &gone))
            .await
            .map_err(Error::internal)?;
        let batch = gone.iter().fold(Batch::new(), |batch, id| batch.delete::<SearchedGuildRow>((*id,)));
        app.store.commit(batch).await?;
    }
    Ok(())
}

/// Whether the guild's members are indexed; if not, that is ordered.
pub async fn ready(app: &App, guild: GuildId) -> Result<bool, platform_search::Error> {
    let generation = app.search.generation(&GUILD_MEMBERS).await?;
    let broken = |error: Error| platform_search::Error::Broken(error.to_string());
    let row = app.store.get::<SearchedGuildRow>((guild,)).await.map_err(|error| broken(error.into()))?;
    if row.is_some_and(|row| row.generation == generation && row.indexed_at.is_some()) {
        return Ok(true);
    }
    order(app, guild).await.map_err(broken)?;
    Ok(false)
}

/// Orders the guild's members to be indexed.
pub async fn order(app: &App, guild_id: GuildId) -> Result<()> {
    if !app.search_notes.ordered.lock().insert(guild_id.get()) {
        return Ok(());
    }
    let job = Job::new(KIND, &Order { guild_id }).key(format!("index-guild-members-{guild_id}"));
    let pushed = app.queue.push(job).await;
    if pushed.is_err() {
        app.search_notes.ordered.lock().remove(&guild_id.get());
    }
    Ok(pushed?)
}

/// The handler of this area's job.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |payload| {
        let app = app.clone();
        async move {
            let Order { guild_id } = payload.parse()?;
            app.search_notes.ordered.lock().remove(&guild_id.get());
            fill(&app, guild_id).await.map_err(JobError::retry)
        }
    })
}

/// Indexes all members of the guild here and now; false if there is none.
pub async fn anew(app: &App, guild: GuildId) -> Result<bool> {
    if app.find_guild(guild).await?.is_none() {
        return Ok(false);
    }
    app.store.commit(Batch::new().delete::<SearchedGuildRow>((guild,))).await?;
    fill(app, guild).await?;
    Ok(true)
}

async fn fill(app: &App, guild: GuildId) -> Result<()> {
    let generation = app.search.generation(&GUILD_MEMBERS).await.map_err(Error::internal)?;
    let key = (guild,);
    let known = app.store.get::<SearchedGuildRow>(key).await?.filter(|row| row.generation == generation);
    if known.is_some_and(|row| row.indexed_at.is_some()) || app.find_guild(guild).await?.is_none() {
        return Ok(());
    }
    // from here on its changes are noted: whoever has changed a member looks for this row after it
    let row =
        SearchedGuildRow { guild_id: guild, generation: generation.clone(), indexed_at: None, version: 0 };
    app.store.put(&row).await?;
    let mut after = None;
    loop {
        // nothing is put in between that was read later
        let _telling = app.search_notes.telling.lock().await;
        let mut range = app.store.range::<MemberRow>((guild,)).ascending().limit(CHUNK);
        if let Some(user) = after {
            range = range.after((user,));
        }
        let rows = range.fetch().await?;
        put(app, &rows).await?;
        match rows.last() {
            Some(last) if rows.len() == CHUNK => after = Some(last.user_id),
            _ => break,
        }
    }
    let now = app.clock.now();
    app.store
        .update::<SearchedGuildRow, _>(key, |kept| {
            if kept.generation == generation {
                kept.indexed_at = Some(now);
            }
        })
        .await?;
    Ok(())
}

impl App {
    /// Notes that the account's name changed, wherever it is a member.
    pub(crate) async fn touch_user(&self, user: UserId) -> Result<()> {
        for entry in self.store.range::<MembershipRow>((user,)).all().await? {
            self.touch_member(entry.guild_id, user).await?;
        }
        Ok(())
    }
}
