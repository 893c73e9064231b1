//! E-mail addresses, unique among accounts by a row inserted only if absent.

use std::sync::Arc;

use fluxer_wire::UserId;

use crate::{
    App, Result,
    rows::{UserByEmailRow, UserRow},
};

/// A reservation whose account was not written by then never will be.
const ABANDONED_MS: i64 = 60_000;

/// The account with the address.
pub async fn owner(app: &App, email: &str) -> Result<Option<Arc<UserRow>>> {
    match app.store.get::<UserByEmailRow>((email.to_lowercase(),)).await? {
        Some(row) => app.find_user(row.user_id).await,
        None => Ok(None),
    }
}

/// Whether an account other than `user` has the address.
pub async fn is_taken(app: &App, email: &str, user: UserId) -> Result<bool> {
    let row = app.store.get::<UserByEmailRow>((email.to_lowercase(),)).await?;
    Ok(row.is_some_and(|row| row.user_id != user))
}

/// Reserves the address for `user`; false if another has it.
pub async fn take(app: &App, email: &str, user: UserId) -> Result<bool> {
    let row = UserByEmailRow { email_lower: email.to_lowercase(), user_id: user };
    if app.store.insert_if_absent(&row).await? {
        return Ok(true);
    }
    let key = (row.email_lower.clone(),);
    let Some(held) = app.store.get::<UserByEmailRow>(key.clone()).await? else {
        return Ok(app.store.insert_if_absent(&row).await?);
    };
    if held.user_id == user {
        return Ok(true);
    }
    // A registration that broke off between reserving and writing left this behind.
    let abandoned = app.clock.now().since(held.user_id.timestamp()) > ABANDONED_MS
        && app.store.get::<UserRow>((held.user_id,)).await?.is_none();
    Ok(abandoned
        && app.store.delete_if_exists::<UserByEmailRow>(key).await?
        && app.store.insert_if_absent(&row).await?)
}

/// Gives an address back.
pub async fn release(app: &App, email: &str) -> Result<()> {
    Ok(app.store.delete::<UserByEmailRow>((email.to_lowercase(),)).await?)
}

/// Whether mail can reach the address's domain, as far as the DNS tells.
pub async fn is_deliverable(app: &App, email: &str) -> bool {
    match email.rsplit_once('@') {
        Some((_, domain)) => app.outbound.receives_mail(domain).await,
        None => false,
    }
}
