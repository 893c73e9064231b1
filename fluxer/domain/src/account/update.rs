//! `PATCH /users/@me`: profile and credentials in one operation. Everything is checked, and
//! what must be unique is taken, before the one write.

mod profile;
mod tag;

use std::sync::Arc;

use fluxer_wire::{
    Patch, account::UserUpdateWithVerificationRequest as Form, code, flags, invalid, user::UserPrivate,
};

use self::profile::Pictures;
use super::{announce_change, contacts, email_change, password_change};
use crate::{
    Actor, App, Error, Result,
    auth::{
        Origin, emails, password,
        sudo::{self, IssuedToken, SudoProof},
        tokens::{self, Purpose},
    },
    fail,
    mails::{self, Template},
    rows::UserRow,
    users::{self, tags},
};

const LIFETIME: i32 = 2;

/// Changes the caller's account. The sudo token, if there is one, belongs into the answer.
pub async fn update(
    app: &App,
    actor: &Actor,
    form: Form,
    proof: &SudoProof,
    origin: &Origin,
) -> Result<(UserPrivate, Option<IssuedToken>)> {
    let user = &actor.user;
    if form.email.is_some() {
        return Err(Error::field("email", invalid::EMAIL_MUST_BE_CHANGED_VIA_TOKEN));
    }
    let claimed = !user.is_unclaimed();
    if claimed && form.new_password.is_some() && form.sudo.password.is_none() {
        return Err(Error::field("password", invalid::PASSWORD_NOT_SET));
    }
    if !claimed {
        refuse_for_unclaimed(&form)?;
    }
    let renamed = form.username.as_ref().is_some_and(|name| name.as_str() != user.username)
        || form.discriminator.is_some_and(|number| number.0 != user.discriminator);
    let guarded = claimed && (renamed || form.new_password.is_some() || form.email_token.is_some());
    let token = if guarded { sudo::require(app, actor, &form.sudo, proof).await? } else { None };

    let bio = profile::check(app, user, &form).await?;
    let email = match form.email_token.as_deref() {
        Some(token) => Some(email_change::proven(app, actor, token).await?),
        None => None,
    };
    if let Some(email) = &email
        && emails::is_taken(app, email, actor.id()).await?
    {
        return Err(Error::field("email", invalid::EMAIL_ALREADY_IN_USE));
    }
    let hash = match &*form.new_password {
        Some(password) => Some(password::hash_new(app, "new_password", password.as_str()).await?),
        None => None,
    };
    let pictures = Pictures::store(app, user, &form).await?;
    let tag = match tag::take(app, user, &form).await {
        Ok(tag) => tag,
        Err(error) => {
            pictures.discard(app, user).await;
            return Err(error);
        }
    };
    let change =
        Change { form: &form, bio: &bio, pictures: &pictures, tag: &tag, email: &email, hash: &hash };
    let written = change.write(app, actor).await;
    let changed = match written {
        Ok(changed) => changed,
        Err(error) => {
            pictures.discard(app, user).await;
            tag.give_back(app).await?;
            return Err(error);
        }
    };
    pictures.settle(app, user, &changed).await;
    if (user.username.to_lowercase(), user.discriminator)
        != (changed.username.to_lowercase(), changed.discriminator)
    {
        tags::release_own(app, user).await?;
    }
    if email.is_some() {
        after_email(app, user, &changed).await?;
    }
    contacts::log(app, user, &changed, "user_requested").await;
    announce_change(app, user, &changed).await;
    if claimed && hash.is_some() {
        password_change::rotate(app, actor, origin).await?;
    }
    Ok((users::private(app, &changed), token))
}

/// An unclaimed account can be named and claimed; everything else waits until it is.
fn refuse_for_unclaimed(form: &Form) -> Result<()> {
    let others = [
        ("accent_color", form.accent_color.is_present()),
        ("avatar", form.avatar.is_present()),
        ("banner", form.banner.is_present()),
        ("bio", form.bio.is_present()),
        ("global_name", form.global_name.is_present()),
        ("has_dismissed_premium_onboarding", form.has_dismissed_premium_onboarding.is_some()),
        ("has_unread_gift_inventory", form.has_unread_gift_inventory.is_some()),
        ("password", form.sudo.password.is_some()),
        ("premium_badge_hidden", form.premium_badge_hidden.is_some()),
        ("premium_badge_masked", form.premium_badge_masked.is_some()),
        ("premium_badge_sequence_hidden", form.premium_badge_sequence_hidden.is_some()),
        ("premium_badge_timestamp_hidden", form.premium_badge_timestamp_hidden.is_some()),
        ("premium_enabled_override", form.premium_enabled_override.is_some()),
        ("pronouns", form.pronouns.is_present()),
        ("used_mobile_client", form.used_mobile_client.is_some()),
    ];
    match others.iter().find(|(_, present)| *present) {
        Some((key, _)) => Err(Error::field(*key, invalid::UNCLAIMED_ACCOUNTS_CAN_ONLY_SET_EMAIL_VIA_TOKEN)),
        None => Ok(()),
    }
}

/// Everything that was checked, to be written at once.
struct Change<'a> {
    form: &'a Form,
    bio: &'a Patch<String>,
    pictures: &'a Pictures,
    tag: &'a tag::Tag,
    email: &'a Option<String>,
    hash: &'a Option<String>,
}

impl Change<'_> {
    async fn write(&self, app: &App, actor: &Actor) -> Result<Arc<UserRow>> {
        if let Some(email) = self.email
            && !emails::take(app, email, actor.id()).await?
        {
            return Err(Error::field("email", invalid::EMAIL_ALREADY_IN_USE));
        }
        if let Some(token) = self.form.email_token.as_deref() {
            email_change::consume(app, token).await?;
        }
        let now = app.clock.now();
        let changed = app
            .update_user(actor.id(), |user| {
                self.tag.apply(user);
                self.pictures.apply(user);
                profile::apply(self.form, self.bio, user, now);
                if let Some(email) = self.email {
                    user.email = Some(email.clone());
                    user.email_verified = true;
                    user.email_bounced = false;
                }
                if let Some(hash) = self.hash {
                    user.password_hash = Some(hash.clone());
                    user.password_last_changed_at = Some(now);
                }
            })
            .await?;
        match changed {
            Some(changed) => Ok(changed),
            None => fail(code::UNKNOWN_USER),
        }
    }
}

/// Frees the old address and gives its owner a way back.
async fn after_email(app: &App, old: &UserRow, new: &UserRow) -> Result<()> {
    let (Some(before), Some(after)) = (&old.email, &new.email) else { return Ok(()) };
    if before.to_lowercase() != after.to_lowercase() {
        emails::release(app, before).await?;
    }
    let token = tokens::issue(app, Purpose::RevertEmail, old.user_id, before).await?;
    let letter = Template::EmailChangeRevert { token, new_email: after.clone() };
    mails::send_to(app, before, Some(old), letter).await
}

/// Whether the account may have the four zeros.
fn may_have_zeros(user: &UserRow) -> bool {
    user.premium_type == Some(LIFETIME)
}

fn is_staff(user: &UserRow) -> bool {
    user.has(flags::user::STAFF)
}
