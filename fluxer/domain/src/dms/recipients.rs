//! People coming to and going from a group DM.

use std::sync::Arc;

use fluxer_wire::{ChannelId, UserId, code, invalid, message::MessageType};
use platform_store::Batch;
use serde_json::json;

use super::{
    group::{require_room, too_many_recipients},
    group_of,
    open::dissolve,
    rules::may_add_to_group,
    tell_channel, view,
};
use crate::{
    Actor, App, Error, Event, EventName, Result,
    channels::ChannelInfo,
    fail,
    messages::system_message,
    relationships::are_friends,
    rows::{ChannelRow, PrivateChannelRow, UserRow},
};

/// `PUT /channels/{id}/recipients/{user}`.
pub async fn add_recipient(app: &App, actor: &Actor, id: ChannelId, user_id: UserId) -> Result<()> {
    let channel = group_of(app, actor, id).await?;
    let user = app.user(user_id).await?;
    if !are_friends(app, actor.id(), user_id).await? {
        return fail(code::NOT_FRIENDS_WITH_USER);
    }
    if !may_add_to_group(app, actor.id(), user_id).await? {
        return fail(code::MISSING_ACCESS);
    }
    if channel.recipient_ids.contains(&user_id) {
        return Ok(());
    }
    let limit = app.user_limit(&actor.user, "max_group_dm_recipients");
    add(app, &channel, &actor.user, &user, limit).await
}

/// Joining by an invite: no friendship needed; the inviter is who added.
pub async fn add_by_invite(app: &App, channel: &ChannelRow, inviter: &UserRow, user: &UserRow) -> Result<()> {
    let limit = app.user_limit(user, "max_group_dm_recipients");
    add(app, channel, inviter, user, limit).await
}

async fn add(app: &App, channel: &ChannelRow, adder: &UserRow, user: &UserRow, limit: i64) -> Result<()> {
    require_room(app, user).await?;
    // The row as it is now decides, not the one that was read: of two who add the same person one does.
    let (mut before, mut came) = (Vec::new(), false);
    let added = app
        .store
        .try_update::<ChannelRow, _, Error>((channel.channel_id,), |row| {
            came = !row.recipient_ids.contains(&user.user_id);
            if !came {
                return Ok(false);
            }
            before.clone_from(&row.recipient_ids);
            if row.recipient_ids.len() as i64 >= limit {
                return Err(too_many_recipients(limit));
            }
            row.recipient_ids.push(user.user_id);
            Ok(true)
        })
        .await??;
    let Some(row) = added else { return fail(code::UNKNOWN_CHANNEL) };
    if !came {
        return Ok(());
    }
    let entry = PrivateChannelRow { user_id: user.user_id, channel_id: row.channel_id, is_gdm: true };
    app.store.put(&entry).await?;
    app.forget_channel(row.channel_id);
    tell_channel(app, EventName::ChannelCreate, &row, user.user_id).await?;
    let partial = crate::users::partial(app, user);
    let body = json!({"channel_id": row.channel_id, "user": partial});
    app.to_users(before, Event::new(EventName::ChannelRecipientAdd, &body)).await;
    let info = ChannelInfo { row: Arc::new(row), guild: None };
    system_message(app, &info, adder, MessageType::RecipientAdd, |message| {
        message.mention_users = vec![user.user_id];
    })
    .await?;
    Ok(())
}

/// `DELETE /channels/{id}/recipients/{user}`.
pub async fn remove_recipient(
    app: &App,
    actor: &Actor,
    id: ChannelId,
    user: UserId,
    silent: bool,
) -> Result<()> {
    let channel = group_of(app, actor, id).await?;
    if !channel.recipient_ids.contains(&user) {
        return Err(Error::field("user_id", invalid::USER_NOT_IN_CHANNEL));
    }
    if user != actor.id() && channel.owner_id != Some(actor.id()) {
        return fail(code::MISSING_PERMISSIONS);
    }
    remove(app, id, &actor.user, user, silent).await
}

/// The caller leaves the group.
pub async fn leave(app: &App, actor: &Actor, id: ChannelId, silent: bool) -> Result<()> {
    remove(app, id, &actor.user, actor.id(), silent).await
}

async fn remove(app: &App, id: ChannelId, remover: &UserRow, user: UserId, silent: bool) -> Result<()> {
    // Whoever inherits the group is drawn outside the closure, which may run again.
    let lot = app.rng.below(u64::MAX);
    let mut went = false;
    let row = app
        .store
        .try_update::<ChannelRow, _, Error>((id,), |row| {
            went = row.recipient_ids.contains(&user);
            if !went {
                return Ok(false);
            }
            row.recipient_ids.retain(|member| *member != user);
            row.nicks.remove(&user);
            if row.owner_id == Some(user) && !row.recipient_ids.is_empty() {
                row.owner_id = Some(row.recipient_ids[(lot % row.recipient_ids.len() as u64) as usize]);
            }
            Ok(true)
        })
        .await??;
    let Some(row) = row else { return fail(code::UNKNOWN_CHANNEL) };
    if !went {
        // Somebody else took them out in the meantime, and told everybody.
        return Ok(());
    }
    app.store.commit(Batch::new().delete::<PrivateChannelRow>((user, id))).await?;
    app.forget_channel(id);
    let gone = view(app, &row, Some(user)).await?;
    if row.recipient_ids.is_empty() {
        dissolve(app, &row).await?;
    } else {
        let body = json!({"channel_id": id, "user": app.partial(user).await?});
        app.to_users(row.recipient_ids.clone(), Event::new(EventName::ChannelRecipientRemove, &body)).await;
        if !silent {
            let info = ChannelInfo { row: Arc::new(row), guild: None };
            system_message(app, &info, remover, MessageType::RecipientRemove, |message| {
                message.mention_users = vec![user];
            })
            .await?;
        }
    }
    app.to_user(user, Event::new(EventName::ChannelDelete, &gone)).await;
    Ok(())
}
