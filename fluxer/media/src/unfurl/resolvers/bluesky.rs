//! Profiles and posts of Bluesky, from its public API.

use fluxer_wire::{
    Timestamp,
    message::{Embed, EmbedAuthor, EmbedField, EmbedFooter},
};
use serde_json::Value;
use url::Url;

use super::{Context, address, is_host, segments};
use crate::unfurl::text;

const BLUE: i32 = 0x11_85_FE;
const MAX_IMAGES: usize = 4;
const MAX_TEXT: usize = 2000;

/// What an address shows.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    Profile(String),
    Post(String, String),
}

impl Place {
    pub fn of(url: &Url) -> Option<Self> {
        if !is_host(url, &["bsky.app"]) {
            return None;
        }
        match segments(url)[..] {
            ["profile", who] => Some(Self::Profile(who.to_owned())),
            ["profile", who, "post", id] => Some(Self::Post(who.to_owned(), id.to_owned())),
            _ => None,
        }
    }
}

pub async fn preview(context: &Context, url: &Url) -> Option<Vec<Embed>> {
    match Place::of(url)? {
        Place::Profile(who) => {
            let answer = ask(context, "app.bsky.actor.getProfile", &[("actor", &who)]).await?;
            Some(vec![profile(context, url, &answer).await?])
        }
        Place::Post(who, id) => {
            let uri = format!("at://{who}/app.bsky.feed.post/{id}");
            let query = [("uri", uri.as_str()), ("depth", "0"), ("parentHeight", "0")];
            let answer = ask(context, "app.bsky.feed.getPostThread", &query).await?;
            post(context, url, &answer["thread"]["post"]).await
        }
    }
}

async fn ask(context: &Context, method: &str, query: &[(&str, &str)]) -> Option<Value> {
    let mut url = Url::parse(&format!("{}/xrpc/{method}", context.bases.bluesky)).ok()?;
    url.query_pairs_mut().extend_pairs(query);
    let answer = context.web.json::<Value>(&url).await;
    answer.inspect_err(|error| tracing::debug!(%error, "Bluesky did not tell")).ok()
}

fn footer() -> Option<EmbedFooter> {
    Some(EmbedFooter {
        text: "Bluesky".into(),
        icon_url: Some("https://bsky.app/static/apple-touch-icon.png".into()),
        proxy_icon_url: None,
    })
}

/// "Name (@handle)".
fn name(of: &Value) -> Option<String> {
    let handle = of["handle"].as_str()?;
    match of["displayName"].as_str().and_then(|name| text::short(name, 200)) {
        Some(name) => Some(format!("{name} (@{handle})")),
        None => Some(format!("@{handle}")),
    }
}

async fn profile(context: &Context, url: &Url, of: &Value) -> Option<Embed> {
    Some(Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        title: Some(name(of)?),
        description: of["description"].as_str().and_then(|said| text::short(said, 350)),
        color: Some(BLUE),
        thumbnail: context.media_at(of["avatar"].as_str(), None).await,
        footer: footer(),
        ..Embed::default()
    })
}

async fn post(context: &Context, url: &Url, post: &Value) -> Option<Vec<Embed>> {
    let mut main = said(url.as_str(), post)?;
    let embed = &post["embed"];
    // With a quoted post, its own media stand beside it.
    let media = if embed["media"].is_object() { &embed["media"] } else { embed };
    let pictures = pictures(context, media).await;
    let mut pictures = pictures.into_iter();
    main.image = pictures.next();
    if main.image.is_none() {
        main.thumbnail = context.media_at(media["thumbnail"].as_str(), None).await;
    }
    if main.image.is_none() && main.thumbnail.is_none() {
        main.thumbnail = context.media_at(media["external"]["thumb"].as_str(), None).await;
    }
    if let Some(quoted) = quoted(embed) {
        main.children.extend(quoted_embed(context, quoted).await);
    }
    let more = pictures.map(|image| Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        image: Some(image),
        ..Embed::default()
    });
    let more: Vec<Embed> = more.collect();
    Some(std::iter::once(main).chain(more).collect())
}

