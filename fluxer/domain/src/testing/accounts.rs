//! Logins half done, and the end of accounts without waiting for it.

use std::time::Duration;

use fluxer_wire::{Error as Refusal, UserId, Value, code};
use serde_json::json;

use super::{missing, timestamp};
use crate::{
    App, Result,
    account::{deletion, inactivity},
    auth::{
        Origin,
        ip_authorization::{self, Completed, Ticket},
        login::{self, MfaTicket},
    },
};

const USER_REQUESTED: i32 = 1;

fn text<'a>(body: &'a Value, key: &str) -> Result<&'a str> {
    body[key].as_str().filter(|text| !text.is_empty()).ok_or_else(|| missing(key))
}

fn user_id(body: &Value) -> Result<UserId> {
    text(body, "user_id")?.parse().map_err(|_| missing("user_id"))
}

fn life(body: &Value, default: u64) -> u64 {
    body["ttl_seconds"].as_u64().filter(|seconds| *seconds > 0).unwrap_or(default)
}

/// Stores a ticket and its token as a login from an unknown address would.
pub async fn ip_authorization(app: &App, body: &Value) -> Result<Value> {
    let (ticket, token, seconds) = (text(body, "ticket")?, text(body, "token")?, life(body, 900));
    let pending = Ticket {
        token: token.to_owned(),
        user_id: user_id(body)?,
        email: text(body, "email")?.to_owned(),
        username: text(body, "username")?.to_owned(),
        origin: Origin {
            ip: text(body, "client_ip")?.to_owned(),
            user_agent: Some(text(body, "user_agent")?.to_owned()),
            is_desktop: body["platform"].as_str() == Some("desktop"),
        },
        location: text(body, "client_location")?.to_owned(),
        invite_code: body["invite_code"].as_str().map(str::to_owned),
        resend_used: body["resend_used"].as_bool().unwrap_or(false),
        created_at: match &body["created_at"] {
            Value::Null => app.clock.now(),
            value => timestamp(value)?,
        },
    };
    ip_authorization::put(app, ticket, &pending, Duration::from_secs(seconds)).await?;
    Ok(json!({"success": true, "ticket": ticket, "token": token, "ttl_seconds": seconds}))
}

pub async fn publish_ip_authorization(app: &App, body: &Value) -> Result<Value> {
    let outcome = Completed { token: text(body, "token")?.to_owned(), user_id: user_id(body)? };
    ip_authorization::publish(app, text(body, "ticket")?, &outcome).await?;
    Ok(json!({"success": true}))
}

pub async fn poll_ip_authorization(app: &App, ticket: &str) -> Result<Value> {
    Ok(match ip_authorization::outcome(app, ticket).await? {
        Some(outcome) => json!({"found": true, "token": outcome.token, "user_id": outcome.user_id}),
        None => json!({"found": false}),
    })
}

pub async fn expire_ip_authorization(app: &App, body: &Value) -> Result<Value> {
    ip_authorization::expire(app, body["ticket"].as_str(), body["token"].as_str()).await?;
    Ok(json!({"success": true}))
}

pub async fn mfa_ticket(app: &App, body: &Value) -> Result<Value> {
    let (ticket, user_id, seconds) = (text(body, "ticket")?, user_id(body)?, life(body, 300));
    login::put_ticket(app, ticket, &MfaTicket { user_id }, Duration::from_secs(seconds)).await?;
    Ok(json!({"success": true, "ticket": ticket, "user_id": user_id, "ttl_seconds": seconds}))
}

pub async fn set_pending_deletion(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let at = match &body["pending_deletion_at"] {
        Value::Null => app.clock.now(),
        value => timestamp(value)?,
    };
    let flag = body["set_self_deleted_flag"].as_bool().unwrap_or(true);
    let Some(user) = deletion::schedule(app, id, at, USER_REQUESTED, flag).await? else {
        return Err(Refusal::new(code::UNKNOWN_USER).into());
    };
    Ok(json!({"success": true, "pending_deletion_at": at, "flags": user.flags.to_string()}))
}

pub async fn process_deletions(app: &App) -> Result<Value> {
    let (scheduled, total) = deletion::run_due(app).await?;
    Ok(json!({"scheduled": scheduled, "total": total}))
}

pub async fn process_deletion(app: &App, id: UserId) -> Result<Value> {
    let user = app.user(id).await?;
    if !deletion::run(app, id).await? {
        return Err(Refusal::new(code::NO_PENDING_DELETION).into());
    }
    Ok(json!({"success": true, "userId": id, "deletionReasonCode": user.deletion_reason_code}))
}

pub async fn process_inactivity(app: &App) -> Result<Value> {
    let outcome = inactivity::pass(app).await?;
    Ok(json!({
        "success": true,
        "processed": outcome.processed,
        "warnings_sent": outcome.warnings_sent,
        "deletions_scheduled": outcome.deletions_scheduled,
        "errors": outcome.errors,
    }))
}
