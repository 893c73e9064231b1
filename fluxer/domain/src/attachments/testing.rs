//! What test mode does to the expiry of attachments: rows of any age, and a look at them.

use fluxer_wire::{Value, invalid};
use platform_store::Batch;
use serde_json::json;

use super::{
    decay::{self, day},
    rows::{DecayByExpiryRow, DecayRow},
};
use crate::{App, Error, Result, testing::timestamp};

const PAGE: usize = 500;

/// `POST /test/attachment-decay/rows`.
pub async fn insert(app: &App, body: &Value) -> Result<Value> {
    let Some(rows) = body["rows"].as_array().filter(|rows| !rows.is_empty()) else {
        return Err(Error::field("rows", invalid::ROWS_IS_REQUIRED));
    };
    let mut batch = Batch::new();
    for row in rows {
        batch = decay::put(batch, &read(app, row)?);
    }
    app.store.commit(batch).await?;
    Ok(json!({"inserted": rows.len()}))
}

fn read(app: &App, row: &Value) -> Result<DecayRow> {
    let id = |key: &str| match &row[key] {
        Value::Null => Err(Error::field("attachment_id", invalid::ATTACHMENT_FIELDS_REQUIRED)),
        Value::String(text) => text.parse::<u64>().map_err(|_| wrong_id()),
        other => other.as_u64().ok_or_else(wrong_id),
    };
    let (attachment, channel, message) = (id("attachment_id")?, id("channel_id")?, id("message_id")?);
    if row["expires_at"].is_null() {
        return Err(Error::field("attachment_id", invalid::ATTACHMENT_FIELDS_REQUIRED));
    }
    let at = |key: &str| match &row[key] {
        Value::Null => Ok(app.clock.now()),
        value => timestamp(value),
    };
    let size_bytes = match &row["size_bytes"] {
        Value::Null => Some(1024),
        Value::String(text) => text.parse().ok(),
        other => other.as_i64(),
    };
    let wrong_size = || Error::field("size_bytes", invalid::SIZE_BYTES_MUST_BE_VALID_INTEGER);
    Ok(DecayRow {
        attachment_id: attachment.into(),
        channel_id: channel.into(),
        message_id: message.into(),
        filename: row["filename"].as_str().unwrap_or("file").to_owned(),
        size_bytes: size_bytes.ok_or_else(wrong_size)?,
        uploaded_at: at("uploaded_at")?,
        expires_at: at("expires_at")?,
        last_accessed_at: at("last_accessed_at")?,
        cost: row["cost"].as_f64().unwrap_or(1.0),
        lifetime_days: row["lifetime_days"].as_i64().and_then(|days| days.try_into().ok()).unwrap_or(1),
        status: row["status"].as_str().map(str::to_owned),
    })
}

fn wrong_id() -> Error {
    Error::field("attachment_id", invalid::ATTACHMENT_IDS_MUST_BE_VALID_INTEGERS)
}

/// `POST /test/attachment-decay/clear`.
pub async fn clear(app: &App) -> Result<Value> {
    let mut deleted = 0;
    loop {
        let rows = app.store.scan::<DecayRow>(None, PAGE).await?;
        if rows.is_empty() {
            return Ok(json!({"deleted": deleted}));
        }
        deleted += rows.len();
        app.store.commit(rows.iter().fold(Batch::new(), decay::remove)).await?;
    }
}

/// `POST /test/attachment-decay/query`.
pub async fn query(app: &App, body: &Value) -> Result<Value> {
    let bucket = match &body["bucket"] {
        Value::String(text) => text.parse().unwrap_or(0),
        other => other.as_i64().and_then(|day| day.try_into().ok()).unwrap_or_else(|| day(app.clock.now())),
    };
    let now = match &body["current_time"] {
        Value::Null => app.clock.now(),
        value => timestamp(value)?,
    };
    let limit = body["limit"].as_u64().and_then(|limit| limit.try_into().ok()).unwrap_or(200);
    let due = app.store.range::<DecayByExpiryRow>((bucket,)).to((now,)).limit(limit).fetch().await?;
    let rows: Vec<Value> = due
        .iter()
        .map(|row| {
            json!({
                "attachment_id": row.attachment_id,
                "channel_id": row.channel_id,
                "message_id": row.message_id,
                "expires_at": row.expires_at,
                "expiry_bucket": row.expiry_bucket,
            })
        })
        .collect();
    Ok(json!({"rows": rows}))
}

/// `GET /test/attachment-decay/{id}`.
pub async fn one(app: &App, id: u64) -> Result<Value> {
    let row = app.store.get::<DecayRow>((id.into(),)).await?;
    let shown = row.map(|row| {
        json!({
            "attachment_id": row.attachment_id,
            "channel_id": row.channel_id,
            "message_id": row.message_id,
            "filename": row.filename,
            "size_bytes": row.size_bytes.to_string(),
            "uploaded_at": row.uploaded_at,
            "expires_at": row.expires_at,
            "last_accessed_at": row.last_accessed_at,
            "cost": row.cost,
            "lifetime_days": row.lifetime_days,
            "status": row.status,
        })
    });
    Ok(json!({"row": shown}))
}

/// `POST /test/worker/expire-attachments`.
pub async fn expire(app: &App) -> Result<Value> {
    decay::expire_due(app).await?;
    Ok(json!({"success": true}))
}
