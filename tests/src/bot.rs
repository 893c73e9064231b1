//! Applications and their bot accounts.

use std::ops::Deref;

use serde_json::{Value, json};

use crate::account::Account;
use crate::gateway::Gateway;
use crate::http::Client;
use crate::unique::{s, word};

/// A bot; derefs to a client that speaks with its token. Its user id is the application's id.
pub struct Bot {
    pub id: String,
    pub token: String,
    pub application: Value,
    client: Client,
}

impl Deref for Bot {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Bot {
    pub async fn new(owner: &Account) -> Self {
        let application = owner.post("/oauth2/applications", json!({"name": word()})).await.ok();
        let (id, token) = (s(&application, "id"), s(&application, "/bot/token"));
        let body = json!({"set_flags": ["HAS_SESSION_STARTED"]});
        owner.post(format!("/test/users/{id}/security-flags"), body).await.ok();
        let client = owner.client.with_auth(format!("Bot {token}"));
        Self { id, token, application, client }
    }

    /// Adds the bot to a guild by the consent of somebody who may.
    pub async fn join(&self, by: &Account, guild: &str, permissions: u64) {
        let body = json!({
            "client_id": self.id, "scope": "bot", "guild_id": guild, "permissions": permissions.to_string(),
        });
        let answer = by.post("/oauth2/authorize/consent", body).await.ok();
        assert!(answer["redirect_to"].is_string(), "{answer}");
    }

    pub async fn online(&self) -> Gateway {
        Gateway::log_in(&self.base, &self.token).await
    }
}
