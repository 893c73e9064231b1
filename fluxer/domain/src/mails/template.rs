//! The letters. Their kinds and values are fixed: suites read them from the recorder.

use std::collections::BTreeMap;

use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// A letter's kind with everything that goes into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Template {
    EmailVerification {
        token: String,
    },
    PasswordReset {
        token: String,
    },
    IpAuthorization {
        token: String,
        ip: String,
        location: String,
    },
    EmailChangeOriginal {
        code: String,
    },
    EmailChangeNew {
        code: String,
    },
    PasswordChangeVerification {
        code: String,
    },
    EmailChangeRevert {
        token: String,
        new_email: String,
    },
    SelfDeletionScheduled {
        deletion_date: Timestamp,
    },
    AccountDisabledSuspicious {
        reason: String,
    },
    AccountTempBanned {
        reason: String,
        duration_hours: i64,
        banned_until: Timestamp,
    },
    AccountScheduledDeletion {
        reason: String,
        deletion_date: Timestamp,
    },
    ScheduledDeletionNotification {
        deletion_date: Timestamp,
        reason: String,
    },
    UnbanNotification {
        reason: String,
    },
    InactivityWarning {
        deletion_date: Timestamp,
        last_active_date: Timestamp,
    },
    HarvestCompleted {
        download_url: String,
        total_messages: i64,
        file_size: i64,
        expires_at: Timestamp,
    },
    ReportResolved {
        report_id: String,
        public_comment: String,
    },
    DsaReportVerification {
        code: String,
        expires_at: Timestamp,
    },
    RegistrationApproved,
    GiftChargebackNotification,
    DonationMagicLink {
        token: String,
        manage_url: String,
        expires_at: Timestamp,
    },
    /// `interval` is `month`, `year` or anything else for once.
    DonationConfirmation {
        amount: String,
        currency: String,
        interval: String,
        manage_url: String,
    },
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
            Self::GiftChargebackNotification => "gift_chargeback_notification",
            Self::DonationMagicLink { .. } => "donation_magic_link",
            Self::DonationConfirmation { .. } => "donation_confirmation",
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
            Self::DonationMagicLink { token, manage_url, expires_at } => {
                values!(token, manage_url, expires_at)
            }
            Self::DonationConfirmation { amount, currency, interval, manage_url } => {
                values!(amount, currency, interval, manage_url)
            }
            Self::RegistrationApproved | Self::GiftChargebackNotification => BTreeMap::new(),
        }
    }

    /// One letter of every kind with made-up values, for previews and tests.
    pub fn samples(now: Timestamp) -> Vec<Self> {
        let (token, code) = ("k3Jx0b7ZsQ2n9vTfW5yLrA8c".to_owned(), "K7QM-4XWP".to_owned());
        let reason = "Unwanted advertising in several communities".to_owned();
        let day = |days: i64| now.plus_seconds(days * 86_400);
        let manage_url = "https://example.com/donations/manage?token=k3Jx0b7Z".to_owned();
        vec![
            Self::EmailVerification { token: token.clone() },
            Self::PasswordReset { token: token.clone() },
            Self::PasswordChangeVerification { code: code.clone() },
            Self::IpAuthorization {
                token: token.clone(),
                ip: "203.0.113.44".into(),
                location: "Utrecht, Netherlands".into(),
            },
            Self::EmailChangeOriginal { code: code.clone() },
            Self::EmailChangeNew { code: code.clone() },
            Self::EmailChangeRevert { token: token.clone(), new_email: "somebody.else@example.net".into() },
            Self::AccountDisabledSuspicious { reason: reason.clone() },
            Self::AccountTempBanned { reason: reason.clone(), duration_hours: 72, banned_until: day(3) },
            Self::UnbanNotification { reason: "The report was a mistake".into() },
            Self::AccountScheduledDeletion { reason: reason.clone(), deletion_date: day(60) },
            Self::ScheduledDeletionNotification { deletion_date: day(30), reason },
            Self::SelfDeletionScheduled { deletion_date: day(14) },
            Self::InactivityWarning { deletion_date: day(30), last_active_date: day(-760) },
            Self::HarvestCompleted {
                download_url: "https://example.com/exports/1480000000000000001.zip?signature=0f3a".into(),
                total_messages: 48_213,
                file_size: 187_400_000,
                expires_at: day(7),
            },
            Self::RegistrationApproved,
            Self::ReportResolved {
                report_id: "1480000000000000001".into(),
                public_comment: "We removed the message and warned its author.\nThank you for telling us."
                    .into(),
            },
            Self::DsaReportVerification { code, expires_at: now.plus_seconds(600) },
            Self::GiftChargebackNotification,
            Self::DonationMagicLink { token, manage_url: manage_url.clone(), expires_at: day(1) },
            Self::DonationConfirmation {
                amount: "5.00".into(),
                currency: "eur".into(),
                interval: "month".into(),
                manage_url,
            },
        ]
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
    }

    #[test]
    fn there_is_a_sample_of_every_kind() {
        let kinds: std::collections::BTreeSet<_> =
            Template::samples(Timestamp::from_millis(0)).iter().map(Template::kind).collect();
        assert_eq!(kinds.len(), 21);
    }
}
