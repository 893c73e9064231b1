//! Taking rate-limit tokens: one of the client's global bucket, one of the operation's.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use fluxer_domain::{Actor, App, Credential};
use fluxer_wire::{Error, Value, code, flags::user};
use platform_cache::Decision;
use serde_json::Map;

use crate::{
    answer::refusal_response,
    api::Declaration,
    client::{Client, header},
};

const GLOBAL: u32 = 50;
const GLOBAL_HIGH: u32 = 1200;
const GLOBAL_WINDOW_MS: u64 = 1000;

/// Whether the request may go on, with the headers to answer it with.
pub enum Outcome {
    Allowed(HeaderMap),
    Refused(Box<Response>),
}

pub async fn take(
    app: &App,
    declaration: &Declaration,
    params: &Map<String, Value>,
    headers: &HeaderMap,
    actor: Option<&Actor>,
    client: &Client,
) -> Outcome {
    let forced =
        app.settings.test_mode && header(headers, "x-fluxer-test-enable-rate-limits") == Some("true");
    let off = app.settings.test_mode || app.settings.disable_rate_limits;
    if (off && !forced) || actor.is_some_and(|actor| actor.user.has(user::RATE_LIMIT_BYPASS)) {
        return Outcome::Allowed(HeaderMap::new());
    }
    let who = actor.map_or_else(|| format!("ip:{}", client.ip), |actor| format!("user:{}", actor.id()));
    if declaration.global_limit {
        let usual = if actor.is_some_and(|actor| actor.user.has(user::HIGH_GLOBAL_RATE_LIMIT)) {
            GLOBAL_HIGH
        } else {
            GLOBAL
        };
        let asked = header(headers, "x-fluxer-test-global-rate-limit").and_then(|text| text.parse().ok());
        let limit = asked.filter(|limit| forced && *limit > 0).unwrap_or(usual);
        let decision = decide(app, &format!("rate:{who}:global"), limit, GLOBAL_WINDOW_MS).await;
        if !decision.allowed {
            revoke_session(app, actor).await;
            return Outcome::Refused(Box::new(refusal(app, &decision, limit, true)));
        }
    }
    let rule = declaration.limit;
    let decision =
        decide(app, &format!("rate:{who}:{}", bucket(declaration, params)), rule.limit, rule.window_ms).await;
    if !decision.allowed {
        return Outcome::Refused(Box::new(refusal(app, &decision, rule.limit, false)));
    }
    let mut out = HeaderMap::new();
    set(&mut out, "x-ratelimit-limit", rule.limit.into());
    set(&mut out, "x-ratelimit-remaining", decision.remaining.into());
    set(&mut out, "x-ratelimit-reset", decision.reset_at.seconds());
    Outcome::Allowed(out)
}

async fn decide(app: &App, key: &str, limit: u32, window_ms: u64) -> Decision {
    app.cache.gcra(key, limit, window_ms, app.clock.now()).await
}

/// The bucket's name with the path parameters that occur in it.
fn bucket(declaration: &Declaration, params: &Map<String, Value>) -> String {
    let name = declaration.limit.bucket;
    if name == crate::limits::DEFAULT.bucket {
        return declaration.id.to_owned();
    }
    let mut key = name.to_owned();
    for (param, value) in params {
        key = key.replace(&format!(":{param}"), value.as_str().unwrap_or_default());
    }
    key
}

/// A person's client that floods the whole API loses its session.
async fn revoke_session(app: &App, actor: Option<&Actor>) {
    if let Some(actor) = actor.filter(|actor| !actor.user.bot)
        && let Credential::Session { hash } = &actor.credential
        && let Err(error) = fluxer_domain::auth::sessions::revoke(app, actor.id(), hash).await
    {
        tracing::warn!(%error, "A flooding session was not revoked.");
    }
}

fn refusal(app: &App, decision: &Decision, limit: u32, global: bool) -> Response {
    let retry_after = (decision.retry_after_ms.div_ceil(1000)).max(1);
    let error = Error::new(code::RATE_LIMITED).with("global", global).with("retry_after", retry_after);
    let mut response = refusal_response(&error);
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-global", HeaderValue::from_static(if global { "true" } else { "false" }));
    set(headers, "x-ratelimit-limit", limit.into());
    set(headers, "x-ratelimit-remaining", 0);
    set(headers, "x-ratelimit-reset", decision.reset_at.seconds().max(app.clock.now().seconds() + 1));
    response
}

fn set(headers: &mut HeaderMap, name: &'static str, value: i64) {
    headers.insert(HeaderName::from_static(name), value.into());
}
