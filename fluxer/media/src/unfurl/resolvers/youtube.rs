//! Videos of YouTube, from its Data API. Without a key, or when it says nothing, they are
//! previewed as other pages are.

use fluxer_wire::message::{Embed, EmbedMedia};
use serde_json::Value;
use url::Url;

use super::{Context, address, is_host, named, segments};
use crate::unfurl::text;

const RED: i32 = 0xFF_00_00;

/// The id of the video that an address shows.
pub fn video(url: &Url) -> Option<String> {
    let id = if url.host_str() == Some("youtu.be") {
        segments(url).first().map(|id| (*id).to_owned())
    } else if is_host(url, &["youtube.com"]) {
        match segments(url)[..] {
            ["watch"] => url.query_pairs().find(|(name, _)| name == "v").map(|(_, id)| id.into_owned()),
            ["shorts" | "v", id, ..] => Some(id.to_owned()),
            _ => None,
        }
    } else {
        None
    };
    let is_id = |id: &String| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    id.filter(is_id)
}

pub async fn preview(context: &Context, url: &Url) -> Option<Embed> {
    if context.youtube_key.is_empty() {
        return None;
    }
    let id = video(url)?;
    let mut ask = Url::parse(&format!("{}/v3/videos", context.bases.youtube)).ok()?;
    ask.query_pairs_mut()
        .append_pair("id", &id)
        .append_pair("part", "snippet,player,status")
        .append_pair("key", &context.youtube_key);
    let answer = context.web.json::<Value>(&ask).await;
    let answer =
        answer.inspect_err(|error| tracing::warn!(%error, "YouTube did not tell of a video")).ok()?;
    let item = answer["items"].get(0)?;
    let thumbnails = &item["snippet"]["thumbnails"];
    let thumbnail = thumbnails["maxres"]["url"].as_str().or_else(|| thumbnails["high"]["url"].as_str());
    let thumbnail = context.media_at(thumbnail, None).await;
    embed(url, &id, item, thumbnail)
}

fn embed(url: &Url, id: &str, item: &Value, thumbnail: Option<EmbedMedia>) -> Option<Embed> {
    let snippet = &item["snippet"];
    let channel = snippet["channelId"].as_str().map(|id| format!("https://www.youtube.com/channel/{id}"));
    let embeddable = item["status"]["embeddable"].as_bool().unwrap_or(true);
    Some(Embed {
        kind: "video".into(),
        url: Some(url.to_string()),
        title: Some(text::short(snippet["title"].as_str()?, 256)?),
        description: text::short(snippet["description"].as_str().unwrap_or_default(), 350),
        color: Some(RED),
        author: snippet["channelTitle"]
            .as_str()
            .and_then(|name| text::short(name, 256))
            .map(|name| named(name, channel)),
        provider: Some(named("YouTube", Some("https://www.youtube.com".into()))),
        thumbnail,
        video: embeddable.then(|| player(url, id, &item["player"])),
        ..Embed::default()
    })
}

fn player(url: &Url, id: &str, player: &Value) -> EmbedMedia {
    let html = player["embedHtml"].as_str().unwrap_or_default();
    let side = |name: &str| {
        text::attribute(html, name)?.parse::<i32>().ok().filter(|side| (1..=10_000).contains(side))
    };
    let (width, height) = side("width").zip(side("height")).unwrap_or((1280, 720));
    let start = url.query_pairs().find(|(name, _)| name == "t").and_then(|(_, time)| seconds(&time));
    let start = start.map(|start| format!("?start={start}")).unwrap_or_default();
    let address = address(Some(&format!("https://www.youtube.com/embed/{id}{start}")));
    EmbedMedia {
        url: address.map(String::from).unwrap_or_default(),
        width: Some(width),
        height: Some(height),
        ..EmbedMedia::default()
    }
}

/// `90`, `90s`, `1m30s`, `1h2m3s`.
fn seconds(time: &str) -> Option<u32> {
    let (mut total, mut number) = (0u32, String::new());
    for ch in time.chars() {
        let unit = match ch {
            '0'..='9' => {
                number.push(ch);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(std::mem::take(&mut number).parse::<u32>().ok()?.checked_mul(unit)?)?;
    }
    let rest = if number.is_empty() { 0 } else { number.parse().ok()? };
    total.checked_add(rest).filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};

    #[test]
    fn addresses_show_videos() {
        for url in [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
            "https://youtube.com/shorts/dQw4w9WgXcQ",
            "https://www.youtube.com/v/dQw4w9WgXcQ",
            "https://youtu.be/dQw4w9WgXcQ?t=9",
        ] {
            assert_eq!(video(&at(url)).as_deref(), Some("dQw4w9WgXcQ"), "{url}");
        }
        for url in [
            "https://www.youtube.com/",
            "https://youtu.be/",
            "https://www.youtube.com/watch?v=%2F..",
            "https://other.example/watch?v=a",
        ] {
            assert_eq!(video(&at(url)), None, "{url}");
        }
        let times = [
            ("90", Some(90)),
            ("90s", Some(90)),
            ("1m30s", Some(90)),
            ("1h2m3s", Some(3723)),
            ("x", None),
            ("0", None),
        ];
        for (time, expected) in times {
            assert_eq!(seconds(time), expected, "{time}");
        }
    }

    #[tokio::test]
    async fn videos_are_told() {
        let mut site = Site::new();
        site.file("/t.png", "image/png", png(48, 36));
        let address = site.base();
        site.json(
            "/v3/videos?id=abc&part=snippet%2Cplayer%2Cstatus&key=secret",
            &format!(
                r#"{{"items": [{{"snippet": {{"title": "A film", "description": "{}", "channelTitle": "Ann", "channelId": "UC1", "thumbnails": {{"high": {{"url": "{address}/t.png"}}}}}}, "player": {{"embedHtml": "<iframe width=\"480\" height=\"270\" src=\"x\">"}}, "status": {{"embeddable": true}}}}]}}"#,
                "d".repeat(400)
            ),
        );
        let mut context = site.start().await;
        let url = at("https://youtu.be/abc?t=1m");
        assert!(preview(&context, &url).await.is_none(), "there is no key");
        context.youtube_key = "secret".into();
        let embed = preview(&context, &url).await.unwrap();
        assert_eq!((embed.kind.as_str(), embed.title.as_deref()), ("video", Some("A film")));
        assert_eq!(embed.description.unwrap().chars().count(), 350);
        let video = embed.video.unwrap();
        assert_eq!(video.url, "https://www.youtube.com/embed/abc?start=60");
        assert_eq!((video.width, video.height), (Some(480), Some(270)));
        assert_eq!(embed.thumbnail.unwrap().width, Some(48));
        assert_eq!(embed.author.unwrap().url.as_deref(), Some("https://www.youtube.com/channel/UC1"));
        assert!(preview(&context, &at("https://youtu.be/gone")).await.is_none());
    }
}
