//! Codes by text message, sent and checked by Twilio Verify: the code itself never passes
//! through here before somebody types it.

use std::time::Duration;

use reqwest::Response;
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(10);
/// Twilio's number for what is no telephone number.
const NO_NUMBER: i64 = 21211;

#[derive(Clone)]
pub struct SmsOptions {
    /// `https://verify.twilio.com`, or another service that answers like it.
    pub url: String,
    pub account_sid: String,
    pub auth_token: String,
    pub service_sid: String,
}

impl std::fmt::Debug for SmsOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "sms({}, {})", self.url, self.account_sid)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    #[error("there is no such telephone number")]
    NoNumber,
    #[error("the text message service refused: {0}")]
    Refused(String),
    #[error("the text message service cannot be reached: {0}")]
    Unreachable(String),
}

impl From<reqwest::Error> for SmsError {
    fn from(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url().to_string())
    }
}

/// A handle; clones share connections.
#[derive(Clone, Debug)]
pub struct Sms {
    client: reqwest::Client,
    options: SmsOptions,
}

impl Sms {
    pub fn new(options: SmsOptions) -> Result<Self, SmsError> {
        super::install_tls();
        Ok(Self {
            client: reqwest::Client::builder().timeout(PATIENCE).user_agent("fluxer").build()?,
            options,
        })
    }

    /// Sends a code to the number.
    pub async fn send(&self, to: &str) -> Result<(), SmsError> {
        self.ask("Verifications", &[("To", to), ("Channel", "sms")]).await.map(drop)
    }

    /// Whether `code` is the one the number was sent.
    pub async fn check(&self, to: &str, code: &str) -> Result<bool, SmsError> {
        match self.ask("VerificationCheck", &[("To", to), ("Code", code)]).await {
            Ok(answer) => Ok(answer["status"] == "approved"),
            // There is no verification under way, or it has expired.
            Err(SmsError::Refused(reason)) if reason.starts_with("404") => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn ask(&self, what: &str, form: &[(&str, &str)]) -> Result<Value, SmsError> {
        let SmsOptions { url, account_sid, auth_token, service_sid } = &self.options;
        let url = format!("{}/v2/Services/{service_sid}/{what}", url.trim_end_matches('/'));
        let request = self.client.post(url).basic_auth(account_sid, Some(auth_token)).form(form);
        read(request.send().await?).await
    }
}

async fn read(response: Response) -> Result<Value, SmsError> {
    let status = response.status();
    let answer: Value = response.json().await.unwrap_or_default();
    if status.is_success() {
        Ok(answer)
    } else if answer["code"] == NO_NUMBER {
        Err(SmsError::NoNumber)
    } else {
        Err(SmsError::Refused(format!(
            "{} {}",
            status.as_u16(),
            answer["message"].as_str().unwrap_or_default()
        )))
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// A service that knows one number and one code.
    async fn service() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                while !request.windows(3).any(|window| window == b"To=") {
                    let length = socket.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..length]);
                }
                let request = String::from_utf8_lossy(&request).into_owned();
                let (status, body) = answer(&request);
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                socket.write_all((head + body).as_bytes()).await.unwrap();
            }
        });
        url
    }

    fn answer(request: &str) -> (u16, &'static str) {
        // base64 of "AC1:t0ken"
        if !request.to_lowercase().contains("authorization: basic qumxonqwa2vu") {
            return (401, r#"{"code":20003,"message":"Authenticate"}"#);
        }
        let known = request.contains("To=%2B31612345678&");
        match () {
            () if request.starts_with("POST /v2/Services/VA1/Verifications ")
                && request.contains("Channel=sms") =>
            {
                if known {
                    (201, r#"{"status":"pending"}"#)
                } else {
                    (400, r#"{"code":21211,"message":"no"}"#)
                }
            }
            () if request.starts_with("POST /v2/Services/VA1/VerificationCheck ") => match () {
                () if !known => (404, r#"{"code":20404,"message":"not found"}"#),
                () if request.contains("Code=424242") => (200, r#"{"status":"approved"}"#),
                () => (200, r#"{"status":"pending"}"#),
            },
            () => (500, "{}"),
        }
    }

    #[tokio::test]
    async fn sends_and_checks_codes() {
        let options = SmsOptions {
            url: service().await,
            account_sid: "AC1".into(),
            auth_token: "t0ken".into(),
            service_sid: "VA1".into(),
        };
        let sms = Sms::new(options.clone()).unwrap();
        sms.send("+31612345678").await.unwrap();
        assert!(matches!(sms.send("+1").await, Err(SmsError::NoNumber)));
        assert!(sms.check("+31612345678", "424242").await.unwrap());
        assert!(!sms.check("+31612345678", "000000").await.unwrap());
        assert!(!sms.check("+1", "424242").await.unwrap());
        let wrong = Sms::new(SmsOptions { auth_token: "other".into(), ..options.clone() }).unwrap();
        assert!(matches!(wrong.send("+31612345678").await, Err(SmsError::Refused(_))));
        let absent = Sms::new(SmsOptions { url: "http://127.0.0.1:1".into(), ..options }).unwrap();
        assert!(matches!(absent.send("+31612345678").await, Err(SmsError::Unreachable(_))));
    }
}
