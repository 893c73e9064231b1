//! Any other page: Open Graph, Twitter cards and plain HTML, with oEmbed for who made it.

use fluxer_wire::message::{Embed, EmbedAuthor, EmbedMedia};
use serde::Deserialize;
use url::Url;

use super::{Context, address, named};
use crate::unfurl::{
    html::{Html, web},
    text,
};

const MAX_IMAGES: usize = 10;
/// A picture with no longer side is there to count readers.
const PIXEL: i32 = 2;

/// What an oEmbed answer says of a page's maker.
#[derive(Debug, Default, Deserialize)]
struct OEmbed {
    title: Option<String>,
    author_name: Option<String>,
    author_url: Option<String>,
    provider_name: Option<String>,
    provider_url: Option<String>,
    thumbnail_url: Option<String>,
}

pub async fn preview(context: &Context, url: &Url, html: &Html) -> Vec<Embed> {
    let oembed = async {
        let address = html.link(url, "alternate", "application/json+oembed")?;
        let found = context.web.json::<OEmbed>(&address).await;
        found.inspect_err(|error| tracing::debug!(%error, "an oEmbed answer was not read")).ok()
    };
    let pictures = images(url, html);
    let wanted = pictures.into_iter().map(|(image, alt)| async move { context.media(&image, alt).await });
    let (oembed, pictures, video, audio) = tokio::join!(
        oembed,
        futures_util::future::join_all(wanted),
        video(context, url, html),
        audio(context, url, html)
    );
    let oembed = oembed.unwrap_or_default();
    let mut pictures: Vec<EmbedMedia> = pictures.into_iter().filter(|picture| !is_pixel(picture)).collect();
    if pictures.is_empty() {
        pictures.extend(context.media_at(oembed.thumbnail_url.as_deref(), None).await);
    }
    let title = title(html).or_else(|| oembed.title.as_deref().and_then(|title| text::short(title, 70)));
    let description = html.first_of(&["og:description", "description", "twitter:description"]);
    let mut pictures = pictures.into_iter();
    let main = Embed {
        kind: "link".into(),
        url: Some(url.to_string()),
        title,
        description: description.and_then(|said| text::short(said, 350)),
        color: html.meta("theme-color").and_then(colour),
        author: author(&oembed),
        provider: provider(url, html, &oembed),
        thumbnail: pictures.next(),
        video,
        audio,
        ..Embed::default()
    };
    let says_something = main.title.is_some()
        || main.description.is_some()
        || main.thumbnail.is_some()
        || main.video.is_some()
        || main.audio.is_some();
    if !says_something {
        return Vec::new();
    }
    let more = pictures.map(|image| Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        image: Some(image),
        ..Embed::default()
    });
    let more: Vec<Embed> = more.collect();
    std::iter::once(main).chain(more).collect()
}

fn title(html: &Html) -> Option<String> {
    let plain = Some(html.title.as_str()).filter(|title| !title.trim().is_empty());
    let said = html.first_of(&["og:title", "twitter:title"]).or(plain).or_else(|| html.meta("title"))?;
    text::short(said, 70)
}

fn is_pixel(picture: &EmbedMedia) -> bool {
    picture.width.zip(picture.height).is_some_and(|(width, height)| width.max(height) <= PIXEL)
}

/// `#rgb` or `#rrggbb`.
fn colour(text: &str) -> Option<i32> {
    let digits = text.trim().strip_prefix('#')?;
    let full = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    full.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| i32::from_str_radix(&full, 16).ok())?
}

fn author(oembed: &OEmbed) -> Option<EmbedAuthor> {
    let name = text::short(oembed.author_name.as_deref()?, 256)?;
    Some(named(name, address(oembed.author_url.as_deref()).map(String::from)))
}

