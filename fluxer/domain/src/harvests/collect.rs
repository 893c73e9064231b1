//! What an export says about its owner. Never: password hash, TOTP secret, tokens, keys, or
//! codes; those are proofs, not data.

use std::collections::BTreeMap;

use fluxer_wire::{ChannelId, MessageId, UserId, Value};
use serde_json::json;

use crate::{
    App, Result,
    applications::{AccessTokenByUserRow, ApplicationByOwnerRow, ApplicationRow, RefreshTokenByUserRow},
    auth::{rows as auth_rows, sessions::public_hash},
    dms::PinnedDmRow,
    favorite_memes, images, messages,
    rows::{
        ChannelRow, MemberRow, MembershipRow, MessageByAuthorRow, MessageRow, PrivateChannelRow,
        RelationshipRow, SessionByUserRow, SessionRow, UserRow, bucket_of,
    },
    saved_messages::SavedMessageRow,
    users::{guild_settings, notes, push::PushSubscriptionRow, settings},
};

/// An export holds the newest of them.
const MOST_MESSAGES: usize = 100_000;
const PAGE: usize = 500;

/// Everything of `user.json`.
pub async fn account(app: &App, user: &UserRow) -> Result<Value> {
    let id = user.user_id;
    let settings = settings::find(app, id).await?;
    Ok(json!({
        "user": profile(app, user),
        "auth_sessions": sessions(app, id).await?,
        "relationships": relationships(app, id).await?,
        "notes": notes::list(app, id).await?,
        "user_settings": settings,
        "guild_memberships": memberships(app, id).await?,
        "user_guild_settings": guild_settings::list(app, id).await?,
        "saved_messages": saved(app, id).await?,
        "private_channels": private_channels(app, id).await?,
        "favorite_memes": favorite_memes::list(app, id).await?,
        "push_subscriptions": subscriptions(app, id).await?,
        "webauthn_credentials": passkeys(app, id).await?,
        "mfa_backup_codes": backup_codes(app, id).await?,
        "gift_codes_created": [],
        "payments": [],
        "oauth_applications": applications(app, id).await?,
        "pinned_dms": pinned(app, id).await?,
        "authorized_ips": authorized_ips(app, id).await?,
        "activity_data": activity(user),
    }))
}

/// `account/security.json`.
pub async fn security(app: &App, user: &UserRow) -> Result<Value> {
    Ok(json!({
        "authorized_ips": authorized_ips(app, user.user_id).await?,
        "activity_data": activity(user),
    }))
}

/// `integrations/oauth.json`.
pub async fn integrations(app: &App, id: UserId) -> Result<Value> {
    let mut authorized: BTreeMap<_, Value> = BTreeMap::new();
    for row in app.store.range::<RefreshTokenByUserRow>((id,)).all().await? {
        let entry = json!({
            "application_id": row.application_id, "scopes": row.scopes, "authorized_at": row.created_at,
        });
        authorized.insert(row.application_id, entry);
    }
    for row in app.store.range::<AccessTokenByUserRow>((id,)).all().await? {
        let entry = || json!({"application_id": row.application_id});
        authorized.entry(row.application_id).or_insert_with(entry);
    }
    Ok(json!({
        "authorized_applications": authorized.into_values().collect::<Vec<_>>(),
        "owned_applications": applications(app, id).await?,
    }))
}

/// The stored avatar and banner: name in the archive, and key of the object.
pub fn pictures(user: &UserRow) -> Vec<(String, String)> {
    let name = |kind: &str, hash: &str| {
        let extension = if hash.starts_with("a_") { "gif" } else { "png" };
        format!("assets/user/{kind}.{extension}")
    };
    [("avatar", "avatars", &user.avatar_hash), ("banner", "banners", &user.banner_hash)]
        .into_iter()
        .filter_map(|(kind, prefix, hash)| {
            let hash = hash.as_deref()?;
            let key = images::object_key(&format!("{prefix}/{}", user.user_id), hash);
            Some((name(kind, hash), key))
        })
        .collect()
}

/// Ids of what the account wrote by channel, each channel's oldest first.
pub async fn written(app: &App, id: UserId) -> Result<BTreeMap<ChannelId, Vec<MessageId>>> {
    let (mut by_channel, mut count, mut before) = (BTreeMap::<_, Vec<MessageId>>::new(), 0, None);
    while count < MOST_MESSAGES {
        let range = app.store.range::<MessageByAuthorRow>((id,)).limit(PAGE.min(MOST_MESSAGES - count));
        let page = match before {
            Some(before) => range.before((before,)).fetch().await?,
            None => range.fetch().await?,
        };
        let Some(last) = page.last() else { break };
        before = Some(last.message_id);
        count += page.len();
        for row in page {
            by_channel.entry(row.channel_id).or_default().push(row.message_id);
        }
    }
    by_channel.values_mut().for_each(|ids| ids.sort_unstable());
    Ok(by_channel)
}

