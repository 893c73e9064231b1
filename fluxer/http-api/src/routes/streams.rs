//! Pictures of shared screens.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use fluxer_domain::streams;
use fluxer_wire::{
    Form,
    stream::{StreamPreviewUploadBodySchema, StreamUpdateBodySchema},
};

use crate::{
    answer::{NoContent, Raw},
    api::{Api, Auth},
    call::Call,
    limits,
};

#[derive(Debug, Form)]
struct StreamPath {
    stream_key: String,
}

pub fn routes(api: &mut Api) {
    api.post("/streams/{stream_key}/preview", "upload_stream_preview")
        .tags(&["Channels"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_STREAM_PREVIEW_POST)
        .run(|call: Call<StreamPath, (), StreamPreviewUploadBodySchema>| async move {
            let (call, body) = call.take_body();
            streams::upload(&call.app, call.actor()?, &call.path.stream_key, body).await?;
            Ok(NoContent)
        });
    api.get("/streams/{stream_key}/preview", "get_stream_preview")
        .tags(&["Channels"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_STREAM_PREVIEW_GET)
        .run(|call: Call<StreamPath>| async move {
            let picture = streams::preview(&call.app, call.actor()?, &call.path.stream_key).await?;
            let found = picture.is_some();
            let mut response = Response::new(picture.map_or_else(Body::empty, Body::from));
            if !found {
                *response.status_mut() = StatusCode::NOT_FOUND;
                return Ok(Raw(response));
            }
            for (name, value) in [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "no-store, private"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                // Whoever shared it said that it is a picture.
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
            ] {
                response.headers_mut().insert(name, HeaderValue::from_static(value));
            }
            Ok(Raw(response))
        });
    api.patch("/streams/{stream_key}/stream", "update_stream_region")
        .tags(&["Channels"])
        .auth(Auth::User)
        .limit(limits::CHANNEL_STREAM_UPDATE)
        .run(|call: Call<StreamPath, (), StreamUpdateBodySchema>| async move {
            let (call, body) = call.take_body();
            streams::update(&call.app, &call.path.stream_key, body).await?;
            Ok(NoContent)
        });
}
