//! Breached passwords, by the range API of Pwned Passwords.

use std::{fmt::Write as _, sync::Arc, time::Duration};

use moka::sync::Cache;
use sha1::{Digest, Sha1};

const PATIENCE: Duration = Duration::from_secs(3);
const KEEP: Duration = Duration::from_secs(3600);
const RANGES: u64 = 1000;
const PREFIX: usize = 5;
/// A padded range has some 40 KiB.
const MAX_ANSWER: u64 = 1 << 20;

pub struct Breached {
    client: reqwest::Client,
    url: String,
    ranges: Cache<String, Arc<str>>,
}

impl Breached {
    pub fn new(url: &str) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder().timeout(PATIENCE).user_agent("fluxer").build()?;
        let ranges = Cache::builder().max_capacity(RANGES).time_to_live(KEEP).build();
        Ok(Self { client, url: url.trim_end_matches('/').to_owned(), ranges })
    }

    pub async fn contains(&self, password: &str) -> bool {
        let mut hash = String::with_capacity(40);
        for byte in Sha1::digest(password.as_bytes()) {
            // Writing to a string does not fail.
            let _ = write!(hash, "{byte:02X}");
        }
        let (prefix, suffix) = hash.split_at(PREFIX);
        let range = match self.ranges.get(prefix) {
            Some(range) => range,
            None => match self.fetch(prefix).await {
                Ok(range) => {
                    self.ranges.insert(prefix.to_owned(), range.clone());
                    range
                }
                Err(error) => {
                    tracing::debug!(%error, "Breached passwords were not looked up.");
                    return false;
                }
            },
        };
        is_listed(&range, suffix)
    }

    async fn fetch(&self, prefix: &str) -> reqwest::Result<Arc<str>> {
        let url = format!("{}/range/{prefix}", self.url);
        let answer = self.client.get(url).header("Add-Padding", "true").send().await?.error_for_status()?;
        if answer.content_length().is_some_and(|length| length > MAX_ANSWER) {
            return Ok("".into());
        }
        Ok(answer.text().await?.into())
    }
}

/// Lines of `SUFFIX:COUNT`; a count of 0 is padding.
fn is_listed(range: &str, suffix: &str) -> bool {
    range.lines().filter_map(|line| line.trim().split_once(':')).any(|(entry, count)| {
        entry.eq_ignore_ascii_case(suffix) && count.trim().parse::<u64>().is_ok_and(|count| count > 0)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// `password` is 5BAA6 1E4C9…; a service that knows it, and counts what it is asked.
    async fn service(status: &'static str) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    request.push(socket.read_u8().await.unwrap());
                }
                let request = String::from_utf8(request).unwrap().to_lowercase();
                assert!(request.contains("add-padding: true") && !request.contains("1e4c9"), "{request}");
                count.fetch_add(1, SeqCst);
                let body =
                    "1E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\r\n0000000000000000000000000000000000A:0";
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                socket.write_all((head + body).as_bytes()).await.unwrap();
            }
        });
        (url, asked)
    }

    fn ask(url: &str) -> Breached {
        crate::install_tls();
        Breached::new(url).unwrap()
    }

    #[tokio::test]
    async fn a_known_password_is_found_and_its_range_asked_for_once() {
        let (url, asked) = service("200 OK").await;
        let breached = ask(&url);
        assert!(breached.contains("password").await);
        assert!(breached.contains("password").await);
        assert_eq!(asked.load(SeqCst), 1);
        assert!(!breached.contains("correct horse battery staple 7").await);
    }

    #[tokio::test]
    async fn a_service_that_fails_says_nothing_and_is_asked_again() {
        let (url, asked) = service("503 Service Unavailable").await;
        let breached = ask(&url);
        assert!(!breached.contains("password").await);
        assert!(!breached.contains("password").await);
        assert_eq!(asked.load(SeqCst), 2);
        assert!(!ask("http://127.0.0.1:1").contains("password").await);
    }

    #[test]
    fn padding_is_not_a_breach() {
        assert!(is_listed("ab:2\r\nCD:0", "AB"));
        assert!(!is_listed("ab:2\r\nCD:0", "CD"));
        assert!(!is_listed("nonsense", "AB"));
    }
}
