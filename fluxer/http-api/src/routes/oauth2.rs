//! The OAuth2 protocol.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use fluxer_domain::{
    Error, Result,
    applications::{
        authorize,
        oauth2::{self, Basic},
    },
};
use fluxer_wire::{
    ApplicationId, Form,
    application::{AuthorizeConsentRequest, IntrospectRequestForm, RevokeRequestForm, TokenRequest},
};

use crate::{
    answer::{Empty, Json, NoContent},
    api::{Api, Auth, BodyKind},
    call::Call,
    limits,
};

#[derive(Debug, Form)]
struct AuthorizationPath {
    #[form(rename = "applicationId")]
    application_id: ApplicationId,
}

/// Client credentials of the `Authorization: Basic` header.
fn basic<P, Q, B>(call: &Call<P, Q, B>) -> Basic {
    let encoded = call.header("authorization")?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

pub fn routes(api: &mut Api) {
    api.get("/oauth2/authorize", "authorize_oauth2").tags(&["OAuth2"]).limit(limits::OAUTH_AUTHORIZE).run(
        |_: Call| async move {
            // The page where people consent is the web client's.
            Result::<NoContent>::Err(Error::oauth2(
                "invalid_request",
                "Open the authorize page of the web client",
            ))
        },
    );
    api.post("/oauth2/authorize/consent", "provide_oauth2_consent")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_AUTHORIZE)
        .run(|call: Call<(), (), AuthorizeConsentRequest>| async move {
            Ok(Json(authorize::consent(&call.app, call.actor()?, call.body.clone()).await?))
        });
    api.post("/oauth2/token", "exchange_oauth2_token")
        .tags(&["OAuth2"])
        .auth(Auth::None)
        .body(BodyKind::Form)
        .limit(limits::OAUTH_TOKEN)
        .run(|call: Call<(), (), TokenRequest>| async move {
            let basic = basic(&call);
            Ok(Json(oauth2::exchange(&call.app, call.body, basic).await?))
        });
    api.post("/oauth2/introspect", "introspect_oauth2_token")
        .tags(&["OAuth2"])
        .auth(Auth::None)
        .body(BodyKind::Form)
        .limit(limits::OAUTH_INTROSPECT)
        .run(|call: Call<(), (), IntrospectRequestForm>| async move {
            let basic = basic(&call);
            Ok(Json(oauth2::introspect(&call.app, call.body, basic).await?))
        });
    api.post("/oauth2/token/revoke", "revoke_oauth2_token")
        .tags(&["OAuth2"])
        .auth(Auth::None)
        .body(BodyKind::Form)
        .limit(limits::OAUTH_INTROSPECT)
        .run(|call: Call<(), (), RevokeRequestForm>| async move {
            let basic = basic(&call);
            oauth2::revoke(&call.app, call.body, basic).await?;
            Ok(Empty)
        });
    api.get("/oauth2/userinfo", "get_oauth2_userinfo")
        .tags(&["OAuth2"])
        .auth(Auth::Bearer("identify"))
        .limit(limits::OAUTH_INTROSPECT)
        .run(|call: Call| async move { Ok(Json(oauth2::user_info(&call.app, call.actor()?))) });
    api.get("/oauth2/@me", "get_current_user_oauth2")
        .tags(&["OAuth2"])
        .auth(Auth::Bearer(""))
        .allow_suspicious()
        .run(|call: Call| async move {
            let token = call.header("authorization").and_then(|header| header.strip_prefix("Bearer "));
            Ok(Json(oauth2::me(&call.app, call.actor()?, token.unwrap_or_default()).await?))
        });
    api.get("/oauth2/@me/authorizations", "list_user_oauth2_authorizations")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENTS_LIST)
        .run(|call: Call| async move { Ok(Json(oauth2::authorizations(&call.app, call.actor()?).await?)) });
    api.delete("/oauth2/@me/authorizations/{applicationId}", "delete_user_oauth2_authorization")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENTS_LIST)
        .run(|call: Call<AuthorizationPath>| async move {
            oauth2::deauthorize(&call.app, call.actor()?, call.path.application_id).await?;
            Ok(NoContent)
        });
}
