//! Asking the indexes of everything.

use fluxer_wire::{GuildId, UserId};
use platform_search::{Expr, Index, Order, Query, Sort, Text};

use super::{AUDIT_LOGS, GUILDS, REPORTS, USERS, documents, ready};
use crate::{
    App, Result,
    reports::rows::{RESOLVED, ReportRow},
    rows::{AuditLogRow, GuildRow, UserRow},
};

/// Guilds of the directory looked at to find the largest that fit.
const MOST_LISTED: usize = 1000;

/// What an operator is shown of something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub id: String,
    /// In a line.
    pub about: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Not all is indexed yet; that has been ordered.
    Indexing,
    Hits {
        hits: Vec<Hit>,
        /// On all pages.
        total: u64,
    },
}

fn newest_first() -> Vec<Sort> {
    vec![Sort { field: "createdAt", order: Order::Descending }]
}

/// Finds by words, best match first; without any, everything, newest first.
pub async fn find(
    app: &App,
    index: &'static Index,
    words: &str,
    offset: usize,
    limit: usize,
) -> Result<Found> {
    if !ready(app, index).await? {
        return Ok(Found::Indexing);
    }
    let asks = !words.trim().is_empty();
    let mut query = Query {
        texts: if asks { vec![Text::words(words)] } else { Vec::new() },
        sort: if asks { Vec::new() } else { newest_first() },
        offset,
        limit,
        ..Query::default()
    };
    let mut found = app.search.search(index, query.clone()).await.map_err(super::super::off)?;
    if found.total == 0 && asks {
        query.texts.iter_mut().for_each(|text| text.typos = true);
        found = app.search.search(index, query).await.map_err(super::super::off)?;
    }
    let asked = found.ids.len();
    let hits = hits(app, index, &found.ids).await?;
    Ok(Found::Hits { total: found.total.saturating_sub((asked - hits.len()) as u64), hits })
}

/// Those that are there still, as they are now.
async fn hits(app: &App, index: &'static Index, ids: &[String]) -> Result<Vec<Hit>> {
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    if index == &GUILDS {
        let rows = app.store.get_many::<GuildRow>(documents::keys(&names)).await?;
        let about =
            |row: &GuildRow| format!("{}, {} members, owner {}", row.name, row.member_count, row.owner_id);
        return Ok(rows.iter().flatten().map(|row| hit(row.guild_id, about(row))).collect());
    }
    if index == &USERS {
        let rows = app.store.get_many::<UserRow>(documents::keys(&names)).await?;
        let about = |row: &UserRow| {
            let tag = format!("{}#{:04}", row.username, row.discriminator);
            let email = row.email.as_deref().unwrap_or("no e-mail address");
            format!("{tag}, {}", if row.bot { "bot" } else { email })
        };
        return Ok(rows.iter().flatten().map(|row| hit(row.user_id, about(row))).collect());
    }
    if index == &REPORTS {
        let rows = app.store.get_many::<ReportRow>(documents::keys(&names)).await?;
        return Ok(rows.iter().flatten().map(|row| hit(row.report_id, about_report(row))).collect());
    }
    debug_assert!(index == &AUDIT_LOGS, "there are four");
    let rows = app.store.get_many::<AuditLogRow>(documents::audit_keys(ids)).await?;
    let about = |row: &AuditLogRow| {
        let (action, _) = documents::action(row.action_type);
        let target = row.target_id.as_deref().unwrap_or("nothing in particular");
        let reason = row.reason.as_deref().map(|reason| format!(": {reason}")).unwrap_or_default();
        format!("{action} by {} of {target}{reason}", row.user_id)
    };
    let line = |row: &AuditLogRow| hit(documents::audit_name(row.guild_id, row.log_id), about(row));
    Ok(rows.iter().flatten().map(line).collect())
}

fn hit(id: impl ToString, about: String) -> Hit {
    Hit { id: id.to_string(), about }
}

fn about_report(row: &ReportRow) -> String {
    let state = if row.status == RESOLVED { "resolved" } else { "pending" };
    let of = match (row.report_type, row.reported_user_id, row.reported_guild_id) {
        (0, Some(user), _) => format!("a message of {user}"),
        (1, Some(user), _) => format!("account {user}"),
        (_, _, Some(guild)) => format!("guild {guild}"),
        _ => "something that is gone".to_owned(),
    };
    let by = row.reporter_id.map_or_else(|| "anonymous".to_owned(), |reporter: UserId| reporter.to_string());
    format!("{state}, {} of {of} by {by}", row.category)
}

/// Listed guilds that have the words; `None` if that cannot be told from the index now.
pub async fn discoverable(app: &App, words: &str, category: Option<i64>) -> Option<Vec<GuildId>> {
    let is_ready = app.search.is_enabled() && matches!(ready(app, &GUILDS).await, Ok(true));
    if !is_ready {
        return None;
    }
    let mut filter = vec![Expr::Flag("isDiscoverable", true)];
    filter
        .extend(category.map(|category| Expr::Between("discoveryCategory", Some(category), Some(category))));
    let query = |typos| Query {
        texts: vec![Text { typos, ..Text::words(words) }],
        filter: Expr::And(filter.clone()),
        limit: MOST_LISTED,
        ..Query::default()
    };
    for typos in [false, true] {
        match app.search.search(&GUILDS, query(typos)).await {
            Ok(found) if found.ids.is_empty() && !typos => {}
            Ok(found) => return Some(found.ids.iter().filter_map(|id| id.parse().ok()).collect()),
            Err(error) => {
                tracing::warn!(%error, "the directory is looked through without its index");
                return None;
            }
        }
    }
    None
}
