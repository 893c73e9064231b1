//! A guild with its roles and channels, as one immutable value: what nearly every check
//! needs, read once and shared until something in it changes.

use std::{collections::BTreeMap, sync::Arc};

use fluxer_wire::{ChannelId, GuildId, Permissions, RoleId, UserId};
use platform_store::Store;

use crate::{
    Result,
    permissions::{in_channel, in_guild},
    rows::{ChannelByGuildRow, ChannelRow, GuildRow, MemberRow, RoleRow},
};

#[derive(Debug)]
pub struct GuildSnapshot {
    pub row: GuildRow,
    /// With `@everyone`, whose id is the guild's.
    pub roles: BTreeMap<RoleId, RoleRow>,
    pub channels: BTreeMap<ChannelId, Arc<ChannelRow>>,
}

impl GuildSnapshot {
    pub async fn load(store: &Store, id: GuildId) -> Result<Option<Arc<Self>>> {
        let Some(row) = store.get::<GuildRow>((id,)).await? else { return Ok(None) };
        let roles = store.range::<RoleRow>((id,)).all().await?;
        let index = store.range::<ChannelByGuildRow>((id,)).all().await?;
        let keys = index.iter().map(|entry| (entry.channel_id,)).collect();
        let channels = store.get_many::<ChannelRow>(keys).await?;
        Ok(Some(Arc::new(Self {
            row,
            roles: roles.into_iter().map(|role| (role.role_id, role)).collect(),
            channels: channels.into_iter().flatten().map(|row| (row.channel_id, Arc::new(row))).collect(),
        })))
    }

    pub fn id(&self) -> GuildId {
        self.row.guild_id
    }
    pub fn is_owner(&self, user: UserId) -> bool {
        self.row.owner_id == user
    }

    /// Guild-level permissions of a member; none for `None`.
    pub fn permissions(&self, user: UserId, member: Option<&MemberRow>) -> Permissions {
        in_guild(
            self.id(),
            self.row.owner_id,
            user,
            member.map(|member| member.role_ids.iter().copied()),
            |id| self.roles.get(&id).map(RoleRow::permissions),
        )
    }

    /// Permissions of a member in a channel of this guild.
    pub fn channel_permissions(
        &self,
        user: UserId,
        member: Option<&MemberRow>,
        channel: &ChannelRow,
    ) -> Permissions {
        let base = self.permissions(user, member);
        if member.is_none() {
            return base;
        }
        let has_role =
            |id: fluxer_wire::AnyId| member.is_some_and(|member| member.role_ids.contains(&id.cast()));
        in_channel(base, self.id(), user, has_role, &channel.overwrites)
    }

    /// What `@everyone` can do in a channel (for invites and previews).
    pub fn everyone_permissions(&self, channel: &ChannelRow) -> Permissions {
        let base = self.roles.get(&self.id().cast()).map(RoleRow::permissions).unwrap_or_default();
        in_channel(base, self.id(), UserId::new(0), |_| false, &channel.overwrites)
    }

    /// Height of a member: the highest position among their roles, −1 without any.
    pub fn top_position(&self, member: Option<&MemberRow>) -> i32 {
        member
            .into_iter()
            .flat_map(|member| &member.role_ids)
            .filter_map(|id| self.roles.get(id))
            .map(|role| role.position)
            .max()
            .unwrap_or(-1)
    }

    /// Whether `actor` may act on `target` (kick, ban, nick, timeout).
    pub fn outranks(&self, actor: UserId, member: Option<&MemberRow>, target: &MemberRow) -> bool {
        if self.is_owner(actor) {
            return true;
        }
        !self.is_owner(target.user_id) && self.top_position(member) > self.top_position(Some(target))
    }

    /// Whether the caller (with MANAGE_ROLES) may give or take the role.
    pub fn can_assign(&self, actor: UserId, member: Option<&MemberRow>, role: &RoleRow) -> bool {
        self.is_owner(actor)
            || (self.permissions(actor, member).contains(Permissions::MANAGE_ROLES)
                && self.top_position(member) > role.position)
    }

    /// Whether the caller (with MANAGE_ROLES) may edit, delete or move the role: between
    /// equal positions the older role is the higher one.
    pub fn can_manage(&self, actor: UserId, member: Option<&MemberRow>, role: &RoleRow) -> bool {
        if self.is_owner(actor) {
            return true;
        }
        if !self.permissions(actor, member).contains(Permissions::MANAGE_ROLES) {
            return false;
        }
        let top = self.top_position(member);
        if top != role.position {
            return top > role.position;
        }
        member
            .into_iter()
            .flat_map(|member| &member.role_ids)
            .filter_map(|id| self.roles.get(id))
            .filter(|own| own.position == top)
            .map(|own| own.role_id)
            .min()
            .is_some_and(|highest| highest < role.role_id)
    }

    /// Channels in display order: by position, then id.
    pub fn ordered_channels(&self) -> Vec<&Arc<ChannelRow>> {
        let mut channels: Vec<_> = self.channels.values().collect();
        channels.sort_by_key(|channel| (channel.position, channel.channel_id));
        channels
    }
}
