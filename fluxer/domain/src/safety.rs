//! Known abuse material is refused: pictures and films on their way in are held against what
//! the operator's scan service knows, if there is one.
//!
//! A match leaves nothing behind but the evidence: in the reports bucket, for as long as
//! configured, with a report of the category `child_safety` by the system. A service that does
//! not answer stops nobody; that is logged.

use bytes::Bytes;
use fluxer_wire::{ChannelId, GuildId, UserId, Value, code};
use platform_blobs::{Attributes, Details};
use platform_imaging::{Frame, Source, types::content_type_of};
use platform_kernel::Timestamp;
use platform_outbound::{Match, Shield, Suspect};
use serde_json::json;

use crate::{Actor, App, Error, Result, access::ChannelAccess, fail, reports};

const PICTURES: [&str; 7] =
    ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff", "image/avif"];
const FILMS: [&str; 5] =
    ["video/mp4", "video/webm", "video/quicktime", "video/x-msvideo", "video/x-matroska"];
/// Larger pictures are not sent anywhere.
const LARGEST: u64 = 50 * 1024 * 1024;
const DAY_SECONDS: i64 = 86_400;

/// What the operator decided.
#[derive(Debug)]
pub struct Hooks {
    pub shield: Shield,
    pub evidence_retention_days: u32,
}

/// Who brings something in, and where to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bringer {
    pub user: UserId,
    pub channel: Option<ChannelId>,
    pub guild: Option<GuildId>,
}

impl Bringer {
    pub fn of(actor: &Actor, access: &ChannelAccess) -> Self {
        Self { user: actor.id(), channel: Some(access.id()), guild: access.guild_id() }
    }
}

impl From<UserId> for Bringer {
    fn from(user: UserId) -> Self {
        Self { user, channel: None, guild: None }
    }
}

/// 403 `CONTENT_BLOCKED` for what is known abuse material. `place` says what it was to become:
/// `attachments`, or the field of the request.
pub(crate) async fn check(app: &App, by: Bringer, place: &str, name: &str, source: Source) -> Result<()> {
    let Some(hooks) = &app.safety else { return Ok(()) };
    // A picture is what its bytes are, whatever it is called.
    let outline = app.imaging.outline(&source).await.ok().flatten();
    let content_type = match outline {
        Some(outline) => outline.format.content_type(),
        None => content_type_of(name),
    };
    let is_film = FILMS.contains(&content_type);
    if !is_film && !PICTURES.contains(&content_type) {
        return Ok(());
    }
    let frames = match is_film {
        true => app.imaging.frames(source.clone(), name).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "A film has no frames to scan.");
            Vec::new()
        }),
        false => Vec::new(),
    };
    let suspects: Vec<Suspect> = if is_film {
        let suspect =
            |frame: &Frame| Suspect { content_type: frame.mime_type.clone(), bytes: frame.bytes.clone() };
        frames.iter().map(suspect).collect()
    } else {
        match read(source.clone()).await? {
            Some(bytes) => vec![Suspect { content_type: content_type.to_owned(), bytes }],
            None => {
                tracing::error!(name, "A picture is too large to be scanned, and passes.");
                return Ok(());
            }
        }
    };
    let found = match hooks.shield.check(&suspects).await {
        Ok(None) => return Ok(()),
        Ok(Some(found)) => found,
        Err(error) => {
            tracing::error!(%error, "An upload was not scanned, and passes.");
            return Ok(());
        }
    };
    let evidence = Evidence { by, place, name, content_type, source, frames, found };
    evidence.keep(app, hooks).await?;
    fail(code::CONTENT_BLOCKED)
}

/// None of what is too large.
async fn read(source: Source) -> Result<Option<Bytes>> {
    let read = move || match source {
        Source::Bytes(bytes) => Ok(Some(bytes)),
        Source::File(path) => match std::fs::metadata(&path)?.len() > LARGEST {
            true => Ok(None),
            false => std::fs::read(path).map(|bytes| Some(bytes.into())),
        },
    };
    let read: std::io::Result<_> = tokio::task::spawn_blocking(read).await.map_err(Error::internal)?;
    read.map_err(Error::internal)
}

/// Everything that is kept of a match.
struct Evidence<'a> {
    by: Bringer,
    place: &'a str,
    name: &'a str,
    content_type: &'static str,
    source: Source,
    frames: Vec<Frame>,
    found: Match,
}

impl Evidence<'_> {
    /// The evidence first: a report without it is worth little, it without a report is found.
    async fn keep(&self, app: &App, hooks: &Hooks) -> Result<()> {
        let days = i64::from(hooks.evidence_retention_days);
        let until = app.clock.now().plus_seconds(days * DAY_SECONDS);
        let remark = format!("Known to {}.", self.found.provider);
        let report = reports::by_system(app, self.by.user, self.by.guild, &remark).await?;
        let folder = format!("csam/{}", report.report_id);
        let folder = folder.as_str();
        let user = app.find_user(self.by.user).await?;
        let documents = [
            (
                "metadata.json",
                json!({
                    "report_id": report.report_id,
                    "found_at": app.clock.now(),
                    "kept_until": until,
                    "place": self.place,
                    "filename": self.name,
                    "content_type": self.content_type,
                }),
            ),
            ("match.json", json!({"provider": self.found.provider, "answer": self.found.answer})),
            ("hashes.json", Value::Array(self.found.hashes.clone())),
            ("frames.json", self.frames.iter().map(|frame| json!({"timestamp": frame.timestamp})).collect()),
            (
                "context.json",
                json!({"user_id": self.by.user, "channel_id": self.by.channel, "guild_id": self.by.guild}),
            ),
            (
                "contact_logs.json",
                json!(user.map(|user| json!({
                    "username": user.username,
                    "email": user.email,
                    "phone": user.phone,
                    "last_active_at": user.last_active_at,
                    "last_active_ip": user.last_active_ip,
                }))),
            ),
        ];
        for (name, document) in documents {
            put(app, format!("{folder}/{name}"), document.to_string().into(), "application/json", until)
                .await?;
        }
        for (index, frame) in self.frames.iter().enumerate() {
            let key = format!("{folder}/frames/{index}");
            put(app, key, frame.bytes.clone(), &frame.mime_type, until).await?;
        }
        let shelf = if self.place == "attachments" { "attachments" } else { "asset" };
        let key = format!("{folder}/{shelf}/{}", self.name);
        let stored = match &self.source {
            Source::Bytes(bytes) => {
                app.blobs.put(reports::BUCKET, &key, bytes.clone(), about(self.content_type, until)).await?
            }
            Source::File(path) => {
                app.blobs.put_file(reports::BUCKET, &key, path, about(self.content_type, until)).await?
            }
        };
        tracing::warn!(report = %report.report_id, size = stored.size, "Known abuse material was refused.");
        reports::file(app, report).await?;
        Ok(())
    }
}

async fn put(app: &App, key: String, bytes: Bytes, content_type: &str, until: Timestamp) -> Result<()> {
    app.blobs.put(reports::BUCKET, &key, bytes, about(content_type, until)).await?;
    Ok(())
}

fn about(content_type: &str, until: Timestamp) -> Attributes {
    let details = Details { expires_at: Some(until), ..Details::default() };
    Attributes { content_type: content_type.into(), details }
}
