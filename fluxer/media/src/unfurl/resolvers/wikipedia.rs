//! Articles of Wikipedia, from the summaries of its REST API.

use fluxer_wire::message::Embed;
use serde_json::Value;
use url::Url;

use super::{Context, address, named};
use crate::unfurl::text;

const HOSTS: [&str; 11] = ["", "www.", "en.", "de.", "fr.", "es.", "it.", "ja.", "ru.", "zh.", "en.m."];

/// The name of the article, as it stands in the address.
pub fn article(url: &Url) -> Option<&str> {
    let sub = url.host_str()?.strip_suffix("wikipedia.org")?;
    HOSTS.contains(&sub).then(|| url.path().strip_prefix("/wiki/"))?.filter(|name| !name.is_empty())
}

pub async fn preview(context: &Context, url: &Url) -> Option<Vec<Embed>> {
    let host = url.host_str()?;
    let base = context.bases.wikipedia.clone().unwrap_or_else(|| format!("https://{host}"));
    // One segment, whatever is in it.
    let name = article(url)?.replace('/', "%2F");
    let ask = Url::parse(&format!("{base}/api/rest_v1/page/summary/{name}")).ok()?;
    let answer = context.web.json::<Value>(&ask).await;
    let answer =
        answer.inspect_err(|error| tracing::debug!(%error, "Wikipedia did not tell of an article")).ok()?;
    let title = text::short(answer["title"].as_str()?, 256)?;
    let small = address(answer["thumbnail"]["source"].as_str());
    let large = address(answer["originalimage"]["source"].as_str());
    let extra = large.filter(|large| small.as_ref().is_none_or(|small| original(small) != *large));
    let thumbnail = async {
        match &small {
            Some(url) => Some(context.media(url, None).await),
            None => None,
        }
    };
    let image = async {
        match &extra {
            Some(url) => Some(context.media(url, None).await),
            None => None,
        }
    };
    let (thumbnail, image) = tokio::join!(thumbnail, image);
    let mut embeds = vec![Embed {
        kind: "article".into(),
        url: Some(url.to_string()),
        title: Some(title),
        description: text::short(answer["extract"].as_str().unwrap_or_default(), 350),
        provider: Some(named("Wikipedia", Some(format!("https://{host}")))),
        thumbnail,
        ..Embed::default()
    }];
    if let Some(image) = image {
        embeds.push(Embed {
            kind: "rich".into(),
            url: Some(url.to_string()),
            image: Some(image),
            ..Embed::default()
        });
    }
    Some(embeds)
}

/// The picture a small one was made of: `…/thumb/a/ab/X.jpg/320px-X.jpg`.
fn original(thumbnail: &Url) -> Url {
    let mut url = thumbnail.clone();
    if let Some((path, _)) = thumbnail.path().rsplit_once('/')
        && path.contains("/thumb/")
    {
        url.set_path(&path.replacen("/thumb/", "/", 1));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};

    #[test]
    fn articles_are_recognised() {
        for (url, expected) in [
            ("https://en.wikipedia.org/wiki/Rust_(language)", Some("Rust_(language)")),
            ("https://wikipedia.org/wiki/A", Some("A")),
            ("https://de.wikipedia.org/wiki/", None),
            ("https://xx.wikipedia.org/wiki/A", None),
            ("https://en.wikipedia.org.evil.example/wiki/A", None),
            ("https://en.wikipedia.org/w/index.php", None),
        ] {
            assert_eq!(article(&at(url)), expected, "{url}");
        }
    }

    #[tokio::test]
    async fn summaries_are_told() {
        let mut site = Site::new();
        let address = site.base();
        site.file("/thumb/a/X.png/320px-X.png", "image/png", png(32, 16));
        site.file("/a/Y.png", "image/png", png(64, 32));
        site.json(
            "/api/rest_v1/page/summary/AC%2FDC",
            &format!(r#"{{"title": "AC/DC", "extract": "A band.", "thumbnail": {{"source": "{address}/thumb/a/X.png/320px-X.png"}}, "originalimage": {{"source": "{address}/a/X.png"}}}}"#),
        );
        site.json(
            "/api/rest_v1/page/summary/B",
            &format!(
                r#"{{"title": "B", "extract": "{}", "originalimage": {{"source": "{address}/a/Y.png"}}}}"#,
                "b".repeat(999)
            ),
        );
        let context = site.start().await;
        let embeds = preview(&context, &at("https://en.wikipedia.org/wiki/AC/DC")).await.unwrap();
        assert_eq!((embeds.len(), embeds[0].kind.as_str()), (1, "article"));
        assert_eq!(embeds[0].thumbnail.as_ref().unwrap().width, Some(32));
        let embeds = preview(&context, &at("https://en.wikipedia.org/wiki/B")).await.unwrap();
        assert_eq!(embeds[1].image.as_ref().unwrap().width, Some(64));
        assert!(embeds[0].description.as_ref().unwrap().chars().count() <= 350);
        assert!(preview(&context, &at("https://en.wikipedia.org/wiki/Gone")).await.is_none());
    }
}
