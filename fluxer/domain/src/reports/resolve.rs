//! What moderators decide about a report.

use fluxer_wire::{
    ReportId, UserId, code,
    report::{Report, ReportStatus},
};

use super::{PENDING, RESOLVED, rows::ReportRow, view};
use crate::{
    App, Result, fail,
    mails::{self, Template},
};

/// Closes a report once; with a public comment its reporter is told by mail.
pub async fn resolve(
    app: &App,
    moderator: UserId,
    id: ReportId,
    public_comment: Option<String>,
    audit_reason: Option<String>,
) -> Result<Report> {
    let now = app.clock.now();
    let mut fresh = false;
    let changed = app
        .store
        .update::<ReportRow, _>((id,), |row| {
            fresh = row.status == PENDING;
            if fresh {
                row.status = RESOLVED;
                row.resolved_at = Some(now);
                row.resolved_by_admin_id = Some(moderator);
                row.public_comment.clone_from(&public_comment);
                row.audit_log_reason.clone_from(&audit_reason);
            }
        })
        .await?;
    let Some(row) = changed else { return fail(code::UNKNOWN_REPORT) };
    if !fresh {
        return fail(code::REPORT_ALREADY_RESOLVED);
    }
    if let Some(comment) = public_comment.filter(|comment| !comment.is_empty()) {
        tell(app, &row, comment).await?;
    }
    Ok(view(id, ReportStatus::Resolved, row.reported_at))
}

async fn tell(app: &App, row: &ReportRow, public_comment: String) -> Result<()> {
    let letter = Template::ReportResolved { report_id: row.report_id.to_string(), public_comment };
    match (row.reporter_id, &row.reporter_email) {
        (Some(reporter), _) => match app.find_user(reporter).await? {
            Some(user) => mails::send(app, &user, letter).await,
            None => Ok(()),
        },
        (None, Some(email)) => mails::send_to(app, email, None, letter).await,
        (None, None) => Ok(()),
    }
}
