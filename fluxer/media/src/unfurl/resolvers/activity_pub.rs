//! Posts and profiles of the fediverse: what a page names as its ActivityPub form, or, where
//! that wants a signature, what Mastodon's API tells.

use fluxer_wire::{
    Timestamp,
    message::{Embed, EmbedAuthor, EmbedFooter, EmbedMedia},
};
use serde_json::Value;
use url::Url;

use super::{Context, address, segments};
use crate::unfurl::{html::Html, page::Missing, text};

const KIND: &str = "application/activity+json";
const ACCEPT: &str =
    "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(8);
const VIOLET: i32 = 0x63_64_FF;
const MAX_TEXT: usize = 2000;
const MAX_IMAGES: usize = 4;

/// `None`: it is a page like any other.
pub async fn preview(context: &Context, asked: &Url, url: &Url, html: &Html) -> Option<Vec<Embed>> {
    let object = html.link(url, "alternate", KIND).or_else(|| canonical(asked, url, html))?;
    match fetch(context, &object).await {
        Ok(found) => told(context, url, &found, true).await,
        Err(error) => {
            tracing::debug!(%error, "an ActivityPub object was not read");
            mastodon(context, url).await
        }
    }
}

/// Where a post lives that the address only led to.
fn canonical(asked: &Url, url: &Url, html: &Html) -> Option<Url> {
    if asked == url {
        return None;
    }
    let canonical = html.link(url, "canonical", "")?;
    let is_post = match segments(&canonical)[..] {
        [who, _] => who.starts_with('@') || matches!(who, "notice" | "notes" | "objects"),
        ["users", _, "statuses", _] => true,
        _ => false,
    };
    is_post.then_some(canonical)
}

async fn fetch(context: &Context, url: &Url) -> Result<Value, Missing> {
    context.web.json_as(url, ACCEPT, TIMEOUT).await
}

/// A value that may be one, or the first of a list.
fn first(value: &Value) -> &Value {
    value.as_array().map_or(value, |list| list.first().unwrap_or(&Value::Null))
}

/// An address that may stand alone or in an object.
fn link(value: &Value) -> Option<Url> {
    let value = first(value);
    address(
        value
            .as_str()
            .or_else(|| value["href"].as_str())
            .or_else(|| value["url"].as_str())
            .or_else(|| value["id"].as_str()),
    )
}

async fn told(context: &Context, url: &Url, object: &Value, with_quote: bool) -> Option<Vec<Embed>> {
    // What a boost or a creation is about.
    let object = if object["object"].is_object() { &object["object"] } else { object };
    match first(&object["type"]).as_str()? {
        "Person" | "Service" | "Group" | "Organization" | "Application" => {
            Some(vec![profile(context, url, object).await?])
        }
        "Note" | "Article" | "Question" | "Page" | "Video" | "Event" => {
            let actor = match link(&object["attributedTo"]) {
                Some(actor) => fetch(context, &actor).await.unwrap_or(Value::Null),
                None => Value::Null,
            };
            post(context, url, object, &actor, with_quote).await
        }
        _ => None,
    }
}

/// "Name (@who@host)".
fn name(actor: &Value) -> Option<String> {
    let who = actor["preferredUsername"].as_str().and_then(|who| text::short(who, 64))?;
    let host = link(&actor["id"])?.host_str()?.to_owned();
    let handle = format!("@{who}@{host}");
    Some(match actor["name"].as_str().and_then(|name| text::short(name, 150)) {
        Some(name) => format!("{name} ({handle})"),
        None => handle,
    })
}

fn author(actor: &Value) -> Option<EmbedAuthor> {
    Some(EmbedAuthor {
        name: name(actor)?,
        url: link(&actor["url"]).or_else(|| link(&actor["id"])).map(String::from),
        icon_url: link(&actor["icon"]).map(String::from),
        proxy_icon_url: None,
    })
}

async fn profile(context: &Context, url: &Url, actor: &Value) -> Option<Embed> {
    let icon = link(&actor["icon"]);
    let thumbnail = context.media_at(icon.as_ref().map(Url::as_str), None).await;
    Some(Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        title: Some(name(actor)?),
        description: content(actor["summary"].as_str()),
        color: Some(VIOLET),
        thumbnail,
        footer: Some(instance(context, url).await),
        ..Embed::default()
    })
}

fn content(html: Option<&str>) -> Option<String> {
    let said = text::markdown(html?);
    (!said.is_empty()).then(|| text::cut(&said, MAX_TEXT))
}

