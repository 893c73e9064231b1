//! Accounts: flags, contact data, dates, and whatever else an operator or the years would do.

use fluxer_wire::{Error as Refusal, UserId, Value, channel::ChannelType, code, flags, invalid};
use platform_store::Batch;
use serde_json::json;

use super::timestamp;
use crate::{
    App, Error, Result,
    auth::rows::UserByPhoneRow,
    rows::{ChannelRow, ChannelStateRow, PrivateChannelRow, UserByEmailRow, UserRow},
    users::tags,
};

async fn update(
    app: &App,
    id: UserId,
    change: impl FnMut(&mut UserRow) + Send,
) -> Result<std::sync::Arc<UserRow>> {
    match app.update_user(id, change).await? {
        Some(user) => Ok(user),
        None => crate::fail(code::UNKNOWN_USER),
    }
}

/// `{flags: "<decimal>" | number}`
pub async fn set_flags(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let bits = match &body["flags"] {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    };
    let Some(bits) = bits else { return Err(Refusal::new(code::INVALID_FLAGS_FORMAT).into()) };
    update(app, id, |user| user.flags = bits).await?;
    Ok(json!({"success": true}))
}

pub async fn set_discriminator(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let invalid = |code| Error::field("discriminator", code);
    let number: i64 = match &body["discriminator"] {
        Value::Number(number) => {
            number.as_i64().ok_or_else(|| invalid(invalid::DISCRIMINATOR_INVALID_FORMAT))?
        }
        Value::String(text)
            if (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            text.parse().map_err(|_| invalid(invalid::DISCRIMINATOR_INVALID_FORMAT))?
        }
        _ => return Err(invalid(invalid::DISCRIMINATOR_INVALID_FORMAT)),
    };
    if !(0..=9999).contains(&number) {
        return Err(invalid(invalid::DISCRIMINATOR_OUT_OF_RANGE));
    }
    let before = app.user(id).await?;
    tags::take(app, &before.username, number as i32, id).await?;
    update(app, id, |user| user.discriminator = number as i32).await?;
    if before.discriminator != number as i32 {
        tags::release_own(app, &before).await?;
    }
    Ok(json!({"success": true, "discriminator": number}))
}

pub async fn set_acls(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let acls: Vec<String> = match &body["acls"] {
        Value::Null => Vec::new(),
        Value::Array(items) => {
            let texts = items
                .iter()
                .map(|item| item.as_str().unwrap_or_default().trim().to_owned())
                .collect::<Vec<_>>();
            if texts.iter().any(String::is_empty) {
                return crate::fail(code::ACLS_MUST_BE_NON_EMPTY);
            }
            texts
        }
        _ => return crate::fail(code::INVALID_ACLS_FORMAT),
    };
    let count = acls.len();
    update(app, id, |user| user.acls = acls.clone()).await?;
    Ok(json!({"success": true, "count": count}))
}

/// Bits of the named flags; the refusal if a name is unknown.
fn named(names: &Value, table: &[(&str, u64)], unknown: fluxer_wire::ApiCode) -> Result<u64> {
    let mut bits = 0;
    for name in names.as_array().into_iter().flatten() {
        let found = table.iter().find(|(known, _)| Some(*known) == name.as_str());
        bits |= found.ok_or(unknown)?.1;
    }
    Ok(bits)
}

