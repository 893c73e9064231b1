//! Previews of the links in a message.
//!
//! What was seen lately is attached to a message at once; otherwise a job, part of the
//! message's own write, looks at the pages after the answer and changes the message by event.
//! This module owns which links count, what is remembered of them, and the rules for putting
//! previews on a message; who reads the pages stands elsewhere and gets [`Order`]s.

mod apply;
mod seen;
mod urls;

use fluxer_wire::{ChannelId, MessageId, Permissions, message::Embed};
use platform_queue::Job;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use apply::{Task, begin, finish};
pub use seen::{Preview, resolve};
pub use urls::{MAX_URLS, Skipped, urls};

use crate::{App, access::ChannelAccess, attachments::Policy, rows::MessageRow};

/// The kind of the job.
pub const KIND: &str = "extract_embeds";
/// A page that cannot be read now is worth a second look, not an hour of them.
const ATTEMPTS: u32 = 3;

/// The job: look at a message's links and put previews on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub channel_id: ChannelId,
    pub message_id: MessageId,
    /// Whether explicit pictures may be shown where it stands.
    pub explicit_allowed: bool,
    /// The embeds it had when the job was made, as [`digest`] has it. Others mean that
    /// somebody changed them since.
    embeds: String,
}

/// What can be said of a message's links without waiting for anybody.
#[derive(Debug)]
pub(super) struct Links {
    pub embeds: Vec<Embed>,
    explicit_allowed: bool,
    /// Whether every link was seen lately.
    complete: bool,
}

impl Links {
    /// The job, if there is anything to look at.
    pub fn job(&self, row: &MessageRow) -> Option<Job> {
        if self.complete {
            return None;
        }
        let order = Order {
            channel_id: row.channel_id,
            message_id: row.message_id,
            explicit_allowed: self.explicit_allowed,
            embeds: digest(&self.embeds),
        };
        Some(Job::new(KIND, &order).key(key(row)).max_attempts(ATTEMPTS))
    }
}

/// The links of a text that is about to become a message's; `None` if there are none, or
/// if its author may not have them previewed.
pub(super) async fn look_up(app: &App, access: &ChannelAccess, content: Option<&str>) -> Option<Links> {
    let content = content.filter(|content| content.contains("://"))?;
    if !may_preview(app, access) {
        return None;
    }
    let urls = urls(content, &Skipped::of(&app.settings));
    if urls.is_empty() {
        return None;
    }
    let explicit_allowed = Policy::of(access).explicit;
    let mut links = Links { embeds: Vec::new(), explicit_allowed, complete: true };
    for url in urls {
        match seen::recall(app, &url).await {
            Some(preview) => links.embeds.extend(preview.embeds(explicit_allowed)),
            None => links.complete = false,
        }
    }
    Some(links)
}

/// Whether links are previewed here: always in private, with EMBED_LINKS in guilds.
pub(super) fn may_preview(app: &App, access: &ChannelAccess) -> bool {
    app.settings.unfurl.enabled && (access.guild.is_none() || access.can(Permissions::EMBED_LINKS))
}

/// Takes back the job of a message whose embeds somebody set.
pub(super) async fn cancel(app: &App, row: &MessageRow) {
    if let Err(error) = app.queue.cancel(KIND, &key(row)).await {
        tracing::warn!(%error, "a link preview that is no longer wanted was not taken back");
    }
}

fn key(row: &MessageRow) -> String {
    format!("{}:{}", row.channel_id, row.message_id)
}

/// Tells lists of embeds apart.
fn digest(embeds: &[Embed]) -> String {
    if embeds.is_empty() {
        return String::new();
    }
    let json = serde_json::to_vec(embeds).unwrap_or_default();
    Sha256::digest(json)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
