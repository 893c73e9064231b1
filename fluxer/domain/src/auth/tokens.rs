//! Tokens that go out by mail and come back once. Stored as hashes, gone when used or over.

use fluxer_wire::UserId;
use sha2::{Digest, Sha256};

use super::rows::TokenRow;
use crate::{App, Result};

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    VerifyEmail,
    ResetPassword,
    RevertEmail,
    AuthorizeIp,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
            Self::RevertEmail => "revert_email",
            Self::AuthorizeIp => "authorize_ip",
        }
    }
    pub const fn life_seconds(self) -> i64 {
        match self {
            Self::VerifyEmail => 24 * 3600,
            Self::ResetPassword => 3600,
            Self::RevertEmail => 48 * 3600,
            Self::AuthorizeIp => 900,
        }
    }
}

fn key(purpose: Purpose, token: &str) -> Vec<u8> {
    Sha256::new().chain_update(purpose.name()).chain_update(":").chain_update(token).finalize().to_vec()
}

/// A new token of 64 letters and digits for an account's address.
pub async fn issue(app: &App, purpose: Purpose, user: UserId, email: &str) -> Result<String> {
    let token = app.rng.alphanumeric(64);
    let row = TokenRow { token_hash: key(purpose, &token), user_id: user, email: email.to_owned() };
    app.store.put_ttl(&row, purpose.life_seconds()).await?;
    Ok(token)
}

/// Whom the token is for, if it is still good.
pub async fn find(app: &App, purpose: Purpose, token: &str) -> Result<Option<TokenRow>> {
    Ok(app.store.get::<TokenRow>((key(purpose, token),)).await?)
}

/// Uses the token up; of several callers one gets true.
pub async fn consume(app: &App, purpose: Purpose, token: &str) -> Result<bool> {
    Ok(app.store.delete_if_exists::<TokenRow>((key(purpose, token),)).await?)
}
