//! Web Push: a message, encrypted for one browser (RFC 8291), given to the push service that
//! browser subscribed at, signed so that the service knows the sender (RFC 8292).
//!
//! Services are addresses that users name, hence asked through the [`Fetcher`]. Sending is
//! one attempt, made smaller when a service finds it too long; how many run at once is
//! bounded, and a service that keeps failing is left alone for a while.

mod breaker;
mod encrypt;
mod vapid;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use platform_kernel::{Clock, Rng};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use url::Url;

use crate::{Ask, Fetcher};
use breaker::Breaker;
pub use encrypt::Recipient;
use vapid::Vapid;

/// Bytes of a whole message, padded to hide its length; the next is tried when a service
/// answers that it is too long.
const SIZES: [usize; 3] = [4096, 2820, 2048];
const SMALLEST: usize = 1024;
/// Mozilla's service takes less.
const MOZILLA: &str = ".mozilla.com";
/// Kept by the service for a browser that is not there.
const TTL: HeaderValue = HeaderValue::from_static("86400");
const AES128GCM: HeaderValue = HeaderValue::from_static("aes128gcm");
/// Of an answer, to find out why it was refused.
const ANSWER: u64 = 4096;

#[derive(Debug, Clone)]
pub struct PushOptions {
    /// Key pair, base64url: uncompressed point and scalar.
    pub public_key: String,
    pub private_key: String,
    /// Whom a push service may write to: an e-mail address.
    pub contact: String,
    /// For one attempt.
    pub timeout: Duration,
    /// Attempts at a time.
    pub concurrency: usize,
    /// Failures in a row after which a service is left alone.
    pub failure_threshold: u32,
    /// For how long.
    pub recovery: Duration,
}

#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error("the VAPID keys are no P-256 key pair in base64url")]
    Keys,
    #[error("the subscription's keys are unusable")]
    Recipient,
    #[error("the message does not fit")]
    TooLong,
}

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    Delivered,
    /// The subscription is no more.
    Gone,
    /// The service is being left alone.
    Skipped,
    Failed(String),
}

/// A push and how often it had to be made smaller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub pushed: Pushed,
    pub resized: u32,
}

/// A handle; clones share limits and what is known of the services.
#[derive(Clone)]
pub struct Pusher(Arc<Inner>);

struct Inner {
    fetcher: Fetcher,
    vapid: Vapid,
    breaker: Breaker,
    slots: Semaphore,
    timeout: Duration,
    clock: Clock,
    rng: Rng,
}

impl Pusher {
    pub fn new(options: PushOptions, fetcher: Fetcher, clock: Clock, rng: Rng) -> Result<Self, PushError> {
        Ok(Self(Arc::new(Inner {
            fetcher,
            vapid: Vapid::new(&options)?,
            breaker: Breaker::new(options.failure_threshold, options.recovery),
            slots: Semaphore::new(options.concurrency.max(1)),
            timeout: options.timeout,
            clock,
            rng,
        })))
    }

    /// Gives `payload` to the service at `endpoint`.
    pub async fn send(&self, endpoint: &str, recipient: &Recipient, payload: &[u8]) -> Report {
        let Some(url) = Url::parse(endpoint).ok().filter(|url| url.has_host()) else {
            return Report { pushed: Pushed::Gone, resized: 0 };
        };
        let inner = &*self.0;
        let origin = url.origin().ascii_serialization();
        let Ok(_slot) = inner.slots.acquire().await else {
            return Report { pushed: Pushed::Skipped, resized: 0 };
        };
        if !inner.breaker.admits(&origin, inner.clock.now()) {
            return Report { pushed: Pushed::Skipped, resized: 0 };
        }
        let report = inner.push(&url, &origin, recipient, payload).await;
        let works = !matches!(report.pushed, Pushed::Failed(_));
        inner.breaker.record(&origin, works, inner.clock.now());
        report
    }
}

impl Inner {
    async fn push(&self, url: &Url, origin: &str, recipient: &Recipient, payload: &[u8]) -> Report {
        let mozilla = url.host_str().is_some_and(|host| host.ends_with(MOZILLA));
        let mut sizes = SIZES.into_iter().skip(usize::from(mozilla)).peekable();
        let (mut size, mut resized) = (sizes.next().unwrap_or(SMALLEST), 0);
        loop {
            let pushed = match self.attempt(url, origin, recipient, payload, size).await {
                Ok(Attempt::Done(pushed)) => pushed,
                Ok(Attempt::TooLong(by)) => {
                    let smaller = sizes.next().or((mozilla && resized < 2).then_some(SMALLEST));
                    let exact =
                        by.map(|by| size.saturating_sub(by).max(SMALLEST)).filter(|next| *next < size);
                    match smaller.map(|smaller| exact.map_or(smaller, |exact| exact.min(smaller))) {
                        Some(next) => {
                            size = next;
                            resized += 1;
                            continue;
                        }
                        None => Pushed::Failed("it is too long in every size".into()),
                    }
                }
                Err(error) => Pushed::Failed(error.to_string()),
            };
            return Report { pushed, resized };
        }
    }

    async fn attempt(
        &self,
        url: &Url,
        origin: &str,
        recipient: &Recipient,
        payload: &[u8],
        size: usize,
    ) -> Result<Attempt, PushError> {
        let body: Bytes = encrypt::encrypt(recipient, payload, size, &self.rng)?.into();
        let authorization = self.vapid.authorization(origin, self.clock.now())?;
        let headers = HeaderMap::from_iter([
            (header::AUTHORIZATION, authorization),
            (header::CONTENT_ENCODING, AES128GCM),
            (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
            (HeaderName::from_static("ttl"), TTL),
        ]);
        let ask = Ask { timeout: self.timeout, max_bytes: ANSWER, headers };
        let answer = match self.fetcher.post(url, body, ask).await {
            Ok(answer) => answer,
            Err(error) => return Ok(Attempt::Done(Pushed::Failed(error.to_string()))),
        };
        Ok(match answer.status {
            200..300 => Attempt::Done(Pushed::Delivered),
            404 | 410 => Attempt::Done(Pushed::Gone),
            413 => Attempt::TooLong(too_long_by(&answer.bytes().await.unwrap_or_default())),
            status => match too_long_by(&answer.bytes().await.unwrap_or_default()) {
                Some(by) => Attempt::TooLong(Some(by)),
                None => Attempt::Done(Pushed::Failed(format!("the service answered {status}"))),
            },
        })
    }
}

enum Attempt {
    Done(Pushed),
    TooLong(Option<usize>),
}

/// Some services say by how much.
fn too_long_by(answer: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(answer).ok()?;
    let (number, _) = text.split_once("too long by ")?.1.split_once(" bytes")?;
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_say_by_how_much() {
        assert_eq!(too_long_by(br#"{"message":"Data payload is too long by 1276 bytes"}"#), Some(1276));
        assert_eq!(too_long_by(b"payload too large"), None);
    }
}
