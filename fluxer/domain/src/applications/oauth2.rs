//! The OAuth2 token endpoint, introspection, revocation, and what a token's holder may ask.

use std::collections::BTreeMap;

use fluxer_wire::{
    ApplicationId, UserId,
    application::{
        GrantType, IntrospectRequestForm, OAuth2Authorization, OAuth2AuthorizationApplication,
        OAuth2Introspect, OAuth2Me, OAuth2MeApplication, OAuth2MeUser, OAuth2Token, OAuth2UserInfo,
        RevokeRequestForm, TokenRequest, TokenTypeHint,
    },
    code, invalid,
};
use platform_store::Batch;

use super::{
    AccessTokenByUserRow, AccessTokenRow, ApplicationRow, AuthorizationCodeRow, RefreshTokenByUserRow,
    RefreshTokenRow, digest, find, matches, secret,
};
use crate::{Actor, App, Credential, Error, Result, fail, users::partial};

const ACCESS_SECONDS: i64 = 604_800;

/// Every scope, in the order answers list them.
pub const SCOPES: &[&str] = &["identify", "email", "guilds", "connections", "bot", "admin"];

/// Client credentials as HTTP Basic carries them.
pub type Basic = Option<(String, String)>;

/// The scopes in canonical order, each once.
pub fn canonical(scopes: &[String]) -> Vec<String> {
    SCOPES
        .iter()
        .filter(|scope| scopes.iter().any(|held| held == *scope))
        .map(|scope| (*scope).to_owned())
        .collect()
}

/// The client, proven by its secret; else 400 `invalid_client`.
async fn client(app: &App, id: Option<ApplicationId>, secret: Option<String>) -> Result<ApplicationRow> {
    let Some(id) = id else { return Err(Error::oauth2("invalid_client", "Missing client_id")) };
    let Some(row) = app.store.get::<ApplicationRow>((id,)).await? else {
        return Err(Error::oauth2("invalid_client", "Invalid client_id"));
    };
    let Some(secret) = secret else { return Err(Error::oauth2("invalid_client", "Missing client_secret")) };
    if matches(&secret, &row.client_secret_hash) {
        Ok(row)
    } else {
        Err(Error::oauth2("invalid_client", "Invalid client_secret"))
    }
}

fn basic_id(basic: &Basic) -> Option<ApplicationId> {
    basic.as_ref().and_then(|(id, _)| id.parse().ok())
}

/// `POST /oauth2/token`. Credentials of the body win over HTTP Basic.
pub async fn exchange(app: &App, form: TokenRequest, basic: Basic) -> Result<OAuth2Token> {
    let missing = |field: &str| Error::field(field, invalid::INVALID_FORMAT);
    // The shape of either grant is checked before the client is.
    let (first, second) = match form.grant_type {
        GrantType::AuthorizationCode => {
            let code = form.code.0.ok_or_else(|| missing("code"))?;
            (String::from(code), form.redirect_uri.0.ok_or_else(|| missing("redirect_uri"))?.into_inner())
        }
        GrantType::RefreshToken => {
            (form.refresh_token.0.ok_or_else(|| missing("refresh_token"))?.into_inner(), String::new())
        }
    };
    let id = form.client_id.or_else(|| basic_id(&basic));
    let secret = form.client_secret.map(String::from).or_else(|| basic.map(|(_, secret)| secret));
    let application = client(app, id, secret).await?;
    let invalid_grant =
        || Error::oauth2("invalid_grant", "The grant is invalid, expired or was used before.");
    match form.grant_type {
        GrantType::AuthorizationCode => {
            let row =
                app.store.get::<AuthorizationCodeRow>((first.clone(),)).await?.ok_or_else(invalid_grant)?;
            if row.application_id != application.application_id || row.redirect_uri != second {
                return Err(invalid_grant());
            }
            // Of two exchanges at once only one finds the code.
            if !app.store.delete_if_exists::<AuthorizationCodeRow>((first,)).await? {
                return Err(invalid_grant());
            }
            issue(app, application.application_id, row.user_id, row.scopes).await
        }
        GrantType::RefreshToken => {
            let row = app.store.get::<RefreshTokenRow>((digest(&first),)).await?.ok_or_else(invalid_grant)?;
            if row.application_id != application.application_id {
                return Err(invalid_grant());
            }
            issue(app, application.application_id, row.user_id, row.scopes).await
        }
    }
}

