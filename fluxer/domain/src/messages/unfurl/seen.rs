//! What is remembered of pages: their previews, and that they have none.

use std::time::Duration;

use fluxer_wire::{flags, message::Embed};
use serde::{Deserialize, Serialize};

use crate::{App, Result};

const KEEP: Duration = Duration::from_secs(30 * 60);
/// A page without a preview may have had a bad moment.
const KEEP_NONE: Duration = Duration::from_secs(5 * 60);

/// What a link unfolds into; nothing, if there is no preview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview(pub Vec<Embed>);

impl Preview {
    /// The embeds as they may be shown where explicit pictures are or are not allowed.
    pub fn embeds(self, explicit_allowed: bool) -> Vec<Embed> {
        if explicit_allowed {
            return self.0;
        }
        self.0.into_iter().filter_map(without_explicit).collect()
    }
}

/// The embed without explicit media; `None` if nothing is left of it.
fn without_explicit(mut embed: Embed) -> Option<Embed> {
    let mut dropped = false;
    for media in [&mut embed.image, &mut embed.thumbnail, &mut embed.video, &mut embed.audio] {
        if media.as_ref().is_some_and(|media| media.flags & flags::embed_media::CONTAINS_EXPLICIT_MEDIA != 0)
        {
            *media = None;
            dropped = true;
        }
    }
    embed.children = std::mem::take(&mut embed.children).into_iter().filter_map(without_explicit).collect();
    let says_something = embed.title.is_some()
        || embed.description.is_some()
        || embed.image.is_some()
        || embed.thumbnail.is_some()
        || embed.video.is_some()
        || embed.audio.is_some();
    (!dropped || says_something).then_some(embed)
}

fn key(url: &str) -> String {
    format!("url-embed:{url}")
}

/// What is remembered of a page. A cache that cannot be reached remembers nothing.
pub(super) async fn recall(app: &App, url: &str) -> Option<Preview> {
    app.cache.get_json(&key(url)).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "link previews are not remembered");
        None
    })
}

/// The remembered preview of a page, or what `look` finds, which is then remembered. While
/// one caller looks, others of the same page wait for it.
pub async fn resolve(app: &App, url: &str, look: impl Future<Output = Preview>) -> Result<Preview> {
    let key = key(url);
    let mut looked = false;
    let load = async {
        looked = true;
        Ok::<_, crate::Error>(look.await)
    };
    let preview: Preview = app.cache.get_with(&key, KEEP, load).await?;
    if looked && preview.0.is_empty() {
        app.cache.expire(&key, KEEP_NONE).await?;
    }
    Ok(preview)
}

#[cfg(test)]
mod tests {
    use fluxer_wire::message::EmbedMedia;

    use super::*;

    fn media(flags: i32) -> Option<EmbedMedia> {
        Some(EmbedMedia { url: "https://a.example/x.png".into(), flags, ..EmbedMedia::default() })
    }

    #[test]
    fn explicit_pictures_stay_where_they_are_allowed() {
        let page =
            Embed { kind: "link".into(), title: Some("t".into()), thumbnail: media(16), ..Embed::default() };
        let picture = Embed { kind: "image".into(), thumbnail: media(16 | 32), ..Embed::default() };
        let bare = Embed { kind: "link".into(), url: Some("u".into()), ..Embed::default() };
        let preview = Preview(vec![page.clone(), picture.clone(), bare.clone()]);
        assert_eq!(preview.clone().embeds(true), preview.0);
        assert_eq!(preview.embeds(false), [Embed { thumbnail: None, ..page.clone() }, bare]);
        let quoting = Embed { children: vec![picture], description: Some("d".into()), ..page };
        assert!(Preview(vec![quoting]).embeds(false)[0].children.is_empty());
    }
}
