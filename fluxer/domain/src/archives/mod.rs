//! Archives of whole guilds, for operators: everything that is in a guild at one time, made by
//! a job (crate `fluxer-jobs` writes it), kept for a year, fetched through a signed address.
//!
//! The row says how far an archive is; once it is completed or has failed it stays so,
//! whatever is delivered twice. It ends together with its object.

pub mod collect;

use std::time::Duration;

use fluxer_wire::{AnyId, GuildId, UserId, harvest::HarvestStatus};
use platform_kernel::Timestamp;
use platform_queue::Job;
use platform_store::{Batch, Schema, Table};
use serde::{Deserialize, Serialize};

use crate::{App, Error, Result, harvests::status};

/// The queue's kind of the job that gathers.
pub const KIND: &str = "harvestGuildData";
pub const BUCKET: &str = "harvests";
const GUILD: &str = "guild";
const KEPT_SECONDS: i64 = 365 * 86_400;
const LINK_LIFE: Duration = Duration::from_secs(7 * 86_400);

#[derive(Table, Clone, Debug)]
#[table(name = "admin_archives_by_subject", ttl = 31536000)]
pub struct ArchiveRow {
    #[partition]
    pub subject_type: String,
    #[partition]
    pub subject_id: AnyId,
    #[cluster(desc)]
    pub archive_id: AnyId,
    /// None: from the command line.
    pub requested_by: Option<UserId>,
    pub requested_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    pub storage_key: Option<String>,
    pub file_size: Option<i64>,
    pub progress_percent: i32,
    pub progress_step: Option<String>,
    pub error_message: Option<String>,
    #[version]
    pub version: i32,
}

impl ArchiveRow {
    pub const fn is_over(&self) -> bool {
        self.completed_at.is_some() || self.failed_at.is_some()
    }
    pub const fn status(&self) -> HarvestStatus {
        status(self.failed_at, self.completed_at, self.started_at)
    }
}

pub fn tables() -> Vec<&'static Schema> {
    vec![ArchiveRow::SCHEMA]
}

/// What the job is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub guild_id: GuildId,
    pub archive_id: AnyId,
    pub requested_by: Option<UserId>,
}

impl Order {
    fn key(self) -> (String, AnyId, AnyId) {
        (GUILD.to_owned(), self.guild_id.cast(), self.archive_id)
    }
    /// Where the archive is kept.
    pub fn object(self) -> String {
        format!("exports/guilds/{}/{}/guild-data.zip", self.guild_id, self.archive_id)
    }
}

/// Has an archive of the guild made; 404 `UNKNOWN_GUILD`.
pub async fn order(app: &App, guild: GuildId, requested_by: Option<UserId>) -> Result<AnyId> {
    app.guild(guild).await?;
    let (order, now) = (Order { guild_id: guild, archive_id: app.next_id(), requested_by }, app.clock.now());
    let row = ArchiveRow {
        subject_type: GUILD.to_owned(),
        subject_id: guild.cast(),
        archive_id: order.archive_id,
        requested_by,
        requested_at: now,
        started_at: None,
        completed_at: None,
        failed_at: None,
        expires_at: now.plus_seconds(KEPT_SECONDS),
        storage_key: None,
        file_size: None,
        progress_percent: 0,
        progress_step: None,
        error_message: None,
        version: 0,
    };
    let mut batch = Batch::new().put(&row);
    app.queue.push_in(&mut batch, Job::new(KIND, &order).key(order.archive_id.to_string()))?;
    app.store.commit(batch).await?;
    Ok(order.archive_id)
}

/// The guild's archives, the newest first.
pub async fn list(app: &App, guild: GuildId) -> Result<Vec<ArchiveRow>> {
    Ok(app.store.range::<ArchiveRow>((GUILD.to_owned(), guild.cast())).all().await?)
}

/// An address that gives the archive to whoever has it, for a week; none unless it is completed.
pub fn link(app: &App, row: &ArchiveRow) -> Result<Option<String>> {
    match row.storage_key.as_deref().filter(|_| row.completed_at.is_some()) {
        Some(key) => Ok(Some(app.blobs.link(BUCKET, key, LINK_LIFE).map_err(Error::internal)?)),
        None => Ok(None),
    }
}

/// Marks the archive as begun, and says until when it is to be kept; none if there is nothing
/// (more) to do.
pub async fn begin(app: &App, order: Order) -> Result<Option<Timestamp>> {
    let now = app.clock.now();
    let Some(row) = app.store.get::<ArchiveRow>(order.key()).await? else { return Ok(None) };
    if row.is_over() {
        return Ok(None);
    }
    change(app, order, |row| row.started_at = row.started_at.or(Some(now))).await?;
    Ok(Some(row.expires_at))
}

/// Says how far it is.
pub async fn progress(app: &App, order: Order, percent: i32, step: &str) -> Result<()> {
    change(app, order, |row| {
        row.progress_percent = percent;
        row.progress_step = Some(step.to_owned());
    })
    .await
}

/// The archive is stored: from now on it can be fetched.
pub async fn complete(app: &App, order: Order, file_size: u64) -> Result<()> {
    let now = app.clock.now();
    change(app, order, |row| {
        row.completed_at = Some(now);
        row.storage_key = Some(order.object());
        row.file_size = i64::try_from(file_size).ok();
        row.progress_percent = 100;
        row.progress_step = Some("Completed".into());
    })
    .await
}

/// It will not work; the row says why.
pub async fn give_up(app: &App, order: Order, reason: &str) -> Result<()> {
    let now = app.clock.now();
    change(app, order, |row| {
        row.failed_at = Some(now);
        row.error_message = Some(reason.to_owned());
    })
    .await
}

/// Nothing changes once it is over.
async fn change(app: &App, order: Order, change: impl Fn(&mut ArchiveRow) + Send) -> Result<()> {
    let changed = move |row: &mut ArchiveRow| {
        if !row.is_over() {
            change(row);
        }
    };
    app.store.update::<ArchiveRow, _>(order.key(), changed).await?;
    Ok(())
}
