//! Indexing what was said in a channel before anybody searched it: a job, newest first, which
//! remembers how far it has come.

use std::sync::Arc;

use fluxer_wire::ChannelId;
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use super::{CHUNK, documents};
use crate::{
    App, Error, Result,
    messages::pages::Span,
    search::{MESSAGES, rows::SearchedChannelRow},
};

const KIND: &str = "search.index_channel";
const TOGETHER: u32 = 2;

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    channel_id: ChannelId,
}

/// Which of the channels are not indexed. With an index made anew, none is any more.
pub async fn missing(app: &App, channels: &[ChannelId]) -> Result<Vec<ChannelId>> {
    let generation = app.search.generation(&MESSAGES).await.map_err(crate::search::off)?;
    let load = |missing: Vec<ChannelId>| async move {
        let keys = missing.into_iter().map(|id| (id,)).collect();
        let rows = app.store.get_many::<SearchedChannelRow>(keys).await?;
        let done = |row: Option<SearchedChannelRow>| {
            row.filter(|row| row.indexed_at.is_some()).map(|row| Arc::<str>::from(row.generation))
        };
        Ok::<_, Error>(rows.into_iter().map(done).collect())
    };
    let indexed = app.searched.get_many_or_load(channels, load).await?;
    let pairs = channels.iter().zip(indexed);
    Ok(pairs.filter(|(_, kept)| kept.as_deref() != Some(&*generation)).map(|(id, _)| *id).collect())
}

/// Orders the channels to be indexed, each once.
pub async fn order(app: &App, channels: &[ChannelId]) -> Result<()> {
    let mut batch = Batch::new();
    {
        let mut ordered = app.search_notes.ordered.lock();
        for &channel_id in channels.iter().filter(|id| !ordered.contains(&id.get())) {
            let job = Job::new(KIND, &Order { channel_id }).key(format!("index-channel-{channel_id}"));
            app.queue.push_in(&mut batch, job).map_err(Error::internal)?;
        }
        ordered.extend(channels.iter().map(|id| id.get()));
    }
    if let Err(error) = app.store.commit(batch).await {
        let mut ordered = app.search_notes.ordered.lock();
        channels.iter().for_each(|id| {
            ordered.remove(&id.get());
        });
        return Err(error.into());
    }
    Ok(())
}

/// The handler of this area's job.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, TOGETHER, move |payload| {
        let app = app.clone();
        async move {
            let Order { channel_id } = payload.parse()?;
            app.search_notes.ordered.lock().remove(&channel_id.get());
            fill(&app, channel_id).await.map_err(JobError::retry)
        }
    })
}

/// Indexes the whole channel here and now; false if there is none.
pub async fn anew(app: &App, channel: ChannelId) -> Result<bool> {
    let generation = app.search.generation(&MESSAGES).await.map_err(Error::internal)?;
    if begin(app, channel, &generation).await?.is_none() {
        return Ok(false);
    }
    fill(app, channel).await?;
    Ok(true)
}

/// Indexes a channel, or what is left of it to index.
async fn fill(app: &App, channel: ChannelId) -> Result<()> {
    let generation = app.search.generation(&MESSAGES).await.map_err(Error::internal)?;
    let key = (channel,);
    let known = app.store.get::<SearchedChannelRow>(key).await?.filter(|row| row.generation == generation);
    let mut row = match known {
        Some(row) if row.indexed_at.is_some() => return Ok(()),
        Some(row) => row,
        None => match begin(app, channel, &generation).await? {
            Some(row) => row,
            None => return Ok(()),
        },
    };
    loop {
        // nothing is put in between that was read later
        let telling = app.search_notes.telling.lock().await;
        let before = row.oldest.or_else(|| row.newest.map(|id| fluxer_wire::MessageId::new(id.get() + 1)));
        let rows = match before {
            Some(before) => app.newest_messages(channel, Span::before(before), CHUNK).await?,
            // it was empty
            None => Vec::new(),
        };
        app.search.put(&MESSAGES, documents(app, &rows).await?).await.map_err(Error::internal)?;
        drop(telling);
        let at_end = rows.len() < CHUNK;
        let oldest = rows.last().map(|message| message.message_id).or(row.oldest);
        let now = app.clock.now();
        let kept = app.store.update::<SearchedChannelRow, _>(key, |kept| {
            if kept.generation == generation {
                kept.oldest = oldest;
                kept.indexed_at = at_end.then_some(now);
            }
        });
        let Some(kept) = kept.await?.filter(|kept| kept.generation == generation) else { return Ok(()) };
        row = kept;
        if at_end {
            app.searched.invalidate(&channel);
            return Ok(());
        }
    }
}

/// From here on the channel's changes are noted; `None` if it is gone.
async fn begin(app: &App, channel: ChannelId, generation: &str) -> Result<Option<SearchedChannelRow>> {
    if app.find_channel(channel).await?.is_none() {
        return Ok(None);
    }
    // so that notes of what comes now wait for the row that says where it begins
    let _telling = app.search_notes.telling.lock().await;
    let mut row = SearchedChannelRow {
        channel_id: channel,
        generation: generation.to_owned(),
        newest: None,
        oldest: None,
        indexed_at: None,
        version: 0,
    };
    app.store.put(&row).await?;
    let head = app.head(channel).await?;
    let written = {
        let _order = head.order.lock();
        head.set_searched(true);
        row.newest = head.last_message_id();
        app.store.put(&row)
    };
    // with it, whatever the channel's messages are up to that one is in the store
    written.await?;
    Ok(Some(row))
}
