//! Telling a CDN (Cloudflare) to forget addresses.

use std::{fmt, time::Duration};

const PATIENCE: Duration = Duration::from_secs(15);

/// Where, and by what right.
#[derive(Clone)]
pub struct PurgeOptions {
    /// `https://api.cloudflare.com/client/v4`.
    pub api_url: String,
    pub zone_id: String,
    pub api_token: String,
}

/// Purges addresses of one zone. Cheap to clone.
#[derive(Clone)]
pub struct Purger {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl fmt::Debug for Purger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Purger").field("url", &self.url).finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PurgeError {
    #[error("the CDN wants to be asked less often")]
    Limited,
    #[error("the CDN did not purge: {0}")]
    Failed(String),
}

impl Purger {
    pub fn new(options: &PurgeOptions) -> Result<Self, PurgeError> {
        super::install_tls();
        let client = reqwest::Client::builder().timeout(PATIENCE).user_agent("fluxer").build();
        Ok(Self {
            client: client.map_err(|error| PurgeError::Failed(error.to_string()))?,
            url: format!("{}/zones/{}/purge_cache", options.api_url.trim_end_matches('/'), options.zone_id),
            token: options.api_token.clone(),
        })
    }

    /// Has everything below these prefixes (host and path) forgotten.
    pub async fn purge(&self, prefixes: &[String]) -> Result<(), PurgeError> {
        let body = serde_json::json!({"prefixes": prefixes});
        let failed = |error: reqwest::Error| PurgeError::Failed(error.without_url().to_string());
        let request = self.client.post(&self.url).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.map_err(failed)?;
        match answer.status().as_u16() {
            429 => Err(PurgeError::Limited),
            200..=299 => Ok(()),
            status => Err(PurgeError::Failed(format!("status {status}"))),
        }
    }
}