async fn post(
    context: &Context,
    url: &Url,
    object: &Value,
    actor: &Value,
    with_quote: bool,
) -> Option<Vec<Embed>> {
    let said = content(object["content"].as_str());
    // A content warning stands in front of what it warns of.
    let warning = object["summary"].as_str().and_then(|warning| text::short(warning, 300));
    let description = match (warning, said) {
        (Some(warning), Some(said)) => Some(format!("**{warning}**\n\n||{}||", said.replace("||", "| |"))),
        (warning, said) => warning.or(said),
    };
    let attached = object["attachment"].as_array().map(Vec::as_slice).unwrap_or_default();
    let files = attached.iter().filter_map(|file| {
        let kind = file["mediaType"].as_str().or_else(|| (file["type"] == "Image").then_some("image/"))?;
        let alt = file["name"].as_str().or_else(|| file["summary"].as_str());
        Some((kind.to_owned(), link(&file["url"])?, alt.map(str::to_owned)))
    });
    let media = files_of(context, files.collect()).await;
    let quote = match ["quote", "quoteUrl", "quoteUri", "_misskey_quote"]
        .into_iter()
        .find_map(|key| link(&object[key]))
    {
        Some(quote) if with_quote => quoted(context, &quote).await,
        _ => None,
    };
    let main = Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        title: object["name"].as_str().and_then(|title| text::short(title, 256)),
        description,
        author: author(actor),
        color: Some(VIOLET),
        timestamp: object["published"].as_str().and_then(Timestamp::parse),
        footer: Some(instance(context, url).await),
        children: quote.into_iter().collect(),
        ..Embed::default()
    };
    Some(arrange(main, media))
}

async fn quoted(context: &Context, url: &Url) -> Option<Embed> {
    let object = fetch(context, url).await.ok()?;
    let page = link(&object["url"]).unwrap_or_else(|| url.clone());
    let mut embeds = Box::pin(told(context, &page, &object, false)).await?;
    let mut embed = embeds.swap_remove(0);
    embed.footer = None;
    Some(embed)
}

async fn files_of(context: &Context, files: Vec<(String, Url, Option<String>)>) -> Vec<(String, EmbedMedia)> {
    let wanted = files.into_iter().take(MAX_IMAGES).map(|(kind, url, alt)| async move {
        let alt = alt.filter(|alt| !alt.is_empty()).map(|alt| text::cut(&alt, 4096));
        (kind, context.media(&url, alt).await)
    });
    futures_util::future::join_all(wanted).await
}

/// Puts media on a post: pictures as a gallery, the first film or sound beside it.
fn arrange(mut main: Embed, media: Vec<(String, EmbedMedia)>) -> Vec<Embed> {
    let url = main.url.clone();
    let mut more = Vec::new();
    for (kind, medium) in media {
        match kind.split('/').next() {
            Some("video") if main.video.is_none() => main.video = Some(medium),
            Some("audio") if main.audio.is_none() => main.audio = Some(medium),
            Some("image") if main.image.is_none() => main.image = Some(medium),
            Some("image") => {
                more.push(Embed {
                    kind: "rich".into(),
                    url: url.clone(),
                    image: Some(medium),
                    ..Embed::default()
                });
            }
            _ => {}
        }
    }
    std::iter::once(main).chain(more).collect()
}

/// The name and picture of the server a post is on.
async fn instance(context: &Context, url: &Url) -> EmbedFooter {
    let host = url.host_str().unwrap_or_default().to_owned();
    let found = match url.join("/api/v2/instance") {
        Ok(ask) => context.web.json::<Value>(&ask).await.unwrap_or(Value::Null),
        Err(_) => Value::Null,
    };
    let icons = found["icon"].as_array().map(Vec::as_slice).unwrap_or_default();
    let icon = icons.last().and_then(|icon| address(icon["src"].as_str()));
    EmbedFooter {
        text: found["title"].as_str().and_then(|title| text::short(title, 200)).unwrap_or(host),
        icon_url: icon.or_else(|| address(found["thumbnail"]["url"].as_str())).map(String::from),
        proxy_icon_url: None,
    }
}