/// What an archive says about these messages; those that are gone meanwhile are left out.
pub async fn messages(app: &App, channel: ChannelId, ids: &[MessageId]) -> Result<Vec<Value>> {
    let keys = ids.iter().map(|id| (channel, bucket_of(*id), *id)).collect();
    let rows = app.store.get_many::<MessageRow>(keys).await?;
    let media = &app.settings.endpoints.media;
    let entry = |row: MessageRow| {
        let url = |file| format!("{media}/{}", messages::view::attachment_key(channel, file));
        json!({
            "id": row.message_id,
            "timestamp": row.message_id.timestamp(),
            "content": row.content.unwrap_or_default(),
            "attachments": row.attachments.iter().map(url).collect::<Vec<_>>(),
        })
    };
    Ok(rows.into_iter().flatten().map(entry).collect())
}

fn profile(app: &App, user: &UserRow) -> Value {
    let picture = |kind: &str, hash: &Option<String>| {
        hash.as_ref().map(|hash| {
            let extension = if hash.starts_with("a_") { "gif" } else { "png" };
            format!("{}/{kind}/{}/{hash}.{extension}", app.settings.endpoints.media, user.user_id)
        })
    };
    json!({
        "id": user.user_id,
        "username": user.username,
        "discriminator": format!("{:04}", user.discriminator),
        "global_name": user.global_name,
        "bot": user.bot,
        "email": user.email,
        "email_verified": user.email_verified,
        "email_bounced": user.email_bounced,
        "phone": user.phone,
        "date_of_birth": user.date_of_birth,
        "locale": user.locale,
        "bio": user.bio,
        "pronouns": user.pronouns,
        "accent_color": user.accent_color,
        "avatar_hash": user.avatar_hash,
        "avatar_url": picture("avatars", &user.avatar_hash),
        "banner_hash": user.banner_hash,
        "banner_url": picture("banners", &user.banner_hash),
        "flags": user.flags.to_string(),
        "suspicious_activity_flags": user.suspicious_activity_flags,
        "premium_type": user.premium_type,
        "premium_since": user.premium_since,
        "premium_until": user.premium_until,
        "premium_will_cancel": user.premium_will_cancel,
        "premium_billing_cycle": user.premium_billing_cycle,
        "premium_lifetime_sequence": user.premium_lifetime_sequence,
        "stripe_customer_id": null,
        "stripe_subscription_id": null,
        "terms_agreed_at": user.terms_agreed_at,
        "privacy_agreed_at": user.privacy_agreed_at,
        "password_last_changed_at": user.password_last_changed_at,
        "mfa_enabled": user.has_mfa(),
        "authenticator_types": user.authenticator_types,
        "temp_banned_until": user.temp_banned_until,
        "pending_deletion_at": user.pending_deletion_at,
        "created_at": user.user_id.timestamp(),
    })
}

fn activity(user: &UserRow) -> Value {
    json!({"last_active_at": user.last_active_at, "last_active_ip": user.last_active_ip})
}

async fn sessions(app: &App, id: UserId) -> Result<Vec<Value>> {
    let index = app.store.range::<SessionByUserRow>((id,)).all().await?;
    let keys = index.into_iter().map(|row| (row.session_id_hash,)).collect();
    let rows = app.store.get_many::<SessionRow>(keys).await?;
    let entry = |row: SessionRow| {
        json!({
            "id_hash": public_hash(&row.session_id_hash),
            "created_at": row.created_at,
            "approx_last_used_at": row.approx_last_used_at,
            "client_ip": row.client_ip,
            "client_user_agent": row.client_user_agent,
            "client_is_desktop": row.client_is_desktop,
        })
    };
    Ok(rows.into_iter().flatten().map(entry).collect())
}

