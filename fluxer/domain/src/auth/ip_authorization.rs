//! A right password from an unknown address is not enough: a mailed token lets the address
//! in, and with it the login that waited, wherever the mail is read.
//!
//! Tickets and tokens live in the cache for a quarter of an hour; that a token works only
//! once is decided by the store.

use std::{sync::Arc, time::Duration};

use fluxer_wire::{
    Error as Refusal, UserId,
    auth::{AuthorizeIpRequest, IpAuthorizationPoll, MfaTicketRequest},
    code, invalid,
};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Origin,
    rows::AuthorizedIpRow,
    sessions,
    tokens::{self, Purpose},
};
use crate::{
    App, Error, Result, fail,
    mails::{self, Template},
    rows::UserRow,
};

pub const LIFE: Duration = Duration::from_secs(900);
const RESULT_LIFE: Duration = Duration::from_secs(60);
const RESEND_AFTER_MS: i64 = 30_000;
const UNKNOWN_LOCATION: &str = "Unknown location";

/// A login that waits for its address to be let in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ticket {
    pub token: String,
    pub user_id: UserId,
    pub email: String,
    pub username: String,
    pub origin: Origin,
    pub location: String,
    pub invite_code: Option<String>,
    pub resend_used: bool,
    pub created_at: Timestamp,
}

/// The login that waited, done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Completed {
    pub token: String,
    pub user_id: UserId,
}

fn ticket_key(ticket: &str) -> String {
    format!("ip-authorization:ticket:{ticket}")
}
fn token_key(token: &str) -> String {
    format!("ip-authorization:token:{token}")
}
fn result_key(ticket: &str) -> String {
    format!("ip-authorization:result:{ticket}")
}

/// Passes if the account may log in from here; else 403 `IP_AUTHORIZATION_REQUIRED`, with
/// the token on its way. Without mail nobody could ever answer, so everybody is let in.
pub async fn require(app: &App, user: &Arc<UserRow>, origin: &Origin, invite: Option<&str>) -> Result<()> {
    let key = (user.user_id, origin.ip.clone());
    if app.store.get::<AuthorizedIpRow>(key).await?.is_some() {
        return Ok(());
    }
    if !app.mailer.is_enabled() {
        return authorize(app, user.user_id, &origin.ip).await;
    }
    let email = user.email.clone().unwrap_or_default();
    let token = tokens::issue(app, Purpose::AuthorizeIp, user.user_id, &email).await?;
    let ticket = app.rng.alphanumeric(64);
    let pending = Ticket {
        token: token.clone(),
        user_id: user.user_id,
        email: email.clone(),
        username: user.username.clone(),
        origin: origin.clone(),
        location: UNKNOWN_LOCATION.into(),
        invite_code: invite.map(str::to_owned),
        resend_used: false,
        created_at: app.clock.now(),
    };
    put(app, &ticket, &pending, LIFE).await?;
    mails::send(app, user, letter(&pending)).await?;
    let refusal = Refusal::new(code::IP_AUTHORIZATION_REQUIRED)
        .with("ip_authorization_required", true)
        .with("ticket", ticket)
        .with("email", email)
        .with("resend_available_in", RESEND_AFTER_MS / 1000);
    Err(refusal.into())
}

fn letter(ticket: &Ticket) -> Template {
    Template::IpAuthorization {
        token: ticket.token.clone(),
        ip: ticket.origin.ip.clone(),
        location: ticket.location.clone(),
    }
}

/// Lets an account log in from an address.
pub async fn authorize(app: &App, user: UserId, ip: &str) -> Result<()> {
    let row = AuthorizedIpRow { user_id: user, ip: ip.to_owned(), authorized_at: app.clock.now() };
    Ok(app.store.put(&row).await?)
}

/// `DELETE /users/@me/authorized-ips`.
pub async fn forget_all(app: &App, user: UserId) -> Result<()> {
    Ok(app.store.delete_partition::<AuthorizedIpRow>((user,)).await?)
}

