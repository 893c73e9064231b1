//! Reading a channel's messages across buckets.
//!
//! A page tries the bucket it begins in, then the buckets of the index, then, if rows are
//! still missing, the ones nobody listed (data that came in without an index). Buckets
//! found empty on that last way are noted, so that it is walked once.

use std::collections::BTreeSet;

use fluxer_wire::{ChannelId, MessageId};

use super::rows::{EmptyBucketRow, FirstBucketRow};
use crate::{
    App, Result,
    rows::{MessageBucketRow, MessageRow, bucket_of},
};

/// Ids between which messages are looked for, both excluded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub after: Option<MessageId>,
    pub before: Option<MessageId>,
}

impl Span {
    pub fn before(id: MessageId) -> Self {
        Self { after: None, before: Some(id) }
    }
    fn is_empty(&self) -> bool {
        matches!((self.after, self.before), (Some(after), Some(before)) if after >= before)
    }
}

impl App {
    /// One message, wherever it may be read from.
    pub(crate) async fn find_message(&self, channel: ChannelId, id: MessageId) -> Result<Option<MessageRow>> {
        Ok(self.store.get::<MessageRow>((channel, bucket_of(id), id)).await?)
    }

    /// Up to `limit` messages of the span from its newer end, newest first.
    pub(crate) async fn newest_messages(
        &self,
        channel: ChannelId,
        span: Span,
        limit: usize,
    ) -> Result<Vec<MessageRow>> {
        self.messages(channel, span, limit, true).await
    }

    /// Up to `limit` messages of the span from its older end, oldest first.
    pub(crate) async fn oldest_messages(
        &self,
        channel: ChannelId,
        span: Span,
        limit: usize,
    ) -> Result<Vec<MessageRow>> {
        self.messages(channel, span, limit, false).await
    }

    async fn messages(
        &self,
        channel: ChannelId,
        span: Span,
        limit: usize,
        newest_first: bool,
    ) -> Result<Vec<MessageRow>> {
        let mut rows = Vec::new();
        if limit == 0 || span.is_empty() {
            return Ok(rows);
        }
        // The newest message may be ahead of the clock.
        let newest = self.head(channel).await?.last_message_id().map_or(0, bucket_of);
        let now = bucket_of(MessageId::floor(self.clock.now())).max(newest);
        let top = span.before.map_or(now, bucket_of).min(now);
        let first = if newest_first { top } else { span.after.map_or(0, bucket_of) };
        self.read_bucket(channel, first, span, limit, newest_first, &mut rows).await?;
        if rows.len() >= limit {
            return Ok(rows);
        }
        let (index, floor) = futures_util::try_join!(
            self.store.range::<MessageBucketRow>((channel,)).all(),
            self.store.get::<FirstBucketRow>((channel,)),
        )?;
        let floor = floor.map_or(i32::MAX, |row| row.bucket).min(bucket_of(channel.cast()));
        let floor = span.after.map_or(floor, |id| bucket_of(id).max(floor));
        let used: BTreeSet<i32> = index.into_iter().map(|row| row.bucket).collect();
        let lowest = span.after.map_or(i32::MIN, bucket_of);
        let listed: Vec<i32> =
            used.range(lowest..=top.max(lowest)).copied().filter(|b| *b != first).collect();
        for bucket in ordered(listed, newest_first) {
            self.read_bucket(channel, bucket, span, limit - rows.len(), newest_first, &mut rows).await?;
            if rows.len() >= limit {
                return Ok(rows);
            }
        }
        if self.read_unlisted(channel, span, (floor, top), &used, first, &mut rows).await? {
            // They may lie between the others.
            rows.sort_unstable_by_key(|row| row.message_id);
            if newest_first {
                rows.reverse();
            }
            rows.truncate(limit);
        }
        Ok(rows)
    }

    async fn read_bucket(
        &self,
        channel: ChannelId,
        bucket: i32,
        span: Span,
        limit: usize,
        newest_first: bool,
        rows: &mut Vec<MessageRow>,
    ) -> Result<()> {
        let mut range = self.store.range::<MessageRow>((channel, bucket)).limit(limit);
        if let Some(id) = span.after {
            range = range.after((id,));
        }
        if let Some(id) = span.before {
            range = range.before((id,));
        }
        range = if newest_first { range.descending() } else { range.ascending() };
        rows.append(&mut range.fetch().await?);
        Ok(())
    }

    /// Adds what stands in buckets that neither index knows; whether there was any.
    async fn read_unlisted(
        &self,
        channel: ChannelId,
        span: Span,
        (floor, top): (i32, i32),
        used: &BTreeSet<i32>,
        first: i32,
        rows: &mut Vec<MessageRow>,
    ) -> Result<bool> {
        let candidates: Vec<i32> =
            (floor..=top).filter(|bucket| *bucket != first && !used.contains(bucket)).collect();
        if candidates.is_empty() {
            return Ok(false);
        }
        let empty = self.store.range::<EmptyBucketRow>((channel,)).all().await?;
        let empty: BTreeSet<i32> = empty.into_iter().map(|row| row.bucket).collect();
        let before = rows.len();
        let now = bucket_of(MessageId::floor(self.clock.now()));
        for bucket in candidates.into_iter().filter(|bucket| !empty.contains(bucket)) {
            let found = self.store.range::<MessageRow>((channel, bucket)).all().await?;
            if found.is_empty() {
                if bucket < now {
                    self.note_empty(channel, bucket);
                }
                continue;
            }
            let inside = |row: &MessageRow| {
                span.after.is_none_or(|id| row.message_id > id)
                    && span.before.is_none_or(|id| row.message_id < id)
            };
            rows.extend(found.into_iter().filter(inside));
            // From now on it is found by the index.
            self.store.put(&MessageBucketRow { channel_id: channel, bucket }).await?;
        }
        Ok(rows.len() > before)
    }

    /// Nobody waits for it: a note that is lost is made again.
    fn note_empty(&self, channel: ChannelId, bucket: i32) {
        let row = EmptyBucketRow { channel_id: channel, bucket, found_at: self.clock.now() };
        drop(self.store.put(&row));
    }
}

fn ordered(mut buckets: Vec<i32>, newest_first: bool) -> Vec<i32> {
    if newest_first {
        buckets.reverse();
    }
    buckets
}
