//! Proving who one is: tokens, sessions, and what stands between an address and an account.

pub mod captcha;
pub mod client_info;
pub mod email_revert;
pub mod emails;
pub mod flow;
pub mod handoff;
pub mod ip_authorization;
pub mod locale;
pub mod login;
pub mod mfa;
pub mod names;
mod origin;
pub mod passkey;
pub mod password;
pub mod password_reset;
pub mod register;
pub mod rows;
pub mod second_factor;
pub mod sessions;
pub mod sms;
pub mod sso;
pub mod sudo;
pub mod tokens;
pub mod totp;
pub mod verification;
pub mod webauthn;

pub use origin::Origin;

use std::sync::Arc;

use crate::{
    App, Credential, Result,
    applications::{bots, oauth2},
    rows::UserRow,
};

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
        Token::Bearer(token) => match oauth2::find_access_token(app, token).await? {
            Some(row) => {
                let user = app.find_user(row.user_id).await?;
                let credential = Credential::OAuth { application_id: row.application_id, scopes: row.scopes };
                Ok(user.map(|user| (user, credential)))
            }
            None => sessions::authenticate(app, token, client_ip).await,
        },
        Token::Bot(token) => bots::authenticate(app, token).await,
    }
}
