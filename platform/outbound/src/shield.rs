//! Is a picture known abuse material? Asked of PhotoDNA, which compares hashes, or of Arachnid
//! Shield, which gets the picture itself. Only if the operator has an account with one of them.

use std::{fmt, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep, sleep_until},
};

/// Hashes in one question to PhotoDNA.
const HASHES: usize = 5;
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);
/// What Arachnid Shield calls known material.
const CLASSES: [&str; 2] = ["csam", "harmful-abusive-material"];

/// Whom to ask, and how.
#[derive(Clone)]
pub enum ShieldOptions {
    PhotoDna {
        /// Makes the hashes: `{hash_service_url}/hash`.
        hash_service_url: String,
        hash_timeout: Duration,
        match_endpoint: String,
        subscription_key: String,
        enhance: bool,
        /// Questions a second; 0 is one.
        rate: u32,
    },
    ArachnidShield {
        endpoint: String,
        username: String,
        password: String,
        timeout: Duration,
        max_retries: u32,
        backoff: Duration,
    },
}

/// A picture, or a frame of a film.
#[derive(Clone, Debug)]
pub struct Suspect {
    pub content_type: String,
    pub bytes: Bytes,
}

/// That one of them is known.
#[derive(Clone, Debug)]
pub struct Match {
    pub provider: &'static str,
    /// What the provider says of it.
    pub answer: Value,
    /// Of all that was asked about, where the provider works with hashes.
    pub hashes: Vec<Value>,
}

#[derive(Debug, thiserror::Error)]
pub enum ShieldError {
    #[error("the scan service cannot be reached: {0}")]
    Unreachable(String),
    #[error("the scan service answers {0}")]
    Status(StatusCode),
    #[error("the scan service's answer is not understood")]
    Answer,
}

impl From<reqwest::Error> for ShieldError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url().to_string())
    }
}

/// A handle; clones share connections and the pace.
#[derive(Clone)]
pub struct Shield {
    client: reqwest::Client,
    options: Arc<ShieldOptions>,
    /// Before this moment PhotoDNA is not to be asked again.
    next: Arc<Mutex<Instant>>,
}

impl fmt::Debug for Shield {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.options {
            ShieldOptions::PhotoDna { .. } => "Shield(PhotoDNA)",
            ShieldOptions::ArachnidShield { .. } => "Shield(Arachnid)",
        })
    }
}

impl Shield {
    pub fn new(options: ShieldOptions) -> Result<Self, ShieldError> {
        super::install_tls();
        let timeout = match &options {
            ShieldOptions::PhotoDna { hash_timeout, .. } => *hash_timeout,
            ShieldOptions::ArachnidShield { timeout, .. } => *timeout,
        };
        let client = reqwest::Client::builder().timeout(timeout).user_agent("fluxer").build()?;
        Ok(Self { client, options: Arc::new(options), next: Arc::new(Mutex::new(Instant::now())) })
    }

    /// The first match among them.
    pub async fn check(&self, suspects: &[Suspect]) -> Result<Option<Match>, ShieldError> {
        if suspects.is_empty() {
            return Ok(None);
        }
        match &*self.options {
            ShieldOptions::PhotoDna { .. } => self.photo_dna(suspects).await,
            ShieldOptions::ArachnidShield { .. } => {
                for suspect in suspects {
                    if let Some(found) = self.arachnid(suspect).await? {
                        return Ok(Some(found));
                    }
                }
                Ok(None)
            }
        }
    }

    async fn photo_dna(&self, suspects: &[Suspect]) -> Result<Option<Match>, ShieldError> {
        let ShieldOptions::PhotoDna {
            hash_service_url, match_endpoint, subscription_key, enhance, rate, ..
        } = &*self.options
        else {
            return Ok(None);
        };
        let images: Vec<_> = suspects
            .iter()
            .map(
                |suspect| json!({"mime_type": suspect.content_type, "data": STANDARD.encode(&suspect.bytes)}),
            )
            .collect();
        let url = format!("{}/hash", hash_service_url.trim_end_matches('/'));
        let answer = self.client.post(url).json(&json!({"images": images})).send().await?;
        let mut answer: Value = good(answer)?.json().await?;
        let Some(Value::Array(hashes)) = answer.get_mut("hashes").map(Value::take) else {
            return Err(ShieldError::Answer);
        };
        // none was made of what is no picture
        let known: Vec<&Value> = hashes.iter().filter(|hash| !hash.is_null()).collect();
        for some in known.chunks(HASHES) {
            self.wait_for_turn(*rate).await;
            let asked: Vec<_> =
                some.iter().map(|hash| json!({"DataRepresentation": "Hash", "Value": hash})).collect();
            let request = self.client.post(format!("{match_endpoint}?enhance={enhance}"));
            let answer =
                request.header("Ocp-Apim-Subscription-Key", subscription_key).json(&asked).send().await?;
            let answer: Value = good(answer)?.json().await?;
            let results = answer["MatchResults"].as_array().ok_or(ShieldError::Answer)?;
            if results.iter().any(|result| result["IsMatch"] == true) {
                return Ok(Some(Match { provider: "photo_dna", answer, hashes }));
            }
        }
        Ok(None)
    }

    async fn wait_for_turn(&self, rate: u32) {
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + Duration::from_secs(1) / rate.max(1);
    }

    async fn arachnid(&self, suspect: &Suspect) -> Result<Option<Match>, ShieldError> {
        let ShieldOptions::ArachnidShield { endpoint, username, password, max_retries, backoff, .. } =
            &*self.options
        else {
            return Ok(None);
        };
        let mut tries = 0;
        let answer = loop {
            let request = self
                .client
                .post(endpoint)
                .basic_auth(username, Some(password))
                .header("content-type", &suspect.content_type)
                .body(suspect.bytes.clone());
            let answer = request.send().await?;
            let again = answer.status() == StatusCode::TOO_MANY_REQUESTS || answer.status().is_server_error();
            if !again || tries >= *max_retries {
                break good(answer)?;
            }
            sleep(backoff.saturating_mul(1 << tries.min(16)).min(LONGEST_BACKOFF)).await;
            tries += 1;
        };
        let answer: Value = answer.json().await?;
        let class = answer["classification"].as_str().ok_or(ShieldError::Answer)?;
        let known = CLASSES.contains(&class);
        Ok(known.then(|| Match { provider: "arachnid_shield", answer, hashes: Vec::new() }))
    }
}

fn good(answer: Response) -> Result<Response, ShieldError> {
    if answer.status().is_success() { Ok(answer) } else { Err(ShieldError::Status(answer.status())) }
}
