//! What the indexes have to be told: noted with the write itself, told in bursts.
//!
//! A note says only what to look at. A channel's new messages need one note for many: it is
//! made with the first of them and stands until somebody begins to tell the index. One job, a
//! moment after the first note, tells all of them; it takes back the notes it has seen. Notes
//! are made and handed to the store under a gate, so that whoever begins to tell knows that
//! nothing is under way which takes an older note for its own.

use std::{collections::HashSet, sync::Arc};

use fluxer_wire::{ChannelId, GuildId, MessageId, UserId};
use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;

use super::{GUILD_MEMBERS, MESSAGES, members, messages, rows::ChangeRow, whole};
use crate::{App, Error, Result};

pub const KIND: &str = "search.update";
/// From the first note to telling.
const DELAY_MS: u64 = 150;
/// After the engine was out of reach.
const AGAIN_MS: u64 = 5_000;
/// Notes dealt with together.
const PAGE: usize = 1000;

/// A channel's new messages.
const NEW: &str = "new";
/// A channel or guild that is gone.
pub(super) const GONE: &str = "gone";

/// What this process knows of the notes.
#[derive(Default)]
pub struct Notes {
    gate: RwLock<State>,
    /// Held by whoever puts into an index what it has read from the store: what is read later
    /// is put later.
    pub telling: tokio::sync::Mutex<()>,
    /// Places whose indexing was ordered and has not begun.
    pub ordered: Mutex<HashSet<u64>>,
}

#[derive(Default)]
struct State(Mutex<Standing>);

#[derive(Default)]
struct Standing {
    /// Channels whose new messages are noted.
    new: HashSet<ChannelId>,
    /// The job is pushed.
    pushed: bool,
}

impl Notes {
    fn gate(&self) -> RwLockReadGuard<'_, State> {
        self.gate.read()
    }
    /// Has the next message of the channel, and the next note, be told of again.
    pub fn forget(&self, channel: ChannelId) {
        let gate = self.gate.read();
        let mut standing = gate.0.lock();
        standing.new.remove(&channel);
        standing.pushed = false;
    }
    /// From here on everything is noted anew. Returns when no note is in the making.
    fn begin(&self) {
        let gate = self.gate.write();
        *gate.0.lock() = Standing::default();
    }
    fn hold_back(&self) {
        self.gate.read().0.lock().pushed = true;
    }
    pub fn clear(&self) {
        self.begin();
        self.ordered.lock().clear();
    }
}

/// Notes in the making; keep it until they are handed to the store.
#[must_use = "notes are handed over while it is held"]
pub struct Noting<'a>(RwLockReadGuard<'a, State>);

impl App {
    /// To note what is written by the batch that is in the making.
    pub(crate) fn noting(&self) -> Noting<'_> {
        Noting(self.search_notes.gate())
    }

    fn note(&self, noting: &Noting<'_>, batch: &mut Batch, index: &str, id: String) -> Result<()> {
        let stamp = i32::from_le_bytes(self.rng.bytes());
        let change = ChangeRow { index: index.to_owned(), id, stamp };
        *batch = std::mem::take(batch).put(&change);
        let first = !std::mem::replace(&mut noting.0.0.lock().pushed, true);
        if first {
            self.queue.push_in(batch, job()).map_err(Error::internal)?;
        }
        Ok(())
    }

    /// Notes that the channel has a new message.
    pub(crate) fn note_new(&self, noting: &Noting<'_>, batch: &mut Batch, channel: ChannelId) -> Result<()> {
        if !noting.0.0.lock().new.insert(channel) {
            return Ok(());
        }
        self.note(noting, batch, MESSAGES.name, format!("{channel}/{NEW}"))
    }

    /// Notes that a message was changed or deleted.
    pub(crate) fn note_message(
        &self,
        noting: &Noting<'_>,
        batch: &mut Batch,
        channel: ChannelId,
        id: MessageId,
    ) -> Result<()> {
        self.note(noting, batch, MESSAGES.name, format!("{channel}/{id}"))
    }

    /// Notes that everything in the channel is gone.
    pub(crate) fn note_gone(&self, noting: &Noting<'_>, batch: &mut Batch, channel: ChannelId) -> Result<()> {
        self.note(noting, batch, MESSAGES.name, format!("{channel}/{GONE}"))
    }

    /// Notes that the messages were, or will be, changed. Done when that is durable.
    pub(crate) async fn touch_messages(&self, messages: &[(ChannelId, MessageId)]) -> Result<()> {
        let mut searched = Vec::new();
        for (channel, id) in messages {
            if self.head(*channel).await?.is_searched() {
                searched.push((*channel, *id));
            }
        }
        if searched.is_empty() {
            return Ok(());
        }
        let written = {
            let noting = self.noting();
            let mut batch = Batch::new();
            for (channel, id) in searched {
                self.note_message(&noting, &mut batch, channel, id)?;
            }
            self.store.commit(batch)
        };
        Ok(written.await?)
    }

    /// Notes that a member came, changed or left, if the guild's members are indexed. To be
    /// called after the write.
    pub(crate) async fn touch_member(&self, guild: GuildId, user: UserId) -> Result<()> {
        if self.store.get::<super::rows::SearchedGuildRow>((guild,)).await?.is_none() {
            return Ok(());
        }
        self.touch(GUILD_MEMBERS.name, format!("{guild}/{user}")).await
    }

    /// Notes that a guild is gone, for the index of members.
    pub(crate) async fn touch_guild_gone(&self, guild: GuildId) -> Result<()> {
        if self.store.get::<super::rows::SearchedGuildRow>((guild,)).await?.is_none() {
            return Ok(());
        }
        self.touch(GUILD_MEMBERS.name, format!("{guild}/{GONE}")).await
    }

    pub(super) async fn touch(&self, index: &str, id: String) -> Result<()> {
        let written = {
            let noting = self.noting();
            let mut batch = Batch::new();
            self.note(&noting, &mut batch, index, id)?;
            self.store.commit(batch)
        };
        Ok(written.await?)
    }
}

