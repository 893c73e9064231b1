//! Runs of single message deletions by one person in one channel become one entry: when the
//! log is read, and half a minute after each of them.

use std::{collections::BTreeMap, sync::Arc};

use fluxer_wire::GuildId;
use platform_queue::{Job, JobError, Worker};
use platform_store::Batch;

use super::Action;
use crate::{App, Result, rows::AuditLogRow, search};

const KIND: &str = "audit.merge";
const DELAY_MS: u64 = 30_000;
/// How far back a merge looks.
const REACH: usize = 500;

/// Merges the newest entries of the guild's log, for good.
pub async fn merge(app: &App, guild: GuildId) -> Result<()> {
    let rows = app.store.range::<AuditLogRow>((guild,)).descending().limit(REACH).fetch().await?;
    let (merged, gone) = runs(&rows);
    if merged.is_empty() {
        return Ok(());
    }
    let batch =
        gone.iter().fold(Batch::new(), |batch, row| batch.delete::<AuditLogRow>((row.guild_id, row.log_id)));
    app.store.commit(merged.iter().fold(batch, |batch, row| batch.put(row))).await?;
    for row in merged.iter().chain(gone) {
        app.touch_indexed(&search::AUDIT_LOGS, format!("{guild}_{}", row.log_id)).await?;
    }
    Ok(())
}

fn channel(row: &AuditLogRow) -> Option<&String> {
    row.options.get("channel_id")
}

/// The entries that take the place of runs, and the entries of the runs. `rows` is newest
/// first.
fn runs(rows: &[AuditLogRow]) -> (Vec<AuditLogRow>, Vec<&AuditLogRow>) {
    let deletion = |row: &AuditLogRow| row.action_type == Action::MessageDelete.number();
    let together = |a: &AuditLogRow, b: &AuditLogRow| {
        deletion(a) && deletion(b) && a.user_id == b.user_id && channel(a) == channel(b)
    };
    let (mut merged, mut gone) = (Vec::new(), Vec::new());
    for run in rows.chunk_by(together).filter(|run| run.len() > 1) {
        let newest = &run[0];
        let mut options = BTreeMap::from([("count".to_owned(), run.len().to_string())]);
        options.extend(channel(newest).map(|id| ("channel_id".to_owned(), id.clone())));
        merged.push(AuditLogRow {
            action_type: Action::MessageBulkDelete.number(),
            target_id: None,
            reason: None,
            options,
            changes: Vec::new(),
            ..newest.clone()
        });
        gone.extend(&run[1..]);
    }
    (merged, gone)
}

/// Has the guild's log merged in half a minute. Failing to does not matter.
pub(super) async fn later(app: &App, guild: GuildId) {
    let job = Job::new(KIND, &guild).key(guild.to_string()).delay(DELAY_MS);
    if let Err(error) = app.queue.push(job).await {
        tracing::warn!(%error, %guild, "Merging the audit log was not scheduled.");
    }
}

/// The handler of this area's jobs.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, 1, move |payload| {
        let app = app.clone();
        async move {
            let guild: GuildId = payload.parse()?;
            merge(&app, guild).await.map_err(JobError::retry)
        }
    })
}

#[cfg(test)]
mod tests {
    use fluxer_wire::{AuditLogId, UserId};

    use super::*;

    fn row(id: u64, action: Action, user: u64, channel: &str) -> AuditLogRow {
        AuditLogRow {
            guild_id: GuildId::new(1),
            log_id: AuditLogId::new(id),
            user_id: UserId::new(user),
            action_type: action.number(),
            target_id: Some("5".into()),
            reason: Some("why".into()),
            options: [("channel_id".to_owned(), channel.to_owned())].into(),
            changes: Vec::new(),
        }
    }

    #[test]
    fn adjacent_deletions_of_one_actor_in_one_channel_merge() {
        let delete = Action::MessageDelete;
        let rows = [
            row(9, delete, 1, "7"),
            row(8, delete, 1, "7"),
            row(7, delete, 1, "8"),
            row(6, Action::MemberKick, 1, "7"),
            row(5, delete, 2, "7"),
            row(4, delete, 2, "7"),
            row(3, delete, 2, "7"),
        ];
        let (merged, gone) = runs(&rows);
        let shape: Vec<_> =
            merged.iter().map(|row| (row.log_id.get(), row.options["count"].as_str())).collect();
        assert_eq!(shape, [(9, "2"), (5, "3")]);
        assert!(merged.iter().all(|row| row.target_id.is_none() && row.reason.is_none()));
        assert_eq!(gone.iter().map(|row| row.log_id.get()).collect::<Vec<_>>(), [8, 4, 3]);
    }
}
