//! Looking at oneself.

use fluxer_wire::{account::SudoMfaMethods, user::UserPrivate};

use crate::{
    Actor, App, Result,
    auth::{
        mfa::{self, Authenticator},
        second_factor, webauthn,
    },
    users,
};

/// `GET /users/@me`. An OAuth2 application sees the address only with the scope for it.
pub fn get(app: &App, actor: &Actor) -> UserPrivate {
    let mut me = users::private(app, &actor.user);
    if !actor.has_scope("email") {
        me.email = None;
    }
    me
}

/// `GET /users/@me/sudo/mfa-methods`.
pub async fn sudo_methods(app: &App, actor: &Actor) -> Result<SudoMfaMethods> {
    let user = &actor.user;
    Ok(SudoMfaMethods {
        totp: user.totp_secret.is_some(),
        sms: mfa::has(user, Authenticator::Sms),
        webauthn: !webauthn::passkeys(app, actor.id()).await?.is_empty(),
        has_mfa: user.has_mfa(),
    })
}

/// `POST /users/@me/sudo/mfa/sms/send`.
pub async fn send_sudo_sms(app: &App, actor: &Actor) -> Result<()> {
    second_factor::send_code(app, &actor.user).await
}
