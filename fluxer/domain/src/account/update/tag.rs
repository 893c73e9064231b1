//! Name and discriminator: what is asked for, what the account may have, what is free.

use fluxer_wire::{account::UserUpdateWithVerificationRequest as Form, invalid};

use super::may_have_zeros;
use crate::{App, Error, Result, auth::flow, rows::UserRow, users::tags};

const HOUR: u64 = 3600;

/// The tag the account will have. Taken already if it is new.
#[derive(Debug)]
pub struct Tag {
    username: String,
    discriminator: i32,
    is_new: bool,
}

impl Tag {
    pub fn apply(&self, user: &mut UserRow) {
        user.username.clone_from(&self.username);
        user.discriminator = self.discriminator;
    }
    /// Frees it again, if it was taken for a change that did not happen.
    pub async fn give_back(&self, app: &App) -> Result<()> {
        if self.is_new { tags::release(app, &self.username, self.discriminator).await } else { Ok(()) }
    }
}

pub async fn take(app: &App, user: &UserRow, form: &Form) -> Result<Tag> {
    let refuse = |path: &str, code| Err(Error::field(path, code));
    let asked = form.discriminator.map(|number| number.0).filter(|number| *number != user.discriminator);
    let custom = app.has_feature(user, "feature_custom_discriminator");
    let keep = |username: &str| Tag {
        username: username.to_owned(),
        discriminator: user.discriminator,
        is_new: false,
    };
    let Some(username) = form.username.as_ref().map(|name| name.as_str()) else {
        let Some(asked) = asked else { return Ok(keep(&user.username)) };
        if !custom {
            return refuse("discriminator", invalid::CHANGING_DISCRIMINATOR_REQUIRES_PREMIUM);
        }
        return custom_tag(app, user, &user.username, asked, "discriminator").await;
    };
    if username.eq_ignore_ascii_case(&user.username) && asked.is_none() {
        return Ok(keep(username));
    }
    if flow::count(app, &format!("username:{}", user.user_id), 5, HOUR).await.is_err() {
        return refuse("username", invalid::USERNAME_CHANGED_TOO_MANY_TIMES);
    }
    if custom {
        return custom_tag(app, user, username, asked.unwrap_or(user.discriminator), "username").await;
    }
    match tags::allocate(app, username, user.user_id).await? {
        Some(discriminator) => Ok(Tag { username: username.to_owned(), discriminator, is_new: true }),
        None => refuse("username", invalid::TOO_MANY_USERS_WITH_USERNAME_TRY_DIFFERENT),
    }
}

async fn custom_tag(
    app: &App,
    user: &UserRow,
    username: &str,
    discriminator: i32,
    path: &str,
) -> Result<Tag> {
    if discriminator == 0 && !may_have_zeros(user) {
        return Err(Error::field("discriminator", invalid::VISIONARY_REQUIRED_FOR_DISCRIMINATOR));
    }
    if !tags::take(app, username, discriminator, user.user_id).await? {
        return Err(Error::field(path, invalid::TAG_ALREADY_TAKEN));
    }
    Ok(Tag { username: username.to_owned(), discriminator, is_new: true })
}