async fn issue(
    app: &App,
    application_id: ApplicationId,
    user_id: UserId,
    scopes: Vec<String>,
) -> Result<OAuth2Token> {
    let (access, refresh, now) = (secret(app), secret(app), app.clock.now());
    let scope = canonical(&scopes).join(" ");
    let (access_hash, refresh_hash) = (digest(&access), digest(&refresh));
    let batch = Batch::new()
        .put(&AccessTokenRow {
            token_hash: access_hash.clone(),
            application_id,
            user_id,
            scopes: scopes.clone(),
            created_at: now,
        })
        .put(&AccessTokenByUserRow { user_id, token_hash: access_hash, application_id })
        .put(&RefreshTokenRow {
            token_hash: refresh_hash.clone(),
            application_id,
            user_id,
            scopes: scopes.clone(),
            created_at: now,
        })
        .put(&RefreshTokenByUserRow {
            user_id,
            token_hash: refresh_hash,
            application_id,
            scopes,
            created_at: now,
        });
    app.store.commit(batch).await?;
    Ok(OAuth2Token {
        access_token: access,
        token_type: "Bearer".into(),
        expires_in: ACCESS_SECONDS as i32,
        refresh_token: refresh,
        scope,
    })
}

/// The token's row, if it is a live access token.
pub async fn find_access_token(app: &App, token: &str) -> Result<Option<AccessTokenRow>> {
    Ok(app.store.get::<AccessTokenRow>((digest(token),)).await?)
}

/// Stores an access token of the caller's own making (test mode).
pub async fn insert_access_token(
    app: &App,
    token: &str,
    application_id: ApplicationId,
    user_id: UserId,
    scopes: Vec<String>,
) -> Result<()> {
    let token_hash = digest(token);
    let batch = Batch::new()
        .put(&AccessTokenRow {
            token_hash: token_hash.clone(),
            application_id,
            user_id,
            scopes,
            created_at: app.clock.now(),
        })
        .put(&AccessTokenByUserRow { user_id, token_hash, application_id });
    Ok(app.store.commit(batch).await?)
}

/// Client credentials of introspection and revocation: HTTP Basic wins over the body.
async fn client_by_basic(
    app: &App,
    basic: Basic,
    id: Option<ApplicationId>,
    secret: Option<String>,
) -> Result<ApplicationRow> {
    let id = basic_id(&basic).or(id);
    client(app, id, basic.map(|(_, secret)| secret).or(secret)).await
}

/// `POST /oauth2/introspect`.
pub async fn introspect(app: &App, form: IntrospectRequestForm, basic: Basic) -> Result<OAuth2Introspect> {
    let application =
        client_by_basic(app, basic, form.client_id, form.client_secret.map(String::from)).await?;
    let token = find_access_token(app, &form.token).await?;
    let Some(token) = token.filter(|token| token.application_id == application.application_id) else {
        return Ok(OAuth2Introspect::default());
    };
    let issued = token.created_at.seconds();
    Ok(OAuth2Introspect {
        active: true,
        scope: Some(canonical(&token.scopes).join(" ")),
        client_id: Some(token.application_id),
        username: None,
        token_type: Some("Bearer".into()),
        exp: Some(issued + ACCESS_SECONDS),
        iat: Some(issued),
        sub: Some(token.user_id),
    })
}

/// `POST /oauth2/token/revoke`: every token of the user for the application goes.
pub async fn revoke(app: &App, form: RevokeRequestForm, basic: Basic) -> Result<()> {
    let application =
        client_by_basic(app, basic, form.client_id, form.client_secret.map(String::from)).await?;
    let mut owner = None;
    if form.token_type_hint == Some(TokenTypeHint::RefreshToken) {
        owner = app
            .store
            .get::<RefreshTokenRow>((digest(&form.token),))
            .await?
            .map(|row| (row.application_id, row.user_id));
    }
    if owner.is_none() {
        owner = find_access_token(app, &form.token).await?.map(|row| (row.application_id, row.user_id));
    }
    match owner {
        Some((id, user)) if id == application.application_id => revoke_all(app, user, Some(id)).await,
        _ => Ok(()),
    }
}

