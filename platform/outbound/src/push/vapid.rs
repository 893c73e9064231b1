//! Who is pushing (RFC 8292): a short-lived token for the service's origin, signed with the
//! key that browsers were given when they subscribed.

use base64::Engine;
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::sec1::ToEncodedPoint,
};
use platform_kernel::Timestamp;
use reqwest::header::HeaderValue;
use serde_json::json;

use super::{PushError, PushOptions, encrypt::BASE64};

const LIFE_S: i64 = 12 * 3600;

pub struct Vapid {
    key: SigningKey,
    public_key: String,
    subject: String,
}

impl Vapid {
    pub fn new(options: &PushOptions) -> Result<Self, PushError> {
        let secret = BASE64.decode(options.private_key.trim()).map_err(|_| PushError::Keys)?;
        let secret = SecretKey::from_slice(&secret).map_err(|_| PushError::Keys)?;
        let public_key = BASE64.encode(secret.public_key().to_encoded_point(false).as_bytes());
        if public_key != options.public_key.trim().trim_end_matches('=') {
            return Err(PushError::Keys);
        }
        Ok(Self { key: secret.into(), public_key, subject: format!("mailto:{}", options.contact) })
    }

    /// The value of `Authorization` for a service.
    pub fn authorization(&self, origin: &str, now: Timestamp) -> Result<HeaderValue, PushError> {
        let head = BASE64.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = json!({"aud": origin, "exp": now.seconds() + LIFE_S, "sub": self.subject});
        let signed = format!("{head}.{}", BASE64.encode(claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        let value =
            format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public_key);
        HeaderValue::from_str(&value).map_err(|_| PushError::Keys)
    }
}
