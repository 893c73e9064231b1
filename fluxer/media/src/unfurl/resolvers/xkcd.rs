//! Comics of xkcd, with the text behind the picture.

use fluxer_wire::message::{Embed, EmbedFooter};
use url::Url;

use super::Context;
use crate::unfurl::{
    html::{Html, web},
    text,
};

pub async fn preview(context: &Context, url: &Url, html: &Html) -> Option<Embed> {
    let image = web(url, html.meta("og:image")?)?;
    let hover = html.comic.as_deref().and_then(|hover| text::short(hover, 2048));
    Some(Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        title: text::short(html.meta("og:title").unwrap_or(&html.title), 70),
        image: Some(context.media(&image, hover.clone()).await),
        footer: hover.map(|text| EmbedFooter { text, ..EmbedFooter::default() }),
        color: Some(0),
        ..Embed::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{super::testing::*, *};
    use crate::unfurl::html::{Extent, read};

    #[tokio::test]
    async fn comics_have_a_hidden_text() {
        let mut site = Site::new();
        site.file("/c.png", "image/png", png(20, 10));
        let context = site.start().await;
        let page = format!(
            "<head><meta property=og:title content=Fences><meta property=og:image content={}/c.png></head>\
             <body><div id=comic><img src=x title=\"It&#39;s a fence\"></div></body>",
            site.base()
        );
        let html = read(None, Extent::Whole, page.as_bytes());
        let embed = preview(&context, &at("https://xkcd.com/1/"), &html).await.unwrap();
        assert_eq!(embed.title.as_deref(), Some("Fences"));
        let image = embed.image.unwrap();
        assert_eq!((image.width, image.description.as_deref()), (Some(20), Some("It's a fence")));
        assert_eq!(embed.footer.unwrap().text, "It's a fence");
    }
}
