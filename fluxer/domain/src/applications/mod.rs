//! Applications, the bots they own, and OAuth2 on their behalf.
//!
//! Secrets (client secret, bot token) are 256 random bits, shown once; the store keeps their
//! SHA-256. Nothing slower is needed to protect what cannot be guessed, and a bot's token is
//! verified on every request.

pub mod authorize;
pub mod bots;
pub mod manage;
pub mod oauth2;
mod rows;

pub use rows::{
    AccessTokenByUserRow, AccessTokenRow, ApplicationByOwnerRow, ApplicationRow, AuthorizationCodeRow,
    RefreshTokenByUserRow, RefreshTokenRow, tables,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fluxer_wire::{ApplicationId, code};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{Actor, App, Result, fail};

/// 32 random bytes in base64url: 43 characters.
fn secret(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.rng.bytes::<32>())
}

/// How a secret is stored.
fn digest(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

fn matches(secret: &str, stored: &str) -> bool {
    digest(secret).as_bytes().ct_eq(stored.as_bytes()).into()
}

/// The application, or 404 `UNKNOWN_APPLICATION`.
async fn find(app: &App, id: ApplicationId) -> Result<ApplicationRow> {
    match app.store.get::<ApplicationRow>((id,)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_APPLICATION),
    }
}

/// The caller's own application: 404 if there is none, 403 `ACCESS_DENIED` if it is another's.
async fn owned(app: &App, actor: &Actor, id: ApplicationId) -> Result<ApplicationRow> {
    let row = find(app, id).await?;
    if row.owner_user_id == actor.id() { Ok(row) } else { fail(code::ACCESS_DENIED) }
}
