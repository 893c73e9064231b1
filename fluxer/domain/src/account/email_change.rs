//! Changing the address: a code to the old one if it is verified, a code to the new one, and
//! a token at the end that `PATCH /users/@me` takes. A bounced address is replaced at once.

use std::time::Duration;

use fluxer_wire::{
    UserId,
    account::{
        EmailChangeBouncedRequestNewRequest, EmailChangeBouncedVerifyNewRequest,
        EmailChangeRequestNewRequest, EmailChangeStarted, EmailChangeVerifyNewRequest,
        EmailChangeVerifyOriginalRequest, EmailToken, NewEmailRequested, OriginalVerified,
    },
    code,
    identity::Email,
    invalid,
    user::UserPrivate,
};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    announce, contacts,
    password_change::{CODE_SECONDS, RESEND_SECONDS, TICKET_LIFE, check_code, cool_down, uuid},
};
use crate::{
    Actor, App, Error, Result,
    auth::{
        emails,
        flow::{self, MINUTE},
        verification::without_email_suspicion,
    },
    fail,
    mails::{self, Template},
    users,
};

const TOKEN_SECONDS: i64 = 1800;
/// Kept longer than it is good, so that a late one can be told from a wrong one.
const TOKEN_KEPT: Duration = Duration::from_secs(24 * 3600);

#[derive(Clone, Serialize, Deserialize)]
struct Sent {
    code: String,
    at: Timestamp,
}

