//! Path parameters that several nouns share.

use fluxer_wire::{ApplicationId, ChannelId, Form, GuildId, MessageId, RoleId, UserId};

#[derive(Debug, Clone, Form)]
pub struct GuildPath {
    pub guild_id: GuildId,
}

#[derive(Debug, Clone, Form)]
pub struct GuildUserPath {
    pub guild_id: GuildId,
    pub user_id: UserId,
}

#[derive(Debug, Clone, Form)]
pub struct GuildRolePath {
    pub guild_id: GuildId,
    pub role_id: RoleId,
}

#[derive(Debug, Clone, Form)]
pub struct GuildUserRolePath {
    pub guild_id: GuildId,
    pub user_id: UserId,
    pub role_id: RoleId,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelPath {
    pub channel_id: ChannelId,
}

#[derive(Debug, Clone, Form)]
pub struct ChannelUserPath {
    pub channel_id: ChannelId,
    pub user_id: UserId,
}

#[derive(Debug, Clone, Form)]
pub struct MessagePath {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
}

#[derive(Debug, Clone, Form)]
pub struct UserPath {
    pub user_id: UserId,
}

#[derive(Debug, Clone, Form)]
pub struct ApplicationPath {
    pub id: ApplicationId,
}
