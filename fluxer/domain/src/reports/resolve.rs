//! What moderators decide about a report.

use fluxer_wire::{
    ReportId, UserId, code,
    report::{Report, ReportStatus},
};

use platform_kernel::Timestamp;

use super::{PENDING, RESOLVED, rows::ReportRow, view};
use crate::{
    App, Result, fail,
    mails::{self, Template},
};

/// What was decided, by whom.
struct Verdict {
    moderator: UserId,
    public_comment: Option<String>,
    audit_reason: Option<String>,
    at: Timestamp,
}

impl Verdict {
    /// Whether the report was still open; only then it is changed.
    fn close(&self, row: &mut ReportRow) -> bool {
        let open = row.status == PENDING;
        if open {
            row.status = RESOLVED;
            row.resolved_at = Some(self.at);
            row.resolved_by_admin_id = Some(self.moderator);
            row.public_comment.clone_from(&self.public_comment);
            row.audit_log_reason.clone_from(&self.audit_reason);
        }
        open
    }
}

/// Closes a report once; with a public comment its reporter is told by mail.
pub async fn resolve(
    app: &App,
    moderator: UserId,
    id: ReportId,
    public_comment: Option<String>,
    audit_reason: Option<String>,
) -> Result<Report> {
    let verdict = Verdict { moderator, public_comment, audit_reason, at: app.clock.now() };
    let mut fresh = false;
    let changed = app.store.update::<ReportRow, _>((id,), |row| fresh = verdict.close(row)).await?;
    let Some(row) = changed else { return fail(code::UNKNOWN_REPORT) };
    if !fresh {
        return fail(code::REPORT_ALREADY_RESOLVED);
    }
    app.touch_indexed(&crate::search::REPORTS, id).await?;
    if let Some(comment) = verdict.public_comment.filter(|comment| !comment.is_empty()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_verdict_stands() {
        let verdict = |moderator, comment: &str| Verdict {
            moderator: UserId::new(moderator),
            public_comment: Some(comment.to_owned()),
            audit_reason: None,
            at: Timestamp::from_millis(7),
        };
        let mut row = ReportRow { status: PENDING, ..ReportRow::default() };
        assert!(verdict(1, "first").close(&mut row));
        assert!(!verdict(2, "second").close(&mut row));
        assert_eq!((row.status, row.resolved_by_admin_id), (RESOLVED, Some(UserId::new(1))));
        assert_eq!(row.public_comment.as_deref(), Some("first"));
    }
}
