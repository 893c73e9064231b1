//! What is kept of attachments beside their message.

use fluxer_wire::{AttachmentId, ChannelId, MessageId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

/// From an attachment's address to its message.
#[derive(Table, Clone, Debug)]
#[table(name = "attachment_lookup")]
pub struct AttachmentLookupRow {
    #[partition]
    pub channel_id: ChannelId,
    #[cluster]
    pub attachment_id: AttachmentId,
    pub filename: String,
    pub message_id: MessageId,
}

/// When an attachment expires.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "attachment_decay_by_id")]
pub struct DecayRow {
    #[partition]
    pub attachment_id: AttachmentId,
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    pub filename: String,
    pub size_bytes: i64,
    pub uploaded_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_accessed_at: Timestamp,
    /// What keeping it costs, for reports: dollars.
    pub cost: f64,
    pub lifetime_days: i32,
    pub status: Option<String>,
}

/// The same, by the day it happens.
#[derive(Table, Clone, Debug)]
#[table(name = "attachment_decay_by_expiry")]
pub struct DecayByExpiryRow {
    /// `YYYYMMDD`, UTC.
    #[partition]
    pub expiry_bucket: i32,
    #[cluster]
    pub expires_at: Timestamp,
    #[cluster]
    pub attachment_id: AttachmentId,
    pub channel_id: ChannelId,
    pub message_id: MessageId,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![AttachmentLookupRow::SCHEMA, DecayRow::SCHEMA, DecayByExpiryRow::SCHEMA]
}
