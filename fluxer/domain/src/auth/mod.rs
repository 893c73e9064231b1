//! Proving who one is: tokens, sessions, and what stands between an address and an account.

pub mod mfa;
pub mod passkey;
pub mod password;
pub mod rows;
pub mod sessions;
pub mod sms;
pub mod sudo;
pub mod totp;
pub mod webauthn;

use std::sync::Arc;

use crate::{App, Credential, Result, rows::UserRow};

/// A credential as it came in, not yet believed.
#[derive(Debug, Clone, Copy)]
pub enum Token<'a> {
    Session(&'a str),
    /// An OAuth2 access token or, failing that, a session token.
    Bearer(&'a str),
    Bot(&'a str),
}

/// The account a token speaks for; `None` for a token that is not, or no longer, good.
pub async fn authenticate(
    app: &App,
    token: Token<'_>,
    client_ip: &str,
) -> Result<Option<(Arc<UserRow>, Credential)>> {
    match token {
        Token::Session(token) => sessions::authenticate(app, token, client_ip).await,
        Token::Bearer(token) => sessions::authenticate(app, token, client_ip).await,
        Token::Bot(_) => Ok(None),
    }
}
