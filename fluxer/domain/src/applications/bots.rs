//! Bot users: made with their application, proven by its token, retired with it.

use std::sync::Arc;

use fluxer_wire::{
    ApplicationId, Error as Refusal, GuildId, Permissions, UserId,
    application::{ApplicationBot, BotProfile, BotProfileUpdateRequest},
    code, flags, invalid,
};

use super::{ApplicationRow, matches, owned};
use crate::{
    Actor, App, Credential, Error, Event, EventName, Result,
    auth::names,
    events::Control,
    fail, guilds,
    images::{Image, ImageField},
    rows::{MembershipRow, UserRow},
    users::{private, tags},
};

const NAME_DRAWS: usize = 100;

pub fn view(bot: &UserRow) -> ApplicationBot {
    ApplicationBot {
        id: bot.user_id,
        username: bot.username.clone(),
        discriminator: format!("{:04}", bot.discriminator),
        avatar: bot.avatar_hash.clone(),
        banner: bot.banner_hash.clone(),
        bio: bot.bio.clone(),
        flags: (bot.flags & flags::user::PUBLIC) as i32,
        token: None,
        mfa_enabled: Some(bot.has_mfa()),
        authenticator_types: Some(bot.authenticator_types.clone()),
    }
}

/// The account a bot token speaks for.
pub async fn authenticate(app: &App, token: &str) -> Result<Option<(Arc<UserRow>, Credential)>> {
    let Some((id, secret)) = token.split_once('.') else { return Ok(None) };
    let Ok(id) = id.parse::<ApplicationId>() else { return Ok(None) };
    let load = async { Ok::<_, Error>(app.store.get::<ApplicationRow>((id,)).await?.map(Arc::new)) };
    let Some(row) = app.applications.get_or_load(&id, load).await? else { return Ok(None) };
    let proven = row.bot_token_hash.as_deref().is_some_and(|hash| matches(secret, hash));
    let Some(bot) = row.bot_user_id.filter(|_| proven) else { return Ok(None) };
    Ok(app.find_user(bot).await?.map(|user| (user, Credential::Bot)))
}

/// A username out of an application's name.
fn username(name: &str) -> String {
    let mut out = String::new();
    let mut in_gap = false;
    for ch in name.trim().chars() {
        if ch.is_whitespace() || matches!(ch, '-' | '.') {
            if !in_gap {
                out.push('_');
            }
            in_gap = true;
        } else if ch.is_ascii_alphanumeric() || ch == '_' {
            out.push(ch);
            in_gap = false;
        }
    }
    out.truncate(32);
    if out.len() < 2 {
        out.insert_str(0, "bot");
    }
    out
}

/// The bot user of a new application, with a tag of its own; not yet stored.
pub(super) async fn create(app: &App, id: ApplicationId, name: &str, owner: &UserRow) -> Result<UserRow> {
    let user_id: UserId = id.cast();
    let mut username = username(name);
    let mut discriminator = tags::allocate(app, &username, user_id).await?;
    for _ in 0..NAME_DRAWS {
        if discriminator.is_some() {
            break;
        }
        username = names::random(&app.rng);
        discriminator = tags::allocate(app, &username, user_id).await?;
    }
    let Some(discriminator) = discriminator else { return fail(code::BOT_USER_GENERATION_FAILED) };
    Ok(UserRow {
        user_id,
        username,
        discriminator,
        bot: true,
        authenticator_types: owner.authenticator_types.clone(),
        ..UserRow::default()
    })
}

/// A picture of the request, looked at.
async fn look(
    app: &App,
    by: UserId,
    path: &str,
    change: Option<Option<ImageField>>,
) -> Result<Option<Option<Image>>> {
    match change {
        Some(Some(image)) => Ok(Some(Some(Image::inspect(app, by, path, image.0).await?))),
        Some(None) => Ok(Some(None)),
        None => Ok(None),
    }
}

