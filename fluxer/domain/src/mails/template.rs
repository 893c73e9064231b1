//! The letters. Their kinds and values are fixed: suites read them from the recorder.

use std::collections::BTreeMap;

use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// A letter's kind with everything that goes into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Template {
    EmailVerification { token: String },
    PasswordReset { token: String },
    IpAuthorization { token: String, ip: String, location: String },
    EmailChangeOriginal { code: String },
    EmailChangeNew { code: String },
    PasswordChangeVerification { code: String },
    EmailChangeRevert { token: String, new_email: String },
    SelfDeletionScheduled { deletion_date: Timestamp },
    AccountDisabledSuspicious { reason: String },
    AccountTempBanned { reason: String, duration_hours: i64, banned_until: Timestamp },
    AccountScheduledDeletion { reason: String, deletion_date: Timestamp },
    ScheduledDeletionNotification { deletion_date: Timestamp, reason: String },
    UnbanNotification { reason: String },
    InactivityWarning { deletion_date: Timestamp, last_active_date: Timestamp },
    HarvestCompleted { download_url: String, total_messages: i64, file_size: i64, expires_at: Timestamp },
    ReportResolved { report_id: String, public_comment: String },
    DsaReportVerification { code: String, expires_at: Timestamp },
    RegistrationApproved,
}

macro_rules! values {
    ($($name:ident),*) => {
        BTreeMap::from([$((stringify!($name).to_owned(), $name.to_string())),*])
    };
}

