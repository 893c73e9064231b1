//! Logging in with address and password, and what an account's state has to say to it.

use std::{sync::Arc, time::Duration};

use fluxer_wire::{
    Error as Refusal, Issue,
    auth::{LoginAnswer, LoginRequest, MfaRequired},
    code, flags, invalid,
    sudo::MfaMethod,
};
use serde::{Deserialize, Serialize};

use super::{
    Origin, emails,
    flow::{self, MINUTE},
    ip_authorization, mfa, password, register, sessions, webauthn,
};
use crate::{App, Result, account::deletion, fail, rows::UserRow};

/// How long the second factor may take.
const TICKET_LIFE: Duration = Duration::from_secs(300);

/// What a ticket for the second step of a login stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MfaTicket {
    pub user_id: fluxer_wire::UserId,
}

/// `POST /auth/login`.
pub async fn login(app: &App, form: LoginRequest, origin: &Origin) -> Result<LoginAnswer> {
    if !app.settings.test_mode && !app.settings.disable_rate_limits {
        flow::count(app, &format!("login:email:{}", form.email.as_str()), 5, 15 * MINUTE).await?;
        flow::count(app, &format!("login:ip:{}", origin.ip), 10, 30 * MINUTE).await?;
    }
    let user = emails::owner(app, &form.email).await?;
    if user.as_ref().is_some_and(|user| user.bot) {
        return fail(code::BOT_USER_AUTH_ENDPOINT_ACCESS_DENIED);
    }
    let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    let proven = password::verify(app, hash, form.password.as_str()).await?;
    let Some(user) = user.filter(|_| proven) else {
        let issue = |path| Issue::new(path, invalid::INVALID_EMAIL_OR_PASSWORD);
        return Err(Refusal::invalid(vec![issue("email"), issue("password")]).into());
    };
    let user = admit(app, user).await?;
    if user.has_mfa() {
        return mfa_required(app, &user).await.map(LoginAnswer::Mfa);
    }
    if !user.has(flags::user::APP_STORE_REVIEWER) {
        let invite = form.invite_code.as_deref();
        ip_authorization::require(app, &user, origin, invite).await?;
    }
    if let Some(code) = form.invite_code.as_deref() {
        register::accept_invite(app, &user, origin, code).await;
    }
    Ok(LoginAnswer::In(sessions::log_in(app, &user, origin).await?))
}

/// Lets an account whose owner is proven come in: refuses suspended ones, wakes disabled
/// ones, and takes back the deletion its owner asked for.
pub async fn admit(app: &App, user: Arc<UserRow>) -> Result<Arc<UserRow>> {
    if user.has(flags::user::DELETED) {
        return fail(code::ACCOUNT_SUSPENDED_PERMANENTLY);
    }
    let disabled = user.has(flags::user::DISABLED);
    if disabled && user.temp_banned_until.is_some_and(|until| until > app.clock.now()) {
        return fail(code::ACCOUNT_SUSPENDED_TEMPORARILY);
    }
    let leaving = user.has(flags::user::SELF_DELETED);
    if !disabled && !leaving {
        return Ok(user);
    }
    if leaving {
        deletion::unschedule(app, &user).await?;
    }
    let changed = app
        .update_user(user.user_id, |row| {
            row.flags &= !(flags::user::DISABLED | flags::user::SELF_DELETED);
            row.temp_banned_until = None;
            if leaving {
                row.pending_deletion_at = None;
                row.deletion_reason_code = None;
            }
        })
        .await?;
    Ok(changed.unwrap_or(user))
}

/// The ticket for the second step.
pub async fn mfa_required(app: &App, user: &UserRow) -> Result<MfaRequired> {
    let ticket = app.rng.alphanumeric(64);
    put_ticket(app, &ticket, &MfaTicket { user_id: user.user_id }, TICKET_LIFE).await?;
    let passkeys = !webauthn::passkeys(app, user.user_id).await?.is_empty();
    let methods = mfa::methods(user, passkeys);
    let hint = user.phone.as_ref().map(|phone| {
        let tail: Vec<char> = phone.chars().rev().take(4).collect();
        format!("****{}", tail.into_iter().rev().collect::<String>())
    });
    Ok(MfaRequired {
        mfa: true,
        ticket,
        sms_phone_hint: hint,
        sms: methods.contains(&MfaMethod::Sms),
        totp: methods.contains(&MfaMethod::Totp),
        webauthn: passkeys,
        allowed_methods: methods,
    })
}

fn ticket_key(ticket: &str) -> String {
    format!("mfa-ticket:{ticket}")
}

/// Keeps a ticket (test mode makes its own).
pub async fn put_ticket(app: &App, ticket: &str, value: &MfaTicket, life: Duration) -> Result<()> {
    Ok(app.cache.set_json(&ticket_key(ticket), value, life).await?)
}

/// The account of a ticket that is still good.
pub(super) async fn find_ticket(app: &App, ticket: &str) -> Result<Option<Arc<UserRow>>> {
    match app.cache.get_json::<MfaTicket>(&ticket_key(ticket)).await? {
        Some(ticket) => app.find_user(ticket.user_id).await,
        None => Ok(None),
    }
}

pub(super) async fn drop_ticket(app: &App, ticket: &str) -> Result<bool> {
    Ok(app.cache.delete(&ticket_key(ticket)).await?)
}
