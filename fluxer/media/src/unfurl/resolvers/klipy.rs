//! GIFs and clips of KLIPY, from the data its player page carries.

use fluxer_wire::message::Embed;
use serde_json::Value;
use url::Url;

use super::{Context, is_host, named, segments};
use crate::unfurl::html::Html;

const PUSH: &str = "self.__next_f.push([1,";

/// The name of the GIF or clip that an address shows.
pub fn slug(url: &Url) -> Option<&str> {
    if !is_host(url, &["klipy.com"]) {
        return None;
    }
    match segments(url)[..] {
        ["gif" | "gifs" | "clip" | "clips" | "gifs-or-clips", slug] | ["gifs-or-clips", slug, "player"] => {
            Some(slug)
        }
        _ => None,
    }
}

/// Where the page is that says what we want to know.
pub fn player(url: &Url) -> Option<Url> {
    Url::parse(&format!("https://klipy.com/gifs-or-clips/{}/player", slug(url)?)).ok()
}

pub async fn preview(context: &Context, url: &Url, html: &Html) -> Option<Embed> {
    let slug = slug(url)?;
    let file = file(&flight(&html.scripts), slug)?;
    let thumbnail = find(&file, "webp").or_else(|| find(&file, "gif"));
    let video = find(&file, "mp4");
    let (thumbnail, video) =
        tokio::join!(context.media_at(thumbnail.as_deref(), None), context.media_at(video.as_deref(), None));
    (thumbnail.is_some() || video.is_some()).then(|| Embed {
        kind: "gifv".into(),
        url: Some(format!("https://klipy.com/gifs/{slug}")),
        provider: Some(named("KLIPY", Some("https://klipy.com".into()))),
        thumbnail,
        video,
        ..Embed::default()
    })
}

/// The text that the page's scripts put together.
fn flight(scripts: &str) -> String {
    let pieces = scripts.split(PUSH).skip(1).filter_map(|script| {
        let mut values = serde_json::Deserializer::from_str(script).into_iter::<String>();
        values.next()?.ok()
    });
    pieces.collect()
}

/// The files of the GIF, of those the page speaks of.
fn file(flight: &str, slug: &str) -> Option<Value> {
    let named = flight.find(&format!("\"slug\":\"{slug}\"")).unwrap_or(0);
    let object = |from: usize| {
        let at = from + flight[from..].find("\"file\":{")? + "\"file\":".len();
        serde_json::Deserializer::from_str(&flight[at..]).into_iter::<Value>().next()?.ok()
    };
    object(named).or_else(|| object(0))
}

/// The best address of a kind: of the sizes the largest.
fn find(file: &Value, kind: &str) -> Option<String> {
    let of = |value: &Value| value.as_str().or_else(|| value["url"].as_str()).map(str::to_owned);
    let sizes = ["hd", "md", "sm", "xs"].into_iter().map(|size| &file[size][kind]);
    sizes.chain([&file[kind]]).find_map(of)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};
    use crate::unfurl::html::{Extent, read};

    #[test]
    fn addresses_lead_to_the_player() {
        for path in ["gif/happy-cat", "gifs/happy-cat", "clip/happy-cat", "clips/happy-cat/"] {
            let player = player(&at(&format!("https://klipy.com/{path}"))).unwrap();
            assert_eq!(player.as_str(), "https://klipy.com/gifs-or-clips/happy-cat/player");
        }
        assert!(player(&at("https://klipy.com/about")).is_none());
        assert!(player(&at("https://other.example/gif/x")).is_none());
    }

    #[tokio::test]
    async fn the_flight_data_has_the_files() {
        let mut site = Site::new();
        site.file("/a.webp", "image/png", png(40, 30));
        let context = site.start().await;
        let data = format!(
            r#"5:{{"slug":"other","file":{{"mp4":"https://x/"}}}}{{"slug":"happy-cat","file":{{"hd":{{"webp":{{"url":"{0}/a.webp","width":4}},"mp4":{{"url":"{0}/gone.mp4"}}}}}}}}"#,
            site.base()
        );
        let (one, two) = data.split_at(50);
        let page = format!(
            "<script>self.__next_f.push([1,{}])</script><script>self.__next_f.push([1,{}])</script>",
            Value::from(one),
            Value::from(two)
        );
        let html = read(None, Extent::Whole, page.as_bytes());
        let url = at("https://klipy.com/gifs-or-clips/happy-cat/player");
        let embed = preview(&context, &url, &html).await.unwrap();
        assert_eq!(embed.kind, "gifv");
        let thumbnail = embed.thumbnail.unwrap();
        assert_eq!((thumbnail.width, thumbnail.height), (Some(40), Some(30)));
        let video = embed.video.unwrap();
        assert!(video.url.ends_with("/gone.mp4") && video.width.is_none() && video.flags == 0);
        assert_eq!(embed.provider.unwrap().name, "KLIPY");
        assert!(preview(&context, &url, &Html::default()).await.is_none());
    }
}
