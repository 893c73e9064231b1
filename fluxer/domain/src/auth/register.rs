//! Making an account. Address and tag are taken by conditional writes before the account is
//! written, and given back if it cannot be.

use std::sync::Arc;

use fluxer_wire::{
    auth::{LoggedIn, RegisterRequest, UsernameSuggestions},
    flags, invalid,
};
use platform_kernel::Timestamp;
use platform_store::Batch;

use super::{
    Origin, emails,
    flow::{self, MINUTE},
    locale, names, password,
    rows::{AuthorizedIpRow, InstanceMarkerRow},
    sessions, verification,
};
use crate::{
    Actor, App, Error, Result, invites,
    rows::{UserByEmailRow, UserRow},
    users::{age, is_adult, settings, tags},
};

/// Where the country is not known.
const MINIMUM_AGE: i32 = 13;
const FIRST_ACCOUNT: &str = "first_account";

/// `POST /auth/register`.
pub async fn register(
    app: &App,
    form: RegisterRequest,
    origin: &Origin,
    accept_language: Option<&str>,
) -> Result<LoggedIn> {
    if !form.consent {
        return Err(Error::plain("consent", "You must agree to the terms and the privacy policy."));
    }
    let now = app.clock.now();
    let real = Timestamp::parse(&form.date_of_birth.0).is_some();
    if !real || age(&form.date_of_birth.0, now).is_none_or(|years| years < MINIMUM_AGE) {
        return Err(Error::plain("date_of_birth", format!("You must be at least {MINIMUM_AGE} years old.")));
    }
    if let Some(password) = &*form.password
        && app.outbound.is_breached(password.as_str()).await
    {
        return Err(Error::plain("password", "This password is known from a breach. Choose another one."));
    }
    if !app.settings.relax_registration_rate_limits {
        if let Some(email) = &*form.email {
            flow::count(app, &format!("register:email:{}", email.lower()), 3, 15 * MINUTE).await?;
        }
        flow::count(app, &format!("register:ip:{}", origin.ip), 5, 30 * MINUTE).await?;
    }
    let password_hash = match &*form.password {
        Some(password) => Some(password::hash(app, password.as_str()).await?),
        None => None,
    };
    let user_id = app.next_id();
    if let Some(email) = &*form.email {
        if !emails::is_deliverable(app, email).await {
            return Err(Error::field("email", invalid::INVALID_EMAIL_ADDRESS));
        }
        if !emails::take(app, email, user_id).await? {
            return Err(Error::plain("email", "Email already in use"));
        }
    }
    let locale = locale::negotiate(accept_language);
    let mut user = UserRow {
        user_id,
        global_name: form.global_name.0.clone().map(|name| name.into_inner()),
        email: form.email.0.clone().map(|email| email.into_inner()),
        password_last_changed_at: password_hash.is_some().then_some(now),
        password_hash,
        date_of_birth: Some(form.date_of_birth.0.clone()),
        locale: Some(locale.to_owned()),
        terms_agreed_at: Some(now),
        privacy_agreed_at: Some(now),
        last_active_at: Some(now),
        last_active_ip: Some(origin.ip.clone()),
        ..UserRow::default()
    };
    let developer = app.settings.development && !app.settings.test_mode;
    if developer {
        user.flags |= flags::user::STAFF;
    }
    if let Err(error) = store(app, &mut user, &form, origin, locale, developer).await {
        if let Some(email) = &user.email {
            emails::release(app, email).await?;
        }
        return Err(error);
    }
    app.forget_user(user_id);
    if user.email.is_some()
        && let Err(error) = verification::send(app, &user).await
    {
        tracing::warn!(%error, "The first verification mail was not sent.");
    }
    let invite = form.invite_code.as_deref().filter(|code| !code.is_empty());
    let user = Arc::new(user);
    accept_invite(app, &user, origin, invite.unwrap_or(&app.settings.auto_join_invite_code)).await;
    sessions::log_in(app, &user, origin).await
}

/// Takes a tag and writes the account with what every account has; all or nothing.
async fn store(
    app: &App,
    user: &mut UserRow,
    form: &RegisterRequest,
    origin: &Origin,
    locale: &str,
    developer: bool,
) -> Result<()> {
    take_tag(app, user, form).await?;
    let first = mark_first(app, user).await?;
    if first {
        user.acls = vec!["*".into()];
    }
    let settings = settings::defaults(user.user_id, locale, is_adult(user, app.clock.now()), developer);
    let ip = AuthorizedIpRow { user_id: user.user_id, ip: origin.ip.clone(), authorized_at: app.clock.now() };
    let written = app.store.commit(Batch::new().put(user).put(&settings).put(&ip)).await;
    if let Err(error) = written {
        tags::release_own(app, user).await?;
        if first {
            app.store.delete::<InstanceMarkerRow>((FIRST_ACCOUNT.to_owned(),)).await?;
        }
        return Err(error.into());
    }
    app.touch_indexed(&crate::search::USERS, user.user_id).await
}

async fn take_tag(app: &App, user: &mut UserRow, form: &RegisterRequest) -> Result<()> {
    let derived = form.global_name.as_deref().and_then(names::derive);
    let (mut username, given) = match (&*form.username, derived) {
        (Some(name), _) => (name.as_str().to_owned(), true),
        (None, Some(name)) => (name, false),
        (None, None) => (names::random(&app.rng), false),
    };
    // Three words that ten thousand people share are unlikely; three times over they do not happen.
    for _ in 0..3 {
        if let Some(discriminator) = tags::allocate(app, &username, user.user_id).await? {
            (user.username, user.discriminator) = (username, discriminator);
            return Ok(());
        }
        if given {
            break;
        }
        username = names::random(&app.rng);
    }
    Err(Error::plain("username", "Too many users have this username. Try a different one."))
}

/// Whether this is the instance's first account, which then runs it.
async fn mark_first(app: &App, user: &UserRow) -> Result<bool> {
    if app.settings.test_mode {
        return Ok(false);
    }
    let marker = InstanceMarkerRow { name: FIRST_ACCOUNT.into(), user_id: user.user_id, at: app.clock.now() };
    // An instance that had accounts before it had the marker has an owner already.
    let empty = app.store.scan::<UserByEmailRow>(None, 2).await?.len() < 2;
    Ok(empty && app.store.insert_if_absent(&marker).await?)
}

/// Accepts an invite for an account that just came in; failing to is only logged.
pub(super) async fn accept_invite(app: &App, user: &Arc<UserRow>, origin: &Origin, code: &str) {
    if code.is_empty() {
        return;
    }
    let actor = Actor { ip: origin.ip.clone(), ..Actor::system(user.clone()) };
    if let Err(error) = invites::accept(app, &actor, code).await {
        tracing::info!(%error, user_id = %user.user_id, "The invite of a login was not accepted.");
    }
}

/// `POST /auth/username-suggestions`.
pub fn suggest(global_name: &str) -> UsernameSuggestions {
    UsernameSuggestions { suggestions: names::derive(global_name).into_iter().collect() }
}
