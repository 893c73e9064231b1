//! Whom a message mentions: what its text names, cut down to what exists, what the sender
//! allows and what they may.

use fluxer_wire::{Permissions, RoleId, UserId, channel::ChannelType, flags::guild_operation};

use super::{
    allowed::Allowed,
    text::{self, Tokens},
};
use crate::{App, Result, access::ChannelAccess, rows::MessageRow};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentioned {
    pub users: Vec<UserId>,
    pub roles: Vec<RoleId>,
    pub everyone: bool,
    pub here: bool,
}

impl Mentioned {
    pub fn is_anybody(&self) -> bool {
        !self.users.is_empty() || !self.roles.is_empty() || self.everyone || self.here
    }
}

/// The mentions of a text by `author` in a channel, and of the author they answer.
pub async fn resolve(
    app: &App,
    author: UserId,
    access: &ChannelAccess,
    content: &str,
    allowed: &Allowed,
    answered: Option<&MessageRow>,
) -> Result<Mentioned> {
    let Tokens { mut users, mut roles } = text::mentions(content);
    users.retain(|id| allowed.users.allows(id));
    roles.retain(|id| allowed.roles.allows(id));
    let mut mentioned = Mentioned::default();
    match &access.guild {
        Some(guild) => {
            let may_call_all = access.can(Permissions::MENTION_EVERYONE);
            if !users.is_empty() {
                let found = app.find_users(&users).await?;
                users = users
                    .into_iter()
                    .zip(found)
                    .filter(|(_, user)| user.is_some())
                    .map(|(id, _)| id)
                    .collect();
            }
            roles.retain(|id| {
                let role = guild.guild.roles.get(id).filter(|role| role.role_id != guild.guild.id().cast());
                role.is_some_and(|role| may_call_all || role.mentionable)
            });
            let enabled = !guild.is_operation_disabled(guild_operation::EVERYONE_MENTIONS);
            if may_call_all && enabled && allowed.everyone {
                let all = text::everyone(content);
                (mentioned.everyone, mentioned.here) = (all.everyone, all.here);
            }
        }
        None => {
            users.retain(|id| access.channel.recipient_ids.contains(id));
            roles.clear();
        }
    }
    let notified = answered
        .filter(|row| row.webhook_id.is_none() && row.author_id != author)
        .filter(|_| allowed.replied_user)
        .filter(|_| !matches!(access.kind(), ChannelType::Dm | ChannelType::PersonalNotes));
    if let Some(row) = notified
        && !users.contains(&row.author_id)
    {
        users.push(row.author_id);
    }
    Ok(Mentioned { users, roles, ..mentioned })
}
