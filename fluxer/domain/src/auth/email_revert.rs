//! Taking an account back after its address was changed by somebody else.

use fluxer_wire::{
    auth::{EmailRevertRequest, LoggedIn},
    invalid,
};
use platform_store::Batch;

use super::{
    Origin, emails, ip_authorization, login, password,
    rows::{AuthorizedIpRow, BackupCodeRow, PasskeyOwnerRow, PasskeyRow, UserByPhoneRow},
    sessions,
    tokens::{self, Purpose},
    webauthn,
};
use crate::{
    App, Error, Result,
    account::{announce, contacts},
};

/// `POST /auth/email-revert`: the old address, a new password, and nothing left of what
/// whoever changed it may have set up.
pub async fn revert(app: &App, form: EmailRevertRequest, origin: &Origin) -> Result<LoggedIn> {
    let refused = || Error::field("token", invalid::INVALID_OR_EXPIRED_REVERT_TOKEN);
    let Some(row) = tokens::find(app, Purpose::RevertEmail, &form.token).await? else {
        return Err(refused());
    };
    let Some(user) = app.find_user(row.user_id).await? else { return Err(refused()) };
    let user = login::admit(app, user).await?;
    let hash = password::hash_new(app, "password", form.password.as_str()).await?;
    let id = user.user_id;
    if emails::is_taken(app, &row.email, id).await?
        || !tokens::consume(app, Purpose::RevertEmail, &form.token).await?
        || !emails::take(app, &row.email, id).await?
    {
        return Err(refused());
    }
    let mut batch = Batch::new()
        .delete_partition::<BackupCodeRow>((id,))
        .delete_partition::<AuthorizedIpRow>((id,))
        .delete_partition::<PasskeyRow>((id,));
    for passkey in webauthn::passkeys(app, id).await? {
        batch = batch.delete::<PasskeyOwnerRow>((passkey.credential_id,));
    }
    if let Some(phone) = user.phone.clone() {
        batch = batch.delete::<UserByPhoneRow>((phone,));
    }
    app.store.commit(batch).await?;
    let now = app.clock.now();
    let changed = app
        .update_user(id, |user| {
            user.email = Some(row.email.clone());
            user.email_verified = true;
            user.email_bounced = false;
            user.password_hash = Some(hash.clone());
            user.password_last_changed_at = Some(now);
            user.phone = None;
            user.totp_secret = None;
            user.authenticator_types.clear();
        })
        .await?;
    let Some(changed) = changed else { return Err(refused()) };
    if let Some(replaced) = user.email.as_deref().filter(|email| !email.eq_ignore_ascii_case(&row.email)) {
        emails::release(app, replaced).await?;
    }
    contacts::log(app, &user, &changed, "email_revert").await;
    sessions::revoke_all(app, id).await?;
    ip_authorization::authorize(app, id, &origin.ip).await?;
    announce(app, &changed).await;
    sessions::log_in(app, &changed, origin).await
}
