//! Checking a solved captcha with the provider that set it.

use std::time::Duration;

use super::Options;

const PATIENCE: Duration = Duration::from_secs(5);

/// Who sets captchas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptchaProvider {
    Hcaptcha,
    Turnstile,
}

pub struct Captcha {
    client: reqwest::Client,
    hcaptcha: String,
    turnstile: String,
}

impl Captcha {
    pub fn new(options: &Options) -> reqwest::Result<Self> {
        Ok(Self {
            client: reqwest::Client::builder().timeout(PATIENCE).user_agent("fluxer").build()?,
            hcaptcha: options.hcaptcha_url.clone(),
            turnstile: options.turnstile_url.clone(),
        })
    }

    /// A provider that cannot be reached has not vouched for anybody.
    pub async fn is_solved(&self, provider: CaptchaProvider, secret: &str, token: &str, ip: &str) -> bool {
        match self.ask(provider, secret, token, ip).await {
            Ok(solved) => solved,
            Err(error) => {
                tracing::error!(error = %error.without_url(), ?provider, "A captcha could not be checked.");
                false
            }
        }
    }

    async fn ask(
        &self,
        provider: CaptchaProvider,
        secret: &str,
        token: &str,
        ip: &str,
    ) -> reqwest::Result<bool> {
        let url = match provider {
            CaptchaProvider::Hcaptcha => &self.hcaptcha,
            CaptchaProvider::Turnstile => &self.turnstile,
        };
        let form = [("secret", secret), ("response", token), ("remoteip", ip)];
        let answer = self.client.post(url).form(&form).send().await?.error_for_status()?;
        let verdict: serde_json::Value = answer.json().await?;
        Ok(verdict["success"] == true)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// A provider that holds the one right answer.
    async fn provider() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/siteverify", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let mut length = 0;
                while !String::from_utf8_lossy(&request[..length]).contains("remoteip=") {
                    length += socket.read(&mut request[length..]).await.unwrap();
                }
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let solved = request.contains("secret=s%26cret&response=right&remoteip=203.0.113.7");
                let body = format!("{{\"success\":{solved}}}");
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                socket.write_all((head + &body).as_bytes()).await.unwrap();
            }
        });
        url
    }

    #[tokio::test]
    async fn only_the_provider_can_vouch() {
        crate::install_tls();
        let options = Options {
            turnstile_url: provider().await,
            hcaptcha_url: "http://127.0.0.1:1/".into(),
            ..Options::default()
        };
        let captcha = Captcha::new(&options).unwrap();
        let ask = async |provider, token| captcha.is_solved(provider, "s&cret", token, "203.0.113.7").await;
        assert!(ask(CaptchaProvider::Turnstile, "right").await);
        assert!(!ask(CaptchaProvider::Turnstile, "wrong").await);
        assert!(!ask(CaptchaProvider::Hcaptcha, "right").await);
    }
}
