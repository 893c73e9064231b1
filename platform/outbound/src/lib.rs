//! The way out. Questions asked of the internet about what people type: is this password known
//! to be breached, can this domain receive mail, was this captcha solved. A password or domain
//! that nobody answers for passes, so an instance without a way out works; a captcha does not.
//! And what people link to: [`Fetcher`] gets it without letting them reach into this network.
//! And whether pictures are known abuse material, where a service for that is configured.
//! And what has to be told elsewhere: pushes to browsers, codes by text message.
//!
//! A password never leaves the process: five hex digits of its SHA-1 do (k-anonymity).

mod breached;
mod captcha;
pub mod clamd;
mod domains;
mod fetch;
mod names;
mod purge;
mod push;
mod shield;
mod sms;

use std::{net::SocketAddr, sync::Arc};

use breached::Breached;
use captcha::Captcha;
pub use captcha::CaptchaProvider;
use domains::Domains;
pub use fetch::{Ask, FetchError, FetchOptions, Fetched, Fetcher, is_public};
pub use purge::{PurgeError, PurgeOptions, Purger};
pub use push::{PushError, PushOptions, Pushed, Pusher, Recipient, Report as PushReport};
pub use shield::{Match, Shield, ShieldError, ShieldOptions, Suspect};
pub use sms::{Sms, SmsError, SmsOptions};

/// Whom to ask.
#[derive(Debug, Clone)]
pub struct Options {
    /// A Pwned Passwords range service: `{url}/range/{first five}`.
    pub breached_url: String,
    /// A name server of one's own; none: the system's.
    pub name_server: Option<SocketAddr>,
    /// Where solved captchas are checked.
    pub hcaptcha_url: String,
    pub turnstile_url: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            breached_url: "https://api.pwnedpasswords.com".into(),
            name_server: None,
            hcaptcha_url: "https://api.hcaptcha.com/siteverify".into(),
            turnstile_url: "https://challenges.cloudflare.com/turnstile/v0/siteverify".into(),
        }
    }
}

/// Picks the process's TLS provider, which every HTTPS client of it needs to be made.
pub fn install_tls() {
    // The first one installed stays, and all of them are this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A handle; clones share what was learnt.
#[derive(Clone)]
pub struct Outbound {
    inner: Option<Arc<Inner>>,
    sms: Option<Sms>,
}

struct Inner {
    breached: Breached,
    captcha: Captcha,
    domains: Option<Domains>,
}

impl Outbound {
    /// Asks nobody: no password is breached, every domain receives mail, no captcha is solved.
    pub const fn offline() -> Self {
        Self { inner: None, sms: None }
    }

    /// Asks. A part that cannot be set up is logged and stays silent.
    pub fn online(options: &Options) -> Self {
        install_tls();
        let domains = Domains::new(options.name_server)
            .inspect_err(|error| tracing::warn!(%error, "Mail domains cannot be looked up."))
            .ok();
        match (Breached::new(&options.breached_url), Captcha::new(options)) {
            (Ok(breached), Ok(captcha)) => {
                Self { inner: Some(Arc::new(Inner { breached, captcha, domains })), sms: None }
            }
            (Err(error), _) | (_, Err(error)) => {
                tracing::warn!(%error, "Passwords and captchas cannot be looked up.");
                Self::offline()
            }
        }
    }

    /// The same, and text messages can be sent.
    #[must_use]
    pub fn texting(self, sms: Sms) -> Self {
        Self { sms: Some(sms), ..self }
    }
    /// Who sends text messages, if anybody.
    pub const fn sms(&self) -> Option<&Sms> {
        self.sms.as_ref()
    }

    /// Whether the password is known from a breach.
    pub async fn is_breached(&self, password: &str) -> bool {
        match &self.inner {
            Some(inner) => inner.breached.contains(password).await,
            None => false,
        }
    }

    /// Whether mail to the domain can arrive: it has an MX or, failing that, an address.
    pub async fn receives_mail(&self, domain: &str) -> bool {
        match self.inner.as_ref().and_then(|inner| inner.domains.as_ref()) {
            Some(domains) => domains.receive_mail(domain).await,
            None => true,
        }
    }

    /// Whether the provider says that `token` solves the captcha it set for the client.
    pub async fn is_solved(&self, provider: CaptchaProvider, secret: &str, token: &str, ip: &str) -> bool {
        match &self.inner {
            Some(inner) => inner.captcha.is_solved(provider, secret, token, ip).await,
            None => false,
        }
    }
}
