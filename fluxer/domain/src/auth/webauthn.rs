//! Passkeys as a second factor or instead of a password. Challenges are bound to what they
//! were made for and to whom, are good once and for five minutes.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::{UserId, Value};
use serde_json::json;

use super::{
    passkey::{RelyingParty, check_assertion},
    rows::{PasskeyOwnerRow, PasskeyRow},
};
use crate::{App, Result};

const CHALLENGE_LIFE: Duration = Duration::from_secs(300);

/// What a challenge is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Context {
    Register(UserId),
    /// Whoever the passkey belongs to.
    Passwordless,
    /// The second step of a login.
    Mfa {
        user: UserId,
        ticket: String,
    },
    Sudo(UserId),
}

impl Context {
    fn key(&self) -> String {
        match self {
            Self::Register(user) => format!("register:{user}"),
            Self::Passwordless => "passwordless".into(),
            Self::Mfa { user, ticket } => format!("mfa:{user}:{ticket}"),
            Self::Sudo(user) => format!("sudo:{user}"),
        }
    }
    fn user(&self) -> Option<UserId> {
        match self {
            Self::Passwordless => None,
            Self::Register(user) | Self::Sudo(user) | Self::Mfa { user, .. } => Some(*user),
        }
    }
}

fn challenge_key(challenge: &str) -> String {
    format!("webauthn:{challenge}")
}

/// A new challenge, unpadded base64url.
pub async fn challenge(app: &App, context: &Context) -> Result<String> {
    let challenge = URL_SAFE_NO_PAD.encode(app.rng.bytes::<32>());
    app.cache.set_json(&challenge_key(&challenge), &context.key(), CHALLENGE_LIFE).await?;
    Ok(challenge)
}

/// Takes the challenge out; whether it was made for `context`.
pub async fn take_challenge(app: &App, context: &Context, challenge: &str) -> Result<bool> {
    let made_for: Option<String> = app.cache.take_json(&challenge_key(challenge)).await?;
    Ok(made_for.is_some_and(|made_for| made_for == context.key()))
}

pub async fn passkeys(app: &App, user: UserId) -> Result<Vec<PasskeyRow>> {
    Ok(app.store.range::<PasskeyRow>((user,)).all().await?)
}

/// What `navigator.credentials.get` is asked.
pub async fn request_options(app: &App, context: &Context) -> Result<Value> {
    let allowed = match context.user() {
        Some(user) => passkeys(app, user).await?,
        None => Vec::new(),
    };
    let allowed: Vec<Value> =
        allowed.iter().map(|key| json!({"id": key.credential_id, "type": "public-key"})).collect();
    let mut options = json!({
        "challenge": challenge(app, context).await?,
        "timeout": CHALLENGE_LIFE.as_millis() as u64,
        "rpId": RelyingParty::of(app).id,
        "userVerification": "required",
    });
    if context.user().is_some() {
        options["allowCredentials"] = allowed.into();
    }
    Ok(options)
}

/// Whose assertion it is, if it is good and answers a challenge of `context`.
pub async fn verify_assertion(
    app: &App,
    context: &Context,
    response: &Value,
    challenge: &str,
) -> Result<Option<UserId>> {
    if !take_challenge(app, context, challenge).await? {
        return Ok(None);
    }
    let Some(id) = response["id"].as_str() else { return Ok(None) };
    let Some(owner) = app.store.get::<PasskeyOwnerRow>((id.to_owned(),)).await? else { return Ok(None) };
    if context.user().is_some_and(|user| user != owner.user_id) {
        return Ok(None);
    }
    let key = (owner.user_id, id.to_owned());
    let Some(passkey) = app.store.get::<PasskeyRow>(key.clone()).await? else { return Ok(None) };
    // In test mode neither authenticators nor their signatures exist.
    let counter = if app.settings.test_mode {
        passkey.counter + 1
    } else {
        match check_assertion(&RelyingParty::of(app), &passkey, response, challenge) {
            Some(counter) => counter,
            None => return Ok(None),
        }
    };
    let now = app.clock.now();
    app.store
        .update::<PasskeyRow, _>(key, |row| {
            row.counter = counter;
            row.last_used_at = Some(now);
        })
        .await?;
    Ok(Some(owner.user_id))
}
