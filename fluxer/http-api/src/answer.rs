//! What operations answer with, as responses and as OpenAPI.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use fluxer_domain::Error;
use fluxer_wire::{Definitions, Describe, Value, code};
use serde::Serialize;

/// Something an operation can answer with.
pub trait Answer: Send + 'static {
    const STATUS: StatusCode = StatusCode::OK;
    fn into_response(self) -> Response;
    /// The JSON schema of the body; `None` for an empty one.
    fn schema(defs: &mut Definitions) -> Option<Value>;
}

/// 200 with a JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// 201 with a JSON body.
#[derive(Debug)]
pub struct Created<T>(pub T);

/// 204.
#[derive(Debug)]
pub struct NoContent;

/// 200 and nothing in it.
#[derive(Debug)]
pub struct Empty;

/// An answer with more headers.
#[derive(Debug)]
pub struct With<A>(pub A, pub Vec<(HeaderName, HeaderValue)>);

/// A ready-made response of another content type.
#[derive(Debug)]
pub struct Raw(pub Response);

pub fn json_response(status: StatusCode, body: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(body).expect("wire types have string keys and encode");
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

impl<T: Serialize + Describe + Send + 'static> Answer for Json<T> {
    fn into_response(self) -> Response {
        json_response(Self::STATUS, &self.0)
    }
    fn schema(defs: &mut Definitions) -> Option<Value> {
        Some(T::schema(defs))
    }
}
impl<T: Serialize + Describe + Send + 'static> Answer for Created<T> {
    const STATUS: StatusCode = StatusCode::CREATED;
    fn into_response(self) -> Response {
        json_response(Self::STATUS, &self.0)
    }
    fn schema(defs: &mut Definitions) -> Option<Value> {
        Some(T::schema(defs))
    }
}
impl Answer for NoContent {
    const STATUS: StatusCode = StatusCode::NO_CONTENT;
    fn into_response(self) -> Response {
        empty(Self::STATUS)
    }
    fn schema(_: &mut Definitions) -> Option<Value> {
        None
    }
}
impl Answer for Empty {
    fn into_response(self) -> Response {
        empty(Self::STATUS)
    }
    fn schema(_: &mut Definitions) -> Option<Value> {
        None
    }
}
impl Answer for Raw {
    fn into_response(self) -> Response {
        self.0
    }
    fn schema(_: &mut Definitions) -> Option<Value> {
        None
    }
}
impl<A: Answer> Answer for With<A> {
    const STATUS: StatusCode = A::STATUS;
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        for (name, value) in self.1 {
            response.headers_mut().append(name, value);
        }
        response
    }
    fn schema(defs: &mut Definitions) -> Option<Value> {
        A::schema(defs)
    }
}

/// A refusal or failure as a response. Failures are logged here, once.
pub fn error_response(error: &Error) -> Response {
    let refusal = match error {
        Error::Refused(refusal) => (**refusal).clone(),
        error if error.is_unavailable() => {
            tracing::error!(%error, "A request could not be served.");
            code::SERVICE_UNAVAILABLE.into()
        }
        other => {
            tracing::error!(error = %other, "A request failed.");
            fluxer_wire::Error::new(code::INTERNAL_SERVER_ERROR)
        }
    };
    refusal_response(&refusal)
}

pub fn refusal_response(refusal: &fluxer_wire::Error) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // OAuth2 protocol errors have a body of their own kind.
    let mut response = if refusal.code == fluxer_domain::error::OAUTH2 {
        json_response(status, &refusal.extra)
    } else {
        json_response(status, &refusal.body())
    };
    let retry_after = refusal.extra.get("retry_after").and_then(Value::as_i64);
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.max(1).into());
    }
    response
}
