//! Outgoing e-mail. A caller hands over a finished [`Mail`]; what it says is none of this
//! crate's business, and neither is whether the recipient's domain exists.
//!
//! Engines behind [`Mailer`]: SMTP; log-only, where mail is switched off and only its kind
//! is logged; and a recorder for tests. Sending is one attempt: retries belong to the queue,
//! and [`Error::is_permanent`] says when they are useless.

mod recorder;
mod smtp;

use std::{collections::BTreeMap, fmt, sync::Arc};

use platform_kernel::Clock;

pub use recorder::{Recorded, Recorder};
pub use smtp::{Encryption, Options as SmtpOptions};

/// One message to one person, ready to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// The bare address.
    pub to: String,
    /// Name of the template it was made from: `password_reset`.
    pub kind: &'static str,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// Language of the text, as a BCP 47 tag; empty when unknown.
    pub locale: String,
    /// Tells this mail from others, and is the same when it is sent again: letters, digits and
    /// dots. Whoever gets it twice can see that it is one.
    pub id: Option<String>,
    /// What went into the template (tokens, dates): for the recorder, never logged or sent.
    pub metadata: BTreeMap<String, String>,
}

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the address or content cannot be sent: {0}")]
    Invalid(String),
    #[error("the mail server refused: {0}")]
    Refused(String),
    #[error("the mail server cannot be used: {0}")]
    Unavailable(String),
}

impl Error {
    /// Whether sending the same mail again must fail again.
    pub const fn is_permanent(&self) -> bool {
        matches!(self, Self::Invalid(_) | Self::Refused(_))
    }
}

/// Sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Arc<Engine>);

enum Engine {
    Disabled,
    Smtp(Box<smtp::Smtp>),
    Recorder(Recorder),
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            Engine::Disabled => "Mailer(disabled)",
            Engine::Smtp(_) => "Mailer(smtp)",
            Engine::Recorder(_) => "Mailer(recorder)",
        })
    }
}

impl Mailer {
    /// Sends nothing: a mail is logged by kind and counts as sent.
    pub fn disabled() -> Self {
        Self(Arc::new(Engine::Disabled))
    }
    /// Sends by SMTP. Opens no connection yet; fails on a sender address that is none.
    pub fn smtp(options: SmtpOptions) -> Result<Self, Error> {
        Ok(Self(Arc::new(Engine::Smtp(Box::new(smtp::Smtp::new(options)?)))))
    }
    /// Keeps mail in memory for tests to read.
    pub fn recording(clock: Clock) -> Self {
        Self(Arc::new(Engine::Recorder(Recorder::new(clock))))
    }
    /// The record, if this mailer keeps one.
    pub fn recorder(&self) -> Option<&Recorder> {
        match &*self.0 {
            Engine::Recorder(recorder) => Some(recorder),
            _ => None,
        }
    }
    /// Whether a mail can reach anybody.
    pub fn is_enabled(&self) -> bool {
        !matches!(&*self.0, Engine::Disabled)
    }

    /// One attempt to hand `mail` over.
    pub async fn send(&self, mail: Mail) -> Result<(), Error> {
        match &*self.0 {
            Engine::Disabled => {
                tracing::info!(kind = mail.kind, "e-mail is disabled; mail not sent");
                Ok(())
            }
            Engine::Smtp(smtp) => smtp.send(&mail).await,
            Engine::Recorder(recorder) => {
                recorder.add(mail);
                Ok(())
            }
        }
    }

    /// Connects and says hello, without sending: for diagnosis. `Ok` for engines without a server.
    pub async fn probe(&self) -> Result<(), Error> {
        match &*self.0 {
            Engine::Smtp(smtp) => smtp.probe().await,
            _ => Ok(()),
        }
    }
}
