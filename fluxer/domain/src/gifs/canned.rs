//! What test mode finds without a key: as the services answer, and always the same.

use serde_json::{Value, json};

use super::{Question, Service};

const MEDIA: &str = "https://media.tenor.com/HozyHCAac-kAAAAM/high-five-patrick-star.gif";

pub fn answer(service: Service, question: Question<'_>) -> Value {
    let words = match question {
        Question::Search(words) | Question::Suggestions(words) => words,
        Question::Trending | Question::Categories => "trending",
    };
    let names = [1, 2, 3].map(|number| format!("{words}-{number}"));
    match (service, question) {
        (Service::Klipy, Question::Suggestions(_)) => json!({"data": names}),
        (Service::Klipy, Question::Categories) => {
            json!({"data": {"categories": names.map(|name| json!({"query": name, "preview_url": MEDIA}))}})
        }
        (Service::Klipy, _) => {
            let file = json!({"hd": {"gif": {"url": MEDIA, "width": 128, "height": 128}}});
            let item = |name: String| json!({"slug": name, "title": name, "file": file});
            json!({"data": {"data": names.map(item)}})
        }
        (Service::Tenor, Question::Suggestions(_)) => json!({"results": names}),
        (Service::Tenor, Question::Categories) => {
            json!({"tags": names.map(|name| json!({"searchterm": name, "image": MEDIA}))})
        }
        (Service::Tenor, _) => {
            let formats = json!({"gif": {"url": MEDIA, "dims": [128, 128]}});
            let item = |name: String| json!({"id": name, "title": name, "media_formats": formats});
            json!({"results": names.map(item)})
        }
    }
}
