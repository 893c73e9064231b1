//! The pictures that clients name in their embeds: what is known of them, and which icons are
//! there at all. Bounded in time: a picture that does not come is shown without dimensions.

use std::time::Duration;

use bytes::Bytes;
use fluxer_wire::{
    code,
    flags::embed_media,
    message::{Embed, EmbedMedia},
};
use futures_util::{StreamExt, stream};
use md5::{Digest, Md5};
use platform_imaging::{Inspect, Source};
use platform_outbound::Ask;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::{App, Result};

/// For one picture, from its address to what is known of it.
const PATIENCE: Duration = Duration::from_secs(5);
const MAX_BYTES: u64 = 20 << 20;
/// Pictures of one message that are looked at at the same time.
const AT_ONCE: usize = 6;
const KEEP: Duration = Duration::from_secs(30 * 60);
const KEEP_NONE: Duration = Duration::from_secs(5 * 60);

/// What is known of a picture elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Known {
    /// Whether there is anything to be shown.
    there: bool,
    content_type: Option<String>,
    content_hash: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    placeholder: Option<String>,
    animated: bool,
    /// Set if it is explicit: how sure the classifier is, and of what.
    explicit: Option<(f32, std::collections::BTreeMap<String, f32>)>,
}

/// Fills in what is known of the embeds' pictures and drops icons that are not there. Fails
/// if one is explicit where that is not allowed.
pub(super) async fn look(app: &App, embeds: &mut [Embed], explicit_allowed: bool) -> Result<()> {
    let mut urls: Vec<String> =
        embeds.iter().flat_map(addresses).filter(|url| is_elsewhere(app, url)).collect();
    urls.sort_unstable();
    urls.dedup();
    if urls.is_empty() {
        return Ok(());
    }
    let known: Vec<(String, Known)> = stream::iter(urls)
        .map(|url| async move {
            let known = known(app, &url).await;
            (url, known)
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let of = |url: &str| known.iter().find(|(known, _)| known == url).map(|(_, known)| known);
    if !explicit_allowed && let Some((_, found)) = known.iter().find(|(_, known)| known.explicit.is_some()) {
        let (probability, predictions) = found.explicit.clone().unwrap_or_default();
        let refusal = fluxer_wire::Error::new(code::EXPLICIT_CONTENT_CANNOT_BE_SENT);
        let predictions = serde_json::json!(predictions);
        return Err(refusal.with("probability", probability).with("predictions", predictions).into());
    }
    for embed in embeds {
        for media in [&mut embed.image, &mut embed.thumbnail].into_iter().flatten() {
            if let Some(known) = of(&media.url) {
                describe(media, known);
            }
        }
        let icons = [
            embed.author.as_mut().map(|author| &mut author.icon_url),
            embed.footer.as_mut().map(|footer| &mut footer.icon_url),
        ];
        for icon in icons.into_iter().flatten() {
            if icon.as_deref().and_then(of).is_some_and(|known| !known.there) {
                *icon = None;
            }
        }
    }
    Ok(())
}

fn addresses(embed: &Embed) -> impl Iterator<Item = String> + '_ {
    let media = [&embed.image, &embed.thumbnail].into_iter().flatten().map(|media| media.url.clone());
    let icons = [
        embed.author.as_ref().and_then(|author| author.icon_url.clone()),
        embed.footer.as_ref().and_then(|footer| footer.icon_url.clone()),
    ];
    media.chain(icons.into_iter().flatten())
}

/// Not one of our own: those are known from their uploads.
fn is_elsewhere(app: &App, url: &str) -> bool {
    let own = &app.settings.endpoints.media;
    !url.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

fn describe(media: &mut EmbedMedia, known: &Known) {
    media.content_type.clone_from(&known.content_type);
    media.content_hash.clone_from(&known.content_hash);
    media.placeholder.clone_from(&known.placeholder);
    (media.width, media.height) = (known.width, known.height);
    if known.animated {
        media.flags |= embed_media::IS_ANIMATED;
    }
    if known.explicit.is_some() {
        media.flags |= embed_media::CONTAINS_EXPLICIT_MEDIA;
    }
}

async fn known(app: &App, address: &str) -> Known {
    let Ok(url) = Url::parse(address) else { return Known::default() };
    // The suite's pictures do not exist, except those it serves itself.
    if app.settings.test_mode && !matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_))) {
        return canned(address);
    }
    let key = format!("embed-media:{address}");
    let mut looked = false;
    let load = async {
        looked = true;
        let known = tokio::time::timeout(PATIENCE, inspect(app, &url)).await;
        Ok::<_, crate::Error>(known.ok().flatten().unwrap_or_default())
    };
    let known: Known = match app.cache.get_with(&key, KEEP, load).await {
        Ok(known) => known,
        Err(error) => {
            tracing::warn!(%error, "what is known of pictures is not remembered");
            return Known::default();
        }
    };
    if looked && !known.there {
        // Otherwise it is only looked for again later.
        let _ = app.cache.expire(&key, KEEP_NONE).await;
    }
    known
}

async fn inspect(app: &App, url: &Url) -> Option<Known> {
    let ask = Ask { timeout: PATIENCE, max_bytes: MAX_BYTES, ..Ask::default() };
    let fetched = app.fetcher.get(url, ask).await.ok().filter(|fetched| fetched.status == 200)?;
    let bytes: Bytes = fetched.bytes().await.ok()?;
    let name = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let wanted = Inspect { placeholder: true, nsfw: true };
    let seen = app.imaging.inspect(Source::Bytes(bytes), name, wanted).await.ok()?;
    let pixels = |side: Option<u32>| side.and_then(|side| i32::try_from(side).ok());
    Some(Known {
        there: true,
        content_type: Some(seen.content_type),
        content_hash: Some(seen.sha256),
        width: pixels(seen.width),
        height: pixels(seen.height),
        placeholder: seen.placeholder.filter(|text| !text.is_empty()),
        animated: seen.animated,
        explicit: seen.nsfw.filter(|nsfw| nsfw.positive).map(|nsfw| (nsfw.probability, nsfw.predictions)),
    })
}

fn canned(url: &str) -> Known {
    let hash = Md5::digest(url.as_bytes());
    Known {
        there: true,
        content_type: Some("image/png".into()),
        content_hash: Some(hash.iter().map(|byte| format!("{byte:02x}")).collect()),
        width: Some(128),
        height: Some(128),
        ..Known::default()
    }
}
