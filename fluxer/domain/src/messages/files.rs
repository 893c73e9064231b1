//! Files of a message in its embeds: `attachment://name` becomes an address, and the picture
//! there is described as the file is.

use fluxer_wire::{
    ChannelId,
    message::{Attachment, Embed},
};

use super::view::attachment_url;
use crate::{App, attachments::Incoming};

/// The address a file of the message will have.
pub fn url(app: &App, channel: ChannelId, files: &[Incoming], name: &str) -> Option<String> {
    let file = files.iter().find(|file| file.called == name)?;
    Some(attachment_url(app, channel, &file.attachment))
}

/// Gives pictures of embeds that are files of the message what is known of the files.
pub fn describe(app: &App, channel: ChannelId, files: &[Incoming], embeds: &mut [Embed]) {
    if files.is_empty() {
        return;
    }
    let known: Vec<(String, &Attachment)> =
        files.iter().map(|file| (attachment_url(app, channel, &file.attachment), &file.attachment)).collect();
    let media = embeds.iter_mut().flat_map(|embed| embed.image.iter_mut().chain(embed.thumbnail.iter_mut()));
    for media in media {
        let Some((url, file)) = known.iter().find(|(url, _)| *url == media.url) else { continue };
        media.proxy_url = Some(url.clone());
        media.content_type.clone_from(&file.content_type);
        media.content_hash.clone_from(&file.content_hash);
        (media.width, media.height) = (file.width, file.height);
        media.placeholder.clone_from(&file.placeholder);
        media.flags = file.flags;
    }
}
