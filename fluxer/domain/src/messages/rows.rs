//! Tables only this area knows.

use fluxer_wire::ChannelId;
use platform_kernel::Timestamp;
use platform_store::{Schema, Table};

/// A bucket of a channel that was read from end to end and held nothing. The index of used
/// buckets comes first, so that an entry which is no longer true does no harm.
#[derive(Table, Clone, Debug)]
#[table(name = "channel_empty_buckets")]
pub struct EmptyBucketRow {
    #[partition]
    pub channel_id: ChannelId,
    #[cluster(desc)]
    pub bucket: i32,
    pub found_at: Timestamp,
}

/// Where a channel's messages begin when that is before the channel itself: imported ones.
#[derive(Table, Clone, Debug)]
#[table(name = "channel_first_buckets")]
pub struct FirstBucketRow {
    #[partition]
    pub channel_id: ChannelId,
    pub bucket: i32,
}

pub fn tables() -> Vec<&'static Schema> {
    vec![EmptyBucketRow::SCHEMA, FirstBucketRow::SCHEMA]
}
