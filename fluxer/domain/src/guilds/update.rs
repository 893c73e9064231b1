//! `PATCH /guilds/{guild_id}`.

use fluxer_wire::{
    ChannelId, GuildId, Patch, Permissions, Timestamp,
    channel::ChannelType,
    code,
    flags::{guild_feature, system_channel},
    guild as wire,
    guild_requests::GuildUpdateRequest,
    invalid,
};

use super::assets::{self, Pictures};
use crate::{
    Actor, App, Error, Result,
    access::GuildAccess,
    audit::{Action, Entry, snapshot},
    fail,
    images::Image,
    rows::{ChannelRow, GuildRow},
};

/// Features that whoever manages the guild switches here.
const SWITCHABLE: [&str; 3] = [
    guild_feature::INVITES_DISABLED,
    guild_feature::TEXT_CHANNEL_FLEXIBLE_NAMES,
    guild_feature::DETACHED_BANNER,
];

/// Changes what is given. Sudo mode, where `mfa_level` asks for it, was proven before.
pub async fn update(app: &App, actor: &Actor, id: GuildId, form: GuildUpdateRequest) -> Result<wire::Guild> {
    let access = app.guild_access(actor, id, code::ACCESS_DENIED).await?;
    access.require(Permissions::MANAGE_GUILD)?;
    if form.mfa_level.is_some() {
        access.require_owner(actor)?;
        if !actor.user.has_mfa() {
            return Err(Error::field("mfa_level", invalid::MUST_ENABLE_2FA_BEFORE_REQUIRING_FOR_MODS));
        }
    }
    let mut pictures = Pictures::default();
    match prepare(app, &access, &mut pictures, &form).await {
        Ok(images) => {
            let old = access.guild.row.clone();
            let owner_unclaimed = owner_is_unclaimed(app, &old).await?;
            let row = super::change(app, id, |row| apply(row, &form, &images, owner_unclaimed)).await;
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    pictures.roll_back(app).await;
                    return Err(error);
                }
            };
            pictures.settle(app).await;
            finish(app, actor, &old, &row).await;
            Ok(super::guild(&row))
        }
        Err(error) => {
            pictures.roll_back(app).await;
            Err(error)
        }
    }
}

/// The four pictures as they are to be.
struct Images {
    icon: Option<Option<Image>>,
    banner: Option<Option<Image>>,
    splash: Option<Option<Image>>,
    embed_splash: Option<Option<Image>>,
}

async fn prepare(
    app: &App,
    access: &GuildAccess,
    pictures: &mut Pictures,
    form: &GuildUpdateRequest,
) -> Result<Images> {
    let row = &access.guild.row;
    let by = access.member.as_ref().map_or(row.owner_id, |member| member.user_id);
    let icon = assets::read(app, by, "icon", form.icon.clone()).await?;
    if matches!(form.banner, Patch::Set(_)) && !row.has_feature(guild_feature::BANNER) {
        return Err(Error::field("banner", invalid::GUILD_BANNER_REQUIRES_FEATURE));
    }
    let banner = assets::read(app, by, "banner", form.banner.clone()).await?;
    let moves = banner.as_ref().and_then(Option::as_ref).is_some_and(|image| image.animated);
    if moves && !row.has_feature(guild_feature::ANIMATED_BANNER) {
        return Err(Error::field("banner", invalid::ANIMATED_GUILD_BANNER_REQUIRES_FEATURE));
    }
    let splashes = row.has_feature(guild_feature::INVITE_SPLASH);
    if matches!(form.splash, Patch::Set(_)) && !splashes {
        return Err(Error::field("splash", invalid::INVITE_SPLASH_REQUIRES_FEATURE));
    }
    let splash = assets::read(app, by, "splash", form.splash.clone()).await?;
    if matches!(form.embed_splash, Patch::Set(_)) && !splashes {
        return Err(Error::field("embed_splash", invalid::EMBED_SPLASH_REQUIRES_FEATURE));
    }
    let embed_splash = assets::read(app, by, "embed_splash", form.embed_splash.clone()).await?;
    check_channels(access, form)?;
    check_cutoff(row.guild_id, app.clock.now(), form)?;
    let id = row.guild_id;
    let mut stage = async |prefix: &str, old: &Option<String>, change| {
        pictures.stage(app, &format!("{prefix}/{id}"), old.as_deref(), change).await
    };
    Ok(Images {
        icon: stage("icons", &row.icon_hash, icon).await?,
        banner: stage("banners", &row.banner_hash, banner).await?,
        splash: stage("splashes", &row.splash_hash, splash).await?,
        embed_splash: stage("embed-splashes", &row.embed_splash_hash, embed_splash).await?,
    })
}

