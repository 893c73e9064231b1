//! Looking for GIFs at KLIPY and Tenor. Both answer in the same form.

use crate::{Form, Optional, Reply, Str, settings::Locale};

/// Query of what needs no words.
#[derive(Debug, Clone, Form)]
pub struct GifsQuery {
    pub locale: Optional<Locale>,
}

#[derive(Debug, Clone, Form)]
pub struct GifSearchQuery {
    pub q: Str<1, 256>,
    pub locale: Optional<Locale>,
}

/// Tells the service which of its GIFs was sent.
#[derive(Debug, Clone, Form)]
pub struct RegisterGifShareRequest {
    pub id: Str<1, 64>,
    /// The words it was found by.
    pub q: Option<Str<0, 256>>,
    pub locale: Optional<Locale>,
}

#[derive(Debug, Clone, PartialEq, Eq, Reply, serde::Deserialize)]
#[reply(name = "GifResponse")]
pub struct Gif {
    /// What the service calls it.
    pub id: String,
    pub title: String,
    /// Its page.
    pub url: String,
    /// The film or picture.
    pub src: String,
    /// The same through the media proxy.
    pub proxy_src: String,
    pub width: i32,
    pub height: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Reply, serde::Deserialize)]
#[reply(name = "GifCategoryTagResponse")]
pub struct GifCategory {
    /// Words to search for.
    pub name: String,
    pub src: String,
    pub proxy_src: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Reply, serde::Deserialize)]
#[reply(name = "GifFeaturedResponse")]
pub struct FeaturedGifs {
    pub gifs: Vec<Gif>,
    pub categories: Vec<GifCategory>,
}
