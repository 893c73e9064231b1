//! What the house writes to people: one template a kind, with the values it is made from,
//! in 34 languages, as HTML and plain text.
//!
//! `template` names the letters and their values, `words` holds the languages, `sheet` puts
//! a letter's content together, `set` makes HTML and text of it. A mail is a durable job, so
//! that a mail server that is down for an hour loses none. Where mail is recorded instead of
//! sent (tests) it is there before the operation answers.

pub mod bounce;
mod set;
mod sheet;
mod template;
mod words;

use std::sync::Arc;

use platform_kernel::Timestamp;
use platform_mail::Mail;
use platform_queue::{Job, JobError, Payload, Worker};
use platform_store::Batch;
use serde::{Deserialize, Serialize};

use crate::{App, Result, Settings, rows::UserRow};

pub use sheet::House;
pub use template::Template;
pub use words::tags as languages;

const KIND: &str = "send_mail";
const CONCURRENCY: u32 = 4;

#[derive(Debug, Serialize, Deserialize)]
struct Letter {
    to: String,
    #[serde(default)]
    name: Option<String>,
    locale: String,
    template: Template,
    #[serde(default)]
    sent_at: Option<Timestamp>,
}

/// Sends `template` to the account's own address, if it has one that mail reaches.
pub async fn send(app: &App, user: &UserRow, template: Template) -> Result<()> {
    match &user.email {
        Some(email) if !user.email_bounced => send_to(app, email, Some(user), template).await,
        _ => Ok(()),
    }
}

/// Sends `template` to the account's own address once `batch` is committed, by a job even where
/// mail is recorded.
pub fn send_in(app: &App, batch: &mut Batch, user: &UserRow, template: Template) -> Result<()> {
    let Some(to) = user.email.clone().filter(|_| !user.email_bounced) else { return Ok(()) };
    let letter = Letter {
        to,
        name: Some(user.username.clone()),
        locale: user.locale.clone().unwrap_or_else(|| words::BASE.to_owned()),
        template,
        sent_at: Some(app.clock.now()),
    };
    app.queue.push_in(batch, Job::new(KIND, &letter))?;
    Ok(())
}

/// Sends `template` to an address; `reader`, if known, is greeted in their language.
pub async fn send_to(app: &App, to: &str, reader: Option<&UserRow>, template: Template) -> Result<()> {
    let locale = reader.and_then(|user| user.locale.clone()).unwrap_or_else(|| words::BASE.to_owned());
    let letter = Letter {
        to: to.to_owned(),
        name: reader.map(|user| user.username.clone()),
        locale,
        template,
        sent_at: Some(app.clock.now()),
    };
    if app.mailer.recorder().is_some() || !app.mailer.is_enabled() {
        app.mailer.send(write(app, letter)?).await?;
    } else {
        app.queue.push(Job::new(KIND, &letter)).await?;
    }
    Ok(())
}

fn write(app: &App, letter: Letter) -> Result<Mail> {
    let Letter { to, name, locale, template, sent_at } = letter;
    let sent_at = sent_at.unwrap_or_else(|| app.clock.now());
    compose(&house(&app.settings), &to, name.as_deref(), &locale, &template, sent_at)
}

/// What letters of this instance say about it.
pub fn house(settings: &Settings) -> House<'_> {
    let other = |key: &str| settings.other.get(key).map(String::as_str).unwrap_or_default();
    House {
        name: Some(other("integrations.email.from_name")).filter(|name| !name.is_empty()).unwrap_or("Fluxer"),
        app: &settings.endpoints.app,
        marketing: &settings.endpoints.marketing,
        contact: other("native.contact_email"),
    }
}

/// The finished mail.
pub fn compose(
    house: &House<'_>,
    to: &str,
    name: Option<&str>,
    locale: &str,
    template: &Template,
    sent_at: Timestamp,
) -> Result<Mail> {
    let words = words::Words::of(locale);
    let sheet = sheet::Sheet::write(words, house, name, template, sent_at);
    Ok(Mail {
        to: to.to_owned(),
        kind: template.kind(),
        text: set::text(&sheet, house.name, house.app),
        html: Some(set::html(&sheet, words, house.name, house.app)?),
        subject: sheet.subject,
        locale: words.tag.to_owned(),
        id: None,
        metadata: template.metadata(),
    })
}

