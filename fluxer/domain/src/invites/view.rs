//! Invites as the wire shows them.

use fluxer_wire::{
    GuildId, Permissions,
    channel::ChannelType,
    code,
    invite::{self as wire, InviteChannel, InviteGuild, InviteRecipient, InviteType},
};

use crate::{
    App, Result,
    events::ask::OnlineCounts,
    fail,
    guilds::GuildSnapshot,
    rows::{ChannelRow, GuildRow, InviteRow},
};

/// What everybody may see of it. 404 `UNKNOWN_INVITE` where it leads nowhere.
pub async fn view(app: &App, row: &InviteRow) -> Result<wire::Invite> {
    let inviter = match row.inviter_id {
        Some(id) => Some(app.partial(id).await?),
        None => None,
    };
    let mut invite = wire::Invite {
        code: row.code.clone(),
        kind: InviteType::from_number(row.kind.into()).unwrap_or(InviteType::Guild),
        guild: None,
        channel: None,
        pack: None,
        inviter,
        member_count: None,
        presence_count: None,
        expires_at: (row.max_age > 0).then(|| row.created_at.plus_seconds(row.max_age.into())),
        temporary: row.temporary,
        created_at: None,
        uses: None,
        max_uses: None,
        max_age: None,
    };
    match row.guild_id {
        Some(id) => {
            let Some(guild) = app.find_guild(id).await? else { return fail(code::UNKNOWN_INVITE) };
            let channel = match row.channel_id {
                Some(id) => guild.channels.get(&id).map(|row| &**row),
                None => entrance(&guild),
            };
            let Some(channel) = channel else { return fail(code::UNKNOWN_INVITE) };
            invite.channel = Some(partial_channel(channel));
            invite.guild = Some(partial_guild(&guild.row));
            invite.member_count = Some(guild.row.member_count);
            invite.presence_count = Some(online(app, id).await);
        }
        None => {
            let info = match row.channel_id {
                Some(id) => app.find_channel(id).await?,
                None => None,
            };
            let Some(info) = info else { return fail(code::UNKNOWN_INVITE) };
            let people = app.partials(info.row.recipient_ids.iter().copied()).await?;
            let recipients = people.into_iter().map(|user| InviteRecipient { username: user.username });
            invite.member_count = Some(info.row.recipient_ids.len() as i64);
            let channel = partial_channel(&info.row);
            invite.channel = Some(InviteChannel { recipients: Some(recipients.collect()), ..channel });
        }
    }
    Ok(invite)
}

/// With uses and limits, for those who manage it.
pub async fn with_metadata(app: &App, row: &InviteRow) -> Result<wire::Invite> {
    Ok(wire::Invite {
        created_at: Some(row.created_at),
        uses: Some(row.uses),
        max_uses: Some(row.max_uses),
        max_age: (row.kind == super::GUILD).then_some(row.max_age),
        ..view(app, row).await?
    })
}

/// The first text channel that everybody in the guild can view.
fn entrance(guild: &GuildSnapshot) -> Option<&ChannelRow> {
    let channels = guild.ordered_channels().into_iter().map(|row| &**row);
    channels
        .filter(|row| row.is(ChannelType::Text))
        .find(|row| guild.everyone_permissions(row).contains(Permissions::VIEW_CHANNEL))
}

/// Online members; 0 if nobody knows.
async fn online(app: &App, guild: GuildId) -> i64 {
    let counts = app.bus.request(OnlineCounts { guild_ids: vec![guild] }).await.unwrap_or_default();
    counts.get(&guild).copied().unwrap_or(0)
}

fn partial_channel(row: &ChannelRow) -> InviteChannel {
    InviteChannel { id: row.channel_id, kind: row.channel_type(), name: row.name.clone(), recipients: None }
}

fn partial_guild(row: &GuildRow) -> InviteGuild {
    InviteGuild {
        id: row.guild_id,
        name: row.name.clone(),
        icon: row.icon_hash.clone(),
        banner: row.banner_hash.clone(),
        banner_width: row.banner_width,
        banner_height: row.banner_height,
        splash: row.splash_hash.clone(),
        splash_width: row.splash_width,
        splash_height: row.splash_height,
        splash_card_alignment: row.splash_card_alignment,
        embed_splash: row.embed_splash_hash.clone(),
        embed_splash_width: row.embed_splash_width,
        embed_splash_height: row.embed_splash_height,
        features: row.features.iter().cloned().collect(),
    }
}
