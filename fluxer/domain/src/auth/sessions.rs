//! Sessions: a random token for the client, its hash for us.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::{
    UserId,
    auth::{AuthSession, AuthSessionChange, LoggedIn},
    code,
};
use platform_store::Batch;
use sha2::{Digest, Sha256};

use super::{Origin, client_info};
use crate::{
    Actor, App, Credential, Event, EventName, Result,
    events::Control,
    fail,
    rows::{SessionByUserRow, SessionRow, UserRow},
};

/// How a session is stored and found: the SHA-256 of the whole token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// How a session is called towards its owner.
pub fn public_hash(hash: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(hash)
}

/// How often a session's last use is written, at most.
const TOUCH_MS: i64 = 60_000;

/// The account of a session token. 404 `UNKNOWN_USER` if the account is gone.
pub async fn authenticate(
    app: &App,
    token: &str,
    client_ip: &str,
) -> Result<Option<(Arc<UserRow>, Credential)>> {
    if !token.starts_with("flx_") {
        return Ok(None);
    }
    let hash = hash(token);
    let load =
        async { Ok::<_, crate::Error>(app.store.get::<SessionRow>((hash.clone(),)).await?.map(Arc::new)) };
    let Some(session) = app.sessions.get_or_load(&hash, load).await? else { return Ok(None) };
    let Some(user) = app.find_user(session.user_id).await? else { return fail(code::UNKNOWN_USER) };
    if app.clock.now().since(session.approx_last_used_at) >= TOUCH_MS {
        touch(app, &session, client_ip).await;
    }
    Ok(Some((user, Credential::Session { hash })))
}

/// Notes that the session and its account are in use. Failing to does not matter.
async fn touch(app: &App, session: &SessionRow, client_ip: &str) {
    let now = app.clock.now();
    let used = app
        .store
        .update::<SessionRow, _>((session.session_id_hash.clone(),), |row| row.approx_last_used_at = now)
        .await;
    app.sessions.invalidate(&session.session_id_hash);
    let active = app
        .update_user(session.user_id, |user| {
            user.last_active_at = Some(now);
            user.last_active_ip = Some(client_ip.to_owned());
        })
        .await;
    if used.is_err() || active.is_err() {
        tracing::debug!("A session's last use was not written.");
    }
}

/// Ends one session: its row, and its gateway connections.
pub async fn revoke(app: &App, user: UserId, hash: &[u8]) -> Result<()> {
    let batch =
        Batch::new().delete::<SessionRow>((hash.to_vec(),)).delete::<SessionByUserRow>((user, hash.to_vec()));
    app.store.commit(batch).await?;
    app.sessions.invalidate(&hash.to_vec());
    let hashes = Some(vec![public_hash(hash)]);
    app.control_user(user, Control::TerminateSessions { hashes }).await;
    Ok(())
}

/// Ends every session of an account.
pub async fn revoke_all(app: &App, user: UserId) -> Result<()> {
    let rows = app.store.range::<SessionByUserRow>((user,)).all().await?;
    let mut batch = Batch::new().delete_partition::<SessionByUserRow>((user,));
    for row in &rows {
        batch = batch.delete::<SessionRow>((row.session_id_hash.clone(),));
    }
    app.store.commit(batch).await?;
    for row in rows {
        app.sessions.invalidate(&row.session_id_hash);
    }
    app.control_user(user, Control::TerminateSessions { hashes: None }).await;
    Ok(())
}

/// A login: its token, for the client, and its row.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: String,
    pub hash: Vec<u8>,
}

/// Logs an account in. Bots have tokens of their own: 403.
pub async fn create(app: &App, user: &UserRow, origin: &Origin) -> Result<NewSession> {
    if user.bot {
        return fail(code::BOT_USER_AUTH_SESSION_CREATION_DENIED);
    }
    let token = format!("flx_{}", app.rng.alphanumeric(36));
    let (hash, now) = (hash(&token), app.clock.now());
    let row = SessionRow {
        session_id_hash: hash.clone(),
        user_id: user.user_id,
        created_at: now,
        approx_last_used_at: now,
        client_ip: origin.ip.clone(),
        client_user_agent: origin.user_agent.clone(),
        client_is_desktop: origin.is_desktop,
        version: 0,
    };
    let index = SessionByUserRow { user_id: user.user_id, session_id_hash: hash.clone() };
    app.store.commit(Batch::new().put(&row).put(&index)).await?;
    Ok(NewSession { token, hash })
}

