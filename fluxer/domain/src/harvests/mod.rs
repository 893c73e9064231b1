//! Exports of an account's data: asked for by its owner once a week, gathered by a job
//! (crate `fluxer-jobs`, which writes the archive), fetched through a signed address.
//!
//! The row says how far an export is; once it is completed or has failed it stays so,
//! whatever is delivered twice.

pub mod collect;
mod progress;

use fluxer_wire::{
    AnyId, Error as Refusal, UserId, code,
    harvest::{Harvest, HarvestCreated, HarvestDownload, HarvestStatus},
};
use hmac::{Hmac, Mac};
use platform_blobs::Reading;
use platform_kernel::Timestamp;
use platform_queue::Job;
use platform_store::{Batch, Schema, Table};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{Actor, App, Error, Result, fail};

/// An archive being read.
pub type Archive = Reading;

pub use progress::{begin, complete, fail as give_up, progress};

/// The queue's kind of the job that gathers.
pub const KIND: &str = "harvestUserData";
pub const BUCKET: &str = "harvests";
const COOLDOWN_DAYS: i64 = 7;
/// How long an archive is kept.
pub const KEPT_DAYS: i64 = 7;
const LINK_DAYS: i64 = 7;
const DAY_SECONDS: i64 = 86_400;
/// Two requests at once are one.
const HELD_FOR: std::time::Duration = std::time::Duration::from_secs(10);

/// An export.
#[derive(Table, Clone, Debug)]
#[table(name = "user_harvests")]
pub struct HarvestRow {
    #[partition]
    pub user_id: UserId,
    #[cluster(desc)]
    pub harvest_id: AnyId,
    pub requested_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    /// When the archive is deleted.
    pub expires_at: Option<Timestamp>,
    pub storage_key: Option<String>,
    pub file_size: Option<i64>,
    pub progress_percent: i32,
    pub progress_step: Option<String>,
    pub error_message: Option<String>,
    #[version]
    pub version: i32,
}

impl HarvestRow {
    pub const fn is_over(&self) -> bool {
        self.completed_at.is_some() || self.failed_at.is_some()
    }
}

pub fn tables() -> Vec<&'static Schema> {
    vec![HarvestRow::SCHEMA]
}

/// What the job is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub user_id: UserId,
    pub harvest_id: AnyId,
}

/// Where the archive is kept.
pub fn object_key(order: Order) -> String {
    format!("exports/{}/{}/user-data.zip", order.user_id, order.harvest_id)
}

/// How far it is, from the times of its stations.
pub(crate) const fn status(
    failed: Option<Timestamp>,
    completed: Option<Timestamp>,
    started: Option<Timestamp>,
) -> HarvestStatus {
    match (failed, completed, started) {
        (Some(_), ..) => HarvestStatus::Failed,
        (_, Some(_), _) => HarvestStatus::Completed,
        (.., Some(_)) => HarvestStatus::Processing,
        _ => HarvestStatus::Pending,
    }
}

fn view(row: HarvestRow) -> Harvest {
    Harvest {
        harvest_id: row.harvest_id,
        status: status(row.failed_at, row.completed_at, row.started_at),
        created_at: row.requested_at,
        started_at: row.started_at,
        completed_at: row.completed_at,
        failed_at: row.failed_at,
        file_size: row.file_size.map(|size| size.to_string()),
        progress_percent: row.progress_percent,
        progress_step: row.progress_step,
        error_message: row.error_message,
        download_url_expires_at: row.expires_at,
        expires_at: row.expires_at,
    }
}

async fn newest(app: &App, user: UserId) -> Result<Option<HarvestRow>> {
    Ok(app.store.range::<HarvestRow>((user,)).first().await?)
}

/// `POST /users/@me/harvest`.
pub async fn request(app: &App, actor: &Actor) -> Result<HarvestCreated> {
    let (user_id, now) = (actor.id(), app.clock.now());
    let lock = app.cache.try_lock(&format!("harvest:{user_id}"), HELD_FOR).await?;
    if !app.settings.test_mode {
        let last = newest(app, user_id).await?.map(|row| row.requested_at);
        let over = last.map(|last| last.plus_seconds(COOLDOWN_DAYS * DAY_SECONDS)).filter(|over| *over > now);
        let wait = over.map(|over| over.since(now) / 1000 + 1).or(lock.is_none().then_some(1));
        if let Some(seconds) = wait {
            return Err(Refusal::new(code::HARVEST_ON_COOLDOWN).with("retry_after", seconds).into());
        }
    }
    let order = Order { user_id, harvest_id: app.next_id() };
    let row = HarvestRow {
        user_id,
        harvest_id: order.harvest_id,
        requested_at: now,
        started_at: None,
        completed_at: None,
        failed_at: None,
        expires_at: None,
        storage_key: None,
        file_size: None,
        progress_percent: 0,
        progress_step: None,
        error_message: None,
        version: 0,
    };
    let mut batch = Batch::new().put(&row);
    app.queue.push_in(&mut batch, Job::new(KIND, &order).key(order.harvest_id.to_string()))?;
    app.store.commit(batch).await?;
    Ok(HarvestCreated { harvest_id: order.harvest_id, status: HarvestStatus::Pending, created_at: now })
}

