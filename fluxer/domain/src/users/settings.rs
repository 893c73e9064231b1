//! Client settings: defaults, reading them reconciled with membership, changing them.

use std::collections::BTreeSet;

use fluxer_wire::{
    GuildId, UserId, code, invalid,
    settings::{
        CustomStatus, CustomStatusPayload, GuildFolder, GuildFolderRequest, UserSettings,
        UserSettingsUpdateRequest,
    },
};

use crate::{
    Actor, App, Error, Event, EventName, Result,
    events::Control,
    fail,
    rows::{EmojiRow, MembershipRow, UserSettingsRow},
};

/// The folder of guilds that are in no other.
const UNCATEGORISED: i32 = -1;

/// What a new account starts with.
pub fn defaults(user_id: UserId, locale: &str, adult: bool, developer: bool) -> UserSettingsRow {
    UserSettingsRow {
        user_id,
        status: "online".into(),
        status_resets_at: None,
        status_resets_to: None,
        theme: "system".into(),
        locale: locale.to_owned(),
        custom_status: None,
        restricted_guilds: Vec::new(),
        bot_restricted_guilds: Vec::new(),
        default_guilds_restricted: false,
        bot_default_guilds_restricted: false,
        guild_folders: vec![folder(UNCATEGORISED)],
        developer_mode: developer,
        message_display_compact: false,
        animate_emoji: true,
        animate_stickers: 0,
        gif_auto_play: true,
        render_embeds: true,
        render_reactions: true,
        render_spoilers: 1,
        inline_attachment_media: true,
        inline_embed_media: true,
        friend_source_flags: if adult { 7 } else { 3 },
        incoming_call_flags: 8,
        group_dm_add_permission_flags: 8,
        afk_timeout: 600,
        time_format: 0,
        default_hide_muted_channels: false,
        trusted_domains: Vec::new(),
        version: 0,
    }
}

fn folder(id: i32) -> GuildFolder {
    GuildFolder {
        id: Some(id),
        name: None,
        color: Some(0),
        flags: 0,
        icon: "folder".into(),
        guild_ids: Vec::new(),
    }
}

/// The user's settings row, or 404 `UNKNOWN_USER` (bots have none).
async fn row(app: &App, user: UserId) -> Result<UserSettingsRow> {
    match app.store.get::<UserSettingsRow>((user,)).await? {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_USER),
    }
}

/// Settings as their owner sees them.
pub async fn get(app: &App, user: UserId) -> Result<UserSettings> {
    let row = row(app, user).await?;
    view(app, row).await
}

/// The same for an account that may have none.
pub async fn find(app: &App, user: UserId) -> Result<Option<UserSettings>> {
    match app.store.get::<UserSettingsRow>((user,)).await? {
        Some(row) => Ok(Some(view(app, row).await?)),
        None => Ok(None),
    }
}

async fn view(app: &App, row: UserSettingsRow) -> Result<UserSettings> {
    let guilds = app.store.range::<MembershipRow>((row.user_id,)).all().await?;
    let joined = guilds.into_iter().map(|row| row.guild_id).collect();
    Ok(UserSettings {
        guild_folders: reconcile(row.guild_folders, joined),
        status: row.status,
        status_resets_at: row.status_resets_at,
        status_resets_to: row.status_resets_to,
        theme: row.theme,
        locale: row.locale,
        custom_status: row.custom_status,
        restricted_guilds: row.restricted_guilds,
        bot_restricted_guilds: row.bot_restricted_guilds,
        default_guilds_restricted: row.default_guilds_restricted,
        bot_default_guilds_restricted: row.bot_default_guilds_restricted,
        developer_mode: row.developer_mode,
        message_display_compact: row.message_display_compact,
        animate_emoji: row.animate_emoji,
        animate_stickers: row.animate_stickers,
        gif_auto_play: row.gif_auto_play,
        render_embeds: row.render_embeds,
        render_reactions: row.render_reactions,
        render_spoilers: row.render_spoilers,
        inline_attachment_media: row.inline_attachment_media,
        inline_embed_media: row.inline_embed_media,
        friend_source_flags: row.friend_source_flags,
        incoming_call_flags: row.incoming_call_flags,
        group_dm_add_permission_flags: row.group_dm_add_permission_flags,
        afk_timeout: row.afk_timeout,
        time_format: row.time_format,
        default_hide_muted_channels: row.default_hide_muted_channels,
        trusted_domains: row.trusted_domains,
    })
}

