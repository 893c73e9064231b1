//! The gateway's HTTP side: the upgrade, on every path that clients and proxies use.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{Gateway, connection::Connection, ws::upgrade};

impl Gateway {
    /// Routes for the socket: `/`, `/gateway` and `/gateway/`.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route("/", get(connect))
            .route("/gateway", get(connect))
            .route("/gateway/", get(connect))
            .with_state(self.clone())
    }

    /// Answers one upgrade request, for a server that routes itself.
    pub fn upgrade(self: &Arc<Self>, mut request: Request) -> Response {
        if self.is_draining() {
            return (StatusCode::SERVICE_UNAVAILABLE, "Shutting down").into_response();
        }
        let version_ok =
            request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair == "v=1"));
        let ip = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let (response, upgrading) = match upgrade::accept(&mut request) {
            Ok(accepted) => accepted,
            Err(refusal) => return *refusal,
        };
        let gateway = self.clone();
        tokio::spawn(async move {
            if let Ok(io) = upgrading.await {
                // A task of its own, so that the idle connection is no larger than it must be.
                tokio::spawn(Connection::new(gateway, io, ip, version_ok));
            }
        });
        response
    }
}

async fn connect(State(gateway): State<Arc<Gateway>>, request: Request) -> Response {
    gateway.upgrade(request)
}
