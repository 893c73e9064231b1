//! Sessions: a random token for the client, its hash for us.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::{UserId, code};
use platform_store::Batch;
use sha2::{Digest, Sha256};

use crate::{
    App, Credential, Result,
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
