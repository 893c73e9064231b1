//! An account's passkeys: register, name, remove. Sudo is the caller's to require.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::{
    Value,
    account::{WebAuthnCredential, WebAuthnRegisterRequest},
    code,
};
use platform_store::Batch;
use serde_json::json;

use super::two_factor;
use crate::{
    Actor, App, Result,
    auth::{
        mfa::{self, Authenticator},
        passkey::{RelyingParty, check_registration},
        rows::{PasskeyOwnerRow, PasskeyRow},
        webauthn::{self, Context},
    },
    fail,
};

const LIMIT: usize = 10;

/// `GET /users/@me/mfa/webauthn/credentials`.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<WebAuthnCredential>> {
    let rows = webauthn::passkeys(app, actor.id()).await?;
    Ok(rows
        .into_iter()
        .map(|row| WebAuthnCredential {
            id: row.credential_id,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        })
        .collect())
}

/// `POST …/credentials/registration-options`: what `navigator.credentials.create` is asked.
pub async fn options(app: &App, actor: &Actor) -> Result<Value> {
    let existing = webauthn::passkeys(app, actor.id()).await?;
    if existing.len() >= LIMIT {
        return fail(code::WEBAUTHN_CREDENTIAL_LIMIT_REACHED);
    }
    let exclude: Vec<Value> =
        existing.iter().map(|row| json!({"id": row.credential_id, "type": "public-key"})).collect();
    let (user, party) = (&actor.user, RelyingParty::of(app));
    Ok(json!({
        "rp": {"id": party.id, "name": party.name},
        "user": {
            "id": URL_SAFE_NO_PAD.encode(actor.id().to_string()),
            "name": format!("{}#{:04}", user.username, user.discriminator),
            "displayName": user.global_name.as_ref().unwrap_or(&user.username),
        },
        "challenge": webauthn::challenge(app, &Context::Register(actor.id())).await?,
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
        "timeout": 300_000,
        "excludeCredentials": exclude,
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": true,
            "userVerification": "required",
        },
        "attestation": "none",
    }))
}

/// `POST …/credentials`.
pub async fn register(app: &App, actor: &Actor, form: &WebAuthnRegisterRequest) -> Result<()> {
    let context = Context::Register(actor.id());
    if !webauthn::take_challenge(app, &context, &form.challenge).await? {
        return fail(code::INVALID_WEBAUTHN_CREDENTIAL);
    }
    if webauthn::passkeys(app, actor.id()).await?.len() >= LIMIT {
        return fail(code::WEBAUTHN_CREDENTIAL_LIMIT_REACHED);
    }
    let Some((credential_id, public_key, counter)) = read(app, form) else {
        return fail(code::INVALID_WEBAUTHN_CREDENTIAL);
    };
    let owner = PasskeyOwnerRow { credential_id: credential_id.clone(), user_id: actor.id() };
    if !app.store.insert_if_absent(&owner).await? {
        return fail(code::INVALID_WEBAUTHN_CREDENTIAL);
    }
    let row = PasskeyRow {
        user_id: actor.id(),
        credential_id,
        name: form.name.as_str().to_owned(),
        public_key,
        counter,
        created_at: app.clock.now(),
        last_used_at: None,
        version: 0,
    };
    app.store.put(&row).await?;
    two_factor::change(app, actor.id(), |user| mfa::add(user, Authenticator::Webauthn)).await
}

/// Id, key and counter of the new credential; in test mode there is no authenticator to ask.
fn read(app: &App, form: &WebAuthnRegisterRequest) -> Option<(String, Vec<u8>, i64)> {
    if app.settings.test_mode {
        let id = form.response.0["id"].as_str().filter(|id| !id.is_empty())?;
        return Some((id.to_owned(), Vec::new(), 0));
    }
    let made = check_registration(&RelyingParty::of(app), &form.response.0, &form.challenge)?;
    Some((made.credential_id, made.public_key, made.counter))
}

/// `PATCH …/credentials/{id}`.
pub async fn rename(app: &App, actor: &Actor, id: &str, name: &str) -> Result<()> {
    let key = (actor.id(), id.to_owned());
    match app.store.update::<PasskeyRow, _>(key, |row| row.name = name.to_owned()).await? {
        Some(_) => Ok(()),
        None => fail(code::UNKNOWN_WEBAUTHN_CREDENTIAL),
    }
}

/// `DELETE …/credentials/{id}`; with the last one the factor goes too.
pub async fn delete(app: &App, actor: &Actor, id: &str) -> Result<()> {
    let key = (actor.id(), id.to_owned());
    if !app.store.delete_if_exists::<PasskeyRow>(key).await? {
        return fail(code::UNKNOWN_WEBAUTHN_CREDENTIAL);
    }
    app.store.commit(Batch::new().delete::<PasskeyOwnerRow>((id.to_owned(),))).await?;
    if webauthn::passkeys(app, actor.id()).await?.is_empty() {
        two_factor::change(app, actor.id(), |user| mfa::remove(user, Authenticator::Webauthn)).await?;
    }
    Ok(())
}

/// `POST /users/@me/sudo/webauthn/authentication-options`.
pub async fn sudo_options(app: &App, actor: &Actor) -> Result<Value> {
    if webauthn::passkeys(app, actor.id()).await?.is_empty() {
        return fail(code::NO_PASSKEYS_REGISTERED);
    }
    webauthn::request_options(app, &Context::Sudo(actor.id())).await
}