async fn pictures(context: &Context, media: &Value) -> Vec<fluxer_wire::message::EmbedMedia> {
    let images = media["images"].as_array().map(Vec::as_slice).unwrap_or_default();
    let wanted = images.iter().take(MAX_IMAGES).map(|image| {
        let alt = image["alt"].as_str().filter(|alt| !alt.is_empty()).map(|alt| text::cut(alt, 4096));
        context.media_at(image["fullsize"].as_str().or_else(|| image["thumb"].as_str()), alt)
    });
    futures_util::future::join_all(wanted).await.into_iter().flatten().collect()
}

fn quoted(embed: &Value) -> Option<&Value> {
    let record = &embed["record"];
    [record, &record["record"]].into_iter().find(|record| record["author"]["handle"].is_string())
}

async fn quoted_embed(context: &Context, record: &Value) -> Option<Embed> {
    let id = record["uri"].as_str()?.rsplit('/').next()?;
    let url = format!("https://bsky.app/profile/{}/post/{id}", record["author"]["handle"].as_str()?);
    let mut embed = said(&url, record)?;
    embed.fields.clear();
    embed.footer = None;
    let media = record["embeds"].get(0).unwrap_or(&Value::Null);
    embed.image = pictures(context, media).await.into_iter().next();
    Some(embed)
}

/// What a post says, without its media.
fn said(url: &str, post: &Value) -> Option<Embed> {
    let author = &post["author"];
    let record = if post["record"].is_object() { &post["record"] } else { &post["value"] };
    let mut description = with_links(record["text"].as_str().unwrap_or_default(), &record["facets"]);
    let external = [&post["embed"]["external"], &post["embed"]["media"]["external"]]
        .into_iter()
        .find(|card| card.is_object());
    if let Some(card) = external
        && let (Some(uri), Some(title)) = (address(card["uri"].as_str()), card["title"].as_str())
        && let Some(title) = text::short(&title.replace(['[', ']'], ""), 200)
    {
        let link = format!("[{title}]({})", uri.as_str().replace(')', "%29"));
        description = if description.is_empty() { link } else { format!("{description}\n\n{link}") };
    }
    let fields = [
        ("repostCount", "Reposts"),
        ("quoteCount", "Quotes"),
        ("likeCount", "Likes"),
        ("bookmarkCount", "Bookmarks"),
    ];
    let fields = fields.into_iter().filter_map(|(key, name)| {
        let number = post[key].as_u64().filter(|number| *number > 0)?;
        Some(EmbedField { name: name.into(), value: text::count(number), inline: true })
    });
    let handle = author["handle"].as_str()?;
    let created = record["createdAt"].as_str().or_else(|| post["indexedAt"].as_str());
    Some(Embed {
        kind: "bluesky".into(),
        url: Some(url.to_owned()),
        description: (!description.is_empty()).then(|| text::cut(&description, MAX_TEXT)),
        author: Some(EmbedAuthor {
            name: name(author)?,
            url: Some(format!("https://bsky.app/profile/{handle}")),
            icon_url: address(author["avatar"].as_str()).map(String::from),
            proxy_icon_url: None,
        }),
        color: Some(BLUE),
        fields: fields.collect(),
        timestamp: created.and_then(Timestamp::parse),
        footer: footer(),
        ..Embed::default()
    })
}

