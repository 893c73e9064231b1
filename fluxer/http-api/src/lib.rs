//! The HTTP API: requests in, domain operations called, answers out. A folder is a noun;
//! [`routes`] is the table of contents. No rule lives here.
//!
//! Every route answers at `/v1/<path>` and `/<path>`. The order in which a request is
//! looked at (see [`pipeline`]) is part of the contract.

mod answer;
mod api;
mod authenticate;
mod call;
mod client;
mod cors;
mod limits;
mod multipart;
mod openapi;
mod path;
mod pipeline;
mod rate;
mod routes;
mod sudo;

use std::sync::Arc;

use axum::Router;
use fluxer_domain::App;

/// The API as a service: mount it at the root of the API's address.
pub fn router(app: Arc<App>) -> Router {
    let mut api = api::Api::default();
    routes::all(&mut api, &app);
    api.into_router(app)
}

/// The OpenAPI document of what [`router`] serves.
pub fn openapi(app: &App) -> serde_json::Value {
    let mut api = api::Api::default();
    routes::all(&mut api, app);
    openapi::document(app, api.operations())
}