/// The handler of queued mail.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, CONCURRENCY, move |payload: Payload| {
        let app = app.clone();
        async move {
            let letter: Letter = payload.parse()?;
            let mut mail = write(&app, letter).map_err(JobError::fatal)?;
            // Killed after the server took it and before that was written down, the job sends it
            // again: under the same id.
            let id: String = payload.id.chars().filter(char::is_ascii_alphanumeric).collect();
            mail.id = Some(format!("{id}.{}", payload.created_at.millis()));
            app.mailer.send(mail).await.map_err(|error| {
                if error.is_permanent() { JobError::fatal(error) } else { JobError::retry(error) }
            })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSE: House<'static> = House {
        name: "Tea <Room>",
        app: "https://chat.example",
        marketing: "https://about.example",
        contact: "help@chat.example",
    };
    const NOW: Timestamp = Timestamp::from_millis(1_795_543_500_000);

    /// What a reader must find in a letter, as text.
    fn content(template: &Template) -> Vec<String> {
        let hidden = ["token", "deletion_date", "last_active_date", "banned_until", "expires_at"];
        let shown = template.metadata().into_iter().filter(|(key, _)| !hidden.contains(&key.as_str()));
        let mut found: Vec<String> = shown
            .filter(|(key, _)| !["file_size", "currency", "interval"].contains(&key.as_str()))
            .map(|(_, value)| value)
            .collect();
        if let Some(token) = template.metadata().get("token")
            && !matches!(template, Template::DonationMagicLink { .. })
        {
            found.push(format!("#token={token}"));
        }
        found
    }

    #[test]
    fn every_letter_in_every_language_says_what_it_must_in_both_forms() {
        for locale in languages() {
            for template in Template::samples(NOW) {
                let mail = compose(&HOUSE, "a@b.c", Some("ada"), locale, &template, NOW).unwrap();
                let html = mail.html.unwrap();
                let what = format!("{locale} {}", template.kind());
                assert_eq!(mail.locale, locale);
                assert!(!mail.subject.is_empty() && !mail.subject.contains('{'), "{what}");
                for value in content(&template) {
                    assert!(mail.text.contains(&value), "{what}: no {value} in {}", mail.text);
                    let escaped = value.replace('/', "&#x2f;");
                    assert!(html.contains(&value) || html.contains(&escaped), "{what}: no {value}");
                }
                assert!(mail.text.contains("ada"), "{what}");
                for text in [&mail.text, &html] {
                    assert!(!text.contains("{$") && !text.contains("{{"), "{what}: {text}");
                }
                assert!(html.contains("Tea &lt;Room&gt;") && !html.contains("<Room>"), "{what}");
                let rtl = html.contains("dir=\"rtl\"");
                assert_eq!(rtl, ["ar", "he"].contains(&locale), "{what}");
                let dated =
                    template.metadata().keys().any(|key| key.ends_with("_date") || key.ends_with("_at"));
                assert!(!dated || mail.text.contains("202"), "{what}");
            }
        }
    }

    #[test]
    fn what_was_not_said_is_not_shown() {
        let silent = Template::AccountDisabledSuspicious { reason: String::new() };
        let mail = compose(&HOUSE, "a@b.c", None, "en-US", &silent, NOW).unwrap();
        assert!(!mail.text.contains("Reason") && mail.text.contains("https://chat.example/forgot"));
        assert!(mail.text.starts_with("Hello,\n") && mail.text.contains("help@chat.example"));
        let nobody = House { contact: "", ..HOUSE };
        let mail = compose(&nobody, "a@b.c", None, "xx", &silent, NOW).unwrap();
        assert!(!mail.text.contains("mistake") && mail.locale == "en-US");
    }

    #[test]
    fn values_cannot_write_html() {
        let hostile = Template::ReportResolved {
            report_id: "1".into(),
            public_comment: "<img src=x onerror=alert(1)>".into(),
        };
        let html = compose(&HOUSE, "a@b.c", None, "en-US", &hostile, NOW).unwrap().html.unwrap();
        assert!(!html.contains("<img") && html.contains("&lt;img"));
    }
}
