//! The instance itself: health, discovery, the API's own description.

use axum::{body::Body, http::header, response::Response};

use crate::{
    answer::Raw,
    api::{Api, Auth},
    call::Call,
};

pub fn routes(api: &mut Api) {
    api.get("/_health", "health").tags(&["Instance"]).auth(Auth::None).run(|_: Call| async {
        let mut response = Response::new(Body::from("OK"));
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain; charset=utf-8"));
        Ok(Raw(response))
    });
    api.get("/openapi.json", "openapi").tags(&["Instance"]).auth(Auth::None).run(|call: Call| async move {
        let document = crate::openapi(&call.app);
        Ok(crate::answer::Raw(crate::answer::json_response(axum::http::StatusCode::OK, &document)))
    });
}