impl Sent {
    fn new(app: &App) -> Self {
        Self { code: flow::code(app), at: app.clock.now() }
    }
    fn expires_at(&self) -> Timestamp {
        self.at.plus_seconds(CODE_SECONDS)
    }
    fn resend_at(&self) -> Timestamp {
        self.at.plus_seconds(RESEND_SECONDS)
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Ticket {
    user_id: UserId,
    /// Replaces a bounced address; such tickets are good for nothing else.
    bounced: bool,
    /// The code to the present address, if it must be given back.
    original: Option<Sent>,
    has_original: bool,
    proof: Option<String>,
    new_email: Option<String>,
    new: Option<Sent>,
    completed: bool,
}

/// An address its owner proved, for `PATCH /users/@me`.
#[derive(Clone, Serialize, Deserialize)]
struct Proven {
    user_id: UserId,
    email: String,
    expires_at: Timestamp,
}

fn ticket_key(ticket: &str) -> String {
    format!("email-change:{ticket}")
}
fn token_key(token: &str) -> String {
    format!("email-token:{token}")
}

async fn put(app: &App, ticket: &str, state: &Ticket) -> Result<()> {
    Ok(app.cache.set_json(&ticket_key(ticket), state, TICKET_LIFE).await?)
}

async fn find(app: &App, actor: &Actor, ticket: &str, bounced: bool) -> Result<Ticket> {
    let found: Option<Ticket> = app.cache.get_json(&ticket_key(ticket)).await?;
    match found.filter(|state| state.user_id == actor.id() && state.bounced == bounced) {
        Some(state) if state.completed => Err(Error::field("ticket", invalid::TICKET_ALREADY_COMPLETED)),
        Some(state) => Ok(state),
        None => Err(Error::field("ticket", invalid::INVALID_OR_EXPIRED_TICKET)),
    }
}

async fn mail_original(app: &App, actor: &Actor, sent: &Sent) -> Result<()> {
    flow::count(app, &format!("email-change:original:{}", actor.id()), 3, 15 * MINUTE).await?;
    mails::send(app, &actor.user, Template::EmailChangeOriginal { code: sent.code.clone() }).await
}

async fn mail_new(app: &App, actor: &Actor, email: &str, sent: &Sent) -> Result<()> {
    flow::count(app, &format!("email-change:new:{}", actor.id()), 5, 15 * MINUTE).await?;
    let letter = Template::EmailChangeNew { code: sent.code.clone() };
    mails::send_to(app, email, Some(&actor.user), letter).await
}

/// `POST /users/@me/email-change/start`.
pub async fn start(app: &App, actor: &Actor) -> Result<EmailChangeStarted> {
    let user = &actor.user;
    if !user.is_unclaimed() && user.email.is_none() {
        return Err(Error::field("email", invalid::MUST_HAVE_EMAIL_TO_CHANGE_IT));
    }
    let original = (user.email.is_some() && user.email_verified).then(|| Sent::new(app));
    if let Some(sent) = &original {
        mail_original(app, actor, sent).await?;
    }
    let proof = original.is_none().then(|| uuid(app));
    let ticket = uuid(app);
    let answer = EmailChangeStarted {
        ticket: ticket.clone(),
        require_original: original.is_some(),
        original_email: user.email.clone(),
        original_proof: proof.clone(),
        original_code_expires_at: original.as_ref().map(Sent::expires_at),
        resend_available_at: original.as_ref().map(Sent::resend_at),
    };
    let state = Ticket {
        user_id: actor.id(),
        bounced: false,
        original,
        has_original: user.email.is_some(),
        proof,
        new_email: None,
        new: None,
        completed: false,
    };
    put(app, &ticket, &state).await?;
    Ok(answer)
}

/// `POST /users/@me/email-change/resend-original`.
pub async fn resend_original(app: &App, actor: &Actor, ticket: &str) -> Result<()> {
    let mut state = find(app, actor, ticket, false).await?;
    if !state.has_original {
        return Err(Error::field("ticket", invalid::NO_ORIGINAL_EMAIL_ON_RECORD));
    }
    let Some(sent) = state.original.as_ref().filter(|_| state.proof.is_none()) else {
        return Err(Error::field("ticket", invalid::ORIGINAL_EMAIL_ALREADY_VERIFIED));
    };
    cool_down(app, sent.at)?;
    let sent = Sent::new(app);
    mail_original(app, actor, &sent).await?;
    state.original = Some(sent);
    put(app, ticket, &state).await
}

/// `POST /users/@me/email-change/verify-original`.
pub async fn verify_original(
    app: &App,
    actor: &Actor,
    form: EmailChangeVerifyOriginalRequest,
) -> Result<OriginalVerified> {
    let mut state = find(app, actor, &form.ticket, false).await?;
    let Some(sent) = &state.original else {
        return Err(Error::field("ticket", invalid::ORIGINAL_VERIFICATION_NOT_REQUIRED));
    };
    if let Some(proof) = state.proof {
        return Ok(OriginalVerified { original_proof: proof });
    }
    check_code(app, &sent.code, sent.at, &form.code)?;
    let proof = uuid(app);
    state.proof = Some(proof.clone());
    put(app, &form.ticket, &state).await?;
    Ok(OriginalVerified { original_proof: proof })
}

fn require_proof(state: &Ticket, given: &str) -> Result<()> {
    match &state.proof {
        None => Err(Error::field("ticket", invalid::ORIGINAL_EMAIL_MUST_BE_VERIFIED_FIRST)),
        Some(proof) if flow::same_secret(proof, given) => Ok(()),
        Some(_) => Err(Error::field("original_proof", invalid::INVALID_PROOF_TOKEN)),
    }
}

/// Refuses an address that is the present one, cannot be reached or is somebody else's.
async fn check_new(app: &App, actor: &Actor, email: &Email) -> Result<()> {
    let refuse = |code| Err(Error::field("new_email", code));
    if actor.user.email.as_ref().is_some_and(|old| old.to_lowercase() == email.lower()) {
        return refuse(invalid::NEW_EMAIL_MUST_BE_DIFFERENT);
    }
    if !emails::is_deliverable(app, email).await {
        return refuse(invalid::INVALID_EMAIL_ADDRESS);
    }
    if emails::is_taken(app, email, actor.id()).await? {
        return refuse(invalid::EMAIL_ALREADY_IN_USE);
    }
    Ok(())
}

async fn send_new(
    app: &App,
    actor: &Actor,
    ticket: &str,
    mut state: Ticket,
    email: String,
) -> Result<NewEmailRequested> {
    if let Some(sent) = &state.new {
        cool_down(app, sent.at)?;
    }
    let sent = Sent::new(app);
    mail_new(app, actor, &email, &sent).await?;
    let answer = NewEmailRequested {
        ticket: ticket.to_owned(),
        new_email: email.clone(),
        new_code_expires_at: sent.expires_at(),
        resend_available_at: Some(sent.resend_at()),
    };
    (state.new_email, state.new) = (Some(email), Some(sent));
    put(app, ticket, &state).await?;
    Ok(answer)
}

/// `POST /users/@me/email-change/request-new`.
pub async fn request_new(
    app: &App,
    actor: &Actor,
    form: EmailChangeRequestNewRequest,
) -> Result<NewEmailRequested> {
    let state = find(app, actor, &form.ticket, false).await?;
    require_proof(&state, &form.original_proof)?;
    check_new(app, actor, &form.new_email).await?;
    send_new(app, actor, &form.ticket, state, form.new_email.into_inner()).await
}

/// `POST /users/@me/email-change/resend-new`, and the same for a bounced address.
pub async fn resend_new(app: &App, actor: &Actor, ticket: &str, bounced: bool) -> Result<()> {
    if bounced {
        require_bounced(actor)?;
    }
    let state = find(app, actor, ticket, bounced).await?;
    let Some(email) = state.new_email.clone() else {
        return Err(Error::field("ticket", invalid::NO_NEW_EMAIL_REQUESTED));
    };
    send_new(app, actor, ticket, state, email).await.map(drop)
}

/// The new address of a ticket whose code is right.
fn check_new_code<'a>(app: &App, state: &'a Ticket, given: &str) -> Result<&'a str> {
    let (Some(sent), Some(email)) = (&state.new, &state.new_email) else {
        return Err(Error::field("code", invalid::VERIFICATION_CODE_NOT_ISSUED));
    };
    check_code(app, &sent.code, sent.at, given)?;
    Ok(email)
}