/// Folders hold exactly the joined guilds, each once; what is in none goes to the folder −1.
fn reconcile(folders: Vec<GuildFolder>, mut missing: BTreeSet<GuildId>) -> Vec<GuildFolder> {
    let mut kept = Vec::new();
    for mut folder in folders {
        folder.guild_ids.retain(|id| missing.remove(id));
        kept.push(folder);
    }
    if !missing.is_empty() {
        let at = kept.iter().position(|folder| folder.id == Some(UNCATEGORISED)).unwrap_or_else(|| {
            kept.push(folder(UNCATEGORISED));
            kept.len() - 1
        });
        kept[at].guild_ids.extend(missing);
    }
    kept.retain(|folder| !folder.guild_ids.is_empty());
    kept
}

/// 1 mutual friends, 2 mutual guilds, 4 anyone: the last only together with the others.
fn friend_sources(flags: i32) -> i32 {
    let flags = flags & 7;
    if flags & 3 == 3 { flags } else { flags & 3 }
}

/// 8 friends only and 16 nobody stand alone; 32 (silent) goes with anything but nobody.
fn incoming_calls(flags: i32) -> i32 {
    let flags = flags & 63;
    if flags & 16 != 0 {
        16
    } else if flags & 8 != 0 {
        8 | (flags & 32)
    } else {
        flags
    }
}

/// 8, 16 and 4 stand alone; the later of them in this order wins.
fn group_additions(flags: i32) -> i32 {
    let flags = flags & 31;
    [4, 16, 8].into_iter().find(|bit| flags & bit != 0).unwrap_or(flags)
}

