//! Whom the `Authorization` header speaks for. A bad token is no failure here: the caller is
//! then nobody, and operations that need somebody say so.

use axum::http::HeaderMap;
use fluxer_domain::{Actor, App, Result, auth};

use crate::client::{Client, header};

/// The caller; 404 `UNKNOWN_USER` if a valid session's account is gone.
pub async fn authenticate(app: &App, headers: &HeaderMap, client: &Client) -> Result<Option<Actor>> {
    let Some(raw) = header(headers, "authorization") else { return Ok(None) };
    let token = match raw.split_once(' ') {
        None if raw.is_empty() => return Ok(None),
        None => auth::Token::Session(raw),
        Some((_, value)) if value.is_empty() || value.contains(' ') => return Ok(None),
        Some(("Bearer", value)) => auth::Token::Bearer(value),
        Some(("Bot", value)) => auth::Token::Bot(value),
        Some(_) => return Ok(None),
    };
    let Some((user, credential)) = auth::authenticate(app, token, &client.ip).await? else { return Ok(None) };
    Ok(Some(Actor { user, credential, ip: client.ip.clone(), audit_reason: client.audit_reason.clone() }))
}
