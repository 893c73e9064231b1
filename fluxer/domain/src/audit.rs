//! The guild audit log: entries, and the differences they record.
//!
//! Failing to write an entry never fails the operation it is about.

pub mod merge;
mod read;
pub mod snapshot;

pub use read::read;

use std::collections::BTreeMap;

use fluxer_wire::GuildId;
pub use fluxer_wire::audit::AuditLogActionType as Action;
use serde_json::{Map, Value, json};

use crate::{Actor, App, rows::AuditLogRow, search};

/// An entry to be written.
#[derive(Debug)]
pub struct Entry {
    action: Action,
    target: Option<String>,
    options: BTreeMap<String, String>,
    changes: Vec<Value>,
    with_reason: bool,
}

/// The state of a thing as audit entries compare it: key by key.
pub type Snapshot = Map<String, Value>;

impl Entry {
    pub fn new(action: Action) -> Self {
        Self { action, target: None, options: BTreeMap::new(), changes: Vec::new(), with_reason: true }
    }
    #[must_use]
    pub fn target(mut self, id: impl ToString) -> Self {
        self.target = Some(id.to_string());
        self
    }
    #[must_use]
    pub fn option(mut self, key: &str, value: impl ToString) -> Self {
        self.options.insert(key.into(), value.to_string());
        self
    }
    /// Every key as a new value.
    #[must_use]
    pub fn created(mut self, new: Snapshot) -> Self {
        self.changes.extend(new.into_iter().map(|(key, value)| json!({"key": key, "new_value": value})));
        self
    }
    /// Every key as an old value.
    #[must_use]
    pub fn deleted(mut self, old: Snapshot) -> Self {
        self.changes.extend(old.into_iter().map(|(key, value)| json!({"key": key, "old_value": value})));
        self
    }
    /// The keys that differ.
    #[must_use]
    pub fn changed(mut self, old: &Snapshot, new: &Snapshot) -> Self {
        for (key, value) in new {
            let before = old.get(key).unwrap_or(&Value::Null);
            if before != value {
                self.changes.push(json!({"key": key, "old_value": before, "new_value": value}));
            }
        }
        self
    }
    #[must_use]
    pub fn change(mut self, change: Value) -> Self {
        self.changes.push(change);
        self
    }
    /// For the few actions that do not keep the caller's reason.
    #[must_use]
    pub fn without_reason(mut self) -> Self {
        self.with_reason = false;
        self
    }
    pub fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }
}

impl App {
    /// Writes an entry in the name of the caller.
    pub async fn audit(&self, actor: &Actor, guild: GuildId, entry: Entry) {
        let row = AuditLogRow {
            guild_id: guild,
            log_id: self.next_id(),
            user_id: actor.id(),
            action_type: entry.action.number(),
            target_id: entry.target,
            reason: actor.audit_reason.clone().filter(|_| entry.with_reason),
            options: entry.options,
            changes: entry.changes,
        };
        let written = async {
            self.store.put(&row).await?;
            self.touch_indexed(&search::AUDIT_LOGS, format!("{guild}_{}", row.log_id)).await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, guild_id = %guild, action = row.action_type, "Audit entry was not written.");
        }
        if row.action_type == Action::MessageDelete.number() {
            merge::later(self, guild).await;
        }
    }
}
