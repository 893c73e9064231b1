//! Guilds with members, roles and channels, made through the API.

use serde_json::{Value, json};

use crate::account::Account;
use crate::bot::Bot;
use crate::gateway::Gateway;
use crate::http::Client;
use crate::unique::{s, word};

/// A guild as creation leaves it, with the ids of its default channels.
#[derive(Clone)]
pub struct Guild {
    pub id: String,
    pub owner: Account,
    pub general: String,
    pub voice: String,
    pub text_category: String,
}

impl Guild {
    pub async fn new(owner: &Account) -> Self {
        let guild = owner.post("/guilds", json!({"name": word()})).await.ok();
        let id = s(&guild, "id");
        let channels = owner.get(format!("/guilds/{id}/channels")).await.ok();
        let find = |kind: u64, name: &str| {
            let all = channels.as_array().expect("an array of channels");
            let hit = all.iter().find(|c| c["type"] == kind && c["name"] == name);
            s(hit.unwrap_or_else(|| panic!("no {name} in {channels}")), "id")
        };
        Self {
            owner: owner.clone(),
            general: find(0, "general"),
            voice: find(2, "General"),
            text_category: find(4, "Text Channels"),
            id,
        }
    }

    /// A guild with an owner of its own and `N` plain members.
    pub async fn with_members<const N: usize>() -> (Self, [Account; N]) {
        let owner = Account::new().await;
        let guild = Self::new(&owner).await;
        let members = Account::several::<N>().await;
        for member in &members {
            guild.join(member).await;
        }
        (guild, members)
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/guilds/{}{rest}", self.id)
    }

    pub async fn invite(&self) -> String {
        let path = format!("/channels/{}/invites", self.general);
        s(&self.owner.post(path, json!({"unique": true})).await.ok(), "code")
    }

    pub async fn join(&self, who: &Client) {
        let code = self.invite().await;
        who.post(format!("/invites/{code}"), json!({})).await.ok();
    }

    pub async fn role(&self, permissions: u64) -> String {
        s(&self.role_named(&word(), permissions).await, "id")
    }

    pub async fn role_named(&self, name: &str, permissions: u64) -> Value {
        let body = json!({"name": name, "permissions": permissions.to_string()});
        self.owner.post(self.path("/roles"), body).await.ok()
    }

    pub async fn give(&self, user: &str, role: &str) {
        self.owner.put(self.path(&format!("/members/{user}/roles/{role}")), json!({})).await.no_content();
    }

    pub async fn take(&self, user: &str, role: &str) {
        self.owner.delete(self.path(&format!("/members/{user}/roles/{role}"))).await.no_content();
    }

    /// Sets what `@everyone` may do in the whole guild.
    pub async fn everyone(&self, permissions: u64) {
        let path = self.path(&format!("/roles/{}", self.id));
        self.owner.patch(path, json!({"permissions": permissions.to_string()})).await.ok();
    }

    /// Orders roles, highest first; each gets a position of its own.
    pub async fn order(&self, highest_first: &[&str]) {
        let top = highest_first.len();
        let body: Vec<Value> =
            highest_first.iter().enumerate().map(|(i, id)| json!({"id": id, "position": top - i})).collect();
        self.owner.patch(self.path("/roles"), json!(body)).await.no_content();
    }

    pub async fn text(&self) -> String {
        let body = json!({"type": 0, "name": word()});
        s(&self.owner.post(self.path("/channels"), body).await.ok(), "id")
    }

    pub async fn overwrite(&self, channel: &str, target: &str, kind: u8, allow: u64, deny: u64) {
        let body = json!({"type": kind, "allow": allow.to_string(), "deny": deny.to_string()});
        self.owner.put(format!("/channels/{channel}/permissions/{target}"), body).await.no_content();
    }

    /// A text channel that only the owner and holders of `role` can see.
    pub async fn hidden_text(&self, role: Option<&str>) -> String {
        let channel = self.text().await;
        self.overwrite(&channel, &self.id, 0, 0, crate::perms::VIEW_CHANNEL).await;
        if let Some(role) = role {
            self.overwrite(&channel, role, 0, crate::perms::VIEW_CHANNEL, 0).await;
        }
        channel
    }

    /// Waits until every session has received everything the guild sent before: the owner says
    /// something in #general that all of them must hear, and each listens for it.
    pub async fn fence(&self, sessions: &mut [&mut Gateway]) {
        let mark = format!("fence {}", word());
        send(&self.owner, &self.general, &mark).await;
        for session in sessions {
            session.expect("MESSAGE_CREATE", |d| d["content"] == mark).await;
        }
    }

    /// A bot of the owner's with these permissions in the guild.
    pub async fn bot(&self, permissions: u64) -> Bot {
        let bot = Bot::new(&self.owner).await;
        bot.join(&self.owner, &self.id, permissions).await;
        bot
    }
}

/// Sends a text and returns the message.
pub async fn send(from: &Client, channel: &str, content: &str) -> Value {
    from.post(format!("/channels/{channel}/messages"), json!({"content": content})).await.ok()
}
