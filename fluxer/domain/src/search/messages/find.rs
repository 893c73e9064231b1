//! `POST /search/messages`.

use std::collections::HashSet;

use fluxer_wire::{
    ChannelId,
    search::{FoundMessages, GlobalSearchMessagesRequest as Form, MessageSearch, SearchIndexing},
};
use platform_search::{Expr, Query};

use super::{fill, filter, phrases};
use crate::{
    Actor, App, Result,
    access::History,
    messages::view::{self, Reader},
    rows::{MessageRow, bucket_of},
    search::{MESSAGES, document::read_name, off, scope},
};

const LIMIT: i64 = 25;
/// As far as pages reach.
const REACH: i64 = 100_000;

pub async fn search(app: &App, actor: &Actor, form: Form) -> Result<MessageSearch> {
    let limit = form.hits_per_page.map_or(LIMIT, |limit| limit.get());
    let page = form.page.map_or(1, |page| page.get());
    let answer =
        |messages, total| MessageSearch::Found(FoundMessages { messages, total, hits_per_page: limit, page });
    let scope = scope::resolve(app, actor, &form).await?;
    if !app.search.is_enabled() {
        return Err(off(platform_search::Error::Disabled));
    }
    if scope.channels.is_empty() {
        return Ok(answer(Vec::new(), 0));
    }
    let missing = fill::missing(app, &scope.wanted).await?;
    if !missing.is_empty() {
        fill::order(app, &missing).await?;
        return Ok(MessageSearch::Indexing(SearchIndexing { indexing: true }));
    }
    let channels: HashSet<ChannelId> = scope.channels.iter().copied().collect();
    let mut conditions = vec![Expr::any("channelId", &scope.channels), filter::filter(&form)];
    if let History::Since(at) = scope.history {
        conditions.push(filter::since(at));
    }
    let offset = page.saturating_sub(1).saturating_mul(limit).min(REACH);
    let mut query = Query {
        texts: filter::texts_of(&form),
        filter: Expr::And(conditions),
        sort: filter::sort(&form),
        offset: offset as usize,
        limit: limit as usize,
    };
    // an index that lags behind or is somebody else's must show nothing
    let visible = |row: &MessageRow| {
        channels.contains(&row.channel_id)
            && match scope.history {
                History::All => true,
                History::None => false,
                History::Since(at) => row.message_id.timestamp() >= at,
            }
    };
    let phrases: Vec<String> =
        form.exact_phrases.iter().flat_map(|list| list.iter()).map(|text| text.as_str().to_owned()).collect();
    let (rows, total) = if phrases.is_empty() {
        let mut hits = app.search.search(&MESSAGES, query.clone()).await.map_err(off)?;
        if hits.total == 0 && !query.texts.is_empty() {
            query.texts.iter_mut().for_each(|text| text.typos = true);
            hits = app.search.search(&MESSAGES, query).await.map_err(off)?;
        }
        let asked = hits.ids.len();
        let keys = hits.ids.iter().filter_map(|name| read_name(name));
        let keys = keys.map(|(channel, id)| (channel, bucket_of(id), id)).collect();
        let rows = app.store.get_many::<MessageRow>(keys).await?;
        let rows: Vec<MessageRow> = rows.into_iter().flatten().filter(visible).collect();
        // those that are gone meanwhile do not count
        let total = hits.total.saturating_sub((asked - rows.len()) as u64) as i64;
        (rows, total)
    } else {
        let rows = phrases::search(app, &query, &phrases).await?;
        let rows: Vec<MessageRow> = rows.into_iter().filter(visible).collect();
        let total = rows.len() as i64;
        (rows.into_iter().skip(offset as usize).take(limit as usize).collect(), total)
    };
    let reader = Reader { id: actor.id(), history: scope.history };
    let messages = view::page(app, reader, rows).await?;
    let total = match scope.history {
        History::Since(_) => messages.len() as i64,
        _ => total,
    };
    Ok(answer(messages, total))
}
