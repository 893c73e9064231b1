//! Making the indexes anew from the store while serving.

use platform_search::Index;

use super::{
    AUDIT_LOGS, GUILD_MEMBERS, GUILDS, MESSAGES, REPORTS, USERS, members, messages,
    rows::{SearchedChannelRow, SearchedGuildRow},
    whole,
};
use crate::{App, Error, Result};

/// Rows read at a time.
const PAGE: usize = 500;

/// The names of the indexes.
pub fn names() -> [&'static str; 6] {
    [&MESSAGES, &GUILD_MEMBERS, &GUILDS, &USERS, &REPORTS, &AUDIT_LOGS].map(|index| index.name)
}

/// How much of what is searched is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many, of so many that were asked for.
    Channels(usize, usize),
    Guilds(usize, usize),
    /// Everything, or not yet; `None`: nobody has asked.
    Whole(Option<bool>),
}

/// Empties the index and orders everything that was in it to be indexed again; how many
/// channels, or guilds, that are, or one for an index of everything. Until one is done, a
/// search of it says that it is indexed.
pub async fn rebuild(app: &App, index: &str) -> Result<usize> {
    match index {
        name if name == MESSAGES.name => channels(app).await,
        name if name == GUILD_MEMBERS.name => guilds(app).await,
        name => match whole::named(name) {
            Some(index) => whole::rebuild(app, index).await.map(|()| 1),
            None => Err(Error::internal(format!("there is no index {name}"))),
        },
    }
}

async fn clear(app: &App, index: &'static Index) -> Result<()> {
    let _telling = app.search_notes.telling.lock().await;
    app.search.clear(index).await.map_err(Error::internal)
}

pub async fn progress(app: &App, index: &str) -> Result<Progress> {
    if let Some(index) = whole::named(index) {
        return Ok(Progress::Whole(whole::state(app, index).await?));
    }
    let (mut done, mut all) = (0, 0);
    if index == MESSAGES.name {
        let mut after = None;
        loop {
            let page = app.store.scan::<SearchedChannelRow>(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(Progress::Channels(done, all)) };
            after = Some((last.channel_id,));
            all += page.len();
            done += page.iter().filter(|row| row.indexed_at.is_some()).count();
        }
    }
    let mut after = None;
    loop {
        let page = app.store.scan::<SearchedGuildRow>(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(Progress::Guilds(done, all)) };
        after = Some((last.guild_id,));
        all += page.len();
        done += page.iter().filter(|row| row.indexed_at.is_some()).count();
    }
}

async fn channels(app: &App) -> Result<usize> {
    clear(app, &MESSAGES).await?;
    let (mut after, mut count) = (None, 0);
    loop {
        let page = app.store.scan::<SearchedChannelRow>(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after = Some((last.channel_id,));
        let ids: Vec<_> = page.iter().map(|row| row.channel_id).collect();
        count += ids.len();
        for row in page {
            // so that whoever looks sees how far it is
            let undone = |row: &mut SearchedChannelRow| row.indexed_at = None;
            app.store.update::<SearchedChannelRow, _>((row.channel_id,), undone).await?;
            app.searched.invalidate(&row.channel_id);
        }
        messages::fill::order(app, &ids).await?;
    }
}

async fn guilds(app: &App) -> Result<usize> {
    clear(app, &GUILD_MEMBERS).await?;
    let (mut after, mut count) = (None, 0);
    loop {
        let page = app.store.scan::<SearchedGuildRow>(after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(count) };
        after = Some((last.guild_id,));
        for row in &page {
            let undone = |row: &mut SearchedGuildRow| row.indexed_at = None;
            app.store.update::<SearchedGuildRow, _>((row.guild_id,), undone).await?;
            members::order(app, row.guild_id).await?;
        }
        count += page.len();
    }
}
