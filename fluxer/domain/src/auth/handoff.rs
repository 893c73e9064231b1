//! Carrying a login from the browser to the desktop application: it shows a code, the
//! browser spends it.

use std::time::Duration;

use fluxer_wire::{
    UserId,
    auth::{HandoffCompleteRequest, HandoffInitiated, HandoffStatus},
    code,
};
use platform_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Origin, sessions};
use crate::{App, Result, fail, rows::SessionRow};

const LIFE_SECONDS: i64 = 300;
/// Kept longer than it is good, so that a late one can be told from a wrong one.
const KEPT: Duration = Duration::from_secs(900);
const ALPHABET: &[u8] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

#[derive(Serialize, Deserialize)]
struct Handoff {
    expires_at: Timestamp,
    completed: Option<(String, UserId)>,
}

fn key(code: &str) -> String {
    format!("handoff:{code}")
}

/// The code without dashes and spaces, or 400.
fn normalize(code: &str) -> Result<String> {
    let code: String =
        code.chars().filter(|ch| !matches!(ch, '-' | ' ')).map(|ch| ch.to_ascii_uppercase()).collect();
    let good = code.len() == 8 && code.bytes().all(|byte| ALPHABET.contains(&byte));
    if good { Ok(code) } else { fail(code::INVALID_HANDOFF_CODE) }
}

/// `POST /auth/handoff/initiate`.
pub async fn initiate(app: &App) -> Result<HandoffInitiated> {
    let mut code = app.rng.text(8, ALPHABET);
    let expires_at = app.clock.now().plus_seconds(LIFE_SECONDS);
    app.cache.set_json(&key(&code), &Handoff { expires_at, completed: None }, KEPT).await?;
    code.insert(4, '-');
    Ok(HandoffInitiated { code, expires_at })
}

/// `POST /auth/handoff/complete`.
pub async fn complete(app: &App, form: HandoffCompleteRequest, origin: &Origin) -> Result<()> {
    let hash = sessions::hash(&form.token);
    let Some(session) = app.store.get::<SessionRow>((hash,)).await? else { return fail(code::INVALID_TOKEN) };
    if session.user_id.to_string() != form.user_id.as_str() {
        return fail(code::SESSION_TOKEN_MISMATCH);
    }
    let code = normalize(&form.code)?;
    let Some(mut handoff) = app.cache.take_json::<Handoff>(&key(&code)).await? else {
        return fail(code::INVALID_HANDOFF_CODE);
    };
    if handoff.completed.is_some() {
        app.cache.set_json(&key(&code), &handoff, KEPT).await?;
        return fail(code::INVALID_HANDOFF_CODE);
    }
    if handoff.expires_at <= app.clock.now() {
        return fail(code::HANDOFF_CODE_EXPIRED);
    }
    let user = app.user(session.user_id).await?;
    let session = sessions::log_in(app, &user, origin).await?;
    handoff.completed = Some((session.token, session.user_id));
    Ok(app.cache.set_json(&key(&code), &handoff, KEPT).await?)
}

/// `GET /auth/handoff/{code}/status`: hands the token out once.
pub async fn status(app: &App, code: &str) -> Result<HandoffStatus> {
    let code = normalize(code)?;
    let status = |status: &str, session: Option<(String, UserId)>| {
        let (token, user_id) = session.unzip();
        HandoffStatus { status: status.into(), token, user_id }
    };
    let Some(handoff) = app.cache.get_json::<Handoff>(&key(&code)).await? else {
        return Ok(status("expired", None));
    };
    if handoff.completed.is_none() {
        let live = handoff.expires_at > app.clock.now();
        return Ok(status(if live { "pending" } else { "expired" }, None));
    }
    match app.cache.take_json::<Handoff>(&key(&code)).await? {
        Some(Handoff { completed: Some(session), .. }) => Ok(status("completed", Some(session))),
        _ => Ok(status("expired", None)),
    }
}

/// `DELETE /auth/handoff/{code}`.
pub async fn cancel(app: &App, code: &str) -> Result<()> {
    app.cache.delete(&key(&normalize(code)?)).await?;
    Ok(())
}
