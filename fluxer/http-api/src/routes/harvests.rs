//! Exports of one's own data, and the archives behind their links.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use fluxer_domain::{harvests, harvests::Order, testing};
use fluxer_wire::{AnyId, Form, Json as Body_, Str, UserId};

use super::test_mode::{admit, ok};
use crate::{
    answer::{Json, Raw},
    api::{Api, Auth},
    call::Call,
    limits::{self, Limit},
};

#[derive(Debug, Form)]
struct HarvestPath {
    harvest_id: AnyId,
}

#[derive(Debug, Form)]
struct ArchivePath {
    user_id: UserId,
    harvest_id: AnyId,
}

#[derive(Debug, Form)]
struct ArchiveQuery {
    /// Seconds since 1970.
    expires: Str<1, 20>,
    signature: Str<1, 128>,
}

const UNLIMITED: Limit = Limit { bucket: "test", limit: u32::MAX, window_ms: 1 };

pub fn routes(api: &mut Api) {
    api.post("/users/@me/harvest", "request_data_harvest")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_DATA_HARVEST)
        .run(|call: Call| async move { Ok(Json(harvests::request(&call.app, call.actor()?).await?)) });
    api.get("/users/@me/harvest/latest", "get_latest_data_harvest")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_HARVEST_LATEST)
        .run(|call: Call| async move { Ok(Json(harvests::latest(&call.app, call.actor()?).await?)) });
    api.get("/users/@me/harvest/{harvest_id}", "get_data_harvest_status")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_HARVEST_STATUS)
        .run(|call: Call<HarvestPath>| async move {
            Ok(Json(harvests::get(&call.app, call.actor()?, call.path.harvest_id).await?))
        });
    api.get("/users/@me/harvest/{harvest_id}/download", "get_data_harvest_download_url")
        .tags(&["Users"])
        .auth(Auth::User)
        .limit(limits::USER_HARVEST_DOWNLOAD)
        .run(|call: Call<HarvestPath>| async move {
            Ok(Json(harvests::download(&call.app, call.actor()?, call.path.harvest_id).await?))
        });
    api.get("/exports/{user_id}/{harvest_id}/user-data.zip", "get_data_harvest_archive")
        .tags(&["Users"])
        .auth(Auth::None)
        .limit(limits::USER_HARVEST_ARCHIVE)
        .run(|call: Call<ArchivePath, ArchiveQuery>| async move {
            let ArchivePath { user_id, harvest_id } = call.path;
            let ArchiveQuery { expires, signature } = &call.query;
            let order = Order { user_id, harvest_id };
            // a number that is none is a link that is none
            let expires = expires.as_str().parse().unwrap_or(0);
            Ok(Raw(archive(harvests::open(&call.app, order, expires, signature.as_str()).await?)))
        });
}

fn archive(reading: harvests::Archive) -> Response {
    let size = reading.meta.size;
    let mut response = Response::new(Body::from_stream(reading.stream));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"user-data.zip\""),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    response
}

/// Only where there are test routes.
pub fn test_routes(api: &mut Api) {
    api.post("/test/users/{user_id}/harvest/{harvest_id}/set-expiration", "test_harvest_expiration")
        .tags(&["Test"])
        .auth(Auth::None)
        .limit(UNLIMITED)
        .run(|call: Call<ArchivePath, (), Body_>| async move {
            admit(&call)?;
            let at = testing::timestamp(&call.body.0["expires_at"])?;
            harvests::set_expiry(&call.app, call.path.user_id, call.path.harvest_id, at).await?;
            Ok(ok(serde_json::json!({"success": true})))
        });
}
