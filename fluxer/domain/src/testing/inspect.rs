//! Looking at what is stored.

use fluxer_wire::{UserId, Value, flags};
use serde_json::json;

use crate::{
    App, Result,
    applications::AccessTokenByUserRow,
    auth::sessions::public_hash,
    dms::PinnedDmRow,
    events::ask::HasActive,
    rows::{MessageByAuthorRow, RelationshipRow, SessionByUserRow, SessionRow},
    saved_messages,
};

pub async fn data_exists(app: &App, id: UserId) -> Result<Value> {
    let Some(user) = app.find_user(id).await? else { return Ok(json!({"user_exists": false})) };
    Ok(json!({
        "user_exists": true,
        "email_cleared": user.email.is_none(),
        "phone_cleared": user.phone.is_none(),
        "password_cleared": user.password_hash.is_none(),
        "flags": user.flags.to_string(),
        "has_deleted_flag": user.has(flags::user::DELETED),
        "has_self_deleted_flag": user.has(flags::user::SELF_DELETED),
        "pending_deletion_at": user.pending_deletion_at,
        "deletion_reason_code": user.deletion_reason_code,
        "relationships_count": app.store.range::<RelationshipRow>((id,)).all().await?.len(),
        "sessions_count": app.store.range::<SessionByUserRow>((id,)).all().await?.len(),
        "oauth_tokens_count": app.store.range::<AccessTokenByUserRow>((id,)).all().await?.len(),
        "pinned_dms_count": app.store.range::<PinnedDmRow>((id,)).all().await?.len(),
        "saved_messages_count": saved_messages::count(app, id).await?,
    }))
}

pub async fn relationships(app: &App, id: UserId) -> Result<Value> {
    let rows = app.store.range::<RelationshipRow>((id,)).all().await?;
    let list: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "source_user_id": row.source_user_id,
                "target_user_id": row.target_user_id,
                "type": row.kind,
                "nickname": row.nickname,
                "since": row.since,
            })
        })
        .collect();
    Ok(json!({"relationships": list}))
}

pub async fn sessions(app: &App, id: UserId) -> Result<Value> {
    let index = app.store.range::<SessionByUserRow>((id,)).all().await?;
    let keys = index.into_iter().map(|row| (row.session_id_hash,)).collect();
    let rows = app.store.get_many::<SessionRow>(keys).await?;
    let list: Vec<Value> = rows
        .iter()
        .flatten()
        .map(|row| {
            json!({
                "session_id_hash": public_hash(&row.session_id_hash),
                "user_id": row.user_id,
                "created_at": row.created_at,
                "approx_last_used_at": row.approx_last_used_at,
                "client_ip": row.client_ip,
            })
        })
        .collect();
    Ok(json!({"count": list.len(), "sessions": list}))
}

pub async fn message_count(app: &App, id: UserId) -> Result<Value> {
    let rows = app.store.range::<MessageByAuthorRow>((id,)).all().await?;
    Ok(json!({"count": rows.len()}))
}

pub async fn has_active(app: &App, id: UserId) -> Value {
    match app.bus.request(HasActive { user_id: id }).await {
        Ok(active) => json!({"user_id": id, "has_active": active}),
        Err(error) => json!({"user_id": id, "has_active": false, "error": error.to_string()}),
    }
}
