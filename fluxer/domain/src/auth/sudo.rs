//! Sudo mode: operations that could cost somebody their account or guild ask once more who
//! is there. The answer holds for five minutes and travels as a signed token, in a header
//! or a cookie; nothing is kept here.

use fluxer_wire::{
    Error as Refusal, UserId, code, invalid,
    sudo::{MfaMethod, SudoVerification},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::{mfa, password, webauthn};
use crate::{Actor, App, Error, Result};

const LIFETIME_SECONDS: i64 = 300;

/// Sudo tokens as they came with the request.
#[derive(Debug, Clone, Default)]
pub struct SudoProof {
    /// `X-Fluxer-Sudo-Mode-JWT`.
    pub header: Option<String>,
    /// The cookie named [`cookie_name`].
    pub cookie: Option<String>,
}

/// A token for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedToken {
    pub token: String,
    /// The `Set-Cookie` header.
    pub cookie: String,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    #[serde(rename = "type")]
    kind: String,
    sub: String,
    iat: i64,
    exp: i64,
}

pub fn cookie_name(user: UserId) -> String {
    format!("__flx_sudo_{user}")
}

/// Passes if the caller has proven, or proves now, who they are; else 403
/// `SUDO_MODE_REQUIRED`. The token, if there is one, belongs into the answer.
pub async fn require(
    app: &App,
    actor: &Actor,
    fields: &SudoVerification,
    proof: &SudoProof,
) -> Result<Option<IssuedToken>> {
    let user = &*actor.user;
    if user.bot {
        return Ok(None);
    }
    let has_mfa = user.has_mfa();
    let valid = |token: &&String| is_valid(app, user.user_id, token);
    let from_header = proof.header.as_ref().filter(valid);
    if has_mfa {
        if let Some(token) = from_header.or(proof.cookie.as_ref().filter(valid)) {
            return Ok(Some(with_cookie(app, user.user_id, token.clone())));
        }
        if let Some(method) = *fields.mfa_method {
            if !verify(app, actor, method, fields).await? {
                return Err(Error::field("mfa_code", invalid::INVALID_MFA_CODE));
            }
            return issue(app, user.user_id);
        }
    } else {
        if from_header.is_some() || user.is_unclaimed() {
            return Ok(None);
        }
        if let Some(given) = &*fields.password {
            return match password::verify(app, user.password_hash.as_deref(), given.as_str()).await? {
                true => Ok(None),
                false => Err(Error::field("password", invalid::INVALID_PASSWORD)),
            };
        }
    }
    Err(Refusal::new(code::SUDO_MODE_REQUIRED).with("has_mfa", has_mfa).into())
}

async fn verify(app: &App, actor: &Actor, method: MfaMethod, fields: &SudoVerification) -> Result<bool> {
    let user = &*actor.user;
    let code = fields.mfa_code.as_deref();
    let outcome = match (method, code) {
        (MfaMethod::Totp, Some(code)) if mfa::has(user, mfa::Authenticator::Totp) => {
            mfa::verify_totp_or_backup(app, user, code).await
        }
        (MfaMethod::Sms, Some(code)) => mfa::verify_sms(app, user, code).await,
        (MfaMethod::Webauthn, _) => {
            match (&*fields.webauthn_response, fields.webauthn_challenge.as_deref()) {
                (Some(response), Some(challenge)) => {
                    let context = webauthn::Context::Sudo(user.user_id);
                    webauthn::verify_assertion(app, &context, &response.0, challenge)
                        .await
                        .map(|owner| owner == Some(user.user_id))
                }
                _ => Ok(false),
            }
        }
        _ => Ok(false),
    };
    match outcome {
        // Whatever a method has against the code, the caller is told the same.
        Err(Error::Refused(_)) => Ok(false),
        outcome => outcome,
    }
}

/// An instance without a key neither issues tokens nor believes any.
fn issue(app: &App, user: UserId) -> Result<Option<IssuedToken>> {
    let secret = app.settings.sudo_secret.as_bytes();
    if secret.is_empty() {
        return Ok(None);
    }
    let now = app.clock.now().seconds();
    let claims = Claims { kind: "sudo".into(), sub: user.to_string(), iat: now, exp: now + LIFETIME_SECONDS };
    let token =
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(secret))
            .map_err(Error::internal)?;
    Ok(Some(with_cookie(app, user, token)))
}

fn is_valid(app: &App, user: UserId, token: &str) -> bool {
    let secret = app.settings.sudo_secret.as_bytes();
    if secret.is_empty() {
        return false;
    }
    // Time is the house's clock, not the library's.
    let mut rules = Validation::new(Algorithm::HS256);
    rules.validate_exp = false;
    rules.required_spec_claims.clear();
    jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret), &rules).is_ok_and(|token| {
        let Claims { kind, sub, exp, .. } = token.claims;
        kind == "sudo" && sub == user.to_string() && exp > app.clock.now().seconds()
    })
}

fn with_cookie(app: &App, user: UserId, token: String) -> IssuedToken {
    let settings = &app.settings;
    let mut cookie =
        format!("{}={token}; Path=/; Max-Age={LIFETIME_SECONDS}; HttpOnly; SameSite=Lax", cookie_name(user));
    if settings.cookie_secure {
        cookie.push_str("; Secure");
    }
    let domain = match settings.cookie_domain.as_str() {
        "" => parent_domain(&settings.endpoints.app),
        domain => Some(domain.to_owned()),
    };
    if let Some(domain) = domain {
        cookie.push_str("; Domain=");
        cookie.push_str(&domain);
    }
    IssuedToken { token, cookie }
}

/// The last two labels of an address's host; none for addresses without a domain.
fn parent_domain(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let url::Host::Domain(host) = url.host()? else { return None };
    let labels: Vec<&str> = host.rsplitn(3, '.').take(2).collect();
    (labels.len() == 2).then(|| format!("{}.{}", labels[1], labels[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_reach_the_sibling_hosts() {
        assert_eq!(parent_domain("https://web.chat.example:8443"), Some("chat.example".into()));
        assert_eq!(parent_domain("http://localhost:8080"), None);
        assert_eq!(parent_domain("http://127.0.0.1"), None);
    }
}
