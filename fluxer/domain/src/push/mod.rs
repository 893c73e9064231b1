//! Waking people who are not here: a new message becomes a Web Push to the browsers of those
//! it concerns.
//!
//! A message that was announced is handed to a dispatcher and forgotten; the sender waits for
//! nothing, and where nobody has subscriptions nothing happens at all. The dispatcher picks
//! whom to wake (`rules`), says it (`note`) and gives it to the push services. People who are
//! here and not away are left alone; what was said to them in private waits until they read
//! it or leave. A push that gets lost costs nothing but itself, so none is kept durably.

mod dispatch;
mod note;
pub mod rules;
mod subscribers;

use std::sync::{Arc, OnceLock};

use fluxer_wire::{MessageId, RoleId, UserId, flags, message::Message};
use tokio::sync::mpsc;

use crate::{App, channels::ChannelInfo};

pub use dispatch::{Options, start};
use subscribers::Subscribers;

/// What the app holds of it.
#[derive(Debug, Default)]
pub struct Push {
    pub(crate) subscribers: Subscribers,
    queue: OnceLock<mpsc::Sender<Arc<Arrival>>>,
}

/// A new message, as far as pushes need it.
#[derive(Debug)]
pub struct Arrival {
    channel: ChannelInfo,
    message: MessageId,
    author: UserId,
    everyone: bool,
    mentioned: Vec<UserId>,
    roles: Vec<RoleId>,
    title: String,
    body: String,
    icon: String,
    url: String,
}

impl Push {
    /// Takes a message that was announced. Never waits.
    pub(crate) fn arrived(&self, app: &App, channel: &ChannelInfo, message: &Message) {
        let Some(queue) = self.queue.get().filter(|_| !self.subscribers.is_empty()) else { return };
        let quiet = flags::message::SUPPRESS_NOTIFICATIONS;
        if message.flags & quiet != 0 || !message.kind.is_user_content() {
            return;
        }
        if let Err(mpsc::error::TrySendError::Full(_)) = queue.try_send(arrival(app, channel, message)) {
            metrics::counter!("push.dispatch_dropped").increment(1);
        }
    }
}

fn arrival(app: &App, channel: &ChannelInfo, message: &Message) -> Arc<Arrival> {
    let row = &channel.row;
    let guild = channel.guild.as_ref().map(|guild| guild.row.name.as_str());
    let author = &message.author;
    let files: Vec<&str> = message.attachments.iter().map(|file| file.filename.as_str()).collect();
    let stickers: Vec<&str> = message.stickers.iter().map(|sticker| sticker.name.as_str()).collect();
    let names = message.mentions.iter().map(|user| (user.id, user.username.as_str()));
    Arc::new(Arrival {
        message: message.id,
        author: author.id,
        everyone: message.mention_everyone,
        mentioned: message.mentions.iter().map(|user| user.id).collect(),
        roles: message.mention_roles.clone(),
        title: note::title(&author.username, row.channel_type(), row.name.as_deref(), guild),
        body: note::body(&message.content, names, &files, &stickers),
        icon: note::icon(&app.settings.endpoints, author.id, author.avatar.as_deref()),
        url: note::url(row.guild_id, row.channel_id, message.id),
        channel: channel.clone(),
    })
}