fn job() -> Job {
    Job::new(KIND, &()).key("all").delay(DELAY_MS).max_attempts(u32::MAX)
}

/// Sees to it that what was noted before the process started is told.
pub async fn resume(app: &App) -> Result<()> {
    for index in [&MESSAGES, &GUILD_MEMBERS].into_iter().chain(whole::ALL) {
        if app.store.range::<ChangeRow>((index.name.to_owned(),)).first().await?.is_some() {
            return Ok(app.queue.push(job()).await?);
        }
    }
    Ok(())
}

/// The handler of this area's job.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |_| {
        let app = app.clone();
        async move {
            tell(&app).await.map_err(|error| {
                // until then nobody need push another one
                app.search_notes.hold_back();
                JobError::RetryAfter { ms: AGAIN_MS, reason: error.to_string() }
            })
        }
    })
}

/// What is noted, read apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted<P, O> {
    New(P),
    Gone(P),
    One(P, O),
}

fn read<P: std::str::FromStr, O: std::str::FromStr>(row: &ChangeRow) -> Option<Noted<P, O>> {
    let (place, what) = row.id.split_once('/')?;
    let place = place.parse().ok()?;
    Some(match what {
        NEW => Noted::New(place),
        GONE => Noted::Gone(place),
        one => Noted::One(place, one.parse().ok()?),
    })
}

/// Tells the indexes everything that is noted by now.
pub async fn tell(app: &App) -> Result<()> {
    let _telling = app.search_notes.telling.lock().await;
    loop {
        // before every look: a note that is taken back below must not be one that something
        // written meanwhile was content with
        app.search_notes.begin();
        // what was handed over before this is in the store after it
        app.store.delete::<ChangeRow>((String::new(), String::new())).await?;
        let page = notes(app, MESSAGES.name).await?;
        if page.is_empty() {
            break;
        }
        if app.search.is_enabled() {
            messages::update(app, page.iter().filter_map(read).collect()).await?;
        }
        take_back(app, page).await?;
    }
    loop {
        let page = notes(app, GUILD_MEMBERS.name).await?;
        if page.is_empty() {
            break;
        }
        if app.search.is_enabled() {
            members::update(app, page.iter().filter_map(read).collect()).await?;
        }
        take_back(app, page).await?;
    }
    for index in whole::ALL {
        loop {
            let page = notes(app, index.name).await?;
            if page.is_empty() {
                break;
            }
            if app.search.is_enabled() {
                whole::update(app, index, &page).await?;
            }
            take_back(app, page).await?;
        }
    }
    Ok(())
}

async fn notes(app: &App, index: &str) -> Result<Vec<ChangeRow>> {
    Ok(app.store.range::<ChangeRow>((index.to_owned(),)).ascending().limit(PAGE).fetch().await?)
}

async fn take_back(app: &App, page: Vec<ChangeRow>) -> Result<()> {
    let deleted = page.iter().map(|row| app.store.delete_if_version(row));
    futures_util::future::try_join_all(deleted).await?;
    Ok(())
}
