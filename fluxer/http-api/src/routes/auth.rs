//! Logging in and out, and everything that comes before there is a session.

use fluxer_domain::auth::{
    Origin, captcha, email_revert, handoff, ip_authorization, login, password_reset, register, second_factor,
    sessions, sso, sudo, verification,
};
use fluxer_wire::{
    Form,
    auth::{
        AuthorizeIpRequest, EmailRevertRequest, ForgotPasswordRequest, HandoffCompleteRequest, LoginAnswer,
        LoginRequest, LogoutAuthSessionsRequest, MfaSmsRequest, MfaTicketRequest, MfaTotpRequest,
        RegisterRequest, ResetPasswordRequest, SsoCompleteRequest, SsoStartRequest, Ticket,
        UsernameSuggestionsRequest, VerifyEmailRequest, WebAuthnAuthenticateRequest, WebAuthnMfaRequest,
    },
};

use crate::{
    answer::{Json, NoContent, With},
    api::{Api, Auth},
    call::Call,
    client::Client,
    limits,
    sudo::{headers, proof},
};

const TAGS: &[&str] = &["Auth"];

#[derive(Debug, Clone, Form)]
struct TicketQuery {
    ticket: Ticket,
}

#[derive(Debug, Clone, Form)]
struct CodePath {
    code: Ticket,
}

/// What a session remembers of its client.
pub fn origin(client: &Client) -> Origin {
    Origin { ip: client.ip.clone(), user_agent: client.user_agent.clone(), is_desktop: client.is_desktop }
}

pub fn routes(api: &mut Api) {
    accounts(api);
    logging_in(api);
    passkeys(api);
    logged_in(api);
    addresses(api);
    mailed(api);
    handoffs(api);
    single_sign_on(api);
}

fn accounts(api: &mut Api) {
    api.post("/auth/register", "register_account")
        .tags(TAGS)
        .auth(Auth::None)
        .captcha()
        .limit(limits::AUTH_REGISTER)
        .run(|call: Call<(), (), RegisterRequest>| async move {
            solve_captcha(&call).await?;
            let language = call.client.accept_language.as_deref();
            let answer = register::register(&call.app, call.body, &origin(&call.client), language).await?;
            Ok(Json(LoginAnswer::In(answer)))
        });
    api.post("/auth/username-suggestions", "get_username_suggestions")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_REGISTER)
        .run(|call: Call<(), (), UsernameSuggestionsRequest>| async move {
            Ok(Json(register::suggest(&call.body.global_name)))
        });
}

fn logging_in(api: &mut Api) {
    api.post("/auth/login", "login_user")
        .tags(TAGS)
        .auth(Auth::None)
        .captcha()
        .limit(limits::AUTH_LOGIN)
        .run(|call: Call<(), (), LoginRequest>| async move {
            solve_captcha(&call).await?;
            Ok(Json(login::login(&call.app, call.body, &origin(&call.client)).await?))
        });
    api.post("/auth/login/mfa/totp", "login_with_totp")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_LOGIN_MFA)
        .run(|call: Call<(), (), MfaTotpRequest>| async move {
            Ok(Json(second_factor::totp(&call.app, call.body, &origin(&call.client)).await?))
        });
    api.post("/auth/login/mfa/sms/send", "send_sms_mfa_code")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_LOGIN_MFA)
        .run(|call: Call<(), (), MfaTicketRequest>| async move {
            second_factor::send_sms(&call.app, call.body).await?;
            Ok(NoContent)
        });
    api.post("/auth/login/mfa/sms", "login_with_sms_mfa")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_LOGIN_MFA)
        .run(|call: Call<(), (), MfaSmsRequest>| async move {
            Ok(Json(second_factor::sms(&call.app, call.body, &origin(&call.client)).await?))
        });
    api.post("/auth/login/mfa/webauthn/authentication-options", "get_webauthn_mfa_options")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_LOGIN_MFA)
        .run(|call: Call<(), (), MfaTicketRequest>| async move {
            Ok(Json(second_factor::passkey_options(&call.app, call.body).await?))
        });
    api.post("/auth/login/mfa/webauthn", "login_with_webauthn_mfa")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_LOGIN_MFA)
        .run(|call: Call<(), (), WebAuthnMfaRequest>| async move {
            Ok(Json(second_factor::passkey(&call.app, call.body, &origin(&call.client)).await?))
        });
}

fn passkeys(api: &mut Api) {
    api.post("/auth/webauthn/authentication-options", "get_webauthn_authentication_options")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_WEBAUTHN_OPTIONS)
        .run(|call: Call| async move { Ok(Json(second_factor::passwordless_options(&call.app).await?)) });
    api.post("/auth/webauthn/authenticate", "authenticate_with_webauthn")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_WEBAUTHN_AUTHENTICATE)
        .run(|call: Call<(), (), WebAuthnAuthenticateRequest>| async move {
            Ok(Json(second_factor::passwordless(&call.app, call.body, &origin(&call.client)).await?))
        });
}

