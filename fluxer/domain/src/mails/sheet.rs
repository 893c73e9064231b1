//! What stands in a letter, in the reader's language, before it is set as HTML or text: one
//! heading, one paragraph, a code or a button, facts, and notes on validity and doubt.

use platform_kernel::Timestamp;
use serde::Serialize;

use super::{Template, words::Words};

/// How long codes that carry no date of their own work.
const CODE_LIFE_MS: i64 = 10 * 60 * 1000;

/// What letters say about the instance.
#[derive(Debug, Clone)]
pub struct House<'a> {
    pub name: &'a str,
    /// The web client.
    pub app: &'a str,
    /// Where terms and guidelines are.
    pub marketing: &'a str,
    /// Whom to write to; empty: nobody.
    pub contact: &'a str,
}

/// See the module's description.
#[derive(Debug, Serialize)]
pub struct Sheet {
    pub subject: String,
    pub greeting: String,
    pub text: String,
    pub code: Option<String>,
    pub code_label: String,
    pub button: Option<Link>,
    pub button_hint: String,
    pub facts: Vec<Fact>,
    pub links: Vec<Link>,
    pub notes: Vec<String>,
    pub footer: String,
}

#[derive(Debug, Serialize)]
pub struct Link {
    pub label: String,
    pub url: String,
}

#[derive(Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// The keys of one kind of letter, and what hangs on it.
struct Writer<'a> {
    words: &'static Words,
    house: &'a House<'a>,
    sheet: Sheet,
}

impl Writer<'_> {
    fn say(&self, key: &'static str) -> String {
        self.words.text(key, &[("instance", self.house.name), ("contact", self.house.contact)])
    }
    fn body(&mut self, subject: &'static str, text: &'static str) {
        self.sheet.subject = self.say(subject);
        self.sheet.text = self.say(text);
    }
    fn note(&mut self, key: &'static str) {
        self.sheet.notes.push(self.say(key));
    }
    fn button(&mut self, label: &'static str, url: String) {
        self.sheet.button = Some(Link { label: self.say(label), url });
        self.sheet.button_hint = self.say("open-link");
    }
    fn link(&mut self, label: &'static str, url: String) {
        self.sheet.links.push(Link { label: self.say(label), url });
    }
    /// Empty values are left out: what nobody said is not shown.
    fn fact(&mut self, label: &'static str, value: &str) {
        if !value.is_empty() {
            self.sheet.facts.push(Fact { label: self.say(label), value: value.to_owned() });
        }
    }
    fn day(&mut self, label: &'static str, at: Timestamp) {
        self.fact(label, &self.words.date_time(at));
    }
    fn code(&mut self, code: &str, until: Timestamp) {
        self.sheet.code = Some(code.to_owned());
        self.sheet.code_label = self.say("your-code");
        let until = self.words.date_time(until);
        self.sheet.notes.push(self.words.text("code-until", &[("until", &until)]));
    }
    fn until(&mut self, until: Timestamp) {
        let until = self.words.date_time(until);
        self.sheet.notes.push(self.words.text("link-until", &[("until", &until)]));
    }
    fn doubt(&mut self) {
        if !self.house.contact.is_empty() {
            self.note("contact");
        }
    }
    fn rules(&mut self) {
        self.link("terms", format!("{}/terms", self.house.marketing));
        self.link("guidelines", format!("{}/guidelines", self.house.marketing));
        self.doubt();
    }
}

impl Sheet {
    /// `name` greets the reader, if known; codes without a date count from `sent_at`.
    pub fn write(
        words: &'static Words,
        house: &House<'_>,
        name: Option<&str>,
        template: &Template,
        sent_at: Timestamp,
    ) -> Self {
        let greeting = match name {
            Some(name) => words.text("hello", &[("name", name)]),
            None => words.text("hello-anyone", &[]),
        };
        let sheet = Self {
            subject: String::new(),
            greeting,
            text: String::new(),
            code: None,
            code_label: String::new(),
            button: None,
            button_hint: String::new(),
            facts: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
            footer: String::new(),
        };
        let mut writer = Writer { words, house, sheet };
        writer.letter(template, sent_at);
        writer.sheet.footer = writer.say("footer");
        writer.sheet
    }
}

