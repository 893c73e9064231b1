//! What the house writes to people: one template a kind, with the values it is made from.
//!
//! A mail is a durable job, so that a mail server that is down for an hour loses none.
//! Where mail is recorded instead of sent (tests) it is there before the operation answers.

mod template;

use std::sync::Arc;

use platform_mail::Mail;
use platform_queue::{Job, JobError, Payload, Worker};
use serde::{Deserialize, Serialize};

use crate::{App, Result, rows::UserRow};

pub use template::Template;

const KIND: &str = "send_mail";
const CONCURRENCY: u32 = 4;

#[derive(Debug, Serialize, Deserialize)]
struct Letter {
    to: String,
    locale: String,
    template: Template,
}

/// Sends `template` to the account's own address, if it has one.
pub async fn send(app: &App, user: &UserRow, template: Template) -> Result<()> {
    match &user.email {
        Some(email) => send_to(app, email, user.locale.as_deref(), template).await,
        None => Ok(()),
    }
}

/// Sends `template` to an address.
pub async fn send_to(app: &App, to: &str, locale: Option<&str>, template: Template) -> Result<()> {
    let letter = Letter { to: to.to_owned(), locale: locale.unwrap_or("en-US").to_owned(), template };
    if app.mailer.recorder().is_some() || !app.mailer.is_enabled() {
        app.mailer.send(write(app, letter)).await?;
    } else {
        app.queue.push(Job::new(KIND, &letter)).await?;
    }
    Ok(())
}

fn write(app: &App, letter: Letter) -> Mail {
    let Letter { to, locale, template } = letter;
    let (subject, text) = template.text(&app.settings.endpoints.app);
    Mail { to, kind: template.kind(), subject, text, html: None, locale, metadata: template.metadata() }
}

/// The handler of queued mail.
pub fn jobs(app: &Arc<App>, worker: Worker) -> Worker {
    let app = app.clone();
    worker.handle(KIND, CONCURRENCY, move |payload: Payload| {
        let app = app.clone();
        async move {
            let letter: Letter = payload.parse()?;
            app.mailer.send(write(&app, letter)).await.map_err(|error| {
                if error.is_permanent() { JobError::fatal(error) } else { JobError::retry(error) }
            })
        }
    })
}