fn logged_in(api: &mut Api) {
    api.post("/auth/logout", "logout_user").tags(TAGS).auth(Auth::None).limit(limits::AUTH_LOGOUT).run(
        |call: Call| async move {
            sessions::log_out(&call.app, call.header("authorization").unwrap_or_default()).await?;
            Ok(NoContent)
        },
    );
    api.get("/auth/sessions", "list_auth_sessions")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::AUTH_SESSIONS_GET)
        .run(|call: Call| async move { Ok(Json(sessions::list(&call.app, call.actor()?).await?)) });
    api.post("/auth/sessions/logout", "logout_all_sessions")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::AUTH_SESSIONS_LOGOUT)
        .run(|call: Call<(), (), LogoutAuthSessionsRequest>| async move {
            let actor = call.actor()?;
            let token = sudo::require(&call.app, actor, &call.body.sudo, &proof(&call)).await?;
            let hashes: Vec<&str> = call.body.session_id_hashes.iter().map(|hash| hash.as_str()).collect();
            sessions::log_out_many(&call.app, actor, &hashes).await?;
            Ok(With(NoContent, headers(token)))
        });
}

fn addresses(api: &mut Api) {
    api.post("/auth/authorize-ip", "authorize_ip_address")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_AUTHORIZE_IP)
        .run(|call: Call<(), (), AuthorizeIpRequest>| async move {
            ip_authorization::complete(&call.app, call.body).await?;
            Ok(NoContent)
        });
    api.get("/auth/ip-authorization/poll", "poll_ip_authorization")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_IP_AUTHORIZATION_POLL)
        .run(|call: Call<(), TicketQuery>| async move {
            Ok(Json(ip_authorization::poll(&call.app, &call.query.ticket).await?))
        });
    api.post("/auth/ip-authorization/resend", "resend_ip_authorization")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_IP_AUTHORIZATION_RESEND)
        .run(|call: Call<(), (), MfaTicketRequest>| async move {
            ip_authorization::resend(&call.app, call.body).await?;
            Ok(NoContent)
        });
}

fn mailed(api: &mut Api) {
    api.post("/auth/verify", "verify_email")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_VERIFY_EMAIL)
        .run(|call: Call<(), (), VerifyEmailRequest>| async move {
            verification::verify(&call.app, call.body).await?;
            Ok(NoContent)
        });
    api.post("/auth/verify/resend", "resend_verification_email")
        .tags(TAGS)
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::AUTH_RESEND_VERIFICATION)
        .run(|call: Call| async move {
            verification::resend(&call.app, call.actor()?).await?;
            Ok(NoContent)
        });
    api.post("/auth/forgot", "forgot_password")
        .tags(TAGS)
        .auth(Auth::None)
        .captcha()
        .limit(limits::AUTH_FORGOT_PASSWORD)
        .run(|call: Call<(), (), ForgotPasswordRequest>| async move {
            solve_captcha(&call).await?;
            password_reset::forgot(&call.app, call.body, &origin(&call.client)).await?;
            Ok(NoContent)
        });
    api.post("/auth/reset", "reset_password")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_RESET_PASSWORD)
        .run(|call: Call<(), (), ResetPasswordRequest>| async move {
            Ok(Json(password_reset::reset(&call.app, call.body, &origin(&call.client)).await?))
        });
    api.post("/auth/email-revert", "revert_email_change")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_EMAIL_REVERT)
        .run(|call: Call<(), (), EmailRevertRequest>| async move {
            let answer = email_revert::revert(&call.app, call.body, &origin(&call.client)).await?;
            Ok(Json(LoginAnswer::In(answer)))
        });
}

fn handoffs(api: &mut Api) {
    api.post("/auth/handoff/initiate", "initiate_handoff")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_HANDOFF_INITIATE)
        .run(|call: Call| async move { Ok(Json(handoff::initiate(&call.app).await?)) });
    api.post("/auth/handoff/complete", "complete_handoff")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_HANDOFF_COMPLETE)
        .run(|call: Call<(), (), HandoffCompleteRequest>| async move {
            handoff::complete(&call.app, call.body, &origin(&call.client)).await?;
            Ok(NoContent)
        });
    api.get("/auth/handoff/{code}/status", "get_handoff_status")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_HANDOFF_STATUS)
        .run(|call: Call<CodePath>| async move {
            Ok(Json(handoff::status(&call.app, &call.path.code).await?))
        });
    api.delete("/auth/handoff/{code}", "cancel_handoff")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_HANDOFF_CANCEL)
        .run(|call: Call<CodePath>| async move {
            handoff::cancel(&call.app, &call.path.code).await?;
            Ok(NoContent)
        });
}

fn single_sign_on(api: &mut Api) {
    api.get("/auth/sso/status", "get_sso_status")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_SSO_START)
        .run(|call: Call| async move { Ok(Json(sso::status(&call.app))) });
    api.post("/auth/sso/start", "start_sso").tags(TAGS).auth(Auth::None).limit(limits::AUTH_SSO_START).run(
        |call: Call<(), (), SsoStartRequest>| async move { Ok(Json(sso::start(&call.app, call.body)?)) },
    );
    api.post("/auth/sso/complete", "complete_sso")
        .tags(TAGS)
        .auth(Auth::None)
        .limit(limits::AUTH_SSO_COMPLETE)
        .run(|call: Call<(), (), SsoCompleteRequest>| async move {
            Ok(Json(sso::complete(&call.app, call.body)?))
        });
}

/// That there is an answer where one is wanted was checked before the body was read.
async fn solve_captcha<P, Q, B>(call: &Call<P, Q, B>) -> fluxer_domain::Result<()> {
    let token = call.header("x-captcha-token").unwrap_or_default();
    captcha::verify(&call.app, token, call.header("x-captcha-type"), &call.client.ip).await
}
