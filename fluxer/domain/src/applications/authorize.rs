//! Consent: a person lets an application in, and perhaps its bot into a guild.

use fluxer_wire::{
    ApplicationId, Permissions,
    application::{AuthorizeConsentRequest, OAuth2Consent},
    code,
};

use super::{ApplicationRow, AuthorizationCodeRow, bots, oauth2::SCOPES, oauth2::canonical, secret};
use crate::{Actor, App, Error, Result, fail};

/// The operators' panel logs in as an application of its own.
const ADMIN_APPLICATION: ApplicationId = ApplicationId::new(1_234_567_890_123_456_789);

fn invalid_request(description: &str) -> Error {
    Error::oauth2("invalid_request", description)
}

fn permissions(text: &str) -> Result<Permissions> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('-')
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.is_empty()
    {
        return Err(invalid_request("INVALID_PERMISSIONS_NEGATIVE"));
    }
    match text.parse::<u64>() {
        Ok(bits) => Ok(Permissions::from_bits(bits).known()),
        Err(_) => Err(invalid_request("INVALID_PERMISSIONS_INTEGER")),
    }
}

/// `POST /oauth2/authorize/consent`.
pub async fn consent(app: &App, actor: &Actor, form: AuthorizeConsentRequest) -> Result<OAuth2Consent> {
    let granted = form.permissions.as_deref().map(permissions).transpose()?.unwrap_or_default();
    let scopes: Vec<String> = form.scope.split_whitespace().map(str::to_owned).collect();
    let bot_only = scopes == ["bot"];
    if !bot_only {
        if form.response_type.as_deref().unwrap_or("code") != "code" {
            return Err(invalid_request("response_type must be code"));
        }
        if form.redirect_uri.is_none() {
            return Err(invalid_request("redirect_uri is required"));
        }
    }
    let Some(application) = app.store.get::<ApplicationRow>((form.client_id,)).await? else {
        return Err(Error::oauth2("invalid_client", "Unknown application"));
    };
    let known = |scope: &String| {
        SCOPES.contains(&scope.as_str()) && (scope != "admin" || form.client_id == ADMIN_APPLICATION)
    };
    if scopes.is_empty() || !scopes.iter().all(known) {
        return Err(Error::oauth2("invalid_scope", "Unknown scope"));
    }
    let wants_bot = scopes.iter().any(|scope| scope == "bot");
    if wants_bot && !application.bot_is_public && application.owner_user_id != actor.id() {
        return fail(code::ACCESS_DENIED);
    }
    let redirect_uri = match form.redirect_uri.as_deref() {
        Some(uri) if application.redirect_uris.iter().any(|known| known == uri) => uri.to_owned(),
        Some(_) => return Err(invalid_request("redirect_uri is not registered")),
        None if application.bot_require_code_grant => {
            return Err(invalid_request("redirect_uri is required"));
        }
        None => app.settings.endpoints.app.clone(),
    };
    let authorization = AuthorizationCodeRow {
        code: secret(app),
        application_id: application.application_id,
        user_id: actor.id(),
        redirect_uri: redirect_uri.clone(),
        scopes: canonical(&scopes),
        created_at: app.clock.now(),
    };
    app.store.put(&authorization).await?;
    if let (true, Some(guild_id)) = (wants_bot, form.guild_id.0)
        && let Err(error) = bots::join_guild(app, actor, &application, guild_id, granted).await
    {
        app.store.delete::<AuthorizationCodeRow>((authorization.code,)).await?;
        return Err(error);
    }
    let mut target =
        url::Url::parse(&redirect_uri).map_err(|_| invalid_request("redirect_uri is not a URL"))?;
    target.query_pairs_mut().append_pair("code", &authorization.code);
    if let Some(state) = &form.state.0 {
        target.query_pairs_mut().append_pair("state", state);
    }
    Ok(OAuth2Consent { redirect_to: target.into() })
}
