//! Reports to the moderators: what is wrong, where, and how it looked at that moment.
//!
//! A report keeps a snapshot of its target, for messages with what was said around them and
//! copies of the files, so that it can be judged after everything was deleted. Nobody but
//! the moderators hears of it.

pub mod dsa;
mod resolve;
pub(crate) mod rows;
mod snapshot;

use fluxer_wire::{
    GuildId, ReportId, UserId, code, flags,
    report::{Report, ReportGuildRequest, ReportMessageRequest, ReportStatus, ReportUserRequest},
};
use platform_kernel::Timestamp;

use crate::{
    Actor, App, Result,
    auth::flow,
    fail,
    guilds::GuildSnapshot,
    rows::{MessageRow, UserRow},
};

pub use resolve::resolve;
use rows::ReportSlotRow;
pub use rows::{ContextMessage, CopiedAttachment, PENDING, RESOLVED, ReportRow, tables};
pub(crate) use snapshot::BUCKET;

/// Reports of one reporter that are taken within an hour.
const MOST: i32 = 5;
const WINDOW_MS: i64 = 3_600_000;

const MESSAGE: i32 = 0;
const USER: i32 = 1;
const GUILD: i32 = 2;

/// `POST /reports/message`.
pub async fn message(app: &App, actor: &Actor, form: ReportMessageRequest) -> Result<Report> {
    admit(app, actor).await?;
    let (channel, message) = find_message(app, form.channel_id, form.message_id).await?;
    if message.author_id == actor.id() {
        return fail(code::CANNOT_REPORT_OWN_MESSAGE);
    }
    let author = author(app, &message).await?;
    reserve(app, &actor.id().to_string()).await?;
    let mut row = begun(app, actor, form.category.as_str(), form.additional_info.0.map(String::from));
    snapshot::of_message(app, &mut row, &channel, &message, &author).await?;
    store(app, row).await
}

/// `POST /reports/user`.
pub async fn user(app: &App, actor: &Actor, form: ReportUserRequest) -> Result<Report> {
    admit(app, actor).await?;
    if form.user_id == actor.id() {
        return fail(code::CANNOT_REPORT_YOURSELF);
    }
    let user = app.user(form.user_id).await?;
    reserve(app, &actor.id().to_string()).await?;
    let mut row = begun(app, actor, form.category.as_str(), form.additional_info.0.map(String::from));
    row.guild_context_id = form.guild_id.0;
    snapshot::of_user(&mut row, &user);
    store(app, row).await
}

/// `POST /reports/guild`.
pub async fn guild(app: &App, actor: &Actor, form: ReportGuildRequest) -> Result<Report> {
    admit(app, actor).await?;
    let guild = app.guild(form.guild_id).await?;
    if guild.row.owner_id == actor.id() {
        return fail(code::CANNOT_REPORT_OWN_GUILD);
    }
    reserve(app, &actor.id().to_string()).await?;
    let mut row = begun(app, actor, form.category.as_str(), form.additional_info.0.map(String::from));
    snapshot::of_guild(&mut row, &guild);
    store(app, row).await
}

async fn admit(app: &App, actor: &Actor) -> Result<()> {
    if actor.user.has(flags::user::REPORT_BANNED) {
        return fail(code::REPORT_BANNED);
    }
    has_room(app, &actor.id().to_string()).await
}

/// 429 if no place is free: before anything is looked up. [`reserve`] has the last word.
async fn has_room(app: &App, reporter: &str) -> Result<()> {
    let taken = taken(app, reporter).await?;
    if taken.len() < MOST as usize { Ok(()) } else { Err(full(app, &taken)) }
}

async fn taken(app: &App, reporter: &str) -> Result<Vec<ReportSlotRow>> {
    Ok(app.store.range::<ReportSlotRow>((reporter.to_owned(),)).all().await?)
}

