//! One's own account: profile, address, password, second factors, phone, leaving.

use fluxer_domain::{
    Result,
    account::{
        bulk_deletion, email_change, me, passkeys, password_change, phone, premium, state, two_factor, update,
    },
    auth::{ip_authorization, sudo},
};
use fluxer_wire::{
    Form, Str,
    account::{
        DisableTotpRequest, EmailChangeBouncedRequestNewRequest, EmailChangeBouncedVerifyNewRequest,
        EmailChangeRequestNewRequest, EmailChangeTicketRequest, EmailChangeVerifyNewRequest,
        EmailChangeVerifyOriginalRequest, EmptyBodyRequest, EnableMfaTotpRequest, MfaBackupCodesRequest,
        PasswordChangeCompleteRequest, PasswordChangeTicketRequest, PasswordChangeVerifyRequest,
        PhoneAddRequest, PhoneSendVerificationRequest, PhoneVerifyRequest, UserUpdateWithVerificationRequest,
        WebAuthnCredentialUpdateRequest, WebAuthnRegisterRequest,
    },
    auth::PasskeyOptions,
    sudo::SudoVerification,
};

use super::auth::origin;
use crate::{
    answer::{Json, NoContent, With},
    api::{Api, Auth},
    call::Call,
    limits,
    sudo::{headers, proof},
};

const TAGS: &[&str] = &["Users"];

#[derive(Debug, Clone, Form)]
struct CredentialPath {
    credential_id: Str<1, 1024>,
}

type Guarded = Call<(), (), SudoVerification>;

/// Asks for proof of an operation whose body is nothing else.
async fn prove<P>(call: &Call<P, (), SudoVerification>) -> Result<Option<sudo::IssuedToken>> {
    sudo::require(&call.app, call.actor()?, &call.body, &proof(call)).await
}

pub fn routes(api: &mut Api) {
    own_profile(api);
    email(api);
    bounced_email(api);
    password(api);
    second_factors(api);
    webauthn(api);
    telephone(api);
    leaving(api);
}