impl Writer<'_> {
    fn letter(&mut self, template: &Template, sent_at: Timestamp) {
        let app = self.house.app;
        let code_until = sent_at.plus_millis(CODE_LIFE_MS);
        match template {
            Template::EmailVerification { token } => {
                self.body("email-verification-subject", "email-verification-text");
                self.button("email-verification-button", format!("{app}/verify#token={token}"));
                self.note("link-24-hours");
                self.note("ignore");
            }
            Template::PasswordReset { token } => {
                self.body("password-reset-subject", "password-reset-text");
                self.button("password-reset-button", format!("{app}/reset#token={token}"));
                self.note("link-1-hour");
                self.note("ignore");
                self.note("keep-secret");
            }
            Template::PasswordChangeVerification { code } => {
                self.body("password-change-subject", "password-change-text");
                self.code(code, code_until);
                self.note("not-you");
                self.note("keep-secret");
            }
            Template::IpAuthorization { token, ip, location } => {
                self.body("ip-authorization-subject", "ip-authorization-text");
                self.button("ip-authorization-button", format!("{app}/authorize-ip#token={token}"));
                self.fact("ip-address", ip);
                self.fact("location", location);
                self.note("link-15-minutes");
                self.note("not-you");
                self.note("keep-secret");
            }
            Template::EmailChangeOriginal { code } => {
                self.body("email-change-old-subject", "email-change-old-text");
                self.code(code, code_until);
                self.note("not-you");
                self.note("keep-secret");
            }
            Template::EmailChangeNew { code } => {
                self.body("email-change-new-subject", "email-change-new-text");
                self.code(code, code_until);
                self.note("ignore");
            }
            Template::EmailChangeRevert { token, new_email } => {
                self.body("email-revert-subject", "email-revert-text");
                self.button("email-revert-button", format!("{app}/wasntme#token={token}"));
                self.fact("new-address", new_email);
                self.note("link-48-hours");
                self.note("keep-secret");
            }
            Template::DsaReportVerification { code, expires_at } => {
                self.body("dsa-subject", "dsa-text");
                self.code(code, *expires_at);
                self.note("ignore");
            }
            Template::HarvestCompleted { download_url, total_messages, file_size, expires_at } => {
                self.body("harvest-subject", "harvest-text");
                self.button("harvest-button", download_url.clone());
                self.fact("messages", &total_messages.to_string());
                self.fact("size", &megabytes(*file_size));
                self.until(*expires_at);
                self.note("not-you");
                self.note("keep-secret");
            }
            Template::DonationMagicLink { manage_url, expires_at, .. } => {
                self.body("donor-subject", "donor-text");
                self.button("donor-button", manage_url.clone());
                self.until(*expires_at);
                self.note("ignore");
            }
            Template::DonationConfirmation { amount, currency, interval, manage_url } => {
                self.body("donation-subject", "donation-text");
                self.button("donor-button", manage_url.clone());
                self.fact("amount", &format!("{amount} {}", currency.to_uppercase()));
                let interval = self.say(match interval.as_str() {
                    "month" => "interval-month",
                    "year" => "interval-year",
                    _ => "interval-other",
                });
                self.fact("interval", &interval);
                self.doubt();
            }
            Template::RegistrationApproved => {
                self.body("approved-subject", "approved-text");
                self.button("sign-in", format!("{app}/channels/@me"));
            }
            Template::ReportResolved { report_id, public_comment } => {
                self.body("report-subject", "report-text");
                self.fact("report", report_id);
                self.fact("answer", public_comment);
                self.doubt();
            }
            Template::GiftChargebackNotification => {
                self.body("chargeback-subject", "chargeback-text");
                self.doubt();
            }
            sanction => self.sanction(sanction),
        }
    }

    /// Letters about the account's end, for a while or for good.
    fn sanction(&mut self, template: &Template) {
        let app = self.house.app;
        match template {
            Template::AccountDisabledSuspicious { reason } => {
                self.body("disabled-subject", "disabled-text");
                self.button("password-reset-button", format!("{app}/forgot"));
                self.fact("reason", reason);
                self.doubt();
            }
            Template::AccountTempBanned { reason, duration_hours, banned_until } => {
                self.body("banned-subject", "banned-text");
                self.fact("reason", reason);
                let hours = self.words.text("hours", &[("hours", &duration_hours.to_string())]);
                self.fact("duration", &hours);
                self.day("until", *banned_until);
                self.rules();
            }
            Template::UnbanNotification { reason } => {
                self.body("unbanned-subject", "unbanned-text");
                self.button("sign-in", format!("{app}/login"));
                self.fact("reason", reason);
            }
            Template::AccountScheduledDeletion { reason, deletion_date } => {
                self.body("deletion-subject", "deletion-text");
                self.fact("reason", reason);
                self.day("deletion-date", *deletion_date);
                self.rules();
            }
            Template::ScheduledDeletionNotification { deletion_date, reason } => {
                self.body("automatic-deletion-subject", "automatic-deletion-text");
                self.fact("reason", reason);
                self.day("deletion-date", *deletion_date);
                self.doubt();
            }
            Template::SelfDeletionScheduled { deletion_date } => {
                self.body("self-deletion-subject", "self-deletion-text");
                self.button("sign-in", format!("{app}/login"));
                self.day("deletion-date", *deletion_date);
                self.note("not-you");
            }
            Template::InactivityWarning { deletion_date, last_active_date } => {
                self.body("inactivity-subject", "inactivity-text");
                self.button("sign-in", format!("{app}/login"));
                self.fact("last-active", &self.words.date(*last_active_date));
                self.day("deletion-date", *deletion_date);
            }
            _ => {}
        }
    }
}

/// Two decimals below ten, none above a hundred.
fn megabytes(bytes: i64) -> String {
    let hundredths = bytes.max(0).saturating_mul(100) / 1_000_000;
    match hundredths {
        0..1000 => format!("{}.{:02} MB", hundredths / 100, hundredths % 100),
        1000..10_000 => format!("{}.{} MB", hundredths / 100, hundredths % 100 / 10),
        _ => format!("{} MB", hundredths / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        let sizes = [0, 12_345, 1_234_567, 12_345_678, 1_234_567_890].map(megabytes);
        assert_eq!(sizes, ["0.00 MB", "0.01 MB", "1.23 MB", "12.3 MB", "1234 MB"]);
    }
}