pub async fn security_flags(app: &App, id: UserId, body: &Value) -> Result<Value> {
    app.user(id).await?;
    let set = named(&body["set_flags"], flags::user::NAMES, code::UNKNOWN_USER_FLAG)?;
    let clear = named(&body["clear_flags"], flags::user::NAMES, code::UNKNOWN_USER_FLAG)?;
    let suspicious = match &body["suspicious_activity_flags"] {
        Value::Null => None,
        value => Some(value.as_i64().ok_or(code::INVALID_SUSPICIOUS_FLAGS_FORMAT)? as i32),
    };
    let table: Vec<(&str, u64)> =
        flags::suspicious::NAMES.iter().map(|(name, bit)| (*name, *bit as u64)).collect();
    let names = &body["suspicious_activity_flag_names"];
    let suspicious = if names.is_array() {
        Some(named(names, &table, code::UNKNOWN_SUSPICIOUS_FLAG)? as i32)
    } else if body.get("suspicious_activity_flags").is_some_and(Value::is_null) {
        Some(0)
    } else {
        suspicious
    };
    let flag = |key: &str| match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(Error::from(code::INVALID_FLAGS_FORMAT)),
    };
    let (bounced, verified) = (flag("email_bounced")?, flag("email_verified")?);
    if set == 0 && clear == 0 && suspicious.is_none() && bounced.is_none() && verified.is_none() {
        return Ok(json!({"success": true, "updated": false}));
    }
    let user = update(app, id, |user| {
        user.flags = (user.flags | set) & !clear;
        user.suspicious_activity_flags = suspicious.unwrap_or(user.suspicious_activity_flags);
        user.email_bounced = bounced.unwrap_or(user.email_bounced);
        user.email_verified = verified.unwrap_or(user.email_verified);
    })
    .await?;
    Ok(json!({
        "success": true,
        "updated": true,
        "flags": user.flags.to_string(),
        "suspicious_activity_flags": user.suspicious_activity_flags,
        "email_bounced": user.email_bounced,
        "email_verified": user.email_verified,
    }))
}

pub async fn unclaim(app: &App, id: UserId) -> Result<Value> {
    let before = app.user(id).await?;
    if let Some(email) = &before.email {
        app.store.delete::<UserByEmailRow>((email.to_lowercase(),)).await?;
    }
    update(app, id, |user| {
        user.email = None;
        user.email_verified = false;
        user.email_bounced = false;
        user.password_hash = None;
        user.totp_secret = None;
        user.authenticator_types.clear();
    })
    .await?;
    Ok(json!({"success": true}))
}

pub async fn set_contact_info(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let before = app.user(id).await?;
    let field = |key: &str| body.get(key).map(|value| value.as_str().map(str::to_owned));
    let (phone, email) = (field("phone"), field("email"));
    if let Some(new) = &email {
        if let Some(old) = &before.email {
            app.store.delete::<UserByEmailRow>((old.to_lowercase(),)).await?;
        }
        if let Some(new) = new {
            app.store.put(&UserByEmailRow { email_lower: new.to_lowercase(), user_id: id }).await?;
        }
    }
    if let Some(new) = &phone {
        if let Some(old) = &before.phone {
            app.store.delete::<UserByPhoneRow>((old.clone(),)).await?;
        }
        if let Some(new) = new {
            app.store.put(&UserByPhoneRow { phone: new.clone(), user_id: id }).await?;
        }
    }
    let user = update(app, id, |user| {
        if let Some(phone) = &phone {
            user.phone = phone.clone();
        }
        if let Some(email) = &email {
            user.email = email.clone();
        }
    })
    .await?;
    let updated = phone.is_some() || email.is_some();
    Ok(json!({"success": true, "updated": updated, "phone": user.phone, "email": user.email}))
}

pub async fn set_last_active_at(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let at = timestamp(&body["timestamp"])?;
    update(app, id, |user| user.last_active_at = Some(at)).await?;
    Ok(json!({"success": true, "userId": id, "last_active_at": at}))
}

pub async fn set_bot_flag(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let Some(is_bot) = body["is_bot"].as_bool() else { return crate::fail(code::INVALID_BOT_FLAG) };
    update(app, id, |user| user.bot = is_bot).await?;
    Ok(json!({"success": true, "userId": id, "is_bot": is_bot}))
}

pub async fn set_system_flag(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let Some(is_system) = body["is_system"].as_bool() else { return crate::fail(code::INVALID_SYSTEM_FLAG) };
    update(app, id, |user| user.system = is_system).await?;
    Ok(json!({"success": true, "userId": id, "is_system": is_system}))
}

