//! Indexes of everything there is of a kind: guilds, accounts, reports, entries of audit logs.
//!
//! Like the others they are made when they are first asked for. From then on whoever has
//! written something of the kind notes it, after the write and before it is acknowledged;
//! what is put into the index is read from the store when the note is told. What a search
//! finds is read again before it is shown.

mod documents;
mod find;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc};

use platform_queue::{Job, JobError, Worker};
use platform_search::{Expr, Index};
use platform_store::Table as _;
use serde::{Deserialize, Serialize};

pub use documents::{differs, guild_differs};
pub use find::{Found, Hit, discoverable, find};

use super::{
    AUDIT_LOGS, GUILDS, REPORTS, USERS,
    changes::GONE,
    rows::{ChangeRow, SearchedIndexRow},
};
use crate::{App, Error, Result, rows::AuditLogRow};

const KIND: &str = "search.index_all";
const EXPIRE: &str = "search.expire_audit_logs";
const EXPIRE_CALENDAR: &str = "0 30 4 * * *";
/// Rows read and put together.
const CHUNK: usize = 500;

/// All of them.
pub static ALL: [&Index; 4] = [&GUILDS, &USERS, &REPORTS, &AUDIT_LOGS];

/// The index of a name.
pub fn named(name: &str) -> Option<&'static Index> {
    ALL.into_iter().find(|index| index.name == name)
}

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    index: String,
}

async fn row(app: &App, index: &Index) -> Result<Option<SearchedIndexRow>> {
    Ok(app.store.get::<SearchedIndexRow>((index.name.to_owned(),)).await?)
}

/// Whether it holds everything; `None` if it was never asked for.
pub async fn state(app: &App, index: &Index) -> Result<Option<bool>> {
    Ok(row(app, index).await?.map(|row| row.indexed_at.is_some()))
}

/// Whether it can be searched; if not, it is ordered to be made.
async fn ready(app: &App, index: &'static Index) -> Result<bool> {
    if let Some(row) = row(app, index).await?.filter(|row| row.indexed_at.is_some())
        && app.search.generation(index).await.map_err(super::off)? == row.generation
    {
        return Ok(true);
    }
    order(app, index).await?;
    Ok(false)
}

/// Orders everything to be indexed, once.
pub async fn order(app: &App, index: &Index) -> Result<()> {
    let job = Job::new(KIND, &Order { index: index.name.to_owned() }).key(format!("index-{}", index.name));
    Ok(app.queue.push(job).await?)
}

/// Empties it and orders everything to be indexed again.
pub async fn rebuild(app: &App, index: &'static Index) -> Result<()> {
    {
        let _telling = app.search_notes.telling.lock().await;
        app.search.clear(index).await.map_err(Error::internal)?;
    }
    let undone = |row: &mut SearchedIndexRow| row.indexed_at = None;
    app.store.update::<SearchedIndexRow, _>((index.name.to_owned(),), undone).await?;
    order(app, index).await
}

/// The handlers of this area's jobs.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let (filler, sweeper) = (app.clone(), app.clone());
    let worker = worker.cron(EXPIRE, EXPIRE_CALENDAR, move |_| {
        let app = sweeper.clone();
        async move { expire(&app).await.map_err(JobError::retry) }
    });
    worker.handle(KIND, 1, move |payload| {
        let app = filler.clone();
        async move {
            let Order { index } = payload.parse()?;
            match named(&index) {
                Some(index) => fill(&app, index).await.map_err(JobError::retry),
                // of another version of the server
                None => Ok(()),
            }
        }
    })
}

/// Entries of audit logs end by themselves, and say nothing of it.
async fn expire(app: &App) -> Result<()> {
    if !app.search.is_enabled() || row(app, &AUDIT_LOGS).await?.is_none() {
        return Ok(());
    }
    let lifetime = AuditLogRow::SCHEMA.ttl.unwrap_or(i64::MAX / 2000);
    let last = app.clock.now().millis().div_euclid(1000).saturating_sub(lifetime);
    let over = Expr::Between("createdAt", None, Some(last));
    app.search.delete_where(&AUDIT_LOGS, over).await.map_err(Error::internal)
}

/// Indexes everything there is, unless that is done.
pub async fn fill(app: &App, index: &'static Index) -> Result<()> {
    let generation = app.search.generation(index).await.map_err(Error::internal)?;
    let known = row(app, index).await?.filter(|row| row.generation == generation);
    if known.is_some_and(|row| row.indexed_at.is_some()) {
        return Ok(());
    }
    // from here on changes are noted: whoever has changed something looks for this row after it
    let begun = SearchedIndexRow {
        index: index.name.to_owned(),
        generation: generation.clone(),
        indexed_at: None,
        version: 0,
    };
    app.store.put(&begun).await?;
    let mut after = documents::Cursor::default();
    loop {
        // nothing is put in between that was read later
        let _telling = app.search_notes.telling.lock().await;
        let documents = documents::page(app, index, &mut after, CHUNK).await?;
        let Some(documents) = documents else { break };
        app.search.put(index, documents).await.map_err(Error::internal)?;
    }
    let now = app.clock.now();
    app.store
        .update::<SearchedIndexRow, _>((index.name.to_owned(),), |kept| {
            if kept.generation == generation {
                kept.indexed_at = Some(now);
            }
        })
        .await?;
    Ok(())
}

/// Tells the index what is noted. The caller holds [`super::Notes::telling`].
pub(super) async fn update(app: &App, index: &'static Index, noted: &[ChangeRow]) -> Result<()> {
    let (mut ids, mut gone): (BTreeSet<&str>, Vec<&str>) = Default::default();
    for note in noted {
        match note.id.strip_suffix(GONE).and_then(|place| place.strip_suffix('/')) {
            Some(place) => gone.push(place),
            None => {
                ids.insert(&note.id);
            }
        }
    }
    let ids: Vec<&str> = ids.into_iter().collect();
    for ids in ids.chunks(CHUNK) {
        let documents = documents::of(app, index, ids).await?;
        let there: BTreeSet<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        let left = ids.iter().filter(|id| !there.contains(*id)).map(|id| (*id).to_owned()).collect();
        app.search.put(index, documents).await.map_err(Error::internal)?;
        app.search.delete(index, left).await.map_err(Error::internal)?;
    }
    if !gone.is_empty() {
        let everything = Expr::any("guildId", &gone);
        app.search.delete_where(index, everything).await.map_err(Error::internal)?;
    }
    Ok(())
}

impl App {
    /// Notes that something of the index came, changed or went. To be called after the write.
    pub(crate) async fn touch_indexed(&self, index: &Index, id: impl ToString) -> Result<()> {
        if row(self, index).await?.is_none() {
            return Ok(());
        }
        self.touch(index.name, id.to_string()).await
    }

    /// Notes that a guild is gone with its audit log.
    pub(crate) async fn touch_guild_erased(&self, guild: fluxer_wire::GuildId) -> Result<()> {
        self.touch_indexed(&GUILDS, guild).await?;
        self.touch_indexed(&AUDIT_LOGS, format!("{guild}/{GONE}")).await
    }
}