/// The same as what `/auth` operations answer with.
pub async fn log_in(app: &App, user: &UserRow, origin: &Origin) -> Result<LoggedIn> {
    let NewSession { token, .. } = create(app, user, origin).await?;
    Ok(LoggedIn { token, user_id: user.user_id })
}

/// Ends every session of an account and opens one in place of the caller's, whose clients
/// are told the new token while they are still connected.
pub async fn rotate(app: &App, user: &UserRow, old_hash: &[u8], origin: &Origin) -> Result<()> {
    let old = app.store.range::<SessionByUserRow>((user.user_id,)).all().await?;
    let new = create(app, user, origin).await?;
    let change = AuthSessionChange {
        old_auth_session_id_hash: public_hash(old_hash),
        new_auth_session_id_hash: public_hash(&new.hash),
        new_token: new.token,
    };
    app.to_user(user.user_id, Event::new(EventName::AuthSessionChange, &change)).await;
    revoke_many(app, user.user_id, old.into_iter().map(|row| row.session_id_hash).collect()).await
}

/// Ends some of an account's sessions.
pub async fn revoke_many(app: &App, user: UserId, hashes: Vec<Vec<u8>>) -> Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new();
    for hash in &hashes {
        batch = batch.delete::<SessionRow>((hash.clone(),)).delete::<SessionByUserRow>((user, hash.clone()));
    }
    app.store.commit(batch).await?;
    for hash in &hashes {
        app.sessions.invalidate(hash);
    }
    let hashes = Some(hashes.iter().map(|hash| public_hash(hash)).collect());
    app.control_user(user, Control::TerminateSessions { hashes }).await;
    Ok(())
}

/// `GET /auth/sessions`: the one used last first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<AuthSession>> {
    let own = match &actor.credential {
        Credential::Session { hash } => hash.as_slice(),
        _ => &[],
    };
    let mut rows = rows(app, actor.id()).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.approx_last_used_at));
    Ok(rows
        .into_iter()
        .map(|row| AuthSession {
            id_hash: public_hash(&row.session_id_hash),
            id: public_hash(&row.session_id_hash),
            client_info: Some(client_info::describe(row.client_user_agent.as_deref(), row.client_is_desktop)),
            approx_last_used_at: Some(row.approx_last_used_at),
            current: row.session_id_hash == own,
        })
        .collect())
}

/// The account's sessions.
pub async fn rows(app: &App, user: UserId) -> Result<Vec<SessionRow>> {
    let index = app.store.range::<SessionByUserRow>((user,)).all().await?;
    let keys = index.into_iter().map(|row| (row.session_id_hash,)).collect();
    Ok(app.store.get_many::<SessionRow>(keys).await?.into_iter().flatten().collect())
}

/// `POST /auth/sessions/logout`. Hashes of nobody's or somebody else's session do nothing.
pub async fn log_out_many(app: &App, actor: &Actor, hashes: &[impl AsRef<str>]) -> Result<()> {
    let wanted: Vec<&str> = hashes.iter().map(|hash| hash.as_ref().trim_end_matches('=')).collect();
    let own = app.store.range::<SessionByUserRow>((actor.id(),)).all().await?;
    let chosen = own
        .into_iter()
        .map(|row| row.session_id_hash)
        .filter(|hash| wanted.contains(&public_hash(hash).as_str()))
        .collect();
    revoke_many(app, actor.id(), chosen).await
}

/// `POST /auth/logout`: ends the session of this token, if there is one.
pub async fn log_out(app: &App, token: &str) -> Result<()> {
    let hash = hash(token);
    match app.store.get::<SessionRow>((hash.clone(),)).await? {
        Some(row) => revoke(app, row.user_id, &hash).await,
        None => Ok(()),
    }
}