/// The text with its links, which are told by byte ranges beside it.
fn with_links(said: &str, facets: &Value) -> String {
    let mut links: Vec<(usize, usize, Url)> = Vec::new();
    for facet in facets.as_array().into_iter().flatten() {
        let place = |name: &str| facet["index"][name].as_u64().and_then(|at| usize::try_from(at).ok());
        let features = facet["features"].as_array().into_iter().flatten();
        let uri = features.filter_map(|feature| address(feature["uri"].as_str())).next();
        if let (Some(start), Some(end), Some(uri)) = (place("byteStart"), place("byteEnd"), uri)
            && start < end
            && said.get(start..end).is_some()
        {
            links.push((start, end, uri));
        }
    }
    links.sort_by_key(|(start, ..)| *start);
    let (mut made, mut from) = (String::new(), 0);
    for (start, end, uri) in links {
        if start < from {
            continue;
        }
        made.push_str(&said[from..start]);
        let label = said[start..end].replace(['[', ']'], "");
        made.push_str(&format!("[{label}]({})", uri.as_str().replace(')', "%29")));
        from = end;
    }
    made.push_str(&said[from..]);
    text::paragraphs(&made)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};

    #[test]
    fn links_stand_at_byte_ranges() {
        let link = |start: u64, end: u64, uri: &str| json!({"index": {"byteStart": start, "byteEnd": end}, "features": [{"uri": uri}]});
        let facets = json!([link(4, 8, "https://a.example/")]);
        assert_eq!(with_links("é: here!", &facets), "é: [here](https://a.example/)!");
        // Ranges that cut characters, overlap or lie outside are not there.
        let facets =
            json!([link(1, 3, "https://a.example"), link(0, 99, "https://a.example"), link(5, 4, "x"), {}]);
        assert_eq!(with_links("é: here!", &facets), "é: here!");
    }

    #[tokio::test]
    async fn posts_are_told() {
        let mut site = Site::new();
        let base = site.base();
        site.file("/1.png", "image/png", png(10, 20));
        site.file("/2.png", "image/png", png(30, 40));
        let author =
            json!({"handle": "ann.example", "displayName": "Ann", "avatar": format!("{base}/1.png")});
        let quoted = json!({"uri": "at://did:plc:1/app.bsky.feed.post/q", "author": author, "value": {"text": "before"}});
        let post = json!({"thread": {"post": {
            "author": author,
            "record": {"text": "hello", "createdAt": "2024-05-06T07:08:09.000Z"},
            "embed": {
                "media": {"images": [
                    {"fullsize": format!("{base}/1.png"), "alt": "one"},
                    {"fullsize": format!("{base}/2.png"), "alt": ""},
                ]},
                "record": {"record": quoted},
            },
            "likeCount": 1234, "repostCount": 0, "quoteCount": 12,
        }}});
        let path = "/xrpc/app.bsky.feed.getPostThread?uri=at%3A%2F%2Fann.example%2Fapp.bsky.feed.post%2F3k&depth=0&parentHeight=0";
        site.json(path, &post.to_string());
        let profile = json!({"handle": "ann.example", "displayName": "Ann", "description": "me"});
        site.json("/xrpc/app.bsky.actor.getProfile?actor=ann.example", &profile.to_string());
        let context = site.start().await;
        let embeds = preview(&context, &at("https://bsky.app/profile/ann.example/post/3k")).await.unwrap();
        assert_eq!(embeds.len(), 2);
        let (first, second) = (&embeds[0], &embeds[1]);
        assert_eq!((first.kind.as_str(), first.description.as_deref()), ("bluesky", Some("hello")));
        assert_eq!(first.author.as_ref().unwrap().name, "Ann (@ann.example)");
        let fields: Vec<_> =
            first.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
        assert_eq!(fields, [("Quotes", "12"), ("Likes", "1.2K")]);
        assert_eq!(first.image.as_ref().unwrap().description.as_deref(), Some("one"));
        assert_eq!((second.kind.as_str(), &second.url), ("rich", &first.url));
        assert_eq!(second.image.as_ref().unwrap().width, Some(30));
        assert_eq!(first.children[0].description.as_deref(), Some("before"));
        let profile = &preview(&context, &at("https://bsky.app/profile/ann.example")).await.unwrap()[0];
        assert_eq!((profile.title.as_deref(), profile.color), (Some("Ann (@ann.example)"), Some(BLUE)));
        assert!(preview(&context, &at("https://bsky.app/profile/gone.example")).await.is_none());
    }
}
