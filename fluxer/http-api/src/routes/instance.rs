//! The instance itself: health, discovery, the gateway's address, the API's own description.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use fluxer_domain::{applications::bots, fail, instance};
use fluxer_wire::{code, instance::WellKnown};

use crate::{
    answer::{Json, Raw, With, json_response},
    api::{Api, Auth},
    call::Call,
    limits,
};

pub fn routes(api: &mut Api) {
    api.get("/_health", "health").tags(&["Instance"]).auth(Auth::None).without_global_limit().run(
        |_: Call| async {
            let mut response = Response::new(Body::from("OK"));
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
            Ok(Raw(response))
        },
    );
    api.get("/.well-known/fluxer", "get_well_known_fluxer")
        .tags(&["Instance"])
        .auth(Auth::None)
        .limit(limits::INSTANCE_INFO)
        .run(|call: Call| async move {
            let document: Json<WellKnown> = Json(instance::well_known(&call.app));
            let anyone = (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            Ok(With(document, vec![anyone]))
        });
    api.get("/gateway/bot", "get_gateway_bot")
        .tags(&["Gateway"])
        .auth(Auth::None)
        .limit(limits::GATEWAY_BOT_INFO)
        .run(|call: Call| async move {
            let Some(token) = call.header("authorization").filter(|token| !token.is_empty()) else {
                return fail(code::MISSING_AUTHORIZATION);
            };
            match bots::authenticate(&call.app, bare(token)).await? {
                Some(_) => Ok(Json(instance::gateway_bot(&call.app))),
                None => fail(code::INVALID_AUTH_TOKEN),
            }
        });
    api.get("/openapi.json", "get_openapi").tags(&["Instance"]).auth(Auth::None).run(
        |call: Call| async move {
            let document = crate::openapi(&call.app);
            Ok(Raw(json_response(StatusCode::OK, &document)))
        },
    );
}

/// The token without an optional `Bot ` or `Bearer ` in front.
fn bare(token: &str) -> &str {
    match token.split_once(' ') {
        Some((scheme, rest))
            if scheme.eq_ignore_ascii_case("bot") || scheme.eq_ignore_ascii_case("bearer") =>
        {
            rest.trim()
        }
        _ => token,
    }
}
