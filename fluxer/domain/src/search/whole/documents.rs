//! Guilds, accounts, reports and audit entries as the indexes keep them.

use fluxer_wire::{AuditLogId, GuildId, Id, ReportId, UserId};
use platform_kernel::Timestamp;
use platform_search::{Document, Index, Value};

use super::{AUDIT_LOGS, GUILDS, REPORTS, USERS};
use crate::{
    App, Result,
    audit::Action,
    guilds::{discovery, rows::DiscoveryRow},
    reports::rows::ReportRow,
    rows::{AuditLogRow, GuildRow, UserRow},
};

const ANONYMOUS: &str = "anonymous";
const DAY_SECONDS: i64 = 86_400;

fn seconds(at: Timestamp) -> i64 {
    at.millis().div_euclid(1000)
}
fn maybe<T>(id: Option<Id<T>>) -> Option<String> {
    id.map(|id| id.to_string())
}

pub fn guild(row: &GuildRow, application: Option<&DiscoveryRow>) -> Document {
    let listed = application.filter(|application| discovery::is_listed(application));
    Document::new(row.guild_id.to_string())
        .with("name", row.name.as_str())
        .with("vanityUrlCode", row.vanity_url_code.clone())
        .with("discoveryDescription", listed.map(|listed| listed.description.clone()))
        .with("ownerId", row.owner_id.to_string())
        .with("verificationLevel", i64::from(row.verification_level))
        .with("mfaLevel", i64::from(row.mfa_level))
        .with("nsfwLevel", i64::from(row.nsfw_level))
        .with("features", Value::Texts(row.features.iter().cloned().collect()))
        .with("createdAt", seconds(row.guild_id.timestamp()))
        .with("isDiscoverable", listed.is_some())
        .with("discoveryCategory", listed.map(|listed| i64::from(listed.category_type)))
}

pub fn user(row: &UserRow) -> Document {
    let day = |at: Timestamp| seconds(at).div_euclid(DAY_SECONDS) * DAY_SECONDS;
    Document::new(row.user_id.to_string())
        .with("username", row.username.as_str())
        .with("email", row.email.clone())
        .with("phone", row.phone.clone())
        .with("userId", row.user_id.to_string())
        .with("isBot", row.bot)
        .with("isSystem", row.system)
        .with("emailVerified", row.email_verified)
        .with("emailBounced", row.email_bounced)
        .with("premiumType", row.premium_type.map(i64::from))
        .with("tempBannedUntil", row.temp_banned_until.map(seconds))
        .with("pendingDeletionAt", row.pending_deletion_at.map(seconds))
        .with("acls", row.acls.clone())
        .with("suspiciousActivityFlags", i64::from(row.suspicious_activity_flags))
        .with("createdAt", seconds(row.user_id.timestamp()))
        // every request moves it: the day is enough
        .with("lastActiveAt", row.last_active_at.map(day))
}

pub fn report(row: &ReportRow) -> Document {
    Document::new(row.report_id.to_string())
        .with("category", row.category.as_str())
        .with("additionalInfo", row.additional_info.clone())
        .with("reportedGuildName", row.reported_guild_name.clone())
        .with("reportedChannelName", row.reported_channel_name.clone())
        .with("categoryName", row.category.as_str())
        .with("reporterId", maybe(row.reporter_id).unwrap_or_else(|| ANONYMOUS.to_owned()))
        .with("reportedAt", seconds(row.reported_at))
        .with("status", i64::from(row.status))
        .with("reportType", i64::from(row.report_type))
        .with("reportedUserId", maybe(row.reported_user_id))
        .with("reportedGuildId", maybe(row.reported_guild_id))
        .with("reportedMessageId", maybe(row.reported_message_id))
        .with("reportedChannelId", maybe(row.reported_channel_id))
        .with("guildContextId", maybe(row.guild_context_id))
        .with("resolvedByAdminId", maybe(row.resolved_by_admin_id))
        .with("resolvedAt", row.resolved_at.map(seconds))
        .with("createdAt", seconds(row.report_id.timestamp()))
}

/// The name of an entry of a guild's log.
pub fn audit_name(guild: GuildId, id: AuditLogId) -> String {
    format!("{guild}_{id}")
}
fn read_audit_name(name: &str) -> Option<(GuildId, AuditLogId)> {
    let (guild, id) = name.split_once('_')?;
    Some((guild.parse().ok()?, id.parse().ok()?))
}

