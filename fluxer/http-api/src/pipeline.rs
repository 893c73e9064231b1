//! The order in which a request is looked at; it is part of the contract:
//!
//! request id → CORS → load → client address → authentication → guild availability →
//! rate limit → login → who may call → validation → the operation.
//!
//! So an anonymous or malformed request spends rate-limit tokens, and a missing login is
//! reported before bad input. The operation runs in a task of its own: a client that hangs
//! up does not stop it half-way between a write and its event.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Instant,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{RawPathParams, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use fluxer_domain::{Actor, App, Credential, Error, Result, attachments::Uploads, fail};
use fluxer_wire::{
    Field, GuildId, Value, clean, code,
    flags::guild_feature::{UNAVAILABLE_FOR_EVERYONE, UNAVAILABLE_FOR_EVERYONE_BUT_STAFF},
    flags::user::STAFF,
    invalid, parse,
};
use serde_json::Map;

use crate::{
    answer::{Answer, error_response, json_response, refusal_response},
    api::{Auth, BodyKind, Declaration},
    authenticate::authenticate,
    call::Call,
    client::{Client, header},
    cors,
    multipart::{self, Fault},
    rate,
};

/// More requests than this at once are turned away.
const MAX_IN_FLIGHT: usize = 500;
/// No JSON body is larger; images travel inside them as base64.
const MAX_BODY: usize = 24 * 1024 * 1024;

/// A routed request.
pub struct Input {
    pub app: Arc<App>,
    pub params: RawPathParams,
    pub request: Request,
}

/// Who calls: put into the request's extensions once authenticated.
#[derive(Clone)]
struct Caller {
    actor: Option<Actor>,
    client: Client,
}

/// What every request passes, routed or not.
pub fn wrap(router: Router, app: Arc<App>) -> Router {
    let in_flight = Arc::new(AtomicUsize::new(0));
    router.layer(axum::middleware::from_fn(move |request: Request, next: Next| {
        observe(app.clone(), in_flight.clone(), request, next)
    }))
}

/// Gives the request an id, counts and times it, and sets the headers every answer has.
async fn observe(app: Arc<App>, in_flight: Arc<AtomicUsize>, request: Request, next: Next) -> Response {
    let id =
        header(request.headers(), "x-request-id").filter(|id| (1..=128).contains(&id.len())).map_or_else(
            || uuid::Builder::from_random_bytes(app.rng.bytes()).into_uuid().to_string(),
            str::to_owned,
        );
    let origin = cors::allowed_origin(&app, request.headers());
    let (method, started) = (request.method().clone(), Instant::now());
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    let span =
        tracing::info_span!("request", %method, route = route.as_deref().unwrap_or("-"), request_id = %id);
    let place = Place::take(in_flight);
    let mut response = tracing::Instrument::instrument(admit(app, request, next, place.ahead), span).await;
    drop(place);
    if let Some(origin) = origin {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    measure(&method, route.unwrap_or_else(|| "-".to_owned()), response.status(), started);
    response
}

/// Counts and times a request. Labels have few values: whatever a client makes up is `other`.
fn measure(method: &Method, route: String, status: StatusCode, started: Instant) {
    let method = match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    };
    if status.is_server_error() {
        metrics::counter!("http_errors_total", "method" => method, "route" => route.clone()).increment(1);
    }
    let code = status.as_u16().to_string();
    metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => code)
        .increment(1);
    metrics::histogram!("http_request_duration_ms", "method" => method, "route" => route)
        .record(started.elapsed().as_secs_f64() * 1000.0);
}

/// A request's place among those in flight; given back also when the client hangs up.
struct Place {
    in_flight: Arc<AtomicUsize>,
    ahead: usize,
}

impl Place {
    fn take(in_flight: Arc<AtomicUsize>) -> Self {
        let ahead = in_flight.fetch_add(1, SeqCst);
        Self { in_flight, ahead }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.in_flight.fetch_sub(1, SeqCst);
    }
}