/// `GET /users/@me/harvest/latest`.
pub async fn latest(app: &App, actor: &Actor) -> Result<Option<Harvest>> {
    Ok(newest(app, actor.id()).await?.map(view))
}

/// `GET /users/@me/harvest/{harvest_id}`.
pub async fn get(app: &App, actor: &Actor, id: AnyId) -> Result<Harvest> {
    find(app, actor.id(), id).await.map(view)
}

async fn find(app: &App, user: UserId, id: AnyId) -> Result<HarvestRow> {
    match app.store.get::<HarvestRow>((user, id)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_HARVEST),
    }
}

/// `GET /users/@me/harvest/{harvest_id}/download`.
pub async fn download(app: &App, actor: &Actor, id: AnyId) -> Result<HarvestDownload> {
    let row = find(app, actor.id(), id).await?;
    if row.failed_at.is_some() {
        return fail(code::HARVEST_FAILED);
    }
    if row.completed_at.is_none() {
        return fail(code::HARVEST_NOT_READY);
    }
    let now = app.clock.now();
    let Some(kept_until) = row.expires_at.filter(|until| *until > now) else {
        return fail(code::HARVEST_EXPIRED);
    };
    let expires_at = now.plus_seconds(LINK_DAYS * DAY_SECONDS).min(kept_until);
    let order = Order { user_id: actor.id(), harvest_id: id };
    Ok(HarvestDownload { download_url: link(app, order, expires_at), expires_at })
}

/// An address that gives the archive to whoever has it, until then.
pub fn link(app: &App, order: Order, expires_at: Timestamp) -> String {
    let (until, api) = (expires_at.seconds(), &app.settings.endpoints.api);
    let signature = hex(&mac(app, order, until).finalize().into_bytes());
    format!(
        "{api}/v1/exports/{}/{}/user-data.zip?expires={until}&signature={signature}",
        order.user_id, order.harvest_id
    )
}

fn mac(app: &App, order: Order, until: i64) -> Hmac<Sha256> {
    let key = format!("export:{}", app.settings.sudo_secret);
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(format!("{}/{}/{until}", order.user_id, order.harvest_id).as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    pairs.collect()
}

/// The archive behind a [`link`]; 404 `UNKNOWN_HARVEST` for a link that is none or is over.
pub async fn open(app: &App, order: Order, expires: i64, signature: &str) -> Result<Reading> {
    let genuine = unhex(signature).is_some_and(|bytes| mac(app, order, expires).verify_slice(&bytes).is_ok());
    if !genuine || expires <= app.clock.now().seconds() {
        return fail(code::UNKNOWN_HARVEST);
    }
    let row = find(app, order.user_id, order.harvest_id).await?;
    let live = row.expires_at.is_some_and(|until| until > app.clock.now());
    match row.storage_key.filter(|_| live) {
        Some(key) => match app.blobs.read(BUCKET, &key, None).await? {
            Some(reading) => Ok(reading),
            None => fail(code::UNKNOWN_HARVEST),
        },
        None => fail(code::UNKNOWN_HARVEST),
    }
}

/// Removes an account's exports and their archives. May be run again.
pub async fn forget(app: &App, user: UserId) -> Result<()> {
    for row in app.store.range::<HarvestRow>((user,)).all().await? {
        if let Some(key) = row.storage_key {
            app.blobs.delete(BUCKET, &key).await?;
        }
        app.store.delete::<HarvestRow>((user, row.harvest_id)).await?;
    }
    Ok(())
}

/// Test mode: an archive's life ends then.
pub async fn set_expiry(app: &App, user: UserId, id: AnyId, at: Timestamp) -> Result<()> {
    let change = |row: &mut HarvestRow| row.expires_at = Some(at);
    match app.store.update::<HarvestRow, _>((user, id), change).await? {
        Some(_) => Ok(()),
        None => Err(Error::from(code::UNKNOWN_HARVEST)),
    }
}