/// `PATCH /oauth2/applications/{id}/bot`.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ApplicationId,
    form: BotProfileUpdateRequest,
) -> Result<BotProfile> {
    let application = owned(app, actor, id).await?;
    let Some(bot_id) = application.bot_user_id else { return fail(code::BOT_USER_NOT_FOUND) };
    let Some(bot) = app.find_user(bot_id).await? else { return fail(code::BOT_USER_NOT_FOUND) };
    if form.discriminator.0.is_some_and(|wanted| wanted.0 != bot.discriminator) {
        return Err(Error::field("discriminator", invalid::BOT_DISCRIMINATOR_CANNOT_BE_CHANGED));
    }
    let avatar = look(app, actor.id(), "avatar", form.avatar.into_change()).await?;
    let banner = look(app, actor.id(), "banner", form.banner.into_change()).await?;
    let tag = match form.username.0 {
        Some(name) => new_tag(app, &bot, name.into_inner()).await?,
        None => None,
    };
    for (prefix, image) in [("avatars", &avatar), ("banners", &banner)] {
        if let Some(Some(image)) = image {
            app.store_image(&format!("{prefix}/{bot_id}"), image).await?;
        }
    }
    let bio = form.bio.into_change().map(|bio| bio.map(String::from).filter(|bio| !bio.is_empty()));
    const SETTABLE: u64 = flags::user::FRIENDLY_BOT | flags::user::FRIENDLY_BOT_MANUAL_APPROVAL;
    let row = app
        .update_user(bot_id, |row| {
            if let Some((username, discriminator)) = &tag {
                row.username = username.clone();
                row.discriminator = *discriminator;
            }
            if let Some(image) = &avatar {
                row.avatar_hash = image.as_ref().map(|image| image.hash.clone());
                row.avatar_color = image.as_ref().and_then(|image| image.color);
            }
            if let Some(image) = &banner {
                row.banner_hash = image.as_ref().map(|image| image.hash.clone());
            }
            if let Some(bio) = &bio {
                row.bio = bio.clone();
            }
            if let Some(bits) = form.bot_flags.0 {
                row.flags = (row.flags & !SETTABLE) | (bits.0 as u64 & SETTABLE);
            }
        })
        .await?;
    let Some(row) = row else { return fail(code::BOT_USER_NOT_FOUND) };
    if let Some((username, discriminator)) = &tag
        && (username.to_lowercase(), *discriminator) != (bot.username.to_lowercase(), bot.discriminator)
    {
        tags::release_own(app, &bot).await?;
    }
    app.control_user(bot_id, Control::UserChanged).await;
    Ok(BotProfile {
        id: bot_id,
        username: row.username.clone(),
        discriminator: format!("{:04}", row.discriminator),
        avatar: row.avatar_hash.clone(),
        banner: row.banner_hash.clone(),
        bio: row.bio.clone(),
    })
}

/// A new name draws a new discriminator; another case of the old one keeps it.
async fn new_tag(app: &App, bot: &UserRow, name: String) -> Result<Option<(String, i32)>> {
    if name == bot.username {
        return Ok(None);
    }
    if name.to_lowercase() == bot.username.to_lowercase() {
        return Ok(Some((name, bot.discriminator)));
    }
    match tags::allocate(app, &name, bot.user_id).await? {
        Some(discriminator) => Ok(Some((name, discriminator))),
        None => fail(code::USERNAME_NOT_AVAILABLE),
    }
}

/// Copies the owner's authenticators; the bot's clients are told if they changed.
pub(super) async fn set_authenticators(app: &App, bot: UserId, types: &[i32]) -> Result<()> {
    let Some(before) = app.find_user(bot).await? else { return Ok(()) };
    if before.authenticator_types == types {
        return Ok(());
    }
    if let Some(row) = app.update_user(bot, |row| row.authenticator_types = types.to_vec()).await? {
        app.to_user(bot, Event::new(EventName::UserUpdate, &private(app, &row))).await;
    }
    Ok(())
}

/// Puts the bot into a guild on behalf of somebody who manages it, with a role of its own if
/// it asks for permissions.
pub(super) async fn join_guild(
    app: &App,
    actor: &Actor,
    application: &ApplicationRow,
    guild_id: GuildId,
    granted: Permissions,
) -> Result<()> {
    let Some(bot_id) = application.bot_user_id else { return fail(code::NOT_A_BOT_APPLICATION) };
    let Some(bot) = app.find_user(bot_id).await? else { return fail(code::NOT_A_BOT_APPLICATION) };
    let access = app.guild_standing(actor, guild_id).await?;
    access.require(Permissions::MANAGE_GUILD)?;
    if app.find_member(guild_id, bot_id).await?.is_some() {
        return fail(code::BOT_ALREADY_IN_GUILD);
    }
    // Nobody hands out through a bot what they do not have themselves.
    if !access.permissions.contains(granted) {
        return Err(Refusal::new(code::MISSING_PERMISSIONS).into());
    }
    if !guilds::join(app, &bot, guild_id, guilds::JoinSource::Bot { inviter: actor.clone() }).await? {
        return fail(code::BOT_ALREADY_IN_GUILD);
    }
    if !granted.is_empty() {
        guilds::add_managed_role(app, actor, guild_id, bot_id, &application.name, granted).await?;
    }
    Ok(())
}

/// Takes a bot out of everything and makes its account anonymous. Its messages go to a
/// deleted user.
pub(super) async fn retire(app: &App, bot: UserId) -> Result<()> {
    crate::auth::sessions::revoke_all(app, bot).await?;
    for row in app.store.range::<MembershipRow>((bot,)).all().await? {
        guilds::remove_member(app, row.guild_id, bot).await?;
    }
    crate::account::deletion::anonymise(app, bot).await
}
