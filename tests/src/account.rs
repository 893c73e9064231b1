//! People: registered through the API, ready to send.

use std::ops::Deref;

use serde_json::{Value, json};

use crate::gateway::Gateway;
use crate::http::Client;
use crate::unique::{s, word};

/// A claimed account with a session; derefs to its logged-in client.
#[derive(Clone)]
pub struct Account {
    pub client: Client,
    pub id: String,
    pub token: String,
    pub username: String,
    pub email: String,
    pub password: String,
}

impl Deref for Account {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The body of a registration nobody else makes.
pub fn registration() -> Value {
    let name = word();
    json!({
        "username": name, "email": format!("{name}@example.com"), "password": format!("pw-{name}-9Z"),
        "date_of_birth": "1990-01-01", "consent": true,
    })
}

impl Account {
    /// An adult with e-mail and password who has started a gateway session before.
    pub async fn new() -> Self {
        let account = Self::fresh().await;
        account.set_flags(&["HAS_SESSION_STARTED"]).await;
        account
    }

    pub async fn on(base: &str) -> Self {
        let client = Client { base: base.to_owned(), ..Client::anonymous() };
        let account = Self::register_with(client, registration()).await;
        account.set_flags(&["HAS_SESSION_STARTED"]).await;
        account
    }

    /// As registration leaves it: no session started, e-mail unverified.
    pub async fn fresh() -> Self {
        Self::register(registration()).await
    }

    /// An account without e-mail and password that has started a session.
    pub async fn unclaimed() -> Self {
        let body = json!({"username": word(), "date_of_birth": "1990-01-01", "consent": true});
        let account = Self::register(body).await;
        account.set_flags(&["HAS_SESSION_STARTED"]).await;
        account
    }

    pub async fn register(body: Value) -> Self {
        Self::register_with(Client::anonymous(), body).await
    }

    pub async fn register_with(client: Client, body: Value) -> Self {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let (username, email, password) = (text("username"), text("email"), text("password"));
        let answer = client.post("/auth/register", body).await.ok();
        let token = s(&answer, "token");
        Self { client: client.with_auth(&token), id: s(&answer, "user_id"), token, username, email, password }
    }

    pub async fn several<const N: usize>() -> [Self; N] {
        let mut all = Vec::with_capacity(N);
        for _ in 0..N {
            all.push(Self::new().await);
        }
        all.try_into().unwrap_or_else(|_| unreachable!("N accounts were made"))
    }

    pub async fn set_flags(&self, names: &[&str]) {
        self.security(json!({"set_flags": names})).await;
    }

    /// Writes account state through the test harness.
    pub async fn security(&self, body: Value) {
        self.post(format!("/test/users/{}/security-flags", self.id), body).await.ok();
    }

    /// A second session of the same person, by password.
    pub async fn log_in(&self) -> Self {
        let anonymous = Client { auth: None, ..self.client.clone() };
        let body = json!({"email": self.email, "password": self.password});
        let token = s(&anonymous.post("/auth/login", body).await.ok(), "token");
        Self { client: self.client.with_auth(&token), token, ..self.clone() }
    }

    pub async fn online(&self) -> Gateway {
        Gateway::log_in(&self.base, &self.token).await
    }

    /// The newest mail of a kind to this account: its metadata.
    pub async fn mail(&self, kind: &str) -> Value {
        self.mails(kind).await.pop().unwrap_or_else(|| panic!("no {kind} mail to {}", self.email))
    }

    pub async fn mails(&self, kind: &str) -> Vec<Value> {
        mails(&self.client, &self.email, kind).await
    }

    /// The tag as the API shows it.
    pub async fn tag(&self) -> Value {
        let me = self.get("/users/@me").await.ok();
        json!({"username": me["username"], "discriminator": me["discriminator"]})
    }
}

pub async fn mails(client: &Client, to: &str, kind: &str) -> Vec<Value> {
    let all = client.get(format!("/test/emails?recipient={to}")).await.ok();
    let all = all["emails"].as_array().expect("emails is an array").clone();
    all.into_iter().filter(|m| m["type"] == kind).map(|m| m["metadata"].clone()).collect()
}

/// Makes two accounts friends by request and acceptance.
pub async fn befriend(a: &Account, b: &Account) {
    let sent = a.post(format!("/users/@me/relationships/{}", b.id), json!({})).await.ok();
    assert_eq!(sent["type"], 4, "an outgoing request: {sent}");
    let taken = b.put(format!("/users/@me/relationships/{}", a.id), json!({})).await.ok();
    assert_eq!(taken["type"], 1, "a friend: {taken}");
}

/// Opens (or finds) the direct-message channel of two people; the caller's side only.
pub async fn dm(from: &Account, to: &str) -> String {
    s(&from.post("/users/@me/channels", json!({"recipient_id": to})).await.ok(), "id")
}
