//! Tenor, by version 2 of its API; services that speak like it can be configured.

use serde_json::Value;
use url::Url;

use super::{Found, MOST, MOST_SUGGESTIONS, Question, address as at, side, texts, web};
use crate::{Result, settings::GifService};

const FORMATS: [&str; 6] = ["mp4", "webm", "tinymp4", "mediumgif", "gif", "tinygif"];

pub fn address(access: &GifService, question: Question<'_>, locale: &str) -> Result<Url> {
    let language = locale.replace('-', "_");
    let (many, some, formats) = (MOST.to_string(), MOST_SUGGESTIONS.to_string(), FORMATS.join(","));
    let known = [("key", access.api_key.as_str()), ("client_key", "fluxer"), ("locale", &language)];
    let of_gifs = [("limit", &*many), ("contentfilter", "medium"), ("media_filter", &formats)];
    match question {
        Question::Search(words) => at(access, &["search"], &[&known[..], &of_gifs, &[("q", words)]].concat()),
        Question::Trending => at(access, &["featured"], &[&known[..], &of_gifs].concat()),
        Question::Categories => {
            let more = [("type", "featured"), ("contentfilter", "medium")];
            at(access, &["categories"], &[&known[..], &more].concat())
        }
        Question::Suggestions(words) => {
            at(access, &["search_suggestions"], &[&known[..], &[("q", words), ("limit", &some)]].concat())
        }
    }
}

pub fn share(access: &GifService, id: &str, words: &str, locale: &str) -> Result<Url> {
    let language = locale.replace('-', "_");
    let parameters = [
        ("key", access.api_key.as_str()),
        ("client_key", "fluxer"),
        ("locale", &language),
        ("id", id),
        ("q", words),
    ];
    at(access, &["registershare"], &parameters)
}

pub fn gifs(answer: &Value) -> Vec<Found> {
    answer["results"].as_array().into_iter().flatten().filter_map(gif).collect()
}

fn gif(item: &Value) -> Option<Found> {
    let id = item["id"].as_str().filter(|id| !id.is_empty())?;
    let files = FORMATS.iter().map(|format| &item["media_formats"][format]);
    let (src, file) = files.into_iter().find_map(|file| Some((web(&file["url"])?, file)))?;
    let title = item["title"].as_str().filter(|title| !title.is_empty());
    Some(Found {
        id: id.to_owned(),
        title: title.or_else(|| item["content_description"].as_str()).unwrap_or_default().to_owned(),
        url: web(&item["itemurl"]).unwrap_or_else(|| format!("https://tenor.com/view/{id}")),
        src,
        width: side(&file["dims"][0]),
        height: side(&file["dims"][1]),
    })
}

pub fn categories(answer: &Value) -> Vec<(String, String)> {
    let category = |item: &Value| Some((item["searchterm"].as_str()?.to_owned(), web(&item["image"])?));
    answer["tags"].as_array().into_iter().flatten().filter_map(category).collect()
}

pub fn suggestions(answer: &Value) -> Vec<String> {
    texts(&answer["results"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_read_for_what_is_right_in_them() {
        let answer = json!({"results": [
            {"id": "1", "title": "", "content_description": "a cat", "itemurl": "https://tenor.com/view/cat-1",
             "media_formats": {"gif": {"url": "https://m/a.gif", "dims": [4, 3]},
                               "mp4": {"url": "https://m/a.mp4", "dims": [8, 6]}}},
            {"id": "2", "media_formats": {"tinygif": {"url": "https://m/b.gif"}}},
            {"id": "3", "media_formats": {}},
            {"id": 4, "media_formats": {"gif": {"url": "https://m/c.gif"}}},
        ]});
        let found = gifs(&answer);
        let ids: Vec<_> = found.iter().map(|found| found.id.as_str()).collect();
        assert_eq!(ids, ["1", "2"]);
        assert_eq!((found[0].title.as_str(), found[0].src.as_str()), ("a cat", "https://m/a.mp4"));
        assert_eq!((found[0].width, found[0].height), (8, 6));
        assert_eq!((found[1].width, found[1].url.as_str()), (0, "https://tenor.com/view/2"));
        assert_eq!(suggestions(&json!({"results": ["a", 1, "b"]})), ["a", "b"]);
        assert!(suggestions(&json!("x")).is_empty());
    }
}
