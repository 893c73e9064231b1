//! The stations of an export, as its row records them.

use platform_store::Batch;

use super::{DAY_SECONDS, HarvestRow, KEPT_DAYS, LINK_DAYS, Order, link, object_key};
use crate::{
    App, Result,
    mails::{self, Template},
};

/// Marks the export as begun; false if there is nothing (more) to do.
pub async fn begin(app: &App, order: Order) -> Result<bool> {
    let now = app.clock.now();
    let key = (order.user_id, order.harvest_id);
    let Some(row) = app.store.get::<HarvestRow>(key).await? else { return Ok(false) };
    if row.is_over() {
        return Ok(false);
    }
    let change = |row: &mut HarvestRow| row.started_at = row.started_at.or(Some(now));
    app.store.update::<HarvestRow, _>(key, change).await?;
    Ok(true)
}

/// Says how far it is.
pub async fn progress(app: &App, order: Order, percent: i32, step: &str) -> Result<()> {
    let change = |row: &mut HarvestRow| {
        row.progress_percent = percent;
        row.progress_step = Some(step.to_owned());
    };
    app.store.update::<HarvestRow, _>((order.user_id, order.harvest_id), change).await?;
    Ok(())
}

/// The archive is stored: from now on it can be fetched, and its owner is told. The mail is
/// a job of the same batch, so there is one however often this job is delivered.
pub async fn complete(app: &App, order: Order, file_size: u64, messages: usize) -> Result<()> {
    let key = (order.user_id, order.harvest_id);
    let Some(mut row) = app.store.get::<HarvestRow>(key).await? else { return Ok(()) };
    if row.is_over() {
        return Ok(());
    }
    let now = app.clock.now();
    let size = i64::try_from(file_size).unwrap_or(i64::MAX);
    row.completed_at = Some(now);
    row.expires_at = Some(now.plus_seconds(KEPT_DAYS * DAY_SECONDS));
    row.storage_key = Some(object_key(order));
    row.file_size = Some(size);
    row.progress_percent = 100;
    row.progress_step = Some("Completed".into());
    row.version = row.version.wrapping_add(1);
    let mut batch = Batch::new().put(&row);
    if let Some(user) = app.find_user(order.user_id).await? {
        let expires_at = now.plus_seconds(LINK_DAYS * DAY_SECONDS);
        let letter = Template::HarvestCompleted {
            download_url: link(app, order, expires_at),
            total_messages: i64::try_from(messages).unwrap_or(i64::MAX),
            file_size: size,
            expires_at,
        };
        mails::send_in(app, &mut batch, &user, letter)?;
    }
    Ok(app.store.commit(batch).await?)
}

/// It will not work; its owner sees why in the export's status.
pub async fn fail(app: &App, order: Order, reason: &str) -> Result<()> {
    let now = app.clock.now();
    let change = |row: &mut HarvestRow| {
        if !row.is_over() {
            row.failed_at = Some(now);
            row.error_message = Some(reason.to_owned());
        }
    };
    app.store.update::<HarvestRow, _>((order.user_id, order.harvest_id), change).await?;
    Ok(())
}