/// `POST /users/@me/email-change/verify-new`.
pub async fn verify_new(app: &App, actor: &Actor, form: EmailChangeVerifyNewRequest) -> Result<EmailToken> {
    let mut state = find(app, actor, &form.ticket, false).await?;
    require_proof(&state, &form.original_proof)?;
    let email = check_new_code(app, &state, &form.code)?.to_owned();
    if emails::is_taken(app, &email, actor.id()).await? {
        return Err(Error::field("new_email", invalid::EMAIL_ALREADY_IN_USE));
    }
    state.completed = true;
    put(app, &form.ticket, &state).await?;
    let token = uuid(app);
    let proven =
        Proven { user_id: actor.id(), email, expires_at: app.clock.now().plus_seconds(TOKEN_SECONDS) };
    app.cache.set_json(&token_key(&token), &proven, TOKEN_KEPT).await?;
    Ok(EmailToken { email_token: token })
}

/// The address a token proves to be the caller's.
pub(super) async fn proven(app: &App, actor: &Actor, token: &str) -> Result<String> {
    let found: Option<Proven> = app.cache.get_json(&token_key(token)).await?;
    match found.filter(|proven| proven.user_id == actor.id()) {
        None => Err(Error::field("email_token", invalid::INVALID_EMAIL_TOKEN)),
        Some(proven) if proven.expires_at <= app.clock.now() => {
            Err(Error::field("email_token", invalid::EMAIL_TOKEN_EXPIRED))
        }
        Some(proven) => Ok(proven.email),
    }
}

/// Uses a token up; of several callers one passes.
pub(super) async fn consume(app: &App, token: &str) -> Result<()> {
    if app.cache.delete(&token_key(token)).await? {
        return Ok(());
    }
    Err(Error::field("email_token", invalid::INVALID_EMAIL_TOKEN))
}

fn require_bounced(actor: &Actor) -> Result<()> {
    if actor.user.email_bounced { Ok(()) } else { fail(code::ACCESS_DENIED) }
}

/// `POST /users/@me/email-change/bounced/request-new`.
pub async fn request_bounced(
    app: &App,
    actor: &Actor,
    form: EmailChangeBouncedRequestNewRequest,
) -> Result<NewEmailRequested> {
    require_bounced(actor)?;
    check_new(app, actor, &form.new_email).await?;
    let state = Ticket {
        user_id: actor.id(),
        bounced: true,
        original: None,
        has_original: false,
        proof: None,
        new_email: None,
        new: None,
        completed: false,
    };
    send_new(app, actor, &uuid(app), state, form.new_email.into_inner()).await
}

/// `POST /users/@me/email-change/bounced/verify-new`.
pub async fn verify_bounced(
    app: &App,
    actor: &Actor,
    form: EmailChangeBouncedVerifyNewRequest,
) -> Result<UserPrivate> {
    require_bounced(actor)?;
    let mut state = find(app, actor, &form.ticket, true).await?;
    let email = check_new_code(app, &state, &form.code)?.to_owned();
    if !emails::take(app, &email, actor.id()).await? {
        return Err(Error::field("new_email", invalid::EMAIL_ALREADY_IN_USE));
    }
    state.completed = true;
    put(app, &form.ticket, &state).await?;
    let changed = app
        .update_user(actor.id(), |user| {
            user.email = Some(email.clone());
            user.email_verified = true;
            user.email_bounced = false;
            user.suspicious_activity_flags = without_email_suspicion(user.suspicious_activity_flags);
        })
        .await?;
    let Some(changed) = changed else { return fail(code::UNKNOWN_USER) };
    if let Some(old) = &actor.user.email {
        emails::release(app, old).await?;
    }
    contacts::log(app, &actor.user, &changed, "user_requested").await;
    announce(app, &changed).await;
    Ok(users::private(app, &changed))
}