async fn admit(app: Arc<App>, mut request: Request, next: Next, ahead: usize) -> Response {
    if request.method() == Method::OPTIONS {
        return cors::preflight();
    }
    if ahead >= MAX_IN_FLIGHT {
        let body = serde_json::json!({"message": "The server is busy. Try again in a few seconds."});
        let mut response = json_response(StatusCode::SERVICE_UNAVAILABLE, &body);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        return response;
    }
    if app.settings.require_forwarded_for && !is_forwarded(&request) {
        return refusal_response(&code::FORBIDDEN.into());
    }
    let client = Client::read(request.headers(), request.extensions());
    let actor = match authenticate(&app, request.headers(), &client).await {
        Ok(actor) => actor,
        Err(error) => return error_response(&error),
    };
    if let Some(actor) = &actor
        && let Err(error) = guild_available(&app, actor, request.uri().path()).await
    {
        return error_response(&error);
    }
    request.extensions_mut().insert(Caller { actor, client });
    next.run(request).await
}

/// Whether a trusted proxy says whom it speaks for; health checks come without.
fn is_forwarded(request: &Request) -> bool {
    let path = request.uri().path();
    let path = path.strip_prefix("/v1").unwrap_or(path);
    request.headers().contains_key("x-forwarded-for")
        || ["/_health", "/test"].iter().any(|exempt| path.starts_with(exempt))
}

/// Instance staff can make a guild unavailable; everything below it is then 403.
async fn guild_available(app: &App, actor: &Actor, path: &str) -> Result<()> {
    let path = path.strip_prefix("/v1").unwrap_or(path);
    let mut parts = path.split('/').skip(1);
    let guild = match (parts.next(), parts.next().and_then(|id| id.parse::<u64>().ok())) {
        (Some("guilds"), Some(id)) => app.find_guild(GuildId::new(id)).await?,
        (Some("channels"), Some(id)) => app.find_channel(id.into()).await?.and_then(|channel| channel.guild),
        _ => None,
    };
    let Some(guild) = guild else { return Ok(()) };
    let barred = guild.row.has_feature(UNAVAILABLE_FOR_EVERYONE)
        || (guild.row.has_feature(UNAVAILABLE_FOR_EVERYONE_BUT_STAFF) && !actor.user.has(STAFF));
    if barred { fail(code::MISSING_ACCESS) } else { Ok(()) }
}

pub async fn not_found() -> Response {
    refusal_response(&code::NOT_FOUND.into())
}

/// A path whose percent-encoding hides something that is no text.
pub fn bad_path() -> Response {
    let refusal = fluxer_wire::Error::new(code::BAD_REQUEST);
    refusal_response(&refusal.because("The path is not valid UTF-8."))
}

/// Runs a routed request through the operation's own checks and then the operation.
pub async fn run<P, Q, B, A, F, Fut>(declaration: &Declaration, input: Input, operation: &F) -> Response
where
    P: Field + Send + 'static,
    Q: Field + Send + 'static,
    B: Field + Send + 'static,
    A: Answer,
    F: Fn(Call<P, Q, B>) -> Fut,
    Fut: Future<Output = Result<A, Error>> + Send + 'static,
{
    let Input { app, params, mut request } = input;
    let Some(Caller { actor, client }) = request.extensions_mut().remove::<Caller>() else {
        return refusal_response(&code::INTERNAL_SERVER_ERROR.into());
    };
    let params: Map<String, Value> =
        params.iter().map(|(key, value)| (key.to_owned(), Value::String(value.to_owned()))).collect();
    let headers = request.headers().clone();
    let allowance = match rate::take(&app, declaration, &params, &headers, actor.as_ref(), &client).await {
        rate::Outcome::Allowed(headers) => headers,
        rate::Outcome::Refused(response) => return *response,
    };
    let call = async {
        guard(&app, declaration, &headers, actor.as_ref())?;
        let path = parse::<P>(clean(Value::Object(params.clone())))?;
        let query = parse::<Q>(query(request.uri().query().unwrap_or_default()))?;
        let body = request.into_body();
        let (body, uploads) = match (declaration.uploads, &actor) {
            (Some(gate), Some(actor)) if multipart::is_form(&headers) => {
                let permit = gate(app.clone(), actor.clone(), params).await;
                Box::pin(multipart::read::<B>(&app, permit, fault(declaration.body), &headers, body)).await?
            }
            _ => (self::body::<B>(declaration.body, body).await?, Uploads::default()),
        };
        let headers = Arc::new(headers);
        Ok::<_, Error>(Call { app, caller: actor, client, headers, path, query, body, uploads })
    };
    let mut response = match call.await {
        Err(error) => error_response(&error),
        Ok(call) => {
            let work = tracing::Instrument::in_current_span(operation(call));
            match tokio::spawn(work).await {
                Ok(Ok(answer)) => answer.into_response(),
                Ok(Err(error)) => error_response(&error),
                Err(crash) => error_response(&Error::internal(crash)),
            }
        }
    };
    response.headers_mut().extend(allowance);
    response
}