fn own_profile(api: &mut Api) {
    api.get("/users/@me", "get_current_user")
        .tags(TAGS)
        .auth(Auth::Scope("identify"))
        .limit(limits::USER_SETTINGS_GET)
        .run(|call: Call| async move { Ok(Json(me::get(&call.app, call.actor()?))) });
    api.patch("/users/@me", "update_current_user")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_UPDATE_SELF)
        .run(|call: Call<(), (), UserUpdateWithVerificationRequest>| async move {
            let (proof, from) = (proof(&call), origin(&call.client));
            let form = call.body.clone();
            let (user, token) = update::update(&call.app, call.actor()?, form, &proof, &from).await?;
            Ok(With(Json(user), headers(token)))
        });
    api.get("/users/@me/sudo/mfa-methods", "list_sudo_mfa_methods")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::SUDO_MFA_METHODS)
        .run(|call: Call| async move { Ok(Json(me::sudo_methods(&call.app, call.actor()?).await?)) });
    api.post("/users/@me/sudo/mfa/sms/send", "send_sudo_sms_code")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::SUDO_SMS_SEND)
        .run(|call: Call| async move {
            me::send_sudo_sms(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/sudo/webauthn/authentication-options", "get_sudo_webauthn_authentication_options")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::SUDO_WEBAUTHN_OPTIONS)
        .run(|call: Call| async move {
            Ok(Json(PasskeyOptions(passkeys::sudo_options(&call.app, call.actor()?).await?)))
        });
    api.post("/users/@me/premium/reset", "reset_current_user_premium_state")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_UPDATE_SELF)
        .run(|call: Call| async move {
            premium::reset(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.delete("/users/@me/authorized-ips", "forget_authorized_ips")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_AUTHORIZED_IPS_FORGET)
        .run(|call: Guarded| async move {
            let token = prove(&call).await?;
            ip_authorization::forget_all(&call.app, call.actor()?.id()).await?;
            Ok(With(NoContent, headers(token)))
        });
}

fn email(api: &mut Api) {
    api.post("/users/@me/email-change/start", "start_email_change")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_START)
        .run(|call: Call<(), (), EmptyBodyRequest>| async move {
            Ok(Json(email_change::start(&call.app, call.actor()?).await?))
        });
    api.post("/users/@me/email-change/resend-original", "resend_original_email_confirmation")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_RESEND_ORIGINAL)
        .run(|call: Call<(), (), EmailChangeTicketRequest>| async move {
            email_change::resend_original(&call.app, call.actor()?, &call.body.ticket).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/email-change/verify-original", "verify_original_email_address")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_VERIFY_ORIGINAL)
        .run(|call: Call<(), (), EmailChangeVerifyOriginalRequest>| async move {
            Ok(Json(email_change::verify_original(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/email-change/request-new", "request_new_email_address")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_REQUEST_NEW)
        .run(|call: Call<(), (), EmailChangeRequestNewRequest>| async move {
            Ok(Json(email_change::request_new(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/email-change/resend-new", "resend_new_email_confirmation")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_RESEND_NEW)
        .run(|call: Call<(), (), EmailChangeTicketRequest>| async move {
            email_change::resend_new(&call.app, call.actor()?, &call.body.ticket, false).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/email-change/verify-new", "verify_new_email_address")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_EMAIL_CHANGE_VERIFY_NEW)
        .run(|call: Call<(), (), EmailChangeVerifyNewRequest>| async move {
            Ok(Json(email_change::verify_new(&call.app, call.actor()?, call.body.clone()).await?))
        });
}

fn bounced_email(api: &mut Api) {
    api.post("/users/@me/email-change/bounced/request-new", "request_bounced_email_replacement")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::USER_EMAIL_CHANGE_BOUNCED_REQUEST_NEW)
        .run(|call: Call<(), (), EmailChangeBouncedRequestNewRequest>| async move {
            Ok(Json(email_change::request_bounced(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/email-change/bounced/resend-new", "resend_bounced_email_replacement_code")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::USER_EMAIL_CHANGE_BOUNCED_RESEND_NEW)
        .run(|call: Call<(), (), EmailChangeTicketRequest>| async move {
            email_change::resend_new(&call.app, call.actor()?, &call.body.ticket, true).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/email-change/bounced/verify-new", "verify_bounced_email_replacement")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::USER_EMAIL_CHANGE_BOUNCED_VERIFY_NEW)
        .run(|call: Call<(), (), EmailChangeBouncedVerifyNewRequest>| async move {
            Ok(Json(email_change::verify_bounced(&call.app, call.actor()?, call.body.clone()).await?))
        });
}

fn password(api: &mut Api) {
    api.post("/users/@me/password-change/start", "start_password_change")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_PASSWORD_CHANGE_START)
        .run(|call: Call<(), (), EmptyBodyRequest>| async move {
            Ok(Json(password_change::start(&call.app, call.actor()?).await?))
        });
    api.post("/users/@me/password-change/resend", "resend_password_change_code")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_PASSWORD_CHANGE_RESEND)
        .run(|call: Call<(), (), PasswordChangeTicketRequest>| async move {
            password_change::resend(&call.app, call.actor()?, &call.body.ticket).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/password-change/verify", "verify_password_change_code")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_PASSWORD_CHANGE_VERIFY)
        .run(|call: Call<(), (), PasswordChangeVerifyRequest>| async move {
            Ok(Json(password_change::verify(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/password-change/complete", "complete_password_change")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_PASSWORD_CHANGE_COMPLETE)
        .run(|call: Call<(), (), PasswordChangeCompleteRequest>| async move {
            let from = origin(&call.client);
            password_change::complete(&call.app, call.actor()?, call.body.clone(), &from).await?;
            Ok(NoContent)
        });
}

fn second_factors(api: &mut Api) {
    api.post("/users/@me/mfa/totp/enable", "enable_totp_mfa")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_MFA_TOTP_ENABLE)
        .run(|call: Call<(), (), EnableMfaTotpRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            let codes = two_factor::enable_totp(&call.app, actor, &call.body).await?;
            Ok(With(Json(codes), headers(token)))
        });
    api.post("/users/@me/mfa/totp/disable", "disable_totp_mfa")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_MFA_TOTP_DISABLE)
        .run(|call: Call<(), (), DisableTotpRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            two_factor::disable_totp(&call.app, actor, &call.body).await?;
            Ok(With(NoContent, headers(token)))
        });
    api.post("/users/@me/mfa/backup-codes", "get_backup_codes_mfa")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_MFA_BACKUP_CODES)
        .run(|call: Call<(), (), MfaBackupCodesRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            let codes = two_factor::backup_codes(&call.app, actor, call.body.regenerate).await?;
            Ok(With(Json(codes), headers(token)))
        });
    api.post("/users/@me/mfa/sms/enable", "enable_sms_mfa")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_SMS_ENABLE)
        .run(|call: Guarded| async move {
            prove(&call).await?;
            two_factor::enable_sms(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/mfa/sms/disable", "disable_sms_mfa")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_SMS_DISABLE)
        .run(|call: Guarded| async move {
            let token = prove(&call).await?;
            two_factor::disable_sms(&call.app, call.actor()?).await?;
            Ok(With(NoContent, headers(token)))
        });
}

fn webauthn(api: &mut Api) {
    api.get("/users/@me/mfa/webauthn/credentials", "list_webauthn_credentials")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_WEBAUTHN_LIST)
        .run(|call: Call| async move { Ok(Json(passkeys::list(&call.app, call.actor()?).await?)) });
    api.post("/users/@me/mfa/webauthn/credentials/registration-options", "get_webauthn_registration_options")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_WEBAUTHN_REGISTRATION_OPTIONS)
        .run(|call: Guarded| async move {
            prove(&call).await?;
            Ok(Json(PasskeyOptions(passkeys::options(&call.app, call.actor()?).await?)))
        });
    api.post("/users/@me/mfa/webauthn/credentials", "register_webauthn_credential")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_WEBAUTHN_REGISTER)
        .run(|call: Call<(), (), WebAuthnRegisterRequest>| async move {
            let actor = call.actor()?;
            sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            passkeys::register(&call.app, actor, &call.body).await?;
            Ok(NoContent)
        });
    api.patch("/users/@me/mfa/webauthn/credentials/{credential_id}", "update_webauthn_credential")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_WEBAUTHN_UPDATE)
        .run(|call: Call<CredentialPath, (), WebAuthnCredentialUpdateRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            passkeys::rename(&call.app, actor, &call.path.credential_id, &call.body.name).await?;
            Ok(With(NoContent, headers(token)))
        });
    api.delete("/users/@me/mfa/webauthn/credentials/{credential_id}", "delete_webauthn_credential")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::MFA_WEBAUTHN_DELETE)
        .run(|call: Call<CredentialPath, (), SudoVerification>| async move {
            let token = prove(&call).await?;
            passkeys::delete(&call.app, call.actor()?, &call.path.credential_id).await?;
            Ok(With(NoContent, headers(token)))
        });
}

fn telephone(api: &mut Api) {
    api.post("/users/@me/phone/send-verification", "send_phone_verification_code")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::PHONE_SEND_VERIFICATION)
        .run(|call: Call<(), (), PhoneSendVerificationRequest>| async move {
            phone::send_verification(&call.app, call.actor()?, call.body.clone()).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/phone/verify", "verify_phone_code")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::PHONE_VERIFY_CODE)
        .run(|call: Call<(), (), PhoneVerifyRequest>| async move {
            Ok(Json(phone::verify(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/users/@me/phone", "add_phone_to_account")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::PHONE_ADD)
        .run(|call: Call<(), (), PhoneAddRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            phone::add(&call.app, actor, &call.body.phone_token).await?;
            Ok(With(NoContent, headers(token)))
        });
    api.delete("/users/@me/phone", "remove_phone_from_account")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::PHONE_REMOVE)
        .run(|call: Guarded| async move {
            let token = prove(&call).await?;
            phone::remove(&call.app, call.actor()?).await?;
            Ok(With(NoContent, headers(token)))
        });
}

fn leaving(api: &mut Api) {
    api.post("/users/@me/disable", "disable_current_user_account")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_ACCOUNT_DISABLE)
        .run(|call: Guarded| async move {
            prove(&call).await?;
            state::disable(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/delete", "delete_current_user_account")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_ACCOUNT_DELETE)
        .run(|call: Guarded| async move {
            prove(&call).await?;
            state::delete(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.post("/users/@me/messages/delete", "request_bulk_message_deletion")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_BULK_MESSAGE_DELETE)
        .run(|call: Guarded| async move {
            let token = prove(&call).await?;
            bulk_deletion::request(&call.app, call.actor()?).await?;
            Ok(With(NoContent, headers(token)))
        });
    api.delete("/users/@me/messages/delete", "cancel_bulk_message_deletion2")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_BULK_MESSAGE_DELETE)
        .run(|call: Call| async move { Ok(Json(bulk_deletion::cancel(&call.app, call.actor()?).await?)) });
    api.post("/users/@me/messages/delete/test", "test_bulk_message_deletion")
        .tags(TAGS)
        .auth(Auth::User)
        .limit(limits::USER_BULK_MESSAGE_DELETE)
        .run(|call: Call| async move {
            bulk_deletion::test(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
}
