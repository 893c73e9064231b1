//! Second factors on and off. Bots follow their owner: guilds that ask moderators for a
//! second factor ask it of whoever holds the bot's token.

use fluxer_wire::{
    UserId,
    account::{BackupCode, BackupCodes, DisableTotpRequest, EnableMfaTotpRequest},
    code, invalid,
};
use platform_store::Batch;

use super::announce;
use crate::{
    Actor, App, Error, Result,
    applications::ApplicationByOwnerRow,
    auth::{
        mfa::{self, Authenticator},
        rows::BackupCodeRow,
        sms,
    },
    fail,
    rows::UserRow,
};

const BACKUP_CODES: usize = 10;
const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// `POST /users/@me/mfa/totp/enable`; sudo is the caller's to require.
pub async fn enable_totp(app: &App, actor: &Actor, form: &EnableMfaTotpRequest) -> Result<BackupCodes> {
    let user = &*actor.user;
    if user.totp_secret.is_some() {
        return fail(code::TWO_FA_NOT_ENABLED);
    }
    if !mfa::verify_totp(app, user, &form.secret, &form.code).await? {
        return Err(Error::field("code", invalid::INVALID_CODE));
    }
    let codes = replace_codes(app, actor.id()).await?;
    let secret = form.secret.as_str();
    change(app, actor.id(), |row| {
        row.totp_secret = Some(secret.to_owned());
        mfa::add(row, Authenticator::Totp);
    })
    .await?;
    Ok(codes)
}

/// `POST /users/@me/mfa/totp/disable`; sudo is the caller's to require.
pub async fn disable_totp(app: &App, actor: &Actor, form: &DisableTotpRequest) -> Result<()> {
    let user = &*actor.user;
    if user.totp_secret.is_none() {
        return fail(code::TWO_FACTOR_REQUIRED);
    }
    if !mfa::verify_totp_or_backup(app, user, &form.code).await? {
        return Err(Error::field("code", invalid::INVALID_CODE));
    }
    change(app, actor.id(), |row| {
        row.totp_secret = None;
        mfa::remove(row, Authenticator::Totp);
        mfa::remove(row, Authenticator::Sms);
    })
    .await?;
    Ok(app.store.delete_partition::<BackupCodeRow>((actor.id(),)).await?)
}

/// `POST /users/@me/mfa/backup-codes`; sudo is the caller's to require.
pub async fn backup_codes(app: &App, actor: &Actor, regenerate: bool) -> Result<BackupCodes> {
    if regenerate {
        return replace_codes(app, actor.id()).await;
    }
    let rows = app.store.range::<BackupCodeRow>((actor.id(),)).all().await?;
    Ok(view(rows))
}

async fn replace_codes(app: &App, user: UserId) -> Result<BackupCodes> {
    let rows: Vec<BackupCodeRow> = (0..BACKUP_CODES)
        .map(|_| {
            let mut code = app.rng.text(8, ALPHABET);
            code.insert(4, '-');
            BackupCodeRow { user_id: user, code, consumed: false, version: 0 }
        })
        .collect();
    let old = app.store.range::<BackupCodeRow>((user,)).all().await?;
    let batch =
        old.into_iter().fold(Batch::new(), |batch, row| batch.delete::<BackupCodeRow>((user, row.code)));
    let batch = rows.iter().fold(batch, |batch, row| batch.put(row));
    app.store.commit(batch).await?;
    Ok(view(rows))
}

fn view(rows: Vec<BackupCodeRow>) -> BackupCodes {
    let codes = rows.into_iter().map(|row| BackupCode { code: row.code, consumed: row.consumed });
    BackupCodes { backup_codes: codes.collect() }
}

/// `POST /users/@me/mfa/sms/enable`; sudo is the caller's to require.
pub async fn enable_sms(app: &App, actor: &Actor) -> Result<()> {
    let user = &*actor.user;
    if !sms::is_available(app) {
        return fail(code::SMS_VERIFICATION_UNAVAILABLE);
    }
    if user.totp_secret.is_none() {
        return fail(code::SMS_MFA_REQUIRES_TOTP);
    }
    if user.phone.is_none() {
        return fail(code::PHONE_REQUIRED_FOR_SMS_MFA);
    }
    change(app, actor.id(), |row| mfa::add(row, Authenticator::Sms)).await
}

/// `POST /users/@me/mfa/sms/disable`; sudo is the caller's to require.
pub async fn disable_sms(app: &App, actor: &Actor) -> Result<()> {
    if !mfa::has(&actor.user, Authenticator::Sms) {
        return Ok(());
    }
    change(app, actor.id(), |row| mfa::remove(row, Authenticator::Sms)).await
}

/// Changes an account's factors, tells its sessions, and brings its bots in line.
pub(super) async fn change(app: &App, user: UserId, change: impl FnMut(&mut UserRow) + Send) -> Result<()> {
    let Some(user) = app.update_user(user, change).await? else { return fail(code::UNKNOWN_USER) };
    announce(app, &user).await;
    for application in app.store.range::<ApplicationByOwnerRow>((user.user_id,)).all().await? {
        let bot: UserId = application.application_id.cast();
        let types = user.authenticator_types.clone();
        let changed = app.update_user(bot, move |row| row.authenticator_types = types.clone()).await?;
        if let Some(bot) = changed {
            announce(app, &bot).await;
        }
    }
    Ok(())
}
