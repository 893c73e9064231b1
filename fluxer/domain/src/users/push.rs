//! Where a user's browsers want to be woken: Web Push subscriptions, kept 90 days.

use fluxer_wire::{
    UserId,
    account::Success,
    social::{PushSubscribeRequest, PushSubscribed, PushSubscription, PushSubscriptions},
};
use platform_store::Table;
use sha2::{Digest, Sha256};

use crate::{Actor, App, Result};

#[derive(Table, Clone, Debug)]
#[table(name = "push_subscriptions", ttl = 7776000)]
pub struct PushSubscriptionRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub subscription_id: String,
    pub endpoint: String,
    pub p256dh_key: String,
    pub auth_key: String,
    pub user_agent: Option<String>,
}

/// Subscribing the same endpoint again replaces it.
pub async fn subscribe(app: &App, actor: &Actor, form: PushSubscribeRequest) -> Result<PushSubscribed> {
    let digest = Sha256::digest(form.endpoint.as_bytes());
    let subscription_id: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    let row = PushSubscriptionRow {
        user_id: actor.id(),
        subscription_id: subscription_id.clone(),
        endpoint: form.endpoint.into(),
        p256dh_key: form.keys.p256dh.into(),
        auth_key: form.keys.auth.into(),
        user_agent: form.user_agent.0.map(String::from),
    };
    app.store.put(&row).await?;
    app.push.subscribers.add(actor.id());
    Ok(PushSubscribed { subscription_id })
}

pub async fn list(app: &App, actor: &Actor) -> Result<PushSubscriptions> {
    let rows = app.store.range::<PushSubscriptionRow>((actor.id(),)).all().await?;
    let subscriptions = rows
        .into_iter()
        .map(|row| PushSubscription { subscription_id: row.subscription_id, user_agent: row.user_agent })
        .collect();
    Ok(PushSubscriptions { subscriptions })
}

pub async fn unsubscribe(app: &App, actor: &Actor, id: String) -> Result<Success> {
    app.store.delete::<PushSubscriptionRow>((actor.id(), id)).await?;
    Ok(Success { success: true })
}
