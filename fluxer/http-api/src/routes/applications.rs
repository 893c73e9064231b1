//! An owner's applications and their bots.

use fluxer_domain::{
    applications::{bots, manage},
    auth::sudo,
};
use fluxer_wire::{
    application::{ApplicationCreateRequest, ApplicationUpdateRequest, BotProfileUpdateRequest},
    sudo::SudoVerification,
};

use crate::{
    answer::{Json, NoContent, With},
    api::{Api, Auth},
    call::Call,
    limits,
    path::ApplicationPath,
    sudo::{headers, proof},
};

type Sudo = Call<ApplicationPath, (), SudoVerification>;

/// Sudo comes before the application is even looked up.
async fn prove(call: &Sudo) -> fluxer_domain::Result<Option<sudo::IssuedToken>> {
    sudo::require(&call.app, call.actor()?, &call.body, &proof(call)).await
}

pub fn routes(api: &mut Api) {
    api.post("/oauth2/applications", "create_oauth_application")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_CREATE)
        .run(|call: Call<(), (), ApplicationCreateRequest>| async move {
            Ok(Json(manage::create(&call.app, call.actor()?, call.body.clone()).await?))
        });
    for (path, id) in [
        ("/oauth2/applications/@me", "list_user_applications2"),
        ("/users/@me/applications", "list_user_applications"),
    ] {
        api.get(path, id)
            .tags(&["OAuth2"])
            .auth(Auth::User)
            .allow_suspicious()
            .limit(limits::OAUTH_DEV_CLIENTS_LIST)
            .run(|call: Call| async move { Ok(Json(manage::list(&call.app, call.actor()?).await?)) });
    }
    api.get("/oauth2/applications/{id}", "get_oauth_application")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENTS_LIST)
        .run(|call: Call<ApplicationPath>| async move {
            Ok(Json(manage::get(&call.app, call.actor()?, call.path.id).await?))
        });
    api.patch("/oauth2/applications/{id}", "update_oauth_application")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_UPDATE)
        .run(|call: Call<ApplicationPath, (), ApplicationUpdateRequest>| async move {
            Ok(Json(manage::update(&call.app, call.actor()?, call.path.id, call.body.clone()).await?))
        });
    api.delete("/oauth2/applications/{id}", "delete_oauth_application")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_DELETE)
        .run(|call: Sudo| async move {
            let token = prove(&call).await?;
            manage::delete(&call.app, call.actor()?, call.path.id).await?;
            Ok(With(NoContent, headers(token)))
        });
    api.patch("/oauth2/applications/{id}/bot", "update_bot_profile")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_UPDATE)
        .run(|call: Call<ApplicationPath, (), BotProfileUpdateRequest>| async move {
            Ok(Json(bots::update(&call.app, call.actor()?, call.path.id, call.body.clone()).await?))
        });
    api.post("/oauth2/applications/{id}/bot/reset-token", "reset_bot_token2")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_ROTATE_SECRET)
        .run(|call: Sudo| async move {
            let token = prove(&call).await?;
            let answer = manage::reset_bot_token(&call.app, call.actor()?, call.path.id).await?;
            Ok(With(Json(answer), headers(token)))
        });
    api.post("/oauth2/applications/{id}/client-secret/reset", "reset_client_secret2")
        .tags(&["OAuth2"])
        .auth(Auth::User)
        .allow_suspicious()
        .limit(limits::OAUTH_DEV_CLIENT_ROTATE_SECRET)
        .run(|call: Sudo| async move {
            let token = prove(&call).await?;
            let answer = manage::reset_client_secret(&call.app, call.actor()?, call.path.id).await?;
            Ok(With(Json(answer), headers(token)))
        });
    api.get("/oauth2/applications/{id}/public", "get_public_application")
        .tags(&["OAuth2"])
        .auth(Auth::None)
        .limit(limits::OAUTH_DEV_CLIENTS_LIST)
        .run(|call: Call<ApplicationPath>| async move {
            Ok(Json(manage::public(&call.app, call.path.id).await?))
        });
    api.get("/applications/@me", "get_current_user_applications")
        .tags(&["OAuth2"])
        .auth(Auth::Bot)
        .run(|call: Call| async move { Ok(Json(manage::current(&call.app, call.actor()?).await?)) });
}
