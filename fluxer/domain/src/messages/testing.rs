//! What test mode does to messages behind the API's back: seeding channels of any age, and
//! looking at buckets.

use fluxer_wire::{ChannelId, MessageId, UserId, Value, code, invalid, message::Message};
use platform_kernel::Timestamp;
use platform_store::Batch;
use serde_json::json;

use super::{
    purge::purge_channel,
    rows::{EmptyBucketRow, FirstBucketRow},
    view,
};
use crate::{
    App, Error, Result, fail,
    rows::{ChannelStateRow, MessageBucketRow, MessageByAuthorRow, MessageRow, bucket_of},
};

/// Rows of one batch.
const CHUNK: usize = 500;

/// `POST /test/messages/seed`.
pub async fn seed(app: &App, body: &Value) -> Result<Value> {
    let Some(channel) = id_of::<ChannelId>(&body["channel_id"]) else {
        return Err(Error::field("channel_id", invalid::CHANNEL_ID_IS_REQUIRED));
    };
    let wanted = body["messages"].as_array().filter(|list| !list.is_empty());
    let Some(wanted) = wanted else {
        return Err(Error::field("messages", invalid::MESSAGES_ARRAY_REQUIRED_AND_NOT_EMPTY));
    };
    if body["clear_existing"] == true {
        purge_channel(app, channel).await?;
    }
    let skip_index = body["skip_bucket_index"] == true;
    let author = id_of::<UserId>(&body["author_id"]).unwrap_or_default();
    let now = app.clock.now();
    let rows: Vec<MessageRow> = wanted
        .iter()
        .enumerate()
        .map(|(index, wanted)| {
            let message_id = seeded_id(wanted, index, now);
            let content = wanted["content"].as_str().map(str::to_owned);
            MessageRow {
                channel_id: channel,
                bucket: bucket_of(message_id),
                message_id,
                author_id: id_of(&wanted["author_id"]).unwrap_or(author),
                content: content.or_else(|| Some(format!("Test message {}", index + 1))),
                ..MessageRow::default()
            }
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let batch = chunk.iter().fold(Batch::new(), |batch, row| {
            batch.put(row).put(&MessageByAuthorRow {
                author_id: row.author_id,
                message_id: row.message_id,
                channel_id: channel,
            })
        });
        app.store.commit(batch).await?;
    }
    let mut buckets: Vec<i32> = rows.iter().map(|row| row.bucket).collect();
    buckets.sort_unstable_by(|one, other| other.cmp(one));
    buckets.dedup();
    index(app, channel, &rows, &buckets, skip_index).await?;
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "message_id": row.message_id,
                "bucket": row.bucket,
                "timestamp": row.message_id.timestamp(),
            })
        })
        .collect();
    let populated = if skip_index { Vec::new() } else { buckets };
    Ok(json!({"messages": shown, "buckets_populated": populated, "channel_state_updated": true}))
}

/// Makes seeded messages findable as written ones are, unless the index is to be left out.
async fn index(
    app: &App,
    channel: ChannelId,
    rows: &[MessageRow],
    buckets: &[i32],
    skip_index: bool,
) -> Result<()> {
    let first = app.store.get::<FirstBucketRow>((channel,)).await?.map_or(i32::MAX, |row| row.bucket);
    let first = buckets.last().copied().unwrap_or(i32::MAX).min(first);
    let head = app.head(channel).await?;
    let written = {
        let _order = head.order.lock();
        let mut batch = Batch::new().put(&FirstBucketRow { channel_id: channel, bucket: first });
        for bucket in buckets {
            batch = batch.delete::<EmptyBucketRow>((channel, *bucket));
            if !skip_index {
                batch = batch.put(&MessageBucketRow { channel_id: channel, bucket: *bucket });
            }
        }
        if let Some(newest) = rows.iter().map(|row| row.message_id).max() {
            head.advance(newest);
        }
        app.store.commit(batch.put(&head.row(channel)))
    };
    Ok(written.await?)
}

fn id_of<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// The id given, or one of the time given with the low bits as index, or of about now.
fn seeded_id(wanted: &Value, index: usize, now: Timestamp) -> MessageId {
    const LOW_BITS: u64 = 0xFFF;
    if let Some(id) = id_of(&wanted["message_id"]) {
        return id;
    }
    let at = wanted["timestamp"].as_str().and_then(Timestamp::parse);
    match at {
        Some(at) => MessageId::new(MessageId::floor(at).get() | index as u64 & LOW_BITS),
        None => MessageId::floor(now.plus_millis(index as i64)),
    }
}

/// `GET /test/channels/{id}/state`.
pub async fn state(app: &App, channel: ChannelId) -> Result<Value> {
    let Some(row) = app.store.get::<ChannelStateRow>((channel,)).await? else {
        return Ok(json!({"channel_id": channel, "exists": false}));
    };
    let first = app.store.get::<FirstBucketRow>((channel,)).await?.map(|row| row.bucket);
    let last = row.last_message_id;
    Ok(json!({
        "channel_id": channel,
        "exists": true,
        "created_bucket": first.unwrap_or_else(|| bucket_of(channel.cast())),
        "has_messages": last.is_some(),
        "last_message_id": last,
        "last_message_bucket": last.map(bucket_of),
        "updated_at": last.map_or_else(|| app.clock.now(), |id| id.timestamp()),
    }))
}

/// `GET /test/channels/{id}/buckets`.
pub async fn buckets(app: &App, channel: ChannelId) -> Result<Value> {
    let rows = app.store.range::<MessageBucketRow>((channel,)).descending().all().await?;
    let now = app.clock.now();
    let list: Vec<Value> = rows.iter().map(|row| json!({"bucket": row.bucket, "updated_at": now})).collect();
    Ok(json!({"channel_id": channel, "count": list.len(), "buckets": list}))
}

/// `GET /test/channels/{id}/empty-buckets`.
pub async fn empty_buckets(app: &App, channel: ChannelId) -> Result<Value> {
    let rows = app.store.range::<EmptyBucketRow>((channel,)).descending().all().await?;
    let list: Vec<Value> =
        rows.iter().map(|row| json!({"bucket": row.bucket, "updated_at": row.found_at})).collect();
    Ok(json!({"channel_id": channel, "count": list.len(), "empty_buckets": list}))
}

/// `DELETE /test/channels/{id}/messages`: forgets index and state, not the messages.
pub async fn clear(app: &App, channel: ChannelId) -> Result<Value> {
    let batch = Batch::new()
        .delete_partition::<MessageBucketRow>((channel,))
        .delete_partition::<EmptyBucketRow>((channel,))
        .delete::<FirstBucketRow>((channel,))
        .delete::<ChannelStateRow>((channel,));
    app.store.commit(batch).await?;
    app.forget_head(channel);
    Ok(json!({"channel_id": channel, "cleared": true}))
}

/// `GET /test/messages/{channel}/{message}/with-reference`.
pub async fn with_reference(app: &App, channel: ChannelId, id: MessageId) -> Result<Message> {
    match app.find_message(channel, id).await? {
        Some(row) => view::event(app, row).await,
        None => fail(code::UNKNOWN_MESSAGE),
    }
}
