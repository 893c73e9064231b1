//! The part of an account that others look at.

use std::{collections::HashSet, time::Duration};

use fluxer_wire::{
    Invalid, Patch, UserId, account::UserUpdateWithVerificationRequest as Form, code, flags::user as flag,
    invalid, text::length,
};
use platform_kernel::Timestamp;

use super::is_staff;
use crate::{
    App, Error, Result, fail,
    images::{Image, ImageField},
    messages::{
        self,
        text::{emojis, replace_emojis},
    },
    rows::UserRow,
};

/// Changes of one field in half an hour.
const CHANGES: u64 = 25;
const WINDOW: Duration = Duration::from_secs(1800);

/// Limits, counters and rights of everything but the pictures. The bio comes back as it is
/// to be stored.
pub async fn check(app: &App, user: &UserRow, form: &Form) -> Result<Patch<String>> {
    if form.premium_enabled_override.is_some() && !is_staff(user) {
        return fail(code::MISSING_ACCESS);
    }
    if let Patch::Set(bio) = &form.bio
        && length(bio) as i64 > app.user_limit(user, "max_bio_length")
    {
        return Err(Error::field("bio", invalid::CONTENT_EXCEEDS_MAX_LENGTH));
    }
    let color = form.accent_color.map(|color| color.0);
    let bio = form.bio.clone().map(|text| text.into_inner());
    let rewritten = differs(&bio, user.bio.as_deref());
    count(app, user, "bio", rewritten, invalid::BIO_CHANGED_TOO_MANY_TIMES).await?;
    let pronouns = form.pronouns.clone().map(|text| text.into_inner());
    let pronouns = differs(&pronouns, user.pronouns.as_deref());
    count(app, user, "pronouns", pronouns, invalid::PRONOUNS_CHANGED_TOO_MANY_TIMES).await?;
    let recoloured = color.into_change().is_some_and(|color| color != user.accent_color);
    count(app, user, "accent_color", recoloured, invalid::ACCENT_COLOR_CHANGED_TOO_MANY_TIMES).await?;
    match bio {
        Patch::Set(bio) => Ok(Patch::Set(without_foreign_emojis(app, user, bio).await?)),
        bio => Ok(bio),
    }
}

/// Custom emojis the account may not use become their names.
async fn without_foreign_emojis(app: &App, user: &UserRow, text: String) -> Result<String> {
    let tokens = emojis(&text);
    let mut usable = HashSet::new();
    if app.has_feature(user, "feature_global_expressions") {
        for token in &tokens {
            if messages::find_emoji(app, user, token.id).await?.is_some() {
                usable.insert(token.id);
            }
        }
    }
    Ok(replace_emojis(text, &tokens, |id| usable.contains(&id)))
}

fn differs(patch: &Patch<String>, current: Option<&str>) -> bool {
    match patch {
        Patch::Absent => false,
        Patch::Null => current.is_some(),
        Patch::Set(text) => current != Some(text.as_str()),
    }
}

async fn count(app: &App, user: &UserRow, field: &str, changed: bool, refusal: Invalid) -> Result<()> {
    if !changed || app.cache.hit(&format!("flow:{field}:{}", user.user_id), CHANGES, WINDOW).await? {
        return Ok(());
    }
    Err(Error::field(field, refusal))
}

/// Writes the form into the row.
pub fn apply(form: &Form, bio: &Patch<String>, user: &mut UserRow, now: Timestamp) {
    form.global_name.clone().map(|name| name.into_inner()).apply(&mut user.global_name);
    bio.clone().apply(&mut user.bio);
    form.pronouns.clone().map(|text| text.into_inner()).apply(&mut user.pronouns);
    form.accent_color.map(|color| color.0).apply(&mut user.accent_color);
    let bits = [
        (*form.premium_badge_hidden, flag::PREMIUM_BADGE_HIDDEN),
        (*form.premium_badge_masked, flag::PREMIUM_BADGE_MASKED),
        (*form.premium_badge_timestamp_hidden, flag::PREMIUM_BADGE_TIMESTAMP_HIDDEN),
        (*form.premium_badge_sequence_hidden, flag::PREMIUM_BADGE_SEQUENCE_HIDDEN),
        (*form.premium_enabled_override, flag::PREMIUM_ENABLED_OVERRIDE),
        (*form.used_mobile_client, flag::USED_MOBILE_CLIENT),
    ];
    for (wanted, bit) in bits {
        match wanted {
            Some(true) => user.flags |= bit,
            Some(false) => user.flags &= !bit,
            None => {}
        }
    }
    if *form.has_dismissed_premium_onboarding == Some(true) {
        user.premium_onboarding_dismissed_at = Some(now);
    }
    if *form.has_unread_gift_inventory == Some(false) {
        user.gift_inventory_client_seq = user.gift_inventory_server_seq;
    }
}

