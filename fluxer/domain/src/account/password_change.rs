//! Changing the password with a code sent by mail instead of the old one.

use std::time::Duration;

use fluxer_wire::{
    UserId,
    account::{
        PasswordChangeCompleteRequest, PasswordChangeStarted, PasswordChangeVerified,
        PasswordChangeVerifyRequest,
    },
    invalid,
};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Builder;

use super::announce;
use crate::{
    Actor, App, Credential, Error, Result,
    auth::{
        Origin,
        flow::{self, MINUTE},
        password, sessions,
    },
    mails::{self, Template},
};

pub(super) const TICKET_LIFE: Duration = Duration::from_secs(3600);
pub(super) const CODE_SECONDS: i64 = 600;
pub(super) const RESEND_SECONDS: i64 = 30;

#[derive(Clone, Serialize, Deserialize)]
struct Ticket {
    user_id: UserId,
    code: String,
    sent_at: Timestamp,
    proof: Option<String>,
    completed: bool,
}

/// A random UUID.
pub(super) fn uuid(app: &App) -> String {
    Builder::from_random_bytes(app.rng.bytes()).into_uuid().to_string()
}

fn key(ticket: &str) -> String {
    format!("password-change:{ticket}")
}

async fn find(app: &App, actor: &Actor, ticket: &str) -> Result<Ticket> {
    let found: Option<Ticket> = app.cache.get_json(&key(ticket)).await?;
    match found.filter(|ticket| ticket.user_id == actor.id()) {
        Some(ticket) if ticket.completed => Err(Error::field("ticket", invalid::TICKET_ALREADY_COMPLETED)),
        Some(ticket) => Ok(ticket),
        None => Err(Error::field("ticket", invalid::INVALID_OR_EXPIRED_TICKET)),
    }
}

async fn send(app: &App, actor: &Actor, code: &str) -> Result<()> {
    flow::count(app, &format!("password-change:{}", actor.id()), 3, 15 * MINUTE).await?;
    mails::send(app, &actor.user, Template::PasswordChangeVerification { code: code.to_owned() }).await
}

/// `POST /users/@me/password-change/start`.
pub async fn start(app: &App, actor: &Actor) -> Result<PasswordChangeStarted> {
    if actor.user.email.is_none() {
        return Err(Error::field("email", invalid::MUST_HAVE_EMAIL_TO_CHANGE_IT));
    }
    let (ticket, now) = (uuid(app), app.clock.now());
    let state =
        Ticket { user_id: actor.id(), code: flow::code(app), sent_at: now, proof: None, completed: false };
    send(app, actor, &state.code).await?;
    app.cache.set_json(&key(&ticket), &state, TICKET_LIFE).await?;
    Ok(PasswordChangeStarted {
        ticket,
        code_expires_at: now.plus_seconds(CODE_SECONDS),
        resend_available_at: Some(now.plus_seconds(RESEND_SECONDS)),
    })
}

/// `POST /users/@me/password-change/resend`.
pub async fn resend(app: &App, actor: &Actor, ticket: &str) -> Result<()> {
    let mut state = find(app, actor, ticket).await?;
    cool_down(app, state.sent_at)?;
    (state.code, state.sent_at) = (flow::code(app), app.clock.now());
    send(app, actor, &state.code).await?;
    Ok(app.cache.set_json(&key(ticket), &state, TICKET_LIFE).await?)
}

/// 429 within half a minute of the last mail.
pub(super) fn cool_down(app: &App, sent_at: Timestamp) -> Result<()> {
    let left = RESEND_SECONDS * 1000 - app.clock.now().since(sent_at);
    if left > 0 { Err(flow::rate_limited((left + 999).div_euclid(1000))) } else { Ok(()) }
}

/// Whether a mailed code is the right one, and in time.
pub(super) fn check_code(app: &App, code: &str, sent_at: Timestamp, given: &str) -> Result<()> {
    if app.clock.now().since(sent_at) > CODE_SECONDS * 1000 {
        return Err(Error::field("code", invalid::VERIFICATION_CODE_EXPIRED));
    }
    if !flow::same_code(code, given) {
        return Err(Error::field("code", invalid::INVALID_VERIFICATION_CODE));
    }
    Ok(())
}

/// `POST /users/@me/password-change/verify`.
pub async fn verify(
    app: &App,
    actor: &Actor,
    form: PasswordChangeVerifyRequest,
) -> Result<PasswordChangeVerified> {
    let mut state = find(app, actor, &form.ticket).await?;
    if let Some(proof) = state.proof {
        return Ok(PasswordChangeVerified { verification_proof: proof });
    }
    check_code(app, &state.code, state.sent_at, &form.code)?;
    let proof = uuid(app);
    state.proof = Some(proof.clone());
    app.cache.set_json(&key(&form.ticket), &state, TICKET_LIFE).await?;
    Ok(PasswordChangeVerified { verification_proof: proof })
}

/// `POST /users/@me/password-change/complete`.
pub async fn complete(
    app: &App,
    actor: &Actor,
    form: PasswordChangeCompleteRequest,
    origin: &Origin,
) -> Result<()> {
    let mut state = find(app, actor, &form.ticket).await?;
    let Some(proof) = &state.proof else {
        return Err(Error::field("ticket", invalid::INVALID_OR_EXPIRED_TICKET));
    };
    if !flow::same_secret(proof, &form.verification_proof) {
        return Err(Error::field("verification_proof", invalid::INVALID_PROOF_TOKEN));
    }
    let hash = password::hash_new(app, "new_password", form.new_password.as_str()).await?;
    state.completed = true;
    app.cache.set_json(&key(&form.ticket), &state, TICKET_LIFE).await?;
    replace(app, actor, hash, origin).await
}

/// Stores the new password's hash and puts a new session in place of all others.
async fn replace(app: &App, actor: &Actor, hash: String, origin: &Origin) -> Result<()> {
    let now = app.clock.now();
    let changed = app
        .update_user(actor.id(), |user| {
            user.password_hash = Some(hash.clone());
            user.password_last_changed_at = Some(now);
        })
        .await?;
    if let Some(user) = changed {
        announce(app, &user).await;
        rotate(app, actor, origin).await?;
    }
    Ok(())
}

/// Ends every session; the caller's clients go on with a new one.
pub(super) async fn rotate(app: &App, actor: &Actor, origin: &Origin) -> Result<()> {
    match &actor.credential {
        Credential::Session { hash } => sessions::rotate(app, &actor.user, hash, origin).await,
        _ => sessions::revoke_all(app, actor.id()).await,
    }
}
