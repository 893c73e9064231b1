//! Bookmarks as they are kept.

use fluxer_wire::{ChannelId, MessageId, UserId};
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

use crate::{App, Result};

#[derive(Table, Clone, Debug)]
#[table(name = "saved_messages")]
pub struct SavedMessageRow {
    #[partition]
    pub user_id: UserId,
    #[cluster(desc)]
    pub message_id: MessageId,
    pub channel_id: ChannelId,
    pub saved_at: Timestamp,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![SavedMessageRow::SCHEMA]
}

/// How many a user has.
pub async fn count(app: &App, user: UserId) -> Result<usize> {
    Ok(app.store.range::<SavedMessageRow>((user,)).all().await?.len())
}