async fn look(app: &App, by: UserId, path: &str, patch: &Patch<ImageField>) -> Result<Patch<Image>> {
    match patch {
        Patch::Absent => Ok(Patch::Absent),
        Patch::Null => Ok(Patch::Null),
        Patch::Set(field) => Image::inspect(app, by, path, field.0.clone()).await.map(Patch::Set),
    }
}

/// Pictures of the request, stored already but not yet anybody's.
#[derive(Debug)]
pub struct Pictures {
    avatar: Patch<String>,
    banner: Patch<String>,
    /// Of the avatar.
    color: Option<i32>,
}

impl Pictures {
    pub async fn store(app: &App, user: &UserRow, form: &Form) -> Result<Self> {
        let avatar = look(app, user.user_id, "avatar", &form.avatar).await?;
        if avatar.value().is_some_and(|image| image.animated)
            && !app.has_feature(user, "feature_animated_avatar")
        {
            return Err(Error::field("avatar", invalid::ANIMATED_AVATARS_REQUIRE_PREMIUM));
        }
        let banner = look(app, user.user_id, "banner", &form.banner).await?;
        if banner.value().is_some() && !app.has_feature(user, "feature_animated_banner") {
            return Err(Error::field("banner", invalid::BANNERS_REQUIRE_PREMIUM));
        }
        let hash = |patch: &Patch<Image>| match patch {
            Patch::Absent => Patch::Absent,
            Patch::Null => Patch::Null,
            Patch::Set(image) => Patch::Set(image.hash.clone()),
        };
        let changed = |patch: &Patch<String>, current: &Option<String>| {
            patch.clone().into_change().is_some_and(|hash| hash != *current)
        };
        let color = avatar.value().and_then(|image| image.color);
        let pictures = Self { avatar: hash(&avatar), banner: hash(&banner), color };
        let moved = changed(&pictures.avatar, &user.avatar_hash);
        count(app, user, "avatar", moved, invalid::AVATAR_CHANGED_TOO_MANY_TIMES).await?;
        let moved = changed(&pictures.banner, &user.banner_hash);
        count(app, user, "banner", moved, invalid::BANNER_CHANGED_TOO_MANY_TIMES).await?;
        for (prefix, patch) in [(avatars(user), &avatar), (banners(user), &banner)] {
            if let Some(image) = patch.value()
                && let Err(error) = app.store_image(&prefix, image).await
            {
                pictures.discard(app, user).await;
                return Err(error);
            }
        }
        Ok(pictures)
    }

    pub fn apply(&self, user: &mut UserRow) {
        if self.avatar.clone().into_change().is_some_and(|hash| hash != user.avatar_hash) {
            user.avatar_color = self.color;
        }
        if self.banner.clone().into_change().is_some_and(|hash| hash != user.banner_hash) {
            // The colour belonged to the picture that goes.
            user.banner_color = None;
        }
        self.avatar.clone().apply(&mut user.avatar_hash);
        self.banner.clone().apply(&mut user.banner_hash);
    }

    /// Removes what was stored for a change that did not happen.
    pub async fn discard(&self, app: &App, user: &UserRow) {
        remove_unless(app, &avatars(user), self.avatar.value(), &user.avatar_hash).await;
        remove_unless(app, &banners(user), self.banner.value(), &user.banner_hash).await;
    }

    /// Removes what the change replaced.
    pub async fn settle(&self, app: &App, old: &UserRow, new: &UserRow) {
        remove_unless(app, &avatars(old), old.avatar_hash.as_ref(), &new.avatar_hash).await;
        remove_unless(app, &banners(old), old.banner_hash.as_ref(), &new.banner_hash).await;
    }
}

fn avatars(user: &UserRow) -> String {
    format!("avatars/{}", user.user_id)
}
fn banners(user: &UserRow) -> String {
    format!("banners/{}", user.user_id)
}

async fn remove_unless(app: &App, prefix: &str, hash: Option<&String>, kept: &Option<String>) {
    if let Some(hash) = hash.filter(|hash| Some(*hash) != kept.as_ref()) {
        app.remove_image(prefix, hash).await;
    }
}