impl Template {
    /// The name it is recorded and counted by.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::EmailVerification { .. } => "email_verification",
            Self::PasswordReset { .. } => "password_reset",
            Self::IpAuthorization { .. } => "ip_authorization",
            Self::EmailChangeOriginal { .. } => "email_change_original",
            Self::EmailChangeNew { .. } => "email_change_new",
            Self::PasswordChangeVerification { .. } => "password_change_verification",
            Self::EmailChangeRevert { .. } => "email_change_revert",
            Self::SelfDeletionScheduled { .. } => "self_deletion_scheduled",
            Self::AccountDisabledSuspicious { .. } => "account_disabled_suspicious",
            Self::AccountTempBanned { .. } => "account_temp_banned",
            Self::AccountScheduledDeletion { .. } => "account_scheduled_deletion",
            Self::ScheduledDeletionNotification { .. } => "scheduled_deletion_notification",
            Self::UnbanNotification { .. } => "unban_notification",
            Self::InactivityWarning { .. } => "inactivity_warning",
            Self::HarvestCompleted { .. } => "harvest_completed",
            Self::ReportResolved { .. } => "report_resolved",
            Self::DsaReportVerification { .. } => "dsa_report_verification",
            Self::RegistrationApproved => "registration_approved",
        }
    }

    /// The values as text.
    pub fn metadata(&self) -> BTreeMap<String, String> {
        match self {
            Self::EmailVerification { token } | Self::PasswordReset { token } => values!(token),
            Self::IpAuthorization { token, ip, location } => values!(token, ip, location),
            Self::EmailChangeOriginal { code }
            | Self::EmailChangeNew { code }
            | Self::PasswordChangeVerification { code } => values!(code),
            Self::EmailChangeRevert { token, new_email } => values!(token, new_email),
            Self::SelfDeletionScheduled { deletion_date } => values!(deletion_date),
            Self::AccountDisabledSuspicious { reason } | Self::UnbanNotification { reason } => {
                values!(reason)
            }
            Self::AccountTempBanned { reason, duration_hours, banned_until } => {
                values!(reason, duration_hours, banned_until)
            }
            Self::AccountScheduledDeletion { reason, deletion_date }
            | Self::ScheduledDeletionNotification { deletion_date, reason } => values!(reason, deletion_date),
            Self::InactivityWarning { deletion_date, last_active_date } => {
                values!(deletion_date, last_active_date)
            }
            Self::HarvestCompleted { download_url, total_messages, file_size, expires_at } => {
                values!(download_url, total_messages, file_size, expires_at)
            }
            Self::ReportResolved { report_id, public_comment } => values!(report_id, public_comment),
            Self::DsaReportVerification { code, expires_at } => values!(code, expires_at),
            Self::RegistrationApproved => BTreeMap::new(),
        }
    }

    /// Subject and text; `app` is the web client's address.
    pub fn text(&self, app: &str) -> (String, String) {
        let (subject, body) = match self {
            Self::EmailVerification { token } => (
                "Confirm your e-mail address",
                format!(
                    "Please confirm that this address is yours:\n\n{app}/verify#token={token}\n\nThe link works for \
                     24 hours. If you did not make an account, you need not do anything."
                ),
            ),
            Self::PasswordReset { token } => (
                "Choose a new password",
                format!(
                    "Somebody, hopefully you, forgot the password of your account. Choose a new one here:\n\n\
                     {app}/reset#token={token}\n\nThe link works for one hour. If it was not you, nothing changes."
                ),
            ),
            Self::IpAuthorization { token, ip, location } => (
                "Is this you, logging in from a new place?",
                format!(
                    "Your password was used from an address we have not seen before: {ip} ({location}).\n\nIf it was \
                     you, let this address in:\n\n{app}/authorize-ip#token={token}\n\nThe link works for 15 minutes. \
                     If it was not you, change your password."
                ),
            ),
            Self::EmailChangeOriginal { code } => (
                "Confirm that you want to change your e-mail address",
                format!(
                    "Your code is {code}. It works for 10 minutes.\n\nIf it was not you, change your password."
                ),
            ),
            Self::EmailChangeNew { code } => {
                ("Confirm your new e-mail address", format!("Your code is {code}. It works for 10 minutes."))
            }
            Self::PasswordChangeVerification { code } => (
                "Confirm that you want to change your password",
                format!(
                    "Your code is {code}. It works for 10 minutes.\n\nIf it was not you, you need not do anything."
                ),
            ),
            Self::EmailChangeRevert { token, new_email } => (
                "Your e-mail address was changed",
                format!(
                    "The address of your account is now {new_email}.\n\nIf it was not you, take your account back:\n\n\
                     {app}/wasntme#token={token}\n\nThe link works for 48 hours. It restores this address, sets a new \
                     password and logs everybody out."
                ),
            ),
            Self::SelfDeletionScheduled { deletion_date } => (
                "Your account is going to be deleted",
                format!(
                    "As you asked, your account will be deleted on {deletion_date}. Log in before to keep it."
                ),
            ),
            Self::AccountDisabledSuspicious { reason } => (
                "Your account was disabled",
                format!("We saw something unusual and disabled your account: {reason}"),
            ),
            Self::AccountTempBanned { reason, duration_hours, banned_until } => (
                "Your account is suspended",
                format!(
                    "Your account is suspended for {duration_hours} hours, until {banned_until}: {reason}"
                ),
            ),
            Self::AccountScheduledDeletion { reason, deletion_date }
            | Self::ScheduledDeletionNotification { deletion_date, reason } => (
                "Your account is going to be deleted",
                format!("Your account will be deleted on {deletion_date}: {reason}"),
            ),
            Self::UnbanNotification { reason } => {
                ("Your account is no longer suspended", format!("Welcome back: {reason}"))
            }
            Self::InactivityWarning { deletion_date, last_active_date } => (
                "Your account has been unused for a long time",
                format!(
                    "You were last here on {last_active_date}. Unless you log in, your account will be deleted on \
                     {deletion_date}."
                ),
            ),
            Self::HarvestCompleted { download_url, total_messages, file_size, expires_at } => (
                "Your data is ready",
                format!(
                    "{total_messages} messages, {file_size} bytes:\n\n{download_url}\n\nThe link works until \
                     {expires_at}."
                ),
            ),
            Self::ReportResolved { report_id, public_comment } => {
                ("Your report was looked at", format!("About report {report_id}: {public_comment}"))
            }
            Self::DsaReportVerification { code, expires_at } => {
                ("Confirm your report", format!("Your code is {code}. It works until {expires_at}."))
            }
            Self::RegistrationApproved => {
                ("Your registration was approved", format!("You can log in now: {app}/login"))
            }
        };
        (subject.to_owned(), format!("{body}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_carry_their_values() {
        let letter =
            Template::IpAuthorization { token: "t0k".into(), ip: "1.2.3.4".into(), location: "?".into() };
        let keys: Vec<String> = letter.metadata().into_keys().collect();
        assert_eq!((letter.kind(), keys.join(" ")), ("ip_authorization", "ip location token".into()));
        let (_, text) = letter.text("https://chat.example");
        assert!(text.contains("https://chat.example/authorize-ip#token=t0k") && text.contains("1.2.3.4"));
    }
}
