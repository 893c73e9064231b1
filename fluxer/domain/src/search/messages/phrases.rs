//! Phrases that must stand in a message letter by letter.
//!
//! The index knows words without case, so it proposes and the rows decide: it is asked for
//! messages with the phrases' words, which is complete for phrases that begin where a word
//! does, and for the newest messages that fit the other conditions, for phrases that begin
//! inside of one. Both are bounded; the total counts what was found among them.

use fluxer_wire::{ChannelId, MessageId};
use platform_search::{Order, Query, Text};

use crate::{
    App, Result,
    rows::{MessageRow, bucket_of},
    search::{MESSAGES, document::read_name, off},
};

/// Messages with the words that are looked at.
const WITH_WORDS: usize = 2000;
/// Of any words.
const WITHOUT: usize = 500;

/// The messages with all of the phrases, in the query's order.
pub async fn search(app: &App, query: &Query, phrases: &[String]) -> Result<Vec<MessageRow>> {
    let mut with_words = query.clone();
    if with_words.texts.is_empty() {
        with_words.texts.push(Text::default());
    }
    for text in &mut with_words.texts {
        text.phrases.extend(phrases.iter().cloned());
    }
    (with_words.offset, with_words.limit) = (0, WITH_WORDS);
    let any = Query { offset: 0, limit: WITHOUT, ..query.clone() };
    let (with_words, any) =
        futures_util::join!(app.search.search(&MESSAGES, with_words), app.search.search(&MESSAGES, any));
    let mut keys: Vec<(ChannelId, MessageId)> = Vec::new();
    for name in with_words.map_err(off)?.ids.iter().chain(&any.map_err(off)?.ids) {
        keys.extend(read_name(name));
    }
    let by_time = query.sort.first().map(|sort| sort.order);
    match by_time {
        Some(order) => {
            keys.sort_unstable_by_key(|(_, id)| *id);
            keys.dedup();
            if order == Order::Descending {
                keys.reverse();
            }
        }
        None => {
            let mut seen = std::collections::HashSet::new();
            keys.retain(|key| seen.insert(*key));
        }
    }
    let keys = keys.into_iter().map(|(channel, id)| (channel, bucket_of(id), id)).collect();
    let rows = app.store.get_many::<MessageRow>(keys).await?;
    let fits = |row: &MessageRow| {
        let content = row.content.as_deref().unwrap_or_default();
        phrases.iter().all(|phrase| content.contains(phrase.as_str()))
    };
    Ok(rows.into_iter().flatten().filter(fits).collect())
}