/// Deletes a user's tokens, of one application or all.
pub async fn revoke_all(app: &App, user: UserId, application: Option<ApplicationId>) -> Result<()> {
    let ours = |id: ApplicationId| application.is_none_or(|only| only == id);
    let access = app.store.range::<AccessTokenByUserRow>((user,)).all().await?;
    let refresh = app.store.range::<RefreshTokenByUserRow>((user,)).all().await?;
    let mut batch = Batch::new();
    for row in access.into_iter().filter(|row| ours(row.application_id)) {
        batch = batch
            .delete::<AccessTokenRow>((row.token_hash.clone(),))
            .delete::<AccessTokenByUserRow>((user, row.token_hash));
    }
    for row in refresh.into_iter().filter(|row| ours(row.application_id)) {
        batch = batch
            .delete::<RefreshTokenRow>((row.token_hash.clone(),))
            .delete::<RefreshTokenByUserRow>((user, row.token_hash));
    }
    Ok(app.store.commit(batch).await?)
}

/// `GET /oauth2/userinfo`.
pub fn user_info(app: &App, actor: &Actor) -> OAuth2UserInfo {
    let user = partial(app, &actor.user);
    let with_email = actor.has_scope("email");
    OAuth2UserInfo {
        sub: user.id,
        id: user.id,
        username: user.username,
        discriminator: user.discriminator,
        global_name: user.global_name,
        avatar: user.avatar,
        avatar_color: user.avatar_color,
        flags: user.flags,
        bot: user.bot,
        system: user.system,
        acls: actor.user.acls.clone(),
        email: actor.user.email.clone().filter(|_| with_email),
        verified: with_email.then_some(actor.user.email_verified),
    }
}

/// `GET /oauth2/@me`. `token` is the access token the caller came with.
pub async fn me(app: &App, actor: &Actor, token: &str) -> Result<OAuth2Me> {
    let Credential::OAuth { application_id, scopes } = &actor.credential else {
        return fail(code::UNAUTHORIZED);
    };
    let Some(row) = find_access_token(app, token).await? else { return fail(code::UNAUTHORIZED) };
    let application = find(app, *application_id).await?;
    let user = actor.has_scope("identify").then(|| {
        let email = actor.has_scope("email");
        OAuth2MeUser::new(
            partial(app, &actor.user),
            actor.user.email.clone().filter(|_| email),
            email.then_some(actor.user.email_verified),
        )
    });
    Ok(OAuth2Me {
        application: OAuth2MeApplication {
            id: application.application_id,
            name: application.name,
            icon: None,
            description: None,
            bot_public: application.bot_is_public,
            bot_require_code_grant: application.bot_require_code_grant,
            flags: 0,
        },
        scopes: canonical(scopes),
        expires: row.created_at.plus_seconds(ACCESS_SECONDS),
        user,
    })
}

/// `GET /oauth2/@me/authorizations`: what the user has let in, without bare bots.
pub async fn authorizations(app: &App, actor: &Actor) -> Result<Vec<OAuth2Authorization>> {
    let tokens = app.store.range::<RefreshTokenByUserRow>((actor.id(),)).all().await?;
    let mut by_application: BTreeMap<ApplicationId, Vec<RefreshTokenByUserRow>> = BTreeMap::new();
    for token in tokens {
        by_application.entry(token.application_id).or_default().push(token);
    }
    let mut list = Vec::new();
    for (id, tokens) in by_application {
        let Some(application) = app.store.get::<ApplicationRow>((id,)).await? else { continue };
        let all: Vec<String> = tokens.iter().flat_map(|token| token.scopes.iter().cloned()).collect();
        let scopes: Vec<String> = canonical(&all).into_iter().filter(|scope| scope != "bot").collect();
        let Some(authorized_at) = tokens.iter().map(|token| token.created_at).min() else { continue };
        if scopes.is_empty() {
            continue;
        }
        let icon = match application.bot_user_id {
            Some(bot) => app.find_user(bot).await?.and_then(|bot| bot.avatar_hash.clone()),
            None => None,
        };
        list.push(OAuth2Authorization {
            application: OAuth2AuthorizationApplication {
                id,
                name: application.name,
                icon,
                description: None,
                bot_public: application.bot_is_public,
            },
            scopes,
            authorized_at,
        });
    }
    Ok(list)
}

/// `DELETE /oauth2/@me/authorizations/{id}`.
pub async fn deauthorize(app: &App, actor: &Actor, id: ApplicationId) -> Result<()> {
    find(app, id).await?;
    revoke_all(app, actor.id(), Some(id)).await
}
