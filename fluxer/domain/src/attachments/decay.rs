//! How long attachments live, and what happens when their time has come. The larger a file,
//! the shorter; one that is still looked at lives on.

use std::collections::HashMap;

use fluxer_wire::{
    AttachmentId, ChannelId, MessageId, flags,
    message::{Attachment, MessageSnapshot},
};
use platform_kernel::Timestamp;
use platform_store::Batch;

use super::{
    keep::key,
    rows::{AttachmentLookupRow, DecayByExpiryRow, DecayRow},
};
use crate::{
    App, Result, assets,
    rows::{MessageRow, bucket_of},
};

const MB: f64 = 1_048_576.0;
const MIN_MB: f64 = 5.0;
const MAX_MB: f64 = 500.0;
const MIN_DAYS: f64 = 14.0;
const MAX_DAYS: f64 = 1095.0;
const DAY_MS: i64 = 86_400_000;
/// Whoever looks at a file this long before its end gives it as long again.
const RENEWAL_DAYS: i64 = 30;
/// Dollars for a terabyte and a month, for reports.
const COST: f64 = 8.1103;
/// Rows that are dealt with together, and how many days back the job looks.
const PAGE: usize = 200;
const LOOK_BACK: i64 = 3;

/// Days a file of so many bytes is kept; `None`: for ever.
pub fn lifetime(bytes: i64) -> Option<f64> {
    let size = bytes as f64 / MB;
    if size <= MIN_MB {
        Some(MAX_DAYS)
    } else if size > MAX_MB {
        None
    } else {
        let linear = (size - MIN_MB) / (MAX_MB - MIN_MB);
        let logarithmic = (size / MIN_MB).ln() / (MAX_MB / MIN_MB).ln();
        Some(MAX_DAYS - (MAX_DAYS - MIN_DAYS) * (0.5 * linear + 0.5 * logarithmic))
    }
}

/// `YYYYMMDD` of a moment, UTC.
pub fn day(at: Timestamp) -> i32 {
    // Howard Hinnant's civil-from-days.
    let z = at.millis().div_euclid(DAY_MS) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    i32::try_from(year * 10_000 + month * 100 + day).unwrap_or(i32::MAX)
}

/// When a file that was just uploaded expires, if the instance lets files expire.
pub(super) fn expiry(app: &App, attachment: &Attachment, now: Timestamp) -> Option<Timestamp> {
    let days = lifetime(attachment.size).filter(|_| app.settings.attachment_decay)?;
    Some(now.plus_millis(days as i64 * DAY_MS))
}

/// Adds the expiry of a new attachment, which stands in it already.
pub(super) fn record(
    batch: Batch,
    channel: ChannelId,
    message: MessageId,
    attachment: &Attachment,
    now: Timestamp,
) -> Batch {
    let (Some(expires_at), Some(days)) = (attachment.expires_at, lifetime(attachment.size)) else {
        return batch;
    };
    let row = DecayRow {
        attachment_id: attachment.id,
        channel_id: channel,
        message_id: message,
        filename: attachment.filename.clone(),
        size_bytes: attachment.size,
        uploaded_at: now,
        expires_at,
        last_accessed_at: now,
        cost: COST * (attachment.size as f64 / (MB * MB)) * (days / 30.0),
        lifetime_days: days as i32,
        status: None,
    };
    put(batch, &row)
}

pub(super) fn put(batch: Batch, row: &DecayRow) -> Batch {
    batch.put(row).put(&DecayByExpiryRow {
        expiry_bucket: day(row.expires_at),
        expires_at: row.expires_at,
        attachment_id: row.attachment_id,
        channel_id: row.channel_id,
        message_id: row.message_id,
    })
}

pub(super) fn remove(batch: Batch, row: &DecayRow) -> Batch {
    let place = (day(row.expires_at), row.expires_at, row.attachment_id);
    batch.delete::<DecayRow>((row.attachment_id,)).delete::<DecayByExpiryRow>(place)
}

pub(super) async fn find(app: &App, ids: &[AttachmentId]) -> Result<HashMap<AttachmentId, DecayRow>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = app.store.get_many::<DecayRow>(ids.iter().map(|id| (*id,)).collect()).await?;
    Ok(rows.into_iter().flatten().map(|row| (row.attachment_id, row)).collect())
}

fn attachments_of(row: &MessageRow) -> impl Iterator<Item = &Attachment> {
    row.attachments.iter().chain(row.snapshots.iter().flat_map(|snapshot| &snapshot.attachments))
}

