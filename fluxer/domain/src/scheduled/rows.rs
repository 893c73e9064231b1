//! Scheduled messages as they are kept.

use fluxer_wire::{ChannelId, ScheduledMessageId, UserId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};
use serde::{Deserialize, Serialize};

/// A file of a scheduled message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScheduledUpload {
    /// The `N` of `files[N]` it was uploaded as.
    pub index: u64,
    /// Its object in the bucket of uploads.
    pub key: String,
    pub size: u64,
    pub name: Option<String>,
}

/// Kept 31 days.
#[derive(Table, Clone, Debug)]
#[table(name = "scheduled_messages", ttl = 2678400)]
pub struct ScheduledMessageRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub scheduled_message_id: ScheduledMessageId,
    pub channel_id: ChannelId,
    /// The body of message create, as it was sent.
    #[json]
    pub payload: serde_json::Value,
    /// Its files, kept until it is sent.
    #[json]
    pub uploads: Vec<ScheduledUpload>,
    pub scheduled_at: Timestamp,
    pub scheduled_local_at: String,
    pub timezone: String,
    /// Could not be sent; the reason stands beside it.
    pub invalid: bool,
    pub status_reason: Option<String>,
    pub created_at: Timestamp,
    pub invalidated_at: Option<Timestamp>,
    #[version]
    pub version: i32,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![ScheduledMessageRow::SCHEMA]
}
