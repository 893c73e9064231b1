//! What other servers of the instance ask a media role: metadata, a thumbnail, frames. Opened by
//! the secret that signs URLs. In one process they are function calls, and these do not exist.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Method, Response, StatusCode, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use platform_imaging::{Format, Inspect, Quality, Transform, types};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use url::Url;

use crate::{
    Media, UPLOADS,
    answer::{Refusal, plain},
    content::Content,
    route::Route,
    version::refuse,
};

/// A request may hold a picture.
const MAX_BODY: usize = 64 << 20;
const BUCKETS: [&str; 6] = ["cdn", "uploads", "reports", "harvests", "downloads", "static"];

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Asked {
    External { url: String },
    Upload { upload_filename: String, filename: Option<String> },
    Base64 { base64: String },
    S3 { bucket: String, key: String },
}

#[derive(Deserialize)]
struct Question {
    #[serde(flatten)]
    of: Asked,
    #[serde(default)]
    with_base64: bool,
    #[serde(default, rename = "isNSFWAllowed")]
    nsfw_allowed: bool,
}

impl Media {
    pub async fn internal(
        self: &Arc<Self>,
        route: Route,
        parts: &Parts,
        body: Body,
    ) -> Result<Response<Body>, Refusal> {
        if !self.options.internal {
            return Err(Refusal::NotFound);
        }
        if parts.method != Method::POST {
            return Err(Refusal::Method);
        }
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        let secret = &self.app.settings.media_proxy_secret;
        if secret.is_empty() || !bool::from(token.as_bytes().ct_eq(secret.as_bytes())) {
            return Err(Refusal::Unauthorized);
        }
        let body = axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| Refusal::TooLarge)?;
        let question: Question =
            serde_json::from_slice(&body).map_err(|error| Refusal::Bad(error.to_string()))?;
        match route {
            Route::Metadata => self.metadata(question).await,
            Route::Thumbnail => self.thumbnail(question).await.map_err(|_| Refusal::NotFound),
            _ => self.frames(question).await,
        }
    }

    /// What is meant, and its name.
    async fn find(self: &Arc<Self>, of: Asked) -> Result<(Content, String), Refusal> {
        let (bucket, key, name) = match of {
            Asked::Base64 { base64 } => {
                let bytes = STANDARD.decode(base64).map_err(|_| Refusal::BadRequest)?;
                return Ok((Content::Bytes(bytes.into()), String::new()));
            }
            Asked::External { url } => {
                let url = Url::parse(&url).map_err(|_| Refusal::BadRequest)?;
                let made = self.original(url.clone()).await?;
                let name =
                    url.path_segments().and_then(|mut segments| segments.next_back().map(str::to_owned));
                return Ok((made.content, name.unwrap_or_default()));
            }
            Asked::Upload { upload_filename, filename } => {
                let name = filename.unwrap_or_else(|| upload_filename.clone());
                (UPLOADS, upload_filename, name)
            }
            Asked::S3 { bucket, key } => {
                let bucket = BUCKETS.into_iter().find(|known| *known == bucket).ok_or(Refusal::BadRequest)?;
                let name = key.rsplit('/').next().unwrap_or_default().to_owned();
                (bucket, key, name)
            }
        };
        let stored = self.stored(bucket, key).await.map_err(|_| Refusal::BadRequest)?;
        Ok((stored.content, name))
    }

    async fn metadata(self: &Arc<Self>, question: Question) -> Result<Response<Body>, Refusal> {
        let wanted = question.with_base64 && matches!(question.of, Asked::External { .. } | Asked::S3 { .. });
        let (content, name) = self.find(question.of).await?;
        let loaded = self.load(content.clone(), false).await?;
        let ask = Inspect { placeholder: true, nsfw: !question.nsfw_allowed };
        let found = self.app.imaging.inspect(loaded.source, &name, ask).await.map_err(refuse)?;
        let mut answer = json!({
            "format": found.format,
            "content_type": found.content_type,
            "content_hash": found.sha256,
            "size": found.size,
            "nsfw": found.nsfw.as_ref().is_some_and(|nsfw| nsfw.positive),
            "nsfw_probability": found.nsfw.as_ref().map_or(0.0, |nsfw| nsfw.probability),
            "nsfw_predictions": found.nsfw.map(|nsfw| nsfw.predictions).unwrap_or_default(),
        });
        for (field, value) in [
            ("width", found.width.map(Value::from)),
            ("height", found.height.map(Value::from)),
            ("duration", found.duration.map(Value::from)),
            ("placeholder", found.placeholder.map(Value::from)),
            ("animated", (found.kind == platform_imaging::Kind::Image).then(|| found.animated.into())),
        ] {
            if let Some(value) = value {
                answer[field] = value;
            }
        }
        if wanted {
            answer["base64"] = STANDARD.encode(whole(content).await?).into();
        }
        Ok(json_answer(&answer))
    }

    async fn thumbnail(self: &Arc<Self>, question: Question) -> Result<Response<Body>, Refusal> {
        let Asked::Upload { .. } = question.of else { return Err(Refusal::BadRequest) };
        let (content, name) = self.find(question.of).await?;
        let video = types::media_kind(types::content_type_of(&name)) == Some(platform_imaging::Kind::Video);
        let loaded = self.load(content, true).await?;
        let transform =
            Transform { format: Some(Format::Jpeg), quality: Quality::High, ..Transform::default() };
        let source = loaded.source.clone();
        let picture = match video {
            true => self.app.imaging.video_frame(source, transform).await,
            false => self.app.imaging.transform(source, transform).await,
        };
        Ok(plain(StatusCode::OK, "image/jpeg", picture.map_err(refuse)?.bytes.into()))
    }

    async fn frames(self: &Arc<Self>, question: Question) -> Result<Response<Body>, Refusal> {
        let (content, name) = self.find(question.of).await?;
        let loaded = self.load(content, false).await?;
        let frames = self.app.imaging.frames(loaded.source.clone(), &name).await.map_err(refuse)?;
        let frames: Vec<Value> = frames
            .into_iter()
            .map(|frame| {
                let base64 = STANDARD.encode(&frame.bytes);
                json!({"timestamp": frame.timestamp, "mime_type": frame.mime_type, "base64": base64})
            })
            .collect();
        Ok(json_answer(&json!({ "frames": frames })))
    }
}

async fn whole(content: Content) -> Result<Bytes, Refusal> {
    let size = content.size();
    let body = content.body(0..size).await?;
    axum::body::to_bytes(body, MAX_BODY).await.map_err(|_| Refusal::TooLarge)
}

fn json_answer(value: &Value) -> Response<Body> {
    plain(StatusCode::OK, "application/json", value.to_string().into())
}
