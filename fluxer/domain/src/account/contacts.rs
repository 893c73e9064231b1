//! The log of an account's names, addresses and numbers. For operators; failing to write it
//! fails nothing.

use fluxer_wire::AnyId;
use platform_store::Batch;

use crate::{App, auth::rows::ContactChangeRow, rows::UserRow};

fn tag(user: &UserRow) -> Option<String> {
    Some(format!("{}#{:04}", user.username, user.discriminator))
}

/// Notes every contact that differs.
pub async fn log(app: &App, old: &UserRow, new: &UserRow, reason: &str) {
    let fields = [
        ("email", old.email.clone(), new.email.clone()),
        ("phone", old.phone.clone(), new.phone.clone()),
        ("fluxer_tag", tag(old), tag(new)),
    ];
    let mut batch = Batch::new();
    for (field, old_value, new_value) in fields {
        if old_value != new_value {
            let event_id: AnyId = app.next_id();
            let row = ContactChangeRow {
                user_id: new.user_id,
                event_id,
                field: field.into(),
                old_value,
                new_value,
                reason: reason.into(),
            };
            batch = batch.put(&row);
        }
    }
    if let Err(error) = app.store.commit(batch).await {
        tracing::warn!(%error, "A contact change was not logged.");
    }
}