/// What an action is called and about: `MemberKick` is `member_kick`, about a `member`.
pub fn action(number: i32) -> (String, String) {
    let Some(action) = Action::from_number(number.into()) else { return (number.to_string(), String::new()) };
    let mut name = String::new();
    for letter in format!("{action:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let about = name.split('_').next().unwrap_or_default().to_owned();
    (name, about)
}

pub fn audit(row: &AuditLogRow) -> Document {
    let (name, about) = action(row.action_type);
    Document::new(audit_name(row.guild_id, row.log_id))
        .with("action", name)
        .with("targetType", about)
        .with("targetId", row.target_id.clone())
        .with("auditLogReason", row.reason.clone())
        .with("guildId", row.guild_id.to_string())
        .with("adminUserId", row.user_id.to_string())
        .with("createdAt", seconds(row.log_id.timestamp()))
}

/// Whether the index of accounts has to be told of the change.
pub fn differs(old: &UserRow, new: &UserRow) -> bool {
    user(old) != user(new)
}
/// The same of guilds, as far as their own row goes.
pub fn guild_differs(old: &GuildRow, new: &GuildRow) -> bool {
    guild(old, None) != guild(new, None)
}

/// The documents of those that are there.
pub async fn of(app: &App, index: &'static Index, ids: &[&str]) -> Result<Vec<Document>> {
    if index == &GUILDS {
        return guilds(app, app.store.get_many(keys(ids)).await?.into_iter().flatten().collect()).await;
    }
    if index == &USERS {
        let rows = app.store.get_many::<UserRow>(keys(ids)).await?;
        return Ok(rows.iter().flatten().map(user).collect());
    }
    if index == &REPORTS {
        let rows = app.store.get_many::<ReportRow>(keys(ids)).await?;
        return Ok(rows.iter().flatten().map(report).collect());
    }
    let names = ids.iter().filter_map(|name| read_audit_name(name)).collect();
    let rows = app.store.get_many::<AuditLogRow>(names).await?;
    Ok(rows.iter().flatten().map(audit).collect())
}

pub fn keys<T>(ids: &[&str]) -> Vec<(Id<T>,)> {
    ids.iter().filter_map(|id| Some((id.parse().ok()?,))).collect()
}
pub fn audit_keys(ids: &[String]) -> Vec<(GuildId, AuditLogId)> {
    ids.iter().filter_map(|name| read_audit_name(name)).collect()
}

async fn guilds(app: &App, rows: Vec<GuildRow>) -> Result<Vec<Document>> {
    let ids = rows.iter().map(|row| (row.guild_id,)).collect();
    let applications = app.store.get_many::<DiscoveryRow>(ids).await?;
    Ok(rows.iter().zip(&applications).map(|(row, application)| guild(row, application.as_ref())).collect())
}

/// How far a table was read.
#[derive(Debug, Default)]
pub struct Cursor {
    guild: Option<GuildId>,
    user: Option<UserId>,
    report: Option<ReportId>,
    audit: Option<(GuildId, AuditLogId)>,
}

/// The next documents; `None` at the end.
pub async fn page(
    app: &App,
    index: &'static Index,
    after: &mut Cursor,
    limit: usize,
) -> Result<Option<Vec<Document>>> {
    if index == &GUILDS {
        let rows = app.store.scan::<GuildRow>(after.guild.map(|id| (id,)), limit).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        after.guild = Some(last.guild_id);
        return guilds(app, rows).await.map(Some);
    }
    if index == &USERS {
        let rows = app.store.scan::<UserRow>(after.user.map(|id| (id,)), limit).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        after.user = Some(last.user_id);
        return Ok(Some(rows.iter().map(user).collect()));
    }
    if index == &REPORTS {
        let rows = app.store.scan::<ReportRow>(after.report.map(|id| (id,)), limit).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        after.report = Some(last.report_id);
        return Ok(Some(rows.iter().map(report).collect()));
    }
    debug_assert!(index == &AUDIT_LOGS, "there are four");
    let rows = app.store.scan::<AuditLogRow>(after.audit, limit).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    after.audit = Some((last.guild_id, last.log_id));
    Ok(Some(rows.iter().map(audit).collect()))
}
