//! Items of Hacker News, from its API.

use std::time::Duration;

use fluxer_wire::{
    Timestamp,
    message::{Embed, EmbedFooter},
};
use serde::Deserialize;
use url::Url;

use super::{Context, named};
use crate::unfurl::text;

const TIMEOUT: Duration = Duration::from_secs(5);
const ORANGE: i32 = 0xFF_66_00;

#[derive(Debug, Deserialize)]
struct Item {
    #[serde(default)]
    by: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    time: i64,
    #[serde(default)]
    dead: bool,
    #[serde(default)]
    deleted: bool,
}

/// The number of the item a page is about.
pub fn item(url: &Url) -> Option<u64> {
    if url.host_str() != Some("news.ycombinator.com") || url.path() != "/item" {
        return None;
    }
    url.query_pairs().find(|(name, _)| name == "id")?.1.parse().ok()
}

pub async fn preview(context: &Context, url: &Url) -> Option<Embed> {
    let address = format!("{}/v0/item/{}.json", context.bases.hacker_news, item(url)?);
    let found =
        context.web.json_as::<Option<Item>>(&Url::parse(&address).ok()?, "application/json", TIMEOUT).await;
    let item =
        found.inspect_err(|error| tracing::debug!(%error, "an item of Hacker News was not read")).ok()??;
    embed(url, &item)
}

fn embed(url: &Url, item: &Item) -> Option<Embed> {
    if item.dead || item.deleted {
        return None;
    }
    let titled = matches!(item.kind.as_str(), "story" | "job" | "poll");
    let profile = format!("https://news.ycombinator.com/user?id={}", item.by);
    Some(Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        title: text::short(&item.title, 256).filter(|_| titled),
        author: text::short(&item.by, 256).map(|name| named(name, Some(profile))),
        description: text::short(&text::markdown(&item.text), 400),
        color: Some(ORANGE),
        timestamp: (item.time > 0).then(|| Timestamp::from_millis(item.time.saturating_mul(1000))),
        footer: Some(EmbedFooter {
            text: "Hacker News".into(),
            icon_url: Some("https://news.ycombinator.com/y18.svg".into()),
            proxy_icon_url: None,
        }),
        ..Embed::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};

    #[tokio::test]
    async fn items_are_told() {
        let mut site = Site::new();
        let story = r#"{"by": "ann", "type": "story", "title": "Show: a thing", "text": "One<p>two <a href=\"https://a.example/\">three</a>", "time": 1700000000, "id": 1}"#;
        site.json("/v0/item/1.json", story);
        site.json("/v0/item/2.json", r#"{"by": "ann", "type": "story", "title": "x", "dead": true}"#);
        site.json("/v0/item/3.json", "null");
        site.json(
            "/v0/item/4.json",
            r#"{"by": "bob", "type": "comment", "title": "x", "text": "It&#x27;s fine"}"#,
        );
        let context = site.start().await;
        let embed = preview(&context, &at("https://news.ycombinator.com/item?id=1")).await.unwrap();
        assert_eq!(embed.title.as_deref(), Some("Show: a thing"));
        assert_eq!(embed.description.as_deref(), Some("One two [three](https://a.example/)"));
        assert_eq!((embed.kind.as_str(), embed.color), ("rich", Some(0xFF6600)));
        assert_eq!(embed.author.unwrap().name, "ann");
        assert_eq!(embed.timestamp.unwrap().millis(), 1_700_000_000_000);
        for gone in [2, 3, 9] {
            let url = at(&format!("https://news.ycombinator.com/item?id={gone}"));
            assert!(preview(&context, &url).await.is_none(), "{gone}");
        }
        let comment = preview(&context, &at("https://news.ycombinator.com/item?id=4")).await.unwrap();
        assert_eq!((comment.title, comment.description.as_deref()), (None, Some("It's fine")));
    }
}
