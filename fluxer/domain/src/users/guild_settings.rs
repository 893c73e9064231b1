//! Notification settings per guild; those of direct messages stand under guild 0.

use std::collections::BTreeMap;

use fluxer_wire::{
    ChannelId, GuildId, UserId,
    settings::{
        ChannelOverride, MuteConfig, MuteConfigRequest, UserGuildSettings, UserGuildSettingsUpdateRequest,
    },
};
use platform_store::Table;

use crate::{Actor, App, Event, EventName, Result};

#[derive(Table, Clone, Debug)]
#[table(name = "user_guild_settings")]
pub struct UserGuildSettingsRow {
    #[partition]
    pub user_id: UserId,
    /// 0: direct messages.
    #[cluster]
    pub guild_id: GuildId,
    pub message_notifications: i32,
    pub muted: bool,
    #[json]
    pub mute_config: Option<MuteConfig>,
    /// None: never said, which is yes.
    pub mobile_push: Option<bool>,
    pub suppress_everyone: bool,
    pub suppress_roles: bool,
    pub hide_muted_channels: bool,
    #[json]
    pub channel_overrides: BTreeMap<ChannelId, ChannelOverride>,
    #[version]
    pub version: i32,
}

/// Notify as the guild's default says.
const INHERIT: i32 = 3;

pub(crate) fn blank(user_id: UserId, guild_id: GuildId) -> UserGuildSettingsRow {
    UserGuildSettingsRow {
        user_id,
        guild_id,
        message_notifications: INHERIT,
        muted: false,
        mute_config: None,
        mobile_push: None,
        suppress_everyone: false,
        suppress_roles: false,
        hide_muted_channels: false,
        channel_overrides: BTreeMap::new(),
        version: 0,
    }
}

fn view(row: UserGuildSettingsRow) -> UserGuildSettings {
    UserGuildSettings {
        guild_id: Some(row.guild_id).filter(|id| !id.is_zero()),
        message_notifications: row.message_notifications,
        muted: row.muted,
        mute_config: row.mute_config,
        mobile_push: row.mobile_push.unwrap_or(false),
        suppress_everyone: row.suppress_everyone,
        suppress_roles: row.suppress_roles,
        hide_muted_channels: row.hide_muted_channels,
        channel_overrides: Some(row.channel_overrides).filter(|overrides| !overrides.is_empty()),
        version: row.version,
    }
}

/// All of a user's rows.
pub async fn list(app: &App, user: UserId) -> Result<Vec<UserGuildSettings>> {
    let rows = app.store.range::<UserGuildSettingsRow>((user,)).all().await?;
    Ok(rows.into_iter().map(view).collect())
}

fn mute(config: MuteConfigRequest) -> MuteConfig {
    MuteConfig { end_time: config.end_time, selected_time_window: config.selected_time_window }
}

/// Merges the given keys into the row, made if absent. `guild` is `None` for direct messages.
pub async fn update(
    app: &App,
    actor: &Actor,
    guild: Option<GuildId>,
    form: UserGuildSettingsUpdateRequest,
) -> Result<UserGuildSettings> {
    let guild_id = guild.unwrap_or_default();
    let key = (actor.id(), guild_id);
    let mute_config = form.mute_config.map(mute).into_change();
    let overrides = form.channel_overrides.into_change().map(|sent| {
        let entry = |(id, sent): (ChannelId, fluxer_wire::settings::ChannelOverrideUpdate)| {
            let entry = ChannelOverride {
                collapsed: sent.collapsed,
                message_notifications: sent.message_notifications.0 as i32,
                muted: sent.muted,
                mute_config: sent.mute_config.map(mute),
            };
            (id, entry)
        };
        sent.unwrap_or_default().into_iter().map(entry).collect::<BTreeMap<_, _>>()
    });
    let change = |row: &mut UserGuildSettingsRow| {
        row.message_notifications =
            form.message_notifications.map_or(row.message_notifications, |level| level.0 as i32);
        row.muted = form.muted.unwrap_or(row.muted);
        row.mobile_push = form.mobile_push.map_or(row.mobile_push, Some);
        row.suppress_everyone = form.suppress_everyone.unwrap_or(row.suppress_everyone);
        row.suppress_roles = form.suppress_roles.unwrap_or(row.suppress_roles);
        row.hide_muted_channels = form.hide_muted_channels.unwrap_or(row.hide_muted_channels);
        if let Some(config) = &mute_config {
            row.mute_config = config.clone();
        }
        if let Some(overrides) = &overrides {
            row.channel_overrides = overrides.clone();
        }
    };
    let row = match app.store.update::<UserGuildSettingsRow, _>(key, change).await? {
        Some(row) => row,
        None => {
            app.store.insert_if_absent(&blank(actor.id(), guild_id)).await?;
            match app.store.update::<UserGuildSettingsRow, _>(key, change).await? {
                Some(row) => row,
                None => {
                    return Err(crate::Error::internal("notification settings vanished while being written"));
                }
            }
        }
    };
    let view = view(row);
    app.to_user(actor.id(), Event::new(EventName::UserGuildSettingsUpdate, &view)).await;
    Ok(view)
}

/// New guilds hide muted channels for those who want that by default.
pub async fn guild_joined(app: &App, user: UserId, guild: GuildId) -> Result<()> {
    let settings = app.store.get::<crate::rows::UserSettingsRow>((user,)).await?;
    if !settings.is_some_and(|settings| settings.default_hide_muted_channels) {
        return Ok(());
    }
    let row = UserGuildSettingsRow { hide_muted_channels: true, ..blank(user, guild) };
    if app.store.insert_if_absent(&row).await? {
        app.to_user(user, Event::new(EventName::UserGuildSettingsUpdate, &view(row))).await;
    }
    Ok(())
}
