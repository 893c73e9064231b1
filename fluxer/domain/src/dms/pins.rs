//! DMs kept at the top of one's own list.

use fluxer_wire::{ChannelId, UserId, channel::ChannelType, code, invalid};
use platform_store::Table;

use crate::{Actor, App, Error, Event, EventName, Result, fail};

#[derive(Table, Clone, Debug)]
#[table(name = "pinned_dms")]
pub struct PinnedDmRow {
    #[partition]
    pub user_id: UserId,
    #[cluster]
    pub channel_id: ChannelId,
    /// Lowest first.
    pub sort_order: i32,
}

/// The user's pinned DMs in order.
pub async fn pinned(app: &App, user: UserId) -> Result<Vec<ChannelId>> {
    let mut rows = app.store.range::<PinnedDmRow>((user,)).all().await?;
    rows.sort_by_key(|row| (row.sort_order, row.channel_id));
    Ok(rows.into_iter().map(|row| row.channel_id).collect())
}

async fn own_private_channel(app: &App, actor: &Actor, id: ChannelId) -> Result<()> {
    let Some(info) = app.find_channel(id).await? else { return fail(code::UNKNOWN_CHANNEL) };
    if !matches!(info.row.channel_type(), ChannelType::Dm | ChannelType::GroupDm) {
        return Err(Error::field("channel_id", invalid::CHANNEL_MUST_BE_DM_OR_GROUP_DM));
    }
    if info.row.recipient_ids.contains(&actor.id()) { Ok(()) } else { fail(code::MISSING_ACCESS) }
}

pub async fn pin(app: &App, actor: &Actor, id: ChannelId) -> Result<()> {
    own_private_channel(app, actor, id).await?;
    let rows = app.store.range::<PinnedDmRow>((actor.id(),)).all().await?;
    if !rows.iter().any(|row| row.channel_id == id) {
        let sort_order = rows.iter().map(|row| row.sort_order).max().map_or(0, |last| last + 1);
        app.store.put(&PinnedDmRow { user_id: actor.id(), channel_id: id, sort_order }).await?;
    }
    tell(app, actor).await
}

pub async fn unpin(app: &App, actor: &Actor, id: ChannelId) -> Result<()> {
    own_private_channel(app, actor, id).await?;
    app.store.delete::<PinnedDmRow>((actor.id(), id)).await?;
    tell(app, actor).await
}

async fn tell(app: &App, actor: &Actor) -> Result<()> {
    let ids = pinned(app, actor.id()).await?;
    app.to_user(actor.id(), Event::new(EventName::UserPinnedDmsUpdate, &ids)).await;
    Ok(())
}
