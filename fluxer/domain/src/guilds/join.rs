//! Becoming a member: shared by invites, discovery, bot authorisation and operators.

use std::sync::Arc;

use fluxer_wire::{GuildId, UserId, code, flags::system_channel, message::MessageType};

use super::{GuildSnapshot, roll, rows::BanByIpRow, traits};
use crate::{
    Actor, App, Event, EventName, Result,
    audit::{Action, Entry},
    channels::ChannelInfo,
    events::Control,
    fail,
    messages::system_message,
    rows::{BanRow, MemberRow, MembershipRow, UserRow},
    users::{guild_settings, partial, settings},
};

pub(crate) const CREATOR: i32 = 0;

/// By what way somebody comes in.
#[derive(Debug, Clone)]
pub enum JoinSource {
    Invite {
        code: String,
        inviter: Option<UserId>,
        temporary: bool,
    },
    Vanity {
        code: String,
    },
    /// A bot, brought by a person.
    Bot {
        inviter: Actor,
    },
    Operator,
    Discovery,
}

impl JoinSource {
    const fn number(&self) -> i32 {
        match self {
            Self::Invite { .. } => 1,
            Self::Vanity { .. } => 2,
            Self::Bot { .. } => 3,
            Self::Operator => 4,
            Self::Discovery => 6,
        }
    }
    const fn is_bot(&self) -> bool {
        matches!(self, Self::Bot { .. })
    }
}

/// Makes the user a member; false if they are one already. Bans and limits bar people, not
/// bots whom a manager of the guild brings.
pub async fn join(app: &App, user: &Arc<UserRow>, guild_id: GuildId, source: JoinSource) -> Result<bool> {
    let guild = app.guild(guild_id).await?;
    let user_id = user.user_id;
    if app.find_member(guild_id, user_id).await?.is_some() {
        return Ok(false);
    }
    if !source.is_bot() {
        check_bans(app, user, guild_id).await?;
        check_limits(app, user, &guild).await?;
    }
    let member = row(app, guild_id, user_id, &source);
    if !roll::add(app, &member).await? {
        return Ok(false);
    }
    app.touch_member(guild_id, user_id).await?;
    let view = super::member(&member, partial(app, user), app.clock.now());
    app.to_guild(guild_id, Event::new(EventName::GuildMemberAdd, &view)).await;
    app.control_user(user_id, Control::JoinGuild { guild_id }).await;
    follow_up(app, user, guild_id, &source).await;
    Ok(true)
}

pub(crate) async fn check_bans(app: &App, user: &UserRow, guild: GuildId) -> Result<()> {
    if app.store.get::<BanRow>((guild, user.user_id)).await?.is_some() {
        return fail(code::USER_BANNED_FROM_GUILD);
    }
    let Some(ip) = user.last_active_ip.clone().filter(|ip| !ip.is_empty()) else { return Ok(()) };
    match app.store.range::<BanByIpRow>((guild, ip)).first().await? {
        Some(_) => fail(code::USER_IP_BANNED_FROM_GUILD),
        None => Ok(()),
    }
}

async fn check_limits(app: &App, user: &UserRow, guild: &GuildSnapshot) -> Result<()> {
    let joined = app.store.range::<MembershipRow>((user.user_id,)).all().await?.len();
    if joined as i64 >= app.user_limit(user, "max_guilds") {
        return fail(code::MAX_GUILDS);
    }
    if guild.row.member_count >= app.guild_limit(&guild.row, "max_guild_members") {
        return fail(code::MAX_GUILD_MEMBERS);
    }
    Ok(())
}

fn row(app: &App, guild: GuildId, user: UserId, source: &JoinSource) -> MemberRow {
    let mut row = MemberRow {
        join_source_type: source.number(),
        ..super::members::blank(guild, user, app.clock.now())
    };
    match source {
        JoinSource::Invite { code, inviter, temporary } => {
            row.source_invite_code = Some(code.clone());
            row.inviter_id = *inviter;
            row.temporary = *temporary;
        }
        JoinSource::Vanity { code } => row.source_invite_code = Some(code.clone()),
        JoinSource::Bot { inviter } => row.inviter_id = Some(inviter.id()),
        JoinSource::Operator | JoinSource::Discovery => {}
    }
    row
}

/// What comes after the join and no longer decides about it.
async fn follow_up(app: &App, user: &Arc<UserRow>, guild_id: GuildId, source: &JoinSource) {
    let user_id = user.user_id;
    let steps = async {
        settings::guild_joined(app, user_id, guild_id, user.bot).await?;
        guild_settings::guild_joined(app, user_id, guild_id).await?;
        traits::refresh_for(app, guild_id, user_id).await?;
        welcome(app, user, guild_id).await
    };
    if let Err(error) = steps.await {
        tracing::warn!(%error, %guild_id, "A join was not followed up.");
    }
    if let JoinSource::Bot { inviter } = source {
        let entry = Entry::new(Action::BotAdd).target(user_id).option("temporary", false);
        app.audit(inviter, guild_id, entry).await;
    }
}

/// The message in the system channel.
async fn welcome(app: &App, user: &UserRow, guild_id: GuildId) -> Result<()> {
    let guild = app.guild(guild_id).await?;
    let suppressed = guild.row.system_channel_flags & system_channel::SUPPRESS_JOIN_NOTIFICATIONS != 0;
    let Some(row) = guild.row.system_channel_id.and_then(|id| guild.channels.get(&id)).cloned() else {
        return Ok(());
    };
    if suppressed {
        return Ok(());
    }
    let channel = ChannelInfo { row, guild: Some(guild) };
    system_message(app, &channel, user, MessageType::UserJoin, |_| {}).await
}
