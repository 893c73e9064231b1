//! Who is acting: the account, and by what credential it came in.

use std::sync::Arc;

use fluxer_wire::{ApplicationId, UserId, code};

use crate::{Result, fail, rows::UserRow};

/// The authenticated caller of an operation.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user: Arc<UserRow>,
    pub credential: Credential,
    /// Client address in canonical text.
    pub ip: String,
    /// `X-Audit-Log-Reason`, normalised, 1–512 characters.
    pub audit_reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A session token; the hash is its SHA-256.
    Session { hash: Vec<u8> },
    /// A bot token.
    Bot,
    /// An OAuth2 access token.
    OAuth { application_id: ApplicationId, scopes: Vec<String> },
    /// The house itself: jobs, commands, test routes.
    System,
}

impl Actor {
    pub fn id(&self) -> UserId {
        self.user.user_id
    }
    /// The house acting for `user`.
    pub fn system(user: Arc<UserRow>) -> Self {
        Self { user, credential: Credential::System, ip: String::new(), audit_reason: None }
    }
    pub fn has_scope(&self, scope: &str) -> bool {
        match &self.credential {
            Credential::OAuth { scopes, .. } => scopes.iter().any(|held| held == scope),
            _ => true,
        }
    }
    pub fn require_claimed(&self, refusal: fluxer_wire::ApiCode) -> Result<()> {
        if self.user.is_unclaimed() { fail(refusal) } else { Ok(()) }
    }
    pub fn refuse_bots(&self) -> Result<()> {
        if self.user.bot { fail(code::ACCESS_DENIED) } else { Ok(()) }
    }
}