/// 429 until the oldest report leaves the hour.
fn full(app: &App, taken: &[ReportSlotRow]) -> crate::Error {
    let now = app.clock.now();
    let oldest = taken.iter().map(|row| row.taken_at).min().unwrap_or(now);
    flow::rate_limited((WINDOW_MS - now.since(oldest)).max(0).div_euclid(1000) + 1)
}

/// Takes one of the reporter's places for reports; 429 if none is free. However many ask at
/// once, no more get one than there are.
async fn reserve(app: &App, reporter: &str) -> Result<()> {
    for slot in 0..MOST {
        let row = ReportSlotRow { reporter: reporter.to_owned(), slot, taken_at: app.clock.now() };
        if app.store.insert_if_absent(&row).await? {
            return Ok(());
        }
    }
    Err(full(app, &taken(app, reporter).await?))
}

async fn find_message(
    app: &App,
    channel: fluxer_wire::ChannelId,
    message: fluxer_wire::MessageId,
) -> Result<(crate::channels::ChannelInfo, MessageRow)> {
    let Some(channel) = app.find_channel(channel).await? else { return fail(code::UNKNOWN_CHANNEL) };
    match app.find_message(channel.row.channel_id, message).await? {
        Some(message) => Ok((channel, message)),
        None => fail(code::UNKNOWN_MESSAGE),
    }
}

/// The person who wrote it; webhooks and people who are gone cannot be reported.
async fn author(app: &App, message: &MessageRow) -> Result<std::sync::Arc<UserRow>> {
    if message.webhook_id.is_some() { fail(code::UNKNOWN_USER) } else { app.user(message.author_id).await }
}

fn begun(app: &App, actor: &Actor, category: &str, remark: Option<String>) -> ReportRow {
    ReportRow { reporter_id: Some(actor.id()), ..blank(app, category, remark) }
}

fn blank(app: &App, category: &str, remark: Option<String>) -> ReportRow {
    ReportRow {
        report_id: app.next_id(),
        reported_at: app.clock.now(),
        status: PENDING,
        category: category.to_owned(),
        additional_info: remark,
        ..ReportRow::default()
    }
}

async fn store(app: &App, row: ReportRow) -> Result<Report> {
    let (report_id, reported_at) = (row.report_id, row.reported_at);
    app.store.put(&row).await?;
    app.touch_indexed(&crate::search::REPORTS, report_id).await?;
    metrics_of(&row);
    Ok(view(report_id, ReportStatus::Pending, reported_at))
}

fn metrics_of(row: &ReportRow) {
    tracing::info!(report = %row.report_id, category = row.category, kind = row.report_type, "A report was filed.");
}

fn view(report_id: ReportId, status: ReportStatus, reported_at: Timestamp) -> Report {
    Report { report_id, status, reported_at }
}

/// A report that the system makes of somebody; [`file`] files it.
pub(crate) async fn by_system(
    app: &App,
    about: UserId,
    guild: Option<GuildId>,
    remark: &str,
) -> Result<ReportRow> {
    let mut row = blank(app, "child_safety", Some(remark.to_owned()));
    row.reporter_id = Some(UserId::new(0));
    row.guild_context_id = guild;
    match app.find_user(about).await? {
        Some(user) => snapshot::of_user(&mut row, &user),
        None => {
            row.report_type = USER;
            row.reported_user_id = Some(about);
        }
    }
    Ok(row)
}

pub(crate) async fn file(app: &App, row: ReportRow) -> Result<Report> {
    store(app, row).await
}

/// The report, or 404 `UNKNOWN_REPORT`.
pub async fn find(app: &App, id: ReportId) -> Result<ReportRow> {
    match app.store.get::<ReportRow>((id,)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_REPORT),
    }
}

/// Where a reported guild and its name are taken from.
fn context(row: &mut ReportRow, guild: Option<&GuildSnapshot>) {
    if let Some(guild) = guild {
        row.guild_context_id = Some(guild.id());
        row.reported_guild_name = Some(guild.row.name.clone());
        row.reported_guild_icon_hash.clone_from(&guild.row.icon_hash);
    }
}
