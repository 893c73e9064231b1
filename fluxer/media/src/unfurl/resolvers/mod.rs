//! Who makes a preview of which page: the first in [`Resolver::ALL`] that knows it.
//!
//! Chosen by where the page is in the end and by what it is. Each resolver is a file of its
//! own: what it takes from bytes is a pure function, what it must fetch besides it asks of the
//! [`Context`], whose addresses tests move to a server of their own.

mod activity_pub;
mod bluesky;
mod files;
mod hacker_news;
pub mod klipy;
mod open_graph;
mod tenor;
#[cfg(test)]
pub mod testing;
mod wikipedia;
mod xkcd;
mod youtube;

use fluxer_wire::message::{Embed, EmbedAuthor, EmbedMedia};
use url::Url;

use super::{
    html::Extent,
    media::Media,
    page::{Page, Web},
};

/// Where the services are that are asked beside a page. Without a slash at the end.
#[derive(Debug, Clone)]
pub struct Bases {
    pub hacker_news: String,
    pub youtube: String,
    /// None: the wiki's own host.
    pub wikipedia: Option<String>,
    pub bluesky: String,
}

impl Default for Bases {
    fn default() -> Self {
        Self {
            hacker_news: "https://hacker-news.firebaseio.com".into(),
            youtube: "https://www.googleapis.com/youtube".into(),
            wikipedia: None,
            bluesky: "https://public.api.bsky.app".into(),
        }
    }
}

/// What resolvers work with.
pub struct Context {
    pub web: Web,
    pub media: Media,
    pub bases: Bases,
    /// Empty: videos are previewed as other pages are.
    pub youtube_key: String,
}

impl Context {
    /// A picture or film elsewhere, with what is known of it.
    async fn media(&self, url: &Url, description: Option<String>) -> EmbedMedia {
        self.media.at(&self.web, url, description).await
    }
    /// The same for an address as an API has it; none if it is none.
    async fn media_at(&self, url: Option<&str>, description: Option<String>) -> Option<EmbedMedia> {
        let url = address(url)?;
        Some(self.media(&url, description).await)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolver {
    Audio,
    HackerNews,
    Image,
    Klipy,
    Tenor,
    Video,
    Xkcd,
    YouTube,
    Wikipedia,
    Bluesky,
    /// Every other page.
    Page,
}

impl Resolver {
    const ALL: [Self; 11] = [
        Self::Audio,
        Self::HackerNews,
        Self::Image,
        Self::Klipy,
        Self::Tenor,
        Self::Video,
        Self::Xkcd,
        Self::YouTube,
        Self::Wikipedia,
        Self::Bluesky,
        Self::Page,
    ];

    /// Whose page it is.
    pub fn of(page: &Page) -> Option<Self> {
        Self::ALL.into_iter().find(|resolver| resolver.knows(page))
    }

    fn knows(self, page: &Page) -> bool {
        let url = &page.url;
        match self {
            Self::Audio => page.mime.starts_with("audio/"),
            Self::Image => page.mime.starts_with("image/"),
            Self::Video => page.mime.starts_with("video/"),
            Self::HackerNews => page.is_html() && hacker_news::item(url).is_some(),
            Self::Klipy => page.is_html() && klipy::slug(url).is_some(),
            Self::Tenor => page.is_html() && is_host(url, &["tenor.com"]),
            Self::Xkcd => page.is_html() && is_host(url, &["xkcd.com"]),
            Self::YouTube => page.is_html() && youtube::video(url).is_some(),
            Self::Wikipedia => page.is_html() && wikipedia::article(url).is_some(),
            Self::Bluesky => page.is_html() && bluesky::Place::of(url).is_some(),
            Self::Page => page.is_html(),
        }
    }

    /// The preview; `asked` is the address before it was redirected.
    pub async fn preview(self, context: &Context, asked: &Url, mut page: Page) -> Vec<Embed> {
        let special = match self {
            Self::Audio | Self::Image | Self::Video => {
                return vec![files::preview(context, self, &mut page).await];
            }
            Self::HackerNews => return hacker_news::preview(context, &page.url).await.into_iter().collect(),
            Self::Klipy => {
                let html = page.html(Extent::Whole).await;
                return klipy::preview(context, &page.url, &html).await.into_iter().collect();
            }
            Self::Tenor => {
                let html = page.html(Extent::Whole).await;
                return tenor::preview(context, &page.url, &html).await.into_iter().collect();
            }
            Self::Xkcd => {
                let html = page.html(Extent::Whole).await;
                return xkcd::preview(context, &page.url, &html).await.into_iter().collect();
            }
            Self::YouTube => youtube::preview(context, &page.url).await.map(|embed| vec![embed]),
            Self::Wikipedia => wikipedia::preview(context, &page.url).await,
            Self::Bluesky => bluesky::preview(context, &page.url).await,
            Self::Page => None,
        };
        if let Some(embeds) = special {
            return embeds;
        }
        // What its own service does not tell, the page may.
        let html = page.html(Extent::Head).await;
        match activity_pub::preview(context, asked, &page.url, &html).await {
            Some(embeds) => embeds,
            None => open_graph::preview(context, &page.url, &html).await,
        }
    }
}

/// On one of these hosts, or on `www.` of it.
fn is_host(url: &Url, hosts: &[&str]) -> bool {
    let host = url.host_str().unwrap_or_default();
    hosts.contains(&host.strip_prefix("www.").unwrap_or(host))
}

/// The parts of the path that say something.
fn segments(url: &Url) -> Vec<&str> {
    url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

/// A web address as an API has it.
fn address(url: Option<&str>) -> Option<Url> {
    let url = Url::parse(url?).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// Somebody with a name, and where to find them.
fn named(name: impl Into<String>, url: Option<String>) -> EmbedAuthor {
    EmbedAuthor { name: name.into(), url, ..EmbedAuthor::default() }
}
