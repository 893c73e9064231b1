//! Getting at a guild or channel: the refusals every operation begins with.

use std::sync::Arc;

use fluxer_wire::{
    ApiCode, ChannelId, GuildId, MessageId, Permissions, channel::ChannelType, code, flags::guild_operation,
};

use crate::{
    Actor, App, Result, fail,
    guilds::GuildSnapshot,
    rows::{ChannelRow, MemberRow},
    users::is_adult,
};

/// A guild with the caller's standing in it.
#[derive(Debug, Clone)]
pub struct GuildAccess {
    pub guild: Arc<GuildSnapshot>,
    /// The caller's own member row.
    pub member: Option<Arc<MemberRow>>,
    /// The caller's guild-level permissions; none for a stranger.
    pub permissions: Permissions,
}

impl GuildAccess {
    /// Fails with 403 `MISSING_PERMISSIONS` unless every bit is held.
    pub fn require(&self, bits: Permissions) -> Result<()> {
        if self.permissions.contains(bits) { Ok(()) } else { fail(code::MISSING_PERMISSIONS) }
    }
    pub fn require_owner(&self, actor: &Actor) -> Result<()> {
        if self.guild.is_owner(actor.id()) { Ok(()) } else { fail(code::MISSING_PERMISSIONS) }
    }
    pub fn is_operation_disabled(&self, bit: i32) -> bool {
        self.guild.row.disabled_operations & bit != 0
    }
}

/// A channel the caller can see, with what they may do there.
#[derive(Debug, Clone)]
pub struct ChannelAccess {
    pub channel: Arc<ChannelRow>,
    /// Present for channels of guilds.
    pub guild: Option<GuildAccess>,
    /// In the channel; everything in DMs, group DMs and notes.
    pub permissions: Permissions,
}

impl ChannelAccess {
    pub fn id(&self) -> ChannelId {
        self.channel.channel_id
    }
    pub fn kind(&self) -> ChannelType {
        self.channel.channel_type()
    }
    pub fn guild_id(&self) -> Option<GuildId> {
        self.channel.guild_id
    }
    pub fn can(&self, bits: Permissions) -> bool {
        self.permissions.contains(bits)
    }
    pub fn require(&self, bits: Permissions) -> Result<()> {
        if self.can(bits) { Ok(()) } else { fail(code::MISSING_PERMISSIONS) }
    }
    /// Fails with 403 `FEATURE_TEMPORARILY_DISABLED` if the guild has the operation off.
    pub fn require_enabled(&self, operation: i32) -> Result<()> {
        match &self.guild {
            Some(guild) if guild.is_operation_disabled(operation) => fail(code::FEATURE_TEMPORARILY_DISABLED),
            _ => Ok(()),
        }
    }
    pub fn require_sending_enabled(&self) -> Result<()> {
        self.require_enabled(guild_operation::SEND_MESSAGE)
    }
    pub fn require_text_based(&self) -> Result<()> {
        if self.kind().is_text_based() {
            Ok(())
        } else {
            fail(code::CANNOT_SEND_MESSAGES_IN_NON_TEXT_CHANNEL)
        }
    }
    /// Whether the caller may read a stored message: READ_MESSAGE_HISTORY, or it is not older
    /// than the guild's cutoff.
    pub fn can_read(&self, id: MessageId) -> bool {
        match self.history_cutoff() {
            History::All => true,
            History::None => false,
            History::Since(at) => id.timestamp() >= at,
        }
    }
    /// How far back the caller may read.
    pub fn history_cutoff(&self) -> History {
        if self.can(Permissions::READ_MESSAGE_HISTORY) {
            return History::All;
        }
        match self.guild.as_ref().and_then(|access| access.guild.row.message_history_cutoff) {
            Some(at) => History::Since(at),
            None => History::None,
        }
    }
    /// Restricted to adults: a NSFW text channel, or any text channel of such a guild.
    pub fn is_age_restricted(&self) -> bool {
        const AGE_RESTRICTED: i32 = 3;
        self.kind() == ChannelType::Text
            && (self.channel.nsfw
                || self.guild.as_ref().is_some_and(|access| access.guild.row.nsfw_level == AGE_RESTRICTED))
    }
}

/// How much of a channel's past a caller may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    All,
    None,
    Since(platform_kernel::Timestamp),
}

impl App {
    /// The guild with the caller's standing, whether or not they are a member; 404
    /// `UNKNOWN_GUILD` if there is no such guild.
    pub async fn guild_standing(&self, actor: &Actor, id: GuildId) -> Result<GuildAccess> {
        let guild = self.guild(id).await?;
        let member = self.find_member(id, actor.id()).await?;
        let permissions = guild.permissions(actor.id(), member.as_deref());
        Ok(GuildAccess { guild, member, permissions })
    }

    /// The guild for a member of it; others get `stranger` (see the table in the
    /// specification of permissions: `UNKNOWN_GUILD`, `ACCESS_DENIED` or `MISSING_PERMISSIONS`).
    pub async fn guild_access(&self, actor: &Actor, id: GuildId, stranger: ApiCode) -> Result<GuildAccess> {
        let access = self.guild_standing(actor, id).await?;
        if access.member.is_none() { fail(stranger) } else { Ok(access) }
    }

    /// A channel by id for channel-addressed operations, age restriction included.
    pub async fn channel_access(&self, actor: &Actor, id: ChannelId) -> Result<ChannelAccess> {
        let access = self.channel_access_any_age(actor, id).await?;
        if access.is_age_restricted() && !is_adult(&actor.user, self.clock.now()) {
            return fail(code::NSFW_CONTENT_AGE_RESTRICTED);
        }
        Ok(access)
    }

    /// The same for interactions (reactions, pins, typing, acks), which age does not bar.
    ///
    /// Unknown channel, or a DM of others: 404 `UNKNOWN_CHANNEL`. Not a member: 403
    /// `ACCESS_DENIED`. Without VIEW_CHANNEL: 403 `MISSING_PERMISSIONS`.
    pub async fn channel_access_any_age(&self, actor: &Actor, id: ChannelId) -> Result<ChannelAccess> {
        let Some(info) = self.find_channel(id).await? else { return fail(code::UNKNOWN_CHANNEL) };
        let channel = info.row;
        let Some(guild) = info.guild else {
            let own = match channel.channel_type() {
                ChannelType::PersonalNotes => channel.channel_id == actor.id().cast(),
                _ => channel.recipient_ids.contains(&actor.id()),
            };
            if !own {
                return fail(code::UNKNOWN_CHANNEL);
            }
            return Ok(ChannelAccess { channel, guild: None, permissions: Permissions::EVERYTHING });
        };
        let member = self.find_member(guild.id(), actor.id()).await?;
        if member.is_none() {
            return fail(code::ACCESS_DENIED);
        }
        let permissions = guild.channel_permissions(actor.id(), member.as_deref(), &channel);
        if !permissions.contains(Permissions::VIEW_CHANNEL) {
            return fail(code::MISSING_PERMISSIONS);
        }
        let base = guild.permissions(actor.id(), member.as_deref());
        let guild = GuildAccess { guild, member, permissions: base };
        Ok(ChannelAccess { channel, guild: Some(guild), permissions })
    }
}