/// `PATCH /users/@me/settings`.
pub async fn update(app: &App, actor: &Actor, form: UserSettingsUpdateRequest) -> Result<UserSettings> {
    row(app, actor.id()).await?;
    let custom_status = match form.custom_status {
        fluxer_wire::Patch::Absent => None,
        fluxer_wire::Patch::Null => Some(None),
        fluxer_wire::Patch::Set(payload) => Some(check_custom_status(app, actor, payload).await?),
    };
    let trusted = form.trusted_domains.0.map(|list| list.0.into_iter().map(String::from).collect::<Vec<_>>());
    if let Some(domains) = &trusted
        && domains.len() > 1
        && domains.iter().any(|domain| domain == "*")
    {
        let issue = fluxer_wire::Issue {
            path: "trusted_domains".into(),
            code: Some(fluxer_wire::Invalid("VALIDATION_ERROR")),
            message: "`*` stands alone.".into(),
        };
        return Err(fluxer_wire::Error::invalid(vec![issue]).into());
    }
    let folders = form.guild_folders.0.map(|list| folders(list.0));
    let presence = form.status.is_some() || custom_status.is_some();
    let timed = form.status_resets_at.into_change().is_some();
    let changed = app
        .store
        .update::<UserSettingsRow, _>((actor.id(),), |row| {
            macro_rules! set {
                ($($field:ident),*) => {$(
                    if let Some(value) = &form.$field.0 {
                        row.$field = value.clone().into();
                    }
                )*};
            }
            set!(
                default_guilds_restricted,
                bot_default_guilds_restricted,
                developer_mode,
                message_display_compact,
                animate_emoji,
                gif_auto_play,
                render_embeds,
                render_reactions,
                inline_attachment_media,
                inline_embed_media,
                afk_timeout,
                default_hide_muted_channels
            );
            if let Some(status) = form.status.0 {
                row.status = status.as_str().into();
            }
            if let Some(change) = form.status_resets_at.into_change() {
                row.status_resets_at = change;
            }
            if let Some(change) = form.status_resets_to.into_change() {
                row.status_resets_to = change.map(|status| status.as_str().into());
            }
            if let Some(theme) = form.theme.0 {
                row.theme = theme.as_str().into();
            }
            if let Some(locale) = form.locale.0 {
                row.locale = locale.0.into();
            }
            if let Some(status) = &custom_status {
                row.custom_status = status.clone();
            }
            if let Some(list) = &form.restricted_guilds.0 {
                row.restricted_guilds = list.0.clone();
            }
            if let Some(list) = &form.bot_restricted_guilds.0 {
                row.bot_restricted_guilds = list.0.clone();
            }
            if let Some(folders) = &folders {
                row.guild_folders = folders.clone();
            }
            for (value, slot) in [
                (form.animate_stickers.0, &mut row.animate_stickers),
                (form.render_spoilers.0, &mut row.render_spoilers),
                (form.time_format.0, &mut row.time_format),
            ] {
                *slot = value.map_or(*slot, |value| value.0 as i32);
            }
            if let Some(flags) = form.flags.0 {
                row.friend_source_flags = flags;
            }
            if let Some(flags) = form.friend_source_flags.0 {
                row.friend_source_flags = friend_sources(flags);
            }
            if let Some(flags) = form.incoming_call_flags.0 {
                row.incoming_call_flags = incoming_calls(flags);
            }
            if let Some(flags) = form.group_dm_add_permission_flags.0 {
                row.group_dm_add_permission_flags = group_additions(flags);
            }
            if let Some(domains) = &trusted {
                row.trusted_domains = domains.clone();
            }
        })
        .await?;
    let Some(row) = changed else { return fail(code::UNKNOWN_USER) };
    if presence || timed {
        super::status_expiry::arm(app, &row).await?;
    }
    let settings = view(app, row).await?;
    app.to_user(actor.id(), Event::new(EventName::UserSettingsUpdate, &settings)).await;
    if let Some(locale) = form.locale.0
        && actor.user.locale.as_deref() != Some(locale.0)
        && let Some(user) = app.update_user(actor.id(), |user| user.locale = Some(locale.0.into())).await?
    {
        app.to_user(actor.id(), Event::new(EventName::UserUpdate, &super::private(app, &user))).await;
    }
    if presence {
        app.control_user(actor.id(), Control::PresenceChanged).await;
    }
    Ok(settings)
}

fn folders(sent: Vec<GuildFolderRequest>) -> Vec<GuildFolder> {
    let mut folders: Vec<GuildFolder> = sent
        .into_iter()
        .map(|sent| GuildFolder {
            id: Some(sent.id),
            name: sent.name.map(String::from),
            color: Some(sent.color.unwrap_or(0)),
            flags: sent.flags.unwrap_or(0),
            icon: sent.icon.map_or("folder", |icon| icon.as_str()).into(),
            guild_ids: sent.guild_ids.0,
        })
        .collect();
    if !folders.iter().any(|folder| folder.id == Some(UNCATEGORISED)) {
        folders.insert(0, folder(UNCATEGORISED));
    }
    folders
}

async fn check_custom_status(
    app: &App,
    actor: &Actor,
    sent: CustomStatusPayload,
) -> Result<Option<CustomStatus>> {
    if sent.expires_at.is_some_and(|at| at <= app.clock.now()) {
        return Err(Error::field("custom_status.expires_at", invalid::SCHEDULED_TIME_MUST_BE_FUTURE));
    }
    let mut status = CustomStatus {
        text: sent.text.map(String::from),
        emoji_id: None,
        emoji_name: None,
        emoji_animated: false,
        expires_at: sent.expires_at,
    };
    if let Some(id) = sent.emoji_id {
        let emoji = usable_emoji(app, actor, id).await?;
        status.emoji_id = Some(id);
        status.emoji_name = Some(emoji.name);
        status.emoji_animated = emoji.animated;
    } else if let Some(name) = sent.emoji_name {
        if emojis::get(&name).is_none() {
            return Err(Error::field("custom_status.emoji_name", invalid::NOT_A_VALID_UNICODE_EMOJI));
        }
        status.emoji_name = Some(name.into());
    }
    let empty = status.text.is_none() && status.emoji_name.is_none();
    Ok((!empty).then_some(status))
}

