//! The gate: who may pass. Requests are verified as they were signed, with the prefix in
//! their path; then they lose the prefix and everything that signs, and go on to the
//! operations. Owns what every answer carries: ids, CORS, the form of errors.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header, uri::PathAndQuery,
};
use platform_blobs::Local;
use platform_kernel::Rng;
use s3s::{
    Body, S3Error, S3ErrorCode, S3Request, S3Response, S3Result,
    auth::{S3Auth, SecretKey},
    route::S3Route,
    service::{S3Service, S3ServiceBuilder},
    validation::NameValidation,
};
use subtle::ConstantTimeEq;

use crate::{Options, objects::Objects};

/// A presigned address may be good for a week.
const LONGEST_LINK_S: u64 = 604_800;
const UPPER_HEX: &[u8] = b"0123456789ABCDEF";

pub struct Gate {
    prefix: String,
    service: S3Service,
    rng: Rng,
}

struct Keys {
    id: String,
    secret: SecretKey,
}

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        if access_key.as_bytes().ct_eq(self.id.as_bytes()).into() {
            return Ok(self.secret.clone());
        }
        let message = "The access key that was given is not known here.";
        Err(S3Error::with_message(S3ErrorCode::InvalidAccessKeyId, message))
    }
}

/// At the gate the prefix stands where a bucket would; the operations check the real one.
struct AnyName;

impl NameValidation for AnyName {
    fn validate_bucket_name(&self, _: &str) -> bool {
        true
    }
}

/// Everything that was verified goes to the operations.
struct Inside {
    prefix: String,
    operations: S3Service,
}

#[async_trait::async_trait]
impl S3Route for Inside {
    fn is_match(&self, _: &Method, _: &Uri, _: &HeaderMap, _: &mut http::Extensions) -> bool {
        true
    }

    async fn call(&self, verified: S3Request<Body>) -> S3Result<S3Response<Body>> {
        if verified.service.as_deref() != Some("s3") {
            return Err(S3Error::with_message(S3ErrorCode::NotImplemented, "only S3 is served here"));
        }
        let mut request = Request::new(verified.input);
        *request.method_mut() = verified.method;
        *request.uri_mut() = inner(&verified.uri, &self.prefix);
        *request.headers_mut() = verified.headers;
        *request.extensions_mut() = verified.extensions;
        let headers = request.headers_mut();
        headers.remove(header::AUTHORIZATION);
        headers.remove("x-amz-content-sha256");
        plain_encoding(headers);
        if let Some(trailers) = verified.trailing_headers {
            request.extensions_mut().insert(trailers);
        }
        let response = self
            .operations
            .call(request)
            .await
            .map_err(|error| S3Error::with_source(S3ErrorCode::InternalError, error.into()))?;
        let (parts, body) = response.into_parts();
        // the protocol's layer sees to that for GET only
        let partial = parts.status == StatusCode::OK && parts.headers.contains_key(header::CONTENT_RANGE);
        let status = if partial { StatusCode::PARTIAL_CONTENT } else { parts.status };
        let mut answer = S3Response::with_status(body, status);
        answer.headers = parts.headers;
        Ok(answer)
    }
}

/// The address without the prefix and without what a presigned address signs with.
fn inner(uri: &Uri, prefix: &str) -> Uri {
    let path = uri.path().strip_prefix(prefix).filter(|path| path.starts_with('/')).unwrap_or("/");
    let signs = |pair: &&str| pair.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-amz-"));
    let query: Vec<&str> = uri.query().unwrap_or_default().split('&').filter(|pair| !signs(pair)).collect();
    let query = query.join("&");
    let text = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    // Pieces of a valid address, cut where they may be cut.
    PathAndQuery::try_from(text).map_or_else(|_| Uri::from_static("/"), Uri::from)
}

/// `aws-chunked` is how the body travelled, not what it is.
fn plain_encoding(headers: &mut HeaderMap) {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok()) else {
        return;
    };
    let rest: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("aws-chunked"))
        .collect();
    match HeaderValue::from_str(&rest.join(",")) {
        Ok(value) if !value.is_empty() => drop(headers.insert(header::CONTENT_ENCODING, value)),
        _ => drop(headers.remove(header::CONTENT_ENCODING)),
    }
}

impl Gate {
    pub fn new(local: Local, options: Options, rng: Rng) -> Self {
        let Options { access_key_id, secret_access_key, region, prefix, buckets } = options;
        let operations = S3ServiceBuilder::new(Objects { local, region, buckets }).build();
        let mut builder = S3ServiceBuilder::new(Nothing);
        builder.set_auth(Keys { id: access_key_id, secret: SecretKey::from(secret_access_key) });
        builder.set_validation(AnyName);
        builder.set_route(Inside { prefix: prefix.clone(), operations });
        Self { prefix, service: builder.build(), rng }
    }

