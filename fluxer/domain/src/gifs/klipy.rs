//! KLIPY: the key is part of the path, GIFs are known by their slugs.

use serde_json::Value;
use url::Url;

use super::{Found, MOST, MOST_SUGGESTIONS, Question, address as at, side, texts, web};
use crate::{Result, settings::GifService};

/// From the clearest to the smallest.
const SIZES: [&str; 4] = ["hd", "md", "sm", "xs"];
const FORMATS: [&str; 4] = ["mp4", "webm", "webp", "gif"];
/// Explicit ones are left out by the service.
const FILTER: (&str, &str) = ("content_filter", "medium");

pub fn address(access: &GifService, question: Question<'_>, locale: &str) -> Result<Url> {
    let key = access.api_key.as_str();
    let (many, some) = (MOST.to_string(), MOST_SUGGESTIONS.to_string());
    let language = ("locale", locale);
    match question {
        Question::Search(words) => {
            let parameters = [("q", words), ("page", "1"), ("per_page", &many), language, FILTER];
            at(access, &[key, "gifs", "search"], &parameters)
        }
        Question::Trending => {
            at(access, &[key, "gifs", "trending"], &[("page", "1"), ("per_page", &many), language, FILTER])
        }
        Question::Categories => at(access, &[key, "gifs", "categories"], &[language]),
        Question::Suggestions(words) => {
            at(access, &[key, "search-suggestions", words], &[("limit", &some), language])
        }
    }
}

pub fn share(access: &GifService, slug: &str) -> Result<Url> {
    at(access, &[&access.api_key, "gifs", "share", slug], &[])
}

pub fn gifs(answer: &Value) -> Vec<Found> {
    answer["data"]["data"].as_array().into_iter().flatten().filter_map(gif).collect()
}

fn gif(item: &Value) -> Option<Found> {
    let slug = item["slug"].as_str().filter(|slug| !slug.is_empty())?;
    let files = FORMATS.iter().flat_map(|format| SIZES.iter().map(move |size| &item["file"][size][format]));
    let (src, file) = files.into_iter().find_map(|file| Some((web(&file["url"])?, file)))?;
    Some(Found {
        id: slug.to_owned(),
        title: item["title"].as_str().unwrap_or_default().to_owned(),
        url: format!("https://klipy.com/gifs/{slug}"),
        src,
        width: side(&file["width"]),
        height: side(&file["height"]),
    })
}

pub fn categories(answer: &Value) -> Vec<(String, String)> {
    let category = |item: &Value| {
        let name = item["query"].as_str().or_else(|| item["category"].as_str())?;
        Some((name.to_owned(), web(&item["preview_url"])?))
    };
    answer["data"]["categories"].as_array().into_iter().flatten().filter_map(category).collect()
}

pub fn suggestions(answer: &Value) -> Vec<String> {
    texts(&answer["data"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn access() -> GifService {
        GifService { api_url: "https://api.klipy.example/api/v1/".into(), api_key: "k/ey".into() }
    }

    #[test]
    fn words_stay_where_they_are_put() {
        let url = address(&access(), Question::Search("cats & dogs"), "de").unwrap();
        assert_eq!(url.path(), "/api/v1/k%2Fey/gifs/search");
        assert!(url.query().unwrap().starts_with("q=cats+%26+dogs&page=1&per_page=50&locale=de"));
        let url = address(&access(), Question::Suggestions("../a/b"), "en-US").unwrap();
        assert_eq!(url.path(), "/api/v1/k%2Fey/search-suggestions/..%2Fa%2Fb");
        let url = share(&access(), "../x?y").unwrap();
        assert_eq!(url.path(), "/api/v1/k%2Fey/gifs/share/..%2Fx%3Fy");
    }

    #[test]
    fn the_clearest_film_is_taken() {
        let file = |url: &str| json!({"url": url, "width": 4, "height": 3});
        let answer = json!({"data": {"data": [
            {"slug": "cat", "title": "Cat", "file": {
                "hd": {"gif": file("https://x/hd.gif")},
                "md": {"mp4": file("https://x/md.mp4"), "gif": file("https://x/md.gif")},
            }},
            {"slug": "none", "file": {"hd": {"mp4": file("javascript:x")}}},
            {"title": "nameless", "file": {"hd": {"gif": file("https://x/a.gif")}}},
            7,
        ]}});
        let found = gifs(&answer);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].src.as_str(), found[0].width, found[0].height), ("https://x/md.mp4", 4, 3));
        assert_eq!(found[0].url, "https://klipy.com/gifs/cat");
        for strange in [json!(null), json!([]), json!({"data": []}), json!({"data": {"data": {}}})] {
            assert!(gifs(&strange).is_empty() && categories(&strange).is_empty());
        }
    }
}
