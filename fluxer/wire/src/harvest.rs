//! Exports of an account's data.

use crate::{AnyId, Reply, Timestamp, text_enum};

text_enum! {
    pub enum HarvestStatus {
        Pending = "pending",
        Processing = "processing",
        Completed = "completed",
        Failed = "failed",
    }
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "HarvestCreationResponseSchema")]
pub struct HarvestCreated {
    pub harvest_id: AnyId,
    pub status: HarvestStatus,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "HarvestStatusResponseSchema")]
pub struct Harvest {
    pub harvest_id: AnyId,
    pub status: HarvestStatus,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    /// In bytes.
    pub file_size: Option<String>,
    pub progress_percent: i32,
    pub progress_step: Option<String>,
    pub error_message: Option<String>,
    pub download_url_expires_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Reply)]
#[reply(name = "HarvestDownloadUrlResponse")]
pub struct HarvestDownload {
    pub download_url: String,
    pub expires_at: Timestamp,
}