/// What Mastodon's own API tells of a post that is not shown to strangers' servers.
async fn mastodon(context: &Context, url: &Url) -> Option<Vec<Embed>> {
    let id = match segments(url)[..] {
        [who, id] if who.starts_with('@') => id,
        ["users", _, "statuses", id] => id,
        _ => return None,
    };
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let ask = url.join(&format!("/api/v1/statuses/{id}")).ok()?;
    let status = context.web.json::<Value>(&ask).await.ok()?;
    let account = &status["account"];
    let who = account["acct"].as_str().and_then(|who| text::short(who, 128))?;
    let handle = if who.contains('@') { format!("@{who}") } else { format!("@{who}@{}", url.host_str()?) };
    let shown = account["display_name"].as_str().and_then(|name| text::short(name, 150));
    let attached = status["media_attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let files = attached.iter().filter_map(|file| {
        let kind = if file["type"] == "gifv" { "video" } else { file["type"].as_str()? };
        Some((
            kind.to_owned(),
            address(file["url"].as_str())?,
            file["description"].as_str().map(str::to_owned),
        ))
    });
    let media = files_of(context, files.collect()).await;
    let main = Embed {
        kind: "rich".into(),
        url: Some(url.to_string()),
        description: content(status["content"].as_str()),
        author: Some(EmbedAuthor {
            name: shown.map_or_else(|| handle.clone(), |name| format!("{name} ({handle})")),
            url: address(account["url"].as_str()).map(String::from),
            icon_url: address(account["avatar"].as_str()).map(String::from),
            proxy_icon_url: None,
        }),
        color: Some(VIOLET),
        timestamp: status["created_at"].as_str().and_then(Timestamp::parse),
        footer: Some(instance(context, url).await),
        ..Embed::default()
    };
    Some(arrange(main, media))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::testing::*, *};
    use crate::unfurl::html::{Extent, read};

    fn page(object: &str) -> Html {
        let head = format!("<head><link rel=alternate type=application/activity+json href={object}></head>");
        read(None, Extent::Head, head.as_bytes())
    }

    #[tokio::test]
    async fn posts_are_told() {
        let mut site = Site::new();
        let base = site.base();
        site.file("/p.png", "image/png", png(12, 8));
        let actor = json!({"type": "Person", "id": format!("{base}/users/ann"), "preferredUsername": "ann", "name": "Ann",
            "icon": {"type": "Image", "url": format!("{base}/p.png")}, "url": format!("{base}/@ann"), "summary": "<p>me</p>"});
        let quote = json!({"type": "Note", "attributedTo": format!("{base}/users/ann"), "content": "before", "url": format!("{base}/@ann/0")});
        let note = json!({"type": "Note", "attributedTo": format!("{base}/users/ann"), "content": "<p>hello <b>you</b></p>",
            "published": "2024-05-06T07:08:09Z", "quoteUrl": format!("{base}/o/0"),
            "attachment": [{"type": "Document", "mediaType": "image/png", "url": format!("{base}/p.png"), "name": "alt"},
                {"type": "Document", "mediaType": "image/png", "url": format!("{base}/p.png")}]});
        site.json("/users/ann", &actor.to_string());
        site.json("/o/0", &quote.to_string());
        site.json("/o/1", &note.to_string());
        let instance =
            json!({"title": "Small Town", "icon": [{"src": format!("{base}/p.png"), "size": "48x48"}]});
        site.json("/api/v2/instance", &instance.to_string());
        let context = site.start().await;
        let url = at(&format!("{base}/@ann/1"));
        let embeds = preview(&context, &url, &url, &page("/o/1")).await.unwrap();
        let main = &embeds[0];
        assert_eq!((main.kind.as_str(), main.color), ("rich", Some(VIOLET)));
        assert_eq!(main.description.as_deref(), Some("hello **you**"));
        assert_eq!(main.author.as_ref().unwrap().name, format!("Ann (@ann@{})", url.host_str().unwrap()));
        assert_eq!(main.image.as_ref().unwrap().description.as_deref(), Some("alt"));
        assert_eq!(embeds[1].image.as_ref().unwrap().width, Some(12));
        assert_eq!(main.children[0].description.as_deref(), Some("before"));
        assert_eq!(main.footer.as_ref().unwrap().text, "Small Town");
        let profile = &preview(&context, &url, &url, &page("/users/ann")).await.unwrap()[0];
        assert_eq!(
            (profile.description.as_deref(), profile.thumbnail.as_ref().unwrap().width),
            (Some("me"), Some(12))
        );
    }

    #[tokio::test]
    async fn mastodon_tells_what_wants_a_signature() {
        let mut site = Site::new();
        let base = site.base();
        let status = json!({"content": "<p>hi</p>", "created_at": "2024-05-06T07:08:09.000Z",
            "account": {"acct": "bob", "display_name": "Bob", "url": format!("{base}/@bob")}, "media_attachments": []});
        site.json("/api/v1/statuses/7", &status.to_string());
        let context = site.start().await;
        let url = at(&format!("{base}/@bob/7"));
        let embeds = preview(&context, &url, &url, &page("/o/7")).await.unwrap();
        assert_eq!(embeds[0].description.as_deref(), Some("hi"));
        assert!(embeds[0].author.as_ref().unwrap().name.starts_with("Bob (@bob@"));
        // Neither tells: a page like any other.
        let url = at(&format!("{base}/@bob/8"));
        assert!(preview(&context, &url, &url, &page("/o/8")).await.is_none());
        assert!(preview(&context, &url, &url, &Html::default()).await.is_none());
    }
}