pub async fn set_premium(app: &App, id: UserId, body: &Value) -> Result<Value> {
    let at = |key: &str| match body.get(key) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => timestamp(value).map(|at| Some(Some(at))),
    };
    let (until, since) = (at("premium_until")?, at("premium_since")?);
    let number = |key: &str| body.get(key).map(|value| value.as_i64().map(|number| number as i32));
    let (kind, sequence) = (number("premium_type"), number("premium_lifetime_sequence"));
    let now = app.clock.now();
    let user = update(app, id, |user| {
        user.premium_type = kind.unwrap_or(user.premium_type);
        user.premium_until = until.unwrap_or(user.premium_until);
        user.premium_since = since.unwrap_or(user.premium_since);
        user.premium_lifetime_sequence = sequence.unwrap_or(user.premium_lifetime_sequence);
        if let Some(cycle) = body.get("premium_billing_cycle") {
            user.premium_billing_cycle = cycle.as_str().map(str::to_owned);
        }
        if let Some(cancel) = body.get("premium_will_cancel") {
            user.premium_will_cancel = cancel.as_bool().unwrap_or(false);
        }
        if user.premium_type.is_some_and(|kind| kind > 0) && user.premium_since.is_none() {
            user.premium_since = Some(now);
        }
    })
    .await?;
    Ok(json!({
        "success": true,
        "updated": body.as_object().is_some_and(|map| !map.is_empty()),
        "premium_type": user.premium_type,
        "premium_until": user.premium_until,
    }))
}

/// Makes that many new DMs and group DMs, open for the user only.
pub async fn private_channels(app: &App, id: UserId, body: &Value) -> Result<Value> {
    app.user(id).await?;
    let count = |key: &str| match body.get(key) {
        None | Some(Value::Null) => Ok(0),
        Some(value) => value
            .as_u64()
            .filter(|count| *count <= 1000)
            .ok_or_else(|| Error::field(key, invalid::VALUE_MUST_BE_INTEGER_IN_RANGE)),
    };
    let (dms, groups) = (count("dm_count")?, count("group_dm_count")?);
    let refuse = |code| Error::field("recipients", code);
    let mut recipients: Vec<UserId> = Vec::new();
    for value in body["recipients"].as_array().into_iter().flatten() {
        // An empty string arrives as null.
        if value.is_null() {
            return Err(refuse(invalid::RECIPIENT_IDS_CANNOT_BE_EMPTY));
        }
        let text = value.as_str().ok_or_else(|| refuse(invalid::RECIPIENT_IDS_MUST_BE_STRINGS))?;
        recipients.push(text.parse().map_err(|_| refuse(invalid::RECIPIENT_IDS_MUST_BE_VALID_SNOWFLAKES))?);
    }
    if dms + groups > 0 && recipients.is_empty() {
        return Err(refuse(invalid::AT_LEAST_ONE_RECIPIENT_REQUIRED));
    }
    if body["clear_existing"].as_bool() == Some(true) {
        app.store.delete_partition::<PrivateChannelRow>((id,)).await?;
    }
    let mut made = [Vec::new(), Vec::new()];
    for index in 0..dms + groups {
        let is_gdm = index >= dms;
        let people =
            if is_gdm { recipients.clone() } else { vec![recipients[index as usize % recipients.len()]] };
        let row = ChannelRow {
            channel_id: app.next_id(),
            kind: if is_gdm { ChannelType::GroupDm } else { ChannelType::Dm }.number(),
            owner_id: is_gdm.then_some(id),
            recipient_ids: std::iter::once(id).chain(people).collect(),
            ..ChannelRow::default()
        };
        let channel_id = row.channel_id;
        let last_message_id = app.next_id();
        let state =
            ChannelStateRow { channel_id, last_message_id: Some(last_message_id), last_pin_timestamp: None };
        let open = PrivateChannelRow { user_id: id, channel_id, is_gdm };
        app.store.commit(Batch::new().put(&row).put(&state).put(&open)).await?;
        made[usize::from(is_gdm)].push(json!({"channel_id": channel_id, "last_message_id": last_message_id}));
    }
    let [dms, group_dms] = made;
    Ok(json!({"dms": dms, "group_dms": group_dms}))
}