    pub async fn answer(&self, mut request: Request<Body>) -> Response<Body> {
        let request_id = self.rng.text(16, UPPER_HEX);
        let origin = request.headers().get(header::ORIGIN).cloned();
        let path = request.uri().path().to_owned();
        let mut response = if path.strip_prefix(&self.prefix) == Some("/_health") {
            let mut response = Response::new(Body::from(String::from("{\"ok\":true}")));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response
        } else if request.method() == Method::OPTIONS {
            preflight(request.headers())
        } else if let Some(refusal) = refusal(&request) {
            refusal
        } else {
            host(request.headers_mut());
            match self.service.call(request).await {
                Ok(response) => response,
                Err(error) => {
                    let error = s3s::StdError::from(error);
                    tracing::error!(%error, request_id, "an S3 request failed");
                    error_response(
                        StatusCode::INTERNAL_SERVER_ERROR,
                        "InternalError",
                        "Something went wrong.",
                    )
                }
            }
        };
        if response.status().is_client_error() || response.status().is_server_error() {
            complete(&mut response, &path, &request_id);
        } else if response.status() == StatusCode::NOT_MODIFIED {
            *response.body_mut() = Body::empty();
        }
        self.decorate(response.headers_mut(), &request_id, origin);
        response
    }

    fn decorate(&self, headers: &mut HeaderMap, request_id: &str, origin: Option<HeaderValue>) {
        let id2 = STANDARD.encode(self.rng.bytes::<32>());
        for (name, value) in [("x-amz-request-id", request_id), ("x-amz-id-2", &id2), ("server", "FluxerS3")]
        {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        if let Some(origin) = origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            let exposed =
                "ETag, Content-Range, Content-Length, Accept-Ranges, Last-Modified, x-amz-request-id";
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(exposed));
            headers.append(header::VARY, HeaderValue::from_static("Origin"));
        }
    }
}

/// The gate itself has no operation.
struct Nothing;

impl s3s::S3 for Nothing {}

/// What is not verified at all: older signatures, forms, addresses that are good for too long.
fn refusal(request: &Request<Body>) -> Option<Response<Body>> {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let query = request.uri().query().unwrap_or_default();
    let value = |name: &str| {
        query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
            .map(|(_, value)| value)
    };
    let old = text(header::AUTHORIZATION).is_some_and(|value| value.starts_with("AWS "));
    if old || value("Signature").is_some() {
        let message = "Only AWS4-HMAC-SHA256 is accepted.";
        return Some(error_response(StatusCode::BAD_REQUEST, "InvalidRequest", message));
    }
    let form = text(header::CONTENT_TYPE).is_some_and(|value| value.starts_with("multipart/form-data"));
    if form && request.method() == Method::POST {
        let message = "Uploads by form are not served.";
        return Some(error_response(StatusCode::NOT_IMPLEMENTED, "NotImplemented", message));
    }
    if value("X-Amz-Expires").and_then(|value| value.parse().ok()).is_some_and(|s: u64| s > LONGEST_LINK_S) {
        let message = "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds";
        return Some(error_response(StatusCode::BAD_REQUEST, "AuthorizationQueryParametersError", message));
    }
    None
}

/// The client signed the host it spoke to, which a proxy may have replaced.
fn host(headers: &mut HeaderMap) {
    let forwarded = headers.get("x-forwarded-host").and_then(|value| value.to_str().ok());
    let first = forwarded.and_then(|hosts| hosts.split(',').next()).map(str::trim).unwrap_or_default();
    if let Ok(value) = HeaderValue::from_str(first)
        && !value.is_empty()
    {
        headers.insert(header::HOST, value);
    }
}

fn preflight(asked: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    let methods = HeaderValue::from_static("GET, HEAD, PUT, POST, DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let wanted = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.unwrap_or(HeaderValue::from_static("*")));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("3600"));
    response
}

fn error_response(status: StatusCode, code: &str, message: &str) -> Response<Body> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

/// Says in the error what was asked for, and under which id it is in the log.
fn complete(response: &mut Response<Body>, path: &str, request_id: &str) {
    const END: &str = "</Error>";
    let Some(body) = response.body().bytes() else { return };
    let Ok(text) = std::str::from_utf8(&body) else { return };
    let Some(start) = text.strip_suffix(END) else { return };
    // Without a message some clients show nothing.
    let message =
        if text.contains("<Message>") { "" } else { "<Message>The request cannot be served.</Message>" };
    let path = path.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let text = format!("{start}{message}<Resource>{path}</Resource><RequestId>{request_id}</RequestId>{END}");
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inner_address_has_no_prefix_and_no_signature() {
        for (outer, wanted) in [
            ("/s3", "/"),
            ("/s3/", "/"),
            ("/s3/bucket?list-type=2&prefix=a%2Fb", "/bucket?list-type=2&prefix=a%2Fb"),
            (
                "/s3/b/k%20ey?X-Amz-Signature=1&X-Amz-Date=2&response-expires=x",
                "/b/k%20ey?response-expires=x",
            ),
            ("/s3/b?uploads", "/b?uploads"),
            ("/s3/s3/k", "/s3/k"),
        ] {
            assert_eq!(inner(&outer.parse().unwrap(), "/s3").to_string(), wanted);
        }
    }

    #[test]
    fn the_travelling_encoding_is_taken_off() {
        for (from, to) in [("aws-chunked", None), ("aws-chunked,gzip", Some("gzip")), ("gzip", Some("gzip"))]
        {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(from));
            plain_encoding(&mut headers);
            assert_eq!(headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()), to);
        }
    }
}
