//! What test mode lets a black-box suite do behind the API's back: set what only operators,
//! time or the network could, and look at what no client may see.
//!
//! Nothing here sends events or checks permissions; the routes exist only in test mode and
//! development, and test mode is refused in production.

pub mod accounts;
pub mod assets;
pub mod guilds;
pub mod inspect;
pub mod users;

use fluxer_wire::{Error as Refusal, Value, code};
use serde_json::json;

use crate::{App, Error, Result, events::Control};

/// Refuses a request that does not carry the harness token, if one is set.
pub fn admit(app: &App, token: Option<&str>, authorization: Option<&str>) -> Result<()> {
    let wanted = &app.settings.test_harness_token;
    let bearer = authorization.map(|text| text.strip_prefix("Bearer ").unwrap_or(text));
    if wanted.is_empty() || token.or(bearer) == Some(wanted) {
        return Ok(());
    }
    Err(Refusal::new(code::TEST_HARNESS_FORBIDDEN).into())
}

/// Wipes everything that is stored or remembered, and ends every gateway session.
pub async fn reset(app: &App) -> Result<Value> {
    app.store.truncate_all().await?;
    app.cache.clear().await?;
    app.blobs.clear().await?;
    app.forget_all();
    if let Some(recorder) = app.mailer.recorder() {
        recorder.clear();
    }
    app.control_user(Default::default(), Control::Reset).await;
    Ok(json!({"reset": true}))
}

pub async fn clear_cache(app: &App) -> Result<Value> {
    let deleted = app.cache.len().await?;
    app.cache.clear().await?;
    Ok(json!({"cleared": true, "deleted_count": deleted}))
}

/// Mails "sent" so far, oldest first.
pub fn emails(app: &App, recipient: Option<&str>) -> Result<Value> {
    let Some(recorder) = app.mailer.recorder() else {
        return Err(Error::internal("mails are not recorded"));
    };
    let emails: Vec<Value> = recorder
        .list(recipient)
        .into_iter()
        .map(|mail| {
            json!({
                "to": mail.mail.to,
                "type": mail.mail.kind,
                "subject": mail.mail.subject,
                "timestamp": mail.at,
                "metadata": mail.mail.metadata,
            })
        })
        .collect();
    Ok(json!({"count": emails.len(), "emails": emails}))
}

pub fn clear_emails(app: &App) {
    if let Some(recorder) = app.mailer.recorder() {
        recorder.clear();
    }
}

/// A 400 whose body is `{error}` alone, as these routes answer when a key is missing.
pub fn missing(what: &str) -> Error {
    let base =
        Refusal { status: 400, code: crate::error::OAUTH2, message: "".into(), extra: Default::default() };
    base.with("error", format!("{what} is required")).into()
}

/// An ISO timestamp or milliseconds; else 400 `INVALID_TIMESTAMP`.
pub fn timestamp(value: &Value) -> Result<platform_kernel::Timestamp> {
    let read = match value {
        Value::String(text) => platform_kernel::Timestamp::parse(text),
        Value::Number(number) => number.as_i64().map(platform_kernel::Timestamp::from_millis),
        _ => None,
    };
    read.ok_or_else(|| code::INVALID_TIMESTAMP.into())
}