/// Whether this caller may call this operation.
fn guard(app: &App, declaration: &Declaration, headers: &HeaderMap, actor: Option<&Actor>) -> Result<()> {
    if declaration.captcha && app.settings.captcha.enabled {
        // Solving is verified by the operation; a missing token is found here.
        if header(headers, "x-captcha-token").is_none_or(str::is_empty) {
            return fail(code::CAPTCHA_REQUIRED);
        }
    }
    let bearer = actor.is_some_and(|actor| matches!(actor.credential, Credential::OAuth { .. }));
    match (declaration.auth, actor) {
        (Auth::None, _) => return Ok(()),
        (Auth::Bot, Some(actor)) if actor.credential == Credential::Bot => return Ok(()),
        (Auth::Bot, _) => return fail(code::INVALID_TOKEN),
        (_, None) => return fail(code::UNAUTHORIZED),
        (Auth::Bearer(_), Some(_)) if !bearer => return fail(code::UNAUTHORIZED),
        (Auth::Scope(scope) | Auth::Bearer(scope), Some(actor)) if bearer => require_scope(actor, scope)?,
        (_, Some(_)) if bearer => return fail(code::ACCESS_DENIED),
        (Auth::User, Some(actor)) => actor.refuse_bots()?,
        _ => {}
    }
    let flags = actor.map_or(0, |actor| actor.user.suspicious_activity_flags);
    if flags != 0 && !declaration.allow_suspicious {
        let data = serde_json::json!({"suspicious_activity_flags": flags});
        return Err(fluxer_wire::Error::new(code::ACCOUNT_SUSPICIOUS_ACTIVITY).with("data", data).into());
    }
    Ok(())
}

/// An OAuth2 token must have the scope, if one is named.
fn require_scope(actor: &Actor, scope: &str) -> Result<()> {
    if scope.is_empty() || actor.has_scope(scope) {
        return Ok(());
    }
    Err(fluxer_wire::Error::new(code::MISSING_OAUTH_SCOPE).with("required_scope", scope).into())
}

/// `a=1&a=2&b=` as `{"a": ["1", "2"], "b": null}`.
fn query(text: &str) -> Value {
    let mut map = Map::new();
    for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
        let value = Value::String(value.into_owned());
        match map.get_mut(&*key) {
            None => {
                map.insert(key.into_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    clean(Value::Object(map))
}

async fn body<B: Field>(kind: BodyKind, body: Body) -> Result<B> {
    if B::NOTHING {
        return Ok(parse::<B>(Value::Null)?);
    }
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else {
        return Err(fluxer_wire::Error::new(code::BAD_REQUEST)
            .because("The request body is too large or broke off.")
            .into());
    };
    match kind {
        BodyKind::Json => {
            let value = serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::Object(Map::new()));
            Ok(parse(clean(value))?)
        }
        BodyKind::Form => Ok(parse(query(&String::from_utf8_lossy(&bytes)))?),
        BodyKind::Message | BodyKind::ScheduledMessage => message_body(&bytes, fault(kind)),
        BodyKind::Text => Ok(parse(Value::String(String::from_utf8_lossy(&bytes).into_owned()))?),
    }
}

/// All that can be wrong with the shape of a message is one issue, and this is it.
const fn fault(kind: BodyKind) -> Fault {
    match kind {
        BodyKind::ScheduledMessage => ("scheduled_message", invalid::INVALID_SCHEDULED_MESSAGE_PAYLOAD),
        _ => ("message_data", invalid::INVALID_MESSAGE_DATA),
    }
}

/// A message's body as it was sent.
fn message_body<B: Field>(bytes: &[u8], fault: Fault) -> Result<B> {
    serde_json::from_slice::<Value>(bytes)
        .ok()
        .and_then(|value| parse(value).ok())
        .ok_or_else(|| Error::field(fault.0, fault.1))
}
