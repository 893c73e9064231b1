//! `GET /guilds/{guild_id}/audit-logs`.

use std::collections::{BTreeMap, BTreeSet};

use fluxer_wire::{
    Error as Refusal, GuildId, Permissions, UserId, Value,
    audit::{AuditLog, AuditLogChange, AuditLogEntry, AuditLogOptions, AuditLogQuery, Changed},
    code, invalid,
};

use super::{Action, merge};
use crate::{Actor, App, Result, rows::AuditLogRow};

/// Rows looked at in one go when only some are wanted.
const STRIDE: usize = 200;

/// A page of the log, newest first.
pub async fn read(app: &App, actor: &Actor, id: GuildId, query: AuditLogQuery) -> Result<AuditLog> {
    let access = app.guild_access(actor, id, code::MISSING_PERMISSIONS).await?;
    access.require(Permissions::VIEW_AUDIT_LOG)?;
    if query.before.is_some() && query.after.is_some() {
        return Err(Refusal::field("before", invalid::CANNOT_SPECIFY_BOTH_BEFORE_AND_AFTER).into());
    }
    if query.user_id.is_none() && query.action_type.is_none() {
        merge::merge(app, id).await?;
    }
    let rows = page(app, id, &query).await?;
    let mut mentioned = BTreeSet::new();
    for row in &rows {
        mentioned.insert(row.user_id);
        if (Action::MemberKick.number()..=Action::BotAdd.number()).contains(&row.action_type) {
            mentioned.extend(row.target_id.as_deref().and_then(|id| id.parse::<UserId>().ok()));
        }
    }
    let users = app.partials(mentioned).await?;
    Ok(AuditLog { audit_log_entries: rows.into_iter().map(view).collect(), users, webhooks: Vec::new() })
}

async fn page(app: &App, id: GuildId, query: &AuditLogQuery) -> Result<Vec<AuditLogRow>> {
    let wanted = |row: &AuditLogRow| {
        query.user_id.is_none_or(|user| row.user_id == user)
            && query.action_type.is_none_or(|action| row.action_type == action.0.number())
    };
    let limit = query.limit.get();
    let (mut found, mut before) = (Vec::new(), query.before.0);
    loop {
        let mut range = app.store.range::<AuditLogRow>((id,)).descending().limit(STRIDE);
        if let Some(before) = before {
            range = range.before((before,));
        }
        if let Some(after) = query.after.0 {
            range = range.after((after,));
        }
        let rows = range.fetch().await?;
        before = rows.last().map(|row| row.log_id);
        let last = rows.len() < STRIDE;
        found.extend(rows.into_iter().filter(wanted));
        if last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

fn view(row: AuditLogRow) -> AuditLogEntry {
    AuditLogEntry {
        id: row.log_id,
        action_type: row.action_type,
        user_id: Some(row.user_id),
        target_id: row.target_id,
        reason: row.reason,
        options: options(row.options),
        changes: row.changes.into_iter().filter_map(change).collect(),
    }
}

/// The options that are shown; anything else is for us.
fn options(mut stored: BTreeMap<String, String>) -> Option<AuditLogOptions> {
    let mut text = |key: &str| stored.remove(key);
    let (channel_id, message_id, id) = (text("channel_id"), text("message_id"), text("id"));
    let (delete_member_days, role_name) = (text("delete_member_days"), text("role_name"));
    let inviter_id = text("inviter_id");
    let mut number = |key: &str| stored.remove(key).and_then(|text| text.parse::<i64>().ok());
    let options = AuditLogOptions {
        channel_id,
        message_id,
        id,
        delete_member_days,
        role_name,
        inviter_id,
        count: number("count"),
        kind: number("type"),
        integration_type: number("integration_type"),
        members_removed: number("members_removed"),
        max_age: number("max_age"),
        max_uses: number("max_uses"),
        uses: number("uses"),
        temporary: stored.remove("temporary").map(|text| text == "true"),
    };
    (options != AuditLogOptions::default()).then_some(options)
}

fn change(stored: Value) -> Option<AuditLogChange> {
    let key = stored.get("key")?.as_str()?.to_owned();
    if key == "ip" {
        return None;
    }
    Some(AuditLogChange {
        key,
        old_value: stored.get("old_value").cloned().map(Changed),
        new_value: stored.get("new_value").cloned().map(Changed),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_known_options_are_shown_with_their_types() {
        let stored =
            [("type", "2"), ("temporary", "false"), ("timeout_reason", "secret"), ("channel_id", "7")];
        let stored = stored.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let shown = serde_json::to_value(options(stored.into()).unwrap()).unwrap();
        assert_eq!(shown, json!({"channel_id": "7", "type": 2, "temporary": false}));
        assert_eq!(options([("timeout_reason".to_owned(), "x".to_owned())].into()), None);
    }

    #[test]
    fn addresses_are_not_shown() {
        assert_eq!(change(json!({"key": "ip", "new_value": "1.2.3.4"})), None);
        assert!(change(json!({"key": "nick", "old_value": null, "new_value": "a"})).is_some());
    }
}
