//! Starting a group DM.

use std::collections::BTreeSet;

use fluxer_wire::{
    UserId,
    channel::{Channel, ChannelType},
    code, invalid,
    message::MessageType,
};
use platform_store::Batch;

use super::{rules::may_add_to_group, tell_channel, view};
use crate::{
    Actor, App, Error, EventName, Result,
    channels::ChannelInfo,
    fail,
    messages::system_message,
    relationships::are_friends,
    rows::{ChannelRow, PrivateChannelRow, UserRow},
};

pub async fn create_group(app: &App, actor: &Actor, recipients: &[UserId]) -> Result<Channel> {
    actor.require_claimed(code::UNCLAIMED_ACCOUNT_CANNOT_SEND_DIRECT_MESSAGES)?;
    let limit = app.user_limit(&actor.user, "max_group_dm_recipients");
    if recipients.len() as i64 > limit {
        return Err(too_many_recipients(limit));
    }
    if recipients.iter().collect::<BTreeSet<_>>().len() != recipients.len() {
        return Err(Error::field("recipients", invalid::DUPLICATE_RECIPIENTS_NOT_ALLOWED));
    }
    if recipients.contains(&actor.id()) {
        return Err(Error::field("recipients", invalid::CANNOT_ADD_YOURSELF_TO_GROUP_DM));
    }
    require_room(app, &actor.user).await?;
    for id in recipients {
        let user = app.user(*id).await?;
        if !are_friends(app, actor.id(), *id).await? {
            return fail(code::NOT_FRIENDS_WITH_USER);
        }
        if !may_add_to_group(app, actor.id(), *id).await? {
            return fail(code::MISSING_ACCESS);
        }
        require_room(app, &user).await?;
    }
    let row = ChannelRow {
        channel_id: app.next_id(),
        kind: ChannelType::GroupDm.number(),
        owner_id: Some(actor.id()),
        recipient_ids: std::iter::once(actor.id()).chain(recipients.iter().copied()).collect(),
        ..ChannelRow::default()
    };
    let batch = row.recipient_ids.iter().fold(Batch::new().put(&row), |batch, user| {
        batch.put(&PrivateChannelRow { user_id: *user, channel_id: row.channel_id, is_gdm: true })
    });
    app.store.commit(batch).await?;
    app.forget_channel(row.channel_id);
    for user in &row.recipient_ids {
        tell_channel(app, EventName::ChannelCreate, &row, *user).await?;
    }
    let info = ChannelInfo { row: row.clone().into(), guild: None };
    for id in recipients {
        let added = *id;
        system_message(app, &info, &actor.user, MessageType::RecipientAdd, |message| {
            message.mention_users = vec![added];
        })
        .await?;
    }
    view(app, &row, Some(actor.id())).await
}

/// 400 `MAX_GROUP_DMS` if the user is in as many open groups as allowed.
pub(super) async fn require_room(app: &App, user: &UserRow) -> Result<()> {
    let limit = app.user_limit(user, "max_group_dms_per_user");
    let open = app.store.range::<PrivateChannelRow>((user.user_id,)).all().await?;
    if (open.iter().filter(|entry| entry.is_gdm).count() as i64) < limit {
        return Ok(());
    }
    Err(fluxer_wire::Error::new(code::MAX_GROUP_DMS).with("max_group_dms", limit).into())
}

pub(super) fn too_many_recipients(limit: i64) -> Error {
    fluxer_wire::Error::new(code::MAX_GROUP_DM_RECIPIENTS)
        .with("max_group_dm_recipients", limit)
        .with("max_recipients", limit)
        .into()
}
