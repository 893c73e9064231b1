//! Routes for black-box suites; see the domain's `testing`. Only there in test mode and
//! development.

use axum::http::{HeaderName, StatusCode};
use fluxer_domain::{
    App, Result,
    applications::oauth2,
    testing::{self, guilds, inspect, users},
};
use fluxer_wire::{AnyId, ApplicationId, Form, GuildId, Json as Body, UserId, Value};
use serde_json::json;

use crate::{
    answer::{NoContent, Raw, json_response},
    api::{Api, Auth},
    call::Call,
    limits::Limit,
};

/// A suite's set-up must never be what is limited.
const UNLIMITED: Limit = Limit { bucket: "test", limit: u32::MAX, window_ms: 1 };
const TOKEN: HeaderName = HeaderName::from_static("x-test-token");

#[derive(Debug, Form)]
pub struct IdPath {
    id: AnyId,
}

impl IdPath {
    pub fn user(&self) -> UserId {
        self.id.cast()
    }
    fn guild(&self) -> GuildId {
        self.id.cast()
    }
}

#[derive(Debug, Form)]
struct RecipientQuery {
    recipient: Option<String>,
}

/// Checks the harness token.
pub fn admit<P, Q, B>(call: &Call<P, Q, B>) -> Result<()> {
    testing::admit(&call.app, call.header(TOKEN.as_str()), call.header("authorization"))
}

pub fn ok(value: Value) -> Raw {
    Raw(json_response(StatusCode::OK, &value))
}

type ById = Call<IdPath, (), Body>;

/// Declares a POST or PATCH on one thing whose body goes to the domain as it is.
macro_rules! on_user {
    ($api:ident $method:ident $path:literal $id:literal $operation:path) => {
        $api.$method($path, $id)
            .tags(&["Test"])
            .auth(Auth::None)
            .limit(UNLIMITED)
            .without_global_limit()
            .run(|call: ById| async move {
                admit(&call)?;
                Ok(ok($operation(&call.app, call.path.user(), &call.body.0).await?))
            });
    };
}
macro_rules! on_guild {
    ($api:ident $method:ident $path:literal $id:literal $operation:path) => {
        $api.$method($path, $id)
            .tags(&["Test"])
            .auth(Auth::None)
            .limit(UNLIMITED)
            .without_global_limit()
            .run(|call: ById| async move {
                admit(&call)?;
                Ok(ok($operation(&call.app, call.path.guild(), &call.body.0).await?))
            });
    };
}
macro_rules! look {
    ($api:ident $path:literal $id:literal $operation:path) => {
        $api.get($path, $id).tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).without_global_limit().run(
            |call: Call<IdPath>| async move {
                admit(&call)?;
                Ok(ok($operation(&call.app, call.path.user()).await?))
            },
        );
    };
}

pub fn routes(api: &mut Api) {
    whole_server(api);
    on_user!(api patch "/test/users/{id}/flags" "test_user_flags" users::set_flags);
    on_user!(api patch "/test/users/{id}/discriminator" "test_user_discriminator" users::set_discriminator);
    on_user!(api post "/test/users/{id}/acls" "test_user_acls" users::set_acls);
    on_user!(api post "/test/users/{id}/security-flags" "test_user_security_flags" users::security_flags);
    on_user!(api post "/test/users/{id}/unclaim" "test_user_unclaim" unclaim);
    on_user!(api post "/test/users/{id}/set-contact-info" "test_user_contact_info" users::set_contact_info);
    on_user!(api post "/test/users/{id}/set-last-active-at" "test_user_last_active_at" users::set_last_active_at);
    on_user!(api post "/test/users/{id}/set-bot-flag" "test_user_bot_flag" users::set_bot_flag);
    on_user!(api post "/test/users/{id}/set-system-flag" "test_user_system_flag" users::set_system_flag);
    on_user!(api post "/test/users/{id}/premium" "test_user_premium" users::set_premium);
    on_user!(api post "/test/users/{id}/private-channels" "test_user_private_channels" users::private_channels);
    on_guild!(api post "/test/guilds/{id}/features" "test_guild_features" guilds::features);
    on_guild!(api post "/test/guilds/{id}/member-count" "test_guild_member_count" guilds::member_count);
    look!(api "/test/users/{id}/data-exists" "test_user_data_exists" inspect::data_exists);
    look!(api "/test/users/{id}/relationships" "test_user_relationships" inspect::relationships);
    look!(api "/test/users/{id}/sessions" "test_user_sessions" inspect::sessions);
    look!(api "/test/users/{id}/messages/count" "test_user_message_count" inspect::message_count);
    look!(api "/test/users/{id}/presence/has-active" "test_user_has_active" has_active);
    api.post("/test/oauth2/access-token", "test_access_token")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call<(), (), Body>| async move {
            admit(&call)?;
            Ok(ok(access_token(&call.app, &call.body.0).await?))
        });
    api.get("/test/oauth2/require-identify", "test_require_identify")
        .tags(&["Test"])
        .auth(Auth::Bearer("identify"))
        .limit(UNLIMITED)
        .run(|_: Call| async move { Ok(ok(json!({"ok": true}))) });
}

fn whole_server(api: &mut Api) {
    api.post("/test/reset", "test_reset").tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).run(
        |call: Call| async move {
            admit(&call)?;
            Ok(ok(testing::reset(&call.app).await?))
        },
    );
    api.post("/test/cache-clear", "test_cache_clear").tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).run(
        |call: Call| async move {
            admit(&call)?;
            Ok(ok(testing::clear_cache(&call.app).await?))
        },
    );
    api.get("/test/emails", "test_emails").tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).run(
        |call: Call<(), RecipientQuery>| async move {
            admit(&call)?;
            Ok(ok(testing::emails(&call.app, call.query.recipient.as_deref())?))
        },
    );
    api.delete("/test/emails", "test_emails_clear").tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).run(
        |call: Call| async move {
            admit(&call)?;
            testing::clear_emails(&call.app);
            Ok(NoContent)
        },
    );
    api.get("/test/snowflake/node-state", "test_snowflake_state")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call| async move {
            admit(&call)?;
            Ok(ok(json!({"node_id": call.app.ids().worker()})))
        });
    for (path, id) in [
        ("/test/snowflake/renew", "test_snowflake_renew"),
        ("/test/snowflake/reinitialize", "test_snowflake_reinitialize"),
    ] {
        api.post(path, id).tags(&["Test"]).auth(Auth::None).limit(UNLIMITED).run(|call: Call| async move {
            admit(&call)?;
            Ok(ok(json!({"node_id": call.app.ids().worker()})))
        });
    }
}

async fn unclaim(app: &App, id: UserId, _: &Value) -> Result<Value> {
    users::unclaim(app, id).await
}

async fn has_active(app: &App, id: UserId) -> Result<Value> {
    Ok(inspect::has_active(app, id).await)
}

async fn access_token(app: &App, body: &Value) -> Result<Value> {
    let id = |key: &str| body[key].as_str().and_then(|text| text.parse::<u64>().ok());
    let Some(user) = id("user_id") else { return Err(testing::missing("user_id")) };
    let application = ApplicationId::new(id("application_id").unwrap_or(1));
    let scopes = match body["scopes"].as_array() {
        Some(scopes) => scopes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        None => vec!["identify".to_owned(), "email".to_owned()],
    };
    let token = format!("test_oauth_{}", app.next_id::<()>());
    oauth2::insert_access_token(app, &token, application, UserId::new(user), scopes.clone()).await?;
    Ok(json!({
        "token": token,
        "user_id": user.to_string(),
        "scopes": scopes,
        "application_id": application,
    }))
}