/// Keeps a ticket and finds it by its token too.
pub async fn put(app: &App, ticket: &str, value: &Ticket, life: Duration) -> Result<()> {
    app.cache.set_json(&ticket_key(ticket), value, life).await?;
    Ok(app.cache.set_json(&token_key(&value.token), ticket, life).await?)
}

async fn find(app: &App, ticket: &str) -> Result<Option<Ticket>> {
    Ok(app.cache.get_json(&ticket_key(ticket)).await?)
}

/// Keeps the outcome for whoever polls with the ticket.
pub async fn publish(app: &App, ticket: &str, outcome: &Completed) -> Result<()> {
    Ok(app.cache.set_json(&result_key(ticket), outcome, RESULT_LIFE).await?)
}

/// The outcome, as long as it is kept.
pub async fn outcome(app: &App, ticket: &str) -> Result<Option<Completed>> {
    Ok(app.cache.get_json(&result_key(ticket)).await?)
}

/// Ends ticket and token before their time.
pub async fn expire(app: &App, ticket: Option<&str>, token: Option<&str>) -> Result<()> {
    if let Some(ticket) = ticket {
        app.cache.delete(&ticket_key(ticket)).await?;
    }
    if let Some(token) = token {
        app.cache.delete(&token_key(token)).await?;
        tokens::consume(app, Purpose::AuthorizeIp, token).await?;
    }
    Ok(())
}

/// `POST /auth/authorize-ip`: lets the ticket's address in, not the one the mail is read at.
pub async fn complete(app: &App, form: AuthorizeIpRequest) -> Result<()> {
    let refused = || Error::plain("token", "This link is invalid or has expired.");
    let token = form.token.as_str();
    let Some(ticket) = app.cache.get_json::<String>(&token_key(token)).await? else { return Err(refused()) };
    let Some(pending) = find(app, &ticket).await? else { return Err(refused()) };
    if pending.token != token || !tokens::consume(app, Purpose::AuthorizeIp, token).await? {
        return Err(refused());
    }
    let user = app.user(pending.user_id).await?;
    authorize(app, user.user_id, &pending.origin.ip).await?;
    let session = sessions::log_in(app, &user, &pending.origin).await?;
    publish(app, &ticket, &Completed { token: session.token, user_id: user.user_id }).await?;
    expire(app, Some(&ticket), Some(token)).await
}

/// `GET /auth/ip-authorization/poll`.
pub async fn poll(app: &App, ticket: &str) -> Result<IpAuthorizationPoll> {
    if let Some(done) = outcome(app, ticket).await? {
        return Ok(IpAuthorizationPoll {
            completed: true,
            token: Some(done.token),
            user_id: Some(done.user_id),
        });
    }
    match find(app, ticket).await? {
        Some(_) => Ok(IpAuthorizationPoll { completed: false, token: None, user_id: None }),
        None => Err(Error::field("ticket", invalid::INVALID_OR_EXPIRED_AUTHORIZATION_TICKET)),
    }
}

/// `POST /auth/ip-authorization/resend`: once, and not at once.
pub async fn resend(app: &App, form: MfaTicketRequest) -> Result<()> {
    let Some(mut pending) = find(app, &form.ticket).await? else {
        return Err(Error::field("ticket", invalid::INVALID_OR_EXPIRED_AUTHORIZATION_TICKET));
    };
    if pending.resend_used {
        return fail(code::IP_AUTHORIZATION_RESEND_LIMIT_EXCEEDED);
    }
    let age = app.clock.now().since(pending.created_at);
    if age < RESEND_AFTER_MS {
        let seconds = (RESEND_AFTER_MS - age).div_euclid(1000) + 1;
        return Err(Refusal::new(code::IP_AUTHORIZATION_RESEND_COOLDOWN)
            .with("resend_available_in", seconds.min(RESEND_AFTER_MS / 1000))
            .into());
    }
    pending.resend_used = true;
    let left = LIFE.saturating_sub(Duration::from_millis(age.unsigned_abs())).max(Duration::from_secs(1));
    app.cache.set_json(&ticket_key(&form.ticket), &pending, left).await?;
    let user = app.find_user(pending.user_id).await?;
    mails::send_to(app, &pending.email, user.as_deref(), letter(&pending)).await
}