fn provider(url: &Url, html: &Html, oembed: &OEmbed) -> Option<EmbedAuthor> {
    let named_by_page = html.first_of(&["og:site_name", "twitter:site:name", "application-name"]);
    let name = text::short(oembed.provider_name.as_deref().or(named_by_page)?, 256)?;
    let origin = || url.origin().ascii_serialization();
    Some(named(name, Some(address(oembed.provider_url.as_deref()).map_or_else(origin, String::from))))
}

/// The pictures with their texts, in their order, each once.
fn images(base: &Url, html: &Html) -> Vec<(Url, Option<String>)> {
    let mut found: Vec<(Url, Option<String>)> = Vec::new();
    let mut sources: Vec<(Url, Option<String>)> = Vec::new();
    for (key, value) in &html.metas {
        match key.as_str() {
            "og:image" | "og:image:url" | "og:image:secure_url" => {
                sources.extend(web(base, value).filter(|_| !value.trim().is_empty()).map(|url| (url, None)));
            }
            // It speaks of the picture before it.
            "og:image:alt" => {
                if let Some((_, alt)) = sources.last_mut() {
                    *alt = Some(value.clone());
                }
            }
            _ => {}
        }
    }
    for name in ["twitter:image", "twitter:image:src", "image"] {
        let alt = html.meta("twitter:image:alt").map(str::to_owned);
        let urls =
            html.all(name).filter(|value| !value.trim().is_empty()).filter_map(|value| web(base, value));
        sources.extend(urls.map(|url| (url, alt.clone())));
    }
    for (url, alt) in sources {
        let alt = alt.map(|alt| text::cut(&text::line(&alt), 4096)).filter(|alt| !alt.is_empty());
        // The same picture over http and https is one; https is kept.
        match found.iter().position(|(known, _)| bare(known) == bare(&url)) {
            Some(place) => {
                let (known, known_alt) = &mut found[place];
                if url.scheme() == "https" {
                    *known = url;
                }
                if known_alt.is_none() {
                    *known_alt = alt;
                }
            }
            None if found.len() < MAX_IMAGES => found.push((url, alt)),
            None => {}
        }
    }
    let any = html.first_of(&["og:image:alt", "twitter:image:alt"]).map(text::line);
    if let [(_, alt @ None)] = &mut found[..] {
        *alt = any.filter(|alt| !alt.is_empty()).map(|alt| text::cut(&alt, 4096));
    }
    found
}

fn bare(url: &Url) -> &str {
    url.as_str().split_once("://").map_or(url.as_str(), |(_, rest)| rest)
}

async fn video(context: &Context, base: &Url, html: &Html) -> Option<EmbedMedia> {
    let address = html.first_of(&[
        "og:video:secure_url",
        "og:video:url",
        "og:video",
        "twitter:player:stream",
        "twitter:player",
    ])?;
    let url = web(base, address)?;
    let kind = html.first_of(&["og:video:type", "twitter:player:stream:content_type"]).unwrap_or_default();
    let is_file = kind.starts_with("video/") || media_extension(&url);
    // A player is a page: there is nothing to look at.
    let mut media = match is_file {
        true => context.media(&url, None).await,
        false => EmbedMedia { url: url.to_string(), ..EmbedMedia::default() },
    };
    let side = |names: [&str; 2]| {
        html.first_of(&names)?.trim().parse().ok().filter(|side| (1..=10_000).contains(side))
    };
    media.width = media.width.or_else(|| side(["og:video:width", "twitter:player:width"]));
    media.height = media.height.or_else(|| side(["og:video:height", "twitter:player:height"]));
    Some(media)
}

async fn audio(context: &Context, base: &Url, html: &Html) -> Option<EmbedMedia> {
    let address = html.first_of(&["og:audio:secure_url", "og:audio:url", "og:audio", "twitter:audio"])?;
    Some(context.media(&web(base, address)?, None).await)
}

