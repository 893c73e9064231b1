//! `POST /guilds`.

use fluxer_wire::{
    ChannelId, Permissions, channel::ChannelType, code, flags::guild_feature, guild as wire,
    guild_requests::GuildCreateRequest,
};
use platform_store::Batch;

use crate::{
    Actor, App, Result,
    events::Control,
    fail,
    images::Image,
    rows::{ChannelByGuildRow, ChannelRow, GuildRow, MemberRow, MembershipRow, RoleRow},
    users::{guild_settings, settings},
};

const FEATURES: [&str; 4] = [
    guild_feature::ANIMATED_ICON,
    guild_feature::ANIMATED_BANNER,
    guild_feature::BANNER,
    guild_feature::INVITE_SPLASH,
];
const AFK_TIMEOUT: i32 = 300;
pub(crate) const BITRATE: i32 = 64_000;

/// Makes a guild with two categories, a text and a voice channel, owned by the caller.
pub async fn create(app: &App, actor: &Actor, form: GuildCreateRequest) -> Result<wire::Guild> {
    let user_id = actor.id();
    let joined = app.store.range::<MembershipRow>((user_id,)).all().await?.len();
    if joined as i64 >= app.user_limit(&actor.user, "max_guilds") {
        return fail(code::MAX_GUILDS);
    }
    let icon = match form.icon {
        Some(icon) => Some(Image::inspect(app, user_id, "icon", icon.0).await?),
        None => None,
    };
    let id = app.next_id();
    if let Some(icon) = &icon {
        app.store_image(&format!("icons/{id}"), icon).await?;
    }
    let mut row = GuildRow {
        guild_id: id,
        owner_id: user_id,
        name: form.name.into_inner(),
        icon_hash: icon.map(|icon| icon.hash),
        afk_timeout: AFK_TIMEOUT,
        member_count: 1,
        ..GuildRow::default()
    };
    if !form.empty_features.unwrap_or(false) {
        row.features.extend(FEATURES.map(str::to_owned));
    }
    if actor.user.is_unclaimed() {
        row.features.insert(guild_feature::INVITES_DISABLED.into());
    }
    let channel = |kind: ChannelType, name: &str, position, parent_id: Option<ChannelId>| ChannelRow {
        channel_id: app.next_id(),
        kind: kind.number(),
        guild_id: Some(id),
        name: Some(name.into()),
        position,
        parent_id,
        ..ChannelRow::default()
    };
    let text = channel(ChannelType::Category, "Text Channels", 0, None);
    let voice = channel(ChannelType::Category, "Voice Channels", 1, None);
    let general = channel(ChannelType::Text, "general", 0, Some(text.channel_id));
    let talk = ChannelRow {
        bitrate: Some(BITRATE),
        user_limit: Some(0),
        ..channel(ChannelType::Voice, "General", 0, Some(voice.channel_id))
    };
    row.system_channel_id = Some(general.channel_id);
    let everyone = RoleRow {
        guild_id: id,
        role_id: id.cast(),
        name: "@everyone".into(),
        permissions: Permissions::DEFAULT.bits(),
        position: 0,
        hoist_position: None,
        color: 0,
        hoist: false,
        mentionable: false,
        icon_hash: None,
        unicode_emoji: None,
        version: 0,
    };
    let member = MemberRow {
        join_source_type: super::join::CREATOR,
        ..super::members::blank(id, user_id, app.clock.now())
    };
    let mut batch =
        Batch::new().put(&row).put(&everyone).put(&member).put(&MembershipRow { user_id, guild_id: id });
    for channel in [text, voice, general, talk] {
        let entry = ChannelByGuildRow { guild_id: id, channel_id: channel.channel_id };
        batch = batch.put(&channel).put(&entry);
    }
    app.store.commit(batch).await?;
    app.touch_indexed(&crate::search::GUILDS, id).await?;
    app.forget_guild(id);
    app.forget_member(id, user_id);
    app.control_user(user_id, Control::JoinGuild { guild_id: id }).await;
    settings::guild_joined(app, user_id, id, actor.user.bot).await?;
    guild_settings::guild_joined(app, user_id, id).await?;
    Ok(super::guild(&row))
}