/// A custom emoji the caller may show anywhere: the feature, and membership of its guild.
async fn usable_emoji(app: &App, actor: &Actor, id: fluxer_wire::EmojiId) -> Result<EmojiRow> {
    let at = |code| Error::field("custom_status.emoji_id", code);
    let guilds = app.store.range::<MembershipRow>((actor.id(),)).all().await?;
    let keys = guilds.iter().map(|row| (row.guild_id, id)).collect();
    let found = app.store.get_many::<EmojiRow>(keys).await?.into_iter().flatten().next();
    if !app.has_feature(&actor.user, "feature_global_expressions") {
        return Err(at(invalid::PREMIUM_REQUIRED_FOR_CUSTOM_EMOJI));
    }
    found.ok_or_else(|| at(invalid::CUSTOM_EMOJI_NOT_FOUND))
}

/// Puts a guild into (at the front of) or out of the uncategorised folder, and restricts its
/// DMs if the user wants that of new guilds. Tells the user's clients.
pub async fn guild_joined(app: &App, user: UserId, guild: GuildId, is_bot: bool) -> Result<()> {
    let row = app
        .store
        .update::<UserSettingsRow, _>((user,), |row| {
            if row.default_guilds_restricted && !is_bot && !row.restricted_guilds.contains(&guild) {
                row.restricted_guilds.push(guild);
            }
            if row.bot_default_guilds_restricted && !row.bot_restricted_guilds.contains(&guild) {
                row.bot_restricted_guilds.push(guild);
            }
            if is_bot {
                return;
            }
            let at =
                row.guild_folders.iter().position(|folder| folder.id == Some(UNCATEGORISED)).unwrap_or_else(
                    || {
                        row.guild_folders.insert(0, folder(UNCATEGORISED));
                        0
                    },
                );
            row.guild_folders[at].guild_ids.retain(|id| *id != guild);
            row.guild_folders[at].guild_ids.insert(0, guild);
        })
        .await?;
    tell(app, row).await
}

pub async fn guild_left(app: &App, user: UserId, guild: GuildId) -> Result<()> {
    let row = app
        .store
        .update::<UserSettingsRow, _>((user,), |row| {
            for folder in &mut row.guild_folders {
                folder.guild_ids.retain(|id| *id != guild);
            }
            row.restricted_guilds.retain(|id| *id != guild);
            row.bot_restricted_guilds.retain(|id| *id != guild);
        })
        .await?;
    tell(app, row).await
}

async fn tell(app: &App, row: Option<UserSettingsRow>) -> Result<()> {
    if let Some(row) = row {
        let user = row.user_id;
        let settings = view(app, row).await?;
        app.to_user(user, Event::new(EventName::UserSettingsUpdate, &settings)).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_collapse_to_what_they_mean() {
        assert_eq!([7, 5, 4, 3].map(friend_sources), [7, 1, 0, 3]);
        assert_eq!([8, 40, 24, 35, 48].map(incoming_calls), [8, 40, 16, 35, 16]);
        assert_eq!([8, 24, 28, 3].map(group_additions), [8, 16, 4, 3]);
    }

    #[test]
    fn folders_hold_every_joined_guild_once() {
        let [a, b, c] = [1, 2, 3].map(GuildId::new);
        let mut first = folder(5);
        first.guild_ids = vec![a, GuildId::new(9)];
        let mut second = folder(6);
        second.guild_ids = vec![a];
        let folders = reconcile(vec![first, second], BTreeSet::from([a, b, c]));
        let shape: Vec<_> = folders.into_iter().map(|folder| (folder.id, folder.guild_ids)).collect();
        assert_eq!(shape, [(Some(5), vec![a]), (Some(-1), vec![b, c])]);
    }
}