fn media_extension(url: &Url) -> bool {
    platform_imaging::types::media_type_of(url.path()).is_some()
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};
    use crate::unfurl::html::{Extent, read};

    fn head(page: &str) -> Html {
        read(None, Extent::Head, page.as_bytes())
    }

    #[test]
    fn colours() {
        for (text, expected) in [
            ("#abc", Some(0xAA_BB_CC)),
            (" #0a0B0c ", Some(0x0A_0B_0C)),
            ("red", None),
            ("#12345", None),
            ("#+12", None),
        ] {
            assert_eq!(colour(text), expected, "{text}");
        }
    }

    #[test]
    fn pictures_are_found_once() {
        let base = at("https://a.example/");
        let html = head(
            "<meta property=og:image content=http://a.example/1.png><meta property=og:image:alt content=one>\
             <meta property=og:image:secure_url content=https://a.example/1.png>\
             <meta property=og:image content=/2.png><meta property=og:image content=''>\
             <meta name=twitter:image content=/2.png><meta name=twitter:image content=javascript:x>",
        );
        let found = images(&base, &html);
        let expected = [("https://a.example/1.png", Some("one")), ("https://a.example/2.png", None)]
            .map(|(url, alt)| (at(url), alt.map(str::to_owned)));
        assert_eq!(found, expected);
        let many: String = (0..40).map(|n| format!("<meta property=og:image content=/{n}.png>")).collect();
        assert_eq!(images(&base, &head(&many)).len(), MAX_IMAGES);
    }

    #[tokio::test]
    async fn pages_are_told() {
        let mut site = Site::new();
        let base = site.base();
        site.file("/1.png", "image/png", png(100, 50));
        site.file("/2.png", "image/png", png(60, 50));
        site.file("/pixel.png", "image/png", png(1, 1));
        let oembed = r#"{"author_name": "Ann", "author_url": "javascript:x", "provider_name": "Small Press", "provider_url": "https://p.example/"}"#;
        site.json("/o.json", oembed);
        let context = site.start().await;
        let url = at(&format!("{base}/page"));
        let html = head(&format!(
            "<title>plain</title><meta property=og:title content=\"{}\"><meta name=description content=' said\n so '>\
             <meta name=theme-color content=#abc><link rel=alternate type=application/json+oembed href=/o.json>\
             <meta property=og:image content=/pixel.png><meta property=og:image content=/1.png>\
             <meta property=og:image content=/2.png><meta property=og:site_name content=Site>\
             <meta property=og:video content=https://v.example/player><meta property=og:video:width content=640>",
            "t".repeat(100)
        ));
        let embeds = preview(&context, &url, &html).await;
        assert_eq!(embeds.len(), 2);
        let main = &embeds[0];
        assert_eq!((main.kind.as_str(), main.color), ("link", Some(0xAA_BB_CC)));
        assert_eq!(main.title.as_ref().unwrap().chars().count(), 70);
        assert_eq!(main.description.as_deref(), Some("said so"));
        let thumbnail = main.thumbnail.as_ref().unwrap();
        assert_eq!((thumbnail.width, thumbnail.height), (Some(100), Some(50)));
        assert!(thumbnail.content_hash.is_some() && thumbnail.placeholder.is_some());
        assert_eq!((embeds[1].kind.as_str(), &embeds[1].url), ("rich", &main.url));
        let author = main.author.as_ref().unwrap();
        assert_eq!((author.name.as_str(), author.url.as_deref()), ("Ann", None));
        let provider = main.provider.as_ref().unwrap();
        assert_eq!(
            (provider.name.as_str(), provider.url.as_deref()),
            ("Small Press", Some("https://p.example/"))
        );
        assert_eq!(main.video.as_ref().unwrap().width, Some(640));
        let plain = preview(&context, &url, &head("<title> plain </title>")).await;
        assert_eq!(plain[0].title.as_deref(), Some("plain"));
        assert!(preview(&context, &url, &head("<p>nothing")).await.is_empty());
    }
}