async fn relationships(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<RelationshipRow>((id,)).all().await?;
    let entry = |row: RelationshipRow| {
        json!({
            "target_user_id": row.target_user_id, "type": row.kind, "nickname": row.nickname, "since": row.since,
        })
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn memberships(app: &App, id: UserId) -> Result<Vec<Value>> {
    let mut list = Vec::new();
    for row in app.store.range::<MembershipRow>((id,)).all().await? {
        let guild = app.find_guild(row.guild_id).await?;
        let Some(member) = app.store.get::<MemberRow>((row.guild_id, id)).await? else { continue };
        let url = |kind: &str, hash: &Option<String>| {
            hash.as_ref().map(|hash| {
                let extension = if hash.starts_with("a_") { "gif" } else { "png" };
                let media = &app.settings.endpoints.media;
                format!("{media}/guilds/{}/users/{id}/{kind}/{hash}.{extension}", row.guild_id)
            })
        };
        list.push(json!({
            "guild_id": row.guild_id,
            "guild_name": guild.map(|guild| guild.row.name.clone()),
            "joined_at": member.joined_at,
            "nick": member.nick,
            "avatar_url": url("avatars", &member.avatar_hash),
            "avatar_hash": member.avatar_hash,
            "banner_url": url("banners", &member.banner_hash),
            "banner_hash": member.banner_hash,
            "bio": member.bio,
            "pronouns": member.pronouns,
            "role_ids": member.role_ids,
        }));
    }
    Ok(list)
}

async fn saved(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<SavedMessageRow>((id,)).all().await?;
    let entry = |row: SavedMessageRow| json!({"channel_id": row.channel_id, "message_id": row.message_id, "saved_at": row.saved_at});
    Ok(rows.into_iter().map(entry).collect())
}

async fn private_channels(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<PrivateChannelRow>((id,)).all().await?;
    let keys = rows.into_iter().map(|row| (row.channel_id,)).collect();
    let rows = app.store.get_many::<ChannelRow>(keys).await?;
    let entry = |row: ChannelRow| {
        json!({
            "channel_id": row.channel_id,
            "type": row.channel_type() as i32,
            "name": row.name,
            "owner_id": row.owner_id,
            "recipient_ids": row.recipient_ids,
        })
    };
    Ok(rows.into_iter().flatten().map(entry).collect())
}

async fn subscriptions(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<PushSubscriptionRow>((id,)).all().await?;
    let entry = |row: PushSubscriptionRow| {
        json!({
            "subscription_id": row.subscription_id, "endpoint": row.endpoint, "user_agent": row.user_agent,
        })
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn passkeys(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<auth_rows::PasskeyRow>((id,)).all().await?;
    let entry = |row: auth_rows::PasskeyRow| {
        json!({
            "id": row.credential_id,
            "name": row.name,
            "created_at": row.created_at,
            "last_used_at": row.last_used_at,
        })
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn backup_codes(app: &App, id: UserId) -> Result<Value> {
    let rows = app.store.range::<auth_rows::BackupCodeRow>((id,)).all().await?;
    let used = rows.iter().filter(|row| row.consumed).count();
    Ok(json!({"total": rows.len(), "used": used, "remaining": rows.len() - used}))
}

async fn applications(app: &App, id: UserId) -> Result<Vec<Value>> {
    let index = app.store.range::<ApplicationByOwnerRow>((id,)).all().await?;
    let keys = index.into_iter().map(|row| (row.application_id,)).collect();
    let rows = app.store.get_many::<ApplicationRow>(keys).await?;
    let entry = |row: ApplicationRow| {
        json!({
            "id": row.application_id,
            "name": row.name,
            "bot_user_id": row.bot_user_id,
            "bot_public": row.bot_is_public,
            "redirect_uris": row.redirect_uris,
            "created_at": row.application_id.timestamp(),
        })
    };
    Ok(rows.into_iter().flatten().map(entry).collect())
}

async fn pinned(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<PinnedDmRow>((id,)).all().await?;
    let entry = |row: PinnedDmRow| json!({"channel_id": row.channel_id, "sort_order": row.sort_order});
    Ok(rows.into_iter().map(entry).collect())
}

async fn authorized_ips(app: &App, id: UserId) -> Result<Vec<Value>> {
    let rows = app.store.range::<auth_rows::AuthorizedIpRow>((id,)).all().await?;
    let entry = |row: auth_rows::AuthorizedIpRow| json!({"ip": row.ip, "authorized_at": row.authorized_at});
    Ok(rows.into_iter().map(entry).collect())
}

/// The account's part of the archive, by path. Messages and pictures come apart from it.
pub async fn documents(app: &App, user: &UserRow) -> Result<Vec<(&'static str, Value)>> {
    Ok(vec![
        ("user.json", account(app, user).await?),
        ("payments/payment_history.json", json!([])),
        ("integrations/oauth.json", integrations(app, user.user_id).await?),
        ("account/security.json", security(app, user).await?),
    ])
}