fn check_channels(access: &GuildAccess, form: &GuildUpdateRequest) -> Result<()> {
    let find = |patch: &Patch<ChannelId>| patch.value().map(|id| access.guild.channels.get(id).cloned());
    let check = |found: Option<std::sync::Arc<ChannelRow>>, kind, field, missing, wrong| match found {
        None => Err(Error::field(field, missing)),
        Some(row) if !row.is(kind) => Err(Error::field(field, wrong)),
        Some(_) => Ok(()),
    };
    if let Some(found) = find(&form.afk_channel_id) {
        let codes = (invalid::AFK_CHANNEL_MUST_BE_IN_GUILD, invalid::AFK_CHANNEL_MUST_BE_VOICE);
        check(found, ChannelType::Voice, "afk_channel_id", codes.0, codes.1)?;
    }
    if let Some(found) = find(&form.system_channel_id) {
        let codes = (invalid::SYSTEM_CHANNEL_MUST_BE_IN_GUILD, invalid::SYSTEM_CHANNEL_MUST_BE_TEXT);
        check(found, ChannelType::Text, "system_channel_id", codes.0, codes.1)?;
    }
    Ok(())
}

fn check_cutoff(id: GuildId, now: Timestamp, form: &GuildUpdateRequest) -> Result<()> {
    const FIELD: &str = "message_history_cutoff";
    match form.message_history_cutoff.value() {
        Some(at) if *at < id.timestamp() => {
            Err(Error::field(FIELD, invalid::MESSAGE_HISTORY_CUTOFF_BEFORE_GUILD_CREATION))
        }
        Some(at) if *at > now => Err(Error::field(FIELD, invalid::MESSAGE_HISTORY_CUTOFF_IN_FUTURE)),
        _ => Ok(()),
    }
}

async fn owner_is_unclaimed(app: &App, row: &GuildRow) -> Result<bool> {
    Ok(app.find_user(row.owner_id).await?.is_some_and(|owner| owner.is_unclaimed()))
}

fn apply(row: &mut GuildRow, form: &GuildUpdateRequest, images: &Images, owner_unclaimed: bool) {
    if let Some(name) = &form.name {
        row.name = name.as_str().into();
    }
    macro_rules! picture {
        ($field:ident => $hash:ident $(, $width:ident, $height:ident)?) => {
            if let Some(change) = &images.$field {
                let image = change.as_ref();
                row.$hash = image.map(|image| image.hash.clone());
                $(row.$width = image.map(|image| image.width);
                row.$height = image.map(|image| image.height);)?
            }
        };
    }
    picture!(icon => icon_hash);
    picture!(banner => banner_hash, banner_width, banner_height);
    picture!(splash => splash_hash, splash_width, splash_height);
    picture!(embed_splash => embed_splash_hash, embed_splash_width, embed_splash_height);
    macro_rules! number {
        ($($field:ident)*) => {
            $(if let Some(value) = form.$field { row.$field = value.get() as i32; })*
        };
    }
    number! {
        splash_card_alignment afk_timeout default_message_notifications explicit_content_filter
        verification_level mfa_level nsfw_level
    }
    if let Some(flags) = form.system_channel_flags {
        row.system_channel_flags = flags & system_channel::SUPPRESS_JOIN_NOTIFICATIONS;
    }
    form.afk_channel_id.apply(&mut row.afk_channel_id);
    form.system_channel_id.apply(&mut row.system_channel_id);
    form.message_history_cutoff.apply(&mut row.message_history_cutoff);
    if let Some(wanted) = &form.features {
        for feature in SWITCHABLE {
            if wanted.iter().any(|name| name == feature) {
                row.features.insert(feature.into());
            } else {
                row.features.remove(feature);
            }
        }
        if owner_unclaimed {
            row.features.insert(guild_feature::INVITES_DISABLED.into());
        }
    }
}

/// The event and the audit entry. Features that give members traits are not switched here.
pub(super) async fn finish(app: &App, actor: &Actor, old: &GuildRow, new: &GuildRow) {
    super::announce(app, new).await;
    let entry = Entry::new(Action::GuildUpdate)
        .target(new.guild_id)
        .changed(&snapshot::guild(old), &snapshot::guild(new));
    app.audit(actor, new.guild_id, entry).await;
}

/// The guild for somebody who manages it; others are refused as the operation demands.
pub(super) async fn managed(
    app: &App,
    actor: &Actor,
    id: GuildId,
    stranger: fluxer_wire::ApiCode,
) -> Result<GuildAccess> {
    let access = app.guild_access(actor, id, stranger).await?;
    if access.permissions.contains(Permissions::MANAGE_GUILD) {
        Ok(access)
    } else {
        fail(code::MISSING_PERMISSIONS)
    }
}
