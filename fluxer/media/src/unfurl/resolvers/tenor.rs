//! GIFs of Tenor, from what their pages say of themselves.

use fluxer_wire::message::Embed;
use serde_json::Value;
use url::Url;

use super::{Context, named};
use crate::unfurl::html::Html;

pub async fn preview(context: &Context, url: &Url, html: &Html) -> Option<Embed> {
    let (thumbnail, video) = addresses(html);
    let (thumbnail, video) =
        tokio::join!(context.media_at(thumbnail.as_deref(), None), context.media_at(video.as_deref(), None));
    (thumbnail.is_some() || video.is_some()).then(|| Embed {
        kind: "gifv".into(),
        url: Some(url.to_string()),
        provider: Some(named("Tenor", Some("https://tenor.com".into()))),
        thumbnail,
        video,
        ..Embed::default()
    })
}

/// The still picture and the film.
fn addresses(html: &Html) -> (Option<String>, Option<String>) {
    let image = html.meta("og:image").map(str::to_owned);
    let is_gif = |url: &String| url.split(['?', '#']).next().is_some_and(|path| path.ends_with(".gif"));
    if image.as_ref().is_some_and(is_gif) {
        return (image, None);
    }
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let said = html.json_ld.iter().filter_map(|json| serde_json::from_str::<Value>(json).ok());
    said.map(|json| (text(&json["image"]["thumbnailUrl"]), text(&json["video"]["contentUrl"])))
        .find(|(thumbnail, video)| thumbnail.is_some() || video.is_some())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unfurl::html::{Extent, read};

    #[test]
    fn pages_name_their_files() {
        let of = |page: &str| addresses(&read(None, Extent::Whole, page.as_bytes()));
        let gif = "<meta property=og:image content=https://c.tenor.com/a.gif?x>";
        assert_eq!(of(gif), (Some("https://c.tenor.com/a.gif?x".into()), None));
        let said = "<meta property=og:image content=https://c.tenor.com/a.png></head><body>\
            <script type=\"application/ld+json\">broken</script>\
            <script type=\"application/ld+json\">{\"image\": {\"thumbnailUrl\": \"https://t/a.png\"}, \
            \"video\": {\"contentUrl\": \"https://t/a.mp4\"}}</script>";
        assert_eq!(of(said), (Some("https://t/a.png".into()), Some("https://t/a.mp4".into())));
        assert_eq!(of("<p>"), (None, None));
    }
}