fn attachments_of_mut(row: &mut MessageRow) -> impl Iterator<Item = &mut Attachment> {
    let forwarded = row.snapshots.iter_mut().flat_map(|MessageSnapshot { attachments, .. }| attachments);
    row.attachments.iter_mut().chain(forwarded)
}

/// Writes into the rows when their attachments expire and whether they have. `read` by
/// somebody, those that would soon go stay longer.
pub(crate) async fn settle(app: &App, rows: &mut [MessageRow], read: bool) -> Result<()> {
    let ids: Vec<AttachmentId> = rows.iter().flat_map(attachments_of).map(|file| file.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut found = find(app, &ids).await?;
    let now = app.clock.now();
    let mut batch = Batch::new();
    for row in rows.iter_mut() {
        let renew = read && row.flags & flags::message::COMPACT_ATTACHMENTS == 0;
        for file in attachments_of_mut(row) {
            let Some(decay) = found.get_mut(&file.id) else {
                file.expires_at = None;
                continue;
            };
            let left = decay.expires_at.since(now);
            if renew && left > 0 && left <= RENEWAL_DAYS * DAY_MS {
                let renewed = now.plus_millis(RENEWAL_DAYS * DAY_MS);
                batch = remove(batch, decay);
                decay.expires_at = renewed;
                decay.last_accessed_at = now;
                batch = put(batch, decay);
            }
            file.expires_at = Some(decay.expires_at);
            file.expired = Some(decay.expires_at <= now);
        }
    }
    if !batch.is_empty() {
        app.store.commit(batch).await?;
    }
    Ok(())
}

/// Whether the time of an attachment is over, deleted yet or not.
pub async fn has_expired(app: &App, id: AttachmentId) -> Result<bool> {
    let row = app.store.get::<DecayRow>((id,)).await?;
    Ok(row.is_some_and(|row| row.expires_at <= app.clock.now()))
}

/// Deletes what has expired; the messages stay and say so. May be run again, and beside itself.
pub async fn expire_due(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let mut expired = 0;
    for back in (0..=LOOK_BACK).rev() {
        let bucket = day(now.plus_millis(-back * DAY_MS));
        loop {
            let due = app.store.range::<DecayByExpiryRow>((bucket,)).to((now,)).limit(PAGE).fetch().await?;
            if due.is_empty() {
                break;
            }
            for entry in due {
                expired += u64::from(expire(app, &entry, now).await?);
            }
        }
    }
    Ok(expired)
}

async fn expire(app: &App, entry: &DecayByExpiryRow, now: Timestamp) -> Result<bool> {
    let place = (entry.expiry_bucket, entry.expires_at, entry.attachment_id);
    let row = app.store.get::<DecayRow>((entry.attachment_id,)).await?;
    let Some(row) = row.filter(|row| row.expires_at == entry.expires_at && row.expires_at <= now) else {
        // Renewed or deleted meanwhile.
        app.store.delete::<DecayByExpiryRow>(place).await?;
        return Ok(false);
    };
    let key_of = (row.channel_id, bucket_of(row.message_id), row.message_id);
    let mark = |message: &mut MessageRow| {
        for file in attachments_of_mut(message).filter(|file| file.id == row.attachment_id) {
            file.expired = Some(true);
        }
    };
    app.store.update::<MessageRow, _>(key_of, mark).await?;
    let mut batch =
        remove(Batch::new(), &row).delete::<AttachmentLookupRow>((row.channel_id, row.attachment_id));
    let object = key(row.channel_id, row.attachment_id, &row.filename);
    assets::discard_in(app, &mut batch, object, "attachment-decay-expired")?;
    app.store.commit(batch).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_files_live_shorter() {
        let days = |mb: f64| lifetime((mb * MB) as i64).unwrap();
        for (mb, expected) in [
            (0.0, 1095.0),
            (5.0, 1095.0),
            (10.0, 1008.19),
            (25.0, 884.27),
            (50.0, 775.61),
            (100.0, 639.66),
            (250.0, 368.33),
            (500.0, 14.0),
        ] {
            assert!((days(mb) - expected).abs() < 0.01, "{mb} MB: {}", days(mb));
        }
        assert_eq!(lifetime((500.0 * MB) as i64 + 1), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (at, expected) in [
            ("1970-01-01T00:00:00Z", 19_700_101),
            ("2024-02-29T23:59:59.999Z", 20_240_229),
            ("2026-11-24T19:00:00Z", 20_261_124),
            ("2027-01-01T00:00:00Z", 20_270_101),
        ] {
            assert_eq!(day(Timestamp::parse(at).unwrap()), expected);
        }
    }
}
