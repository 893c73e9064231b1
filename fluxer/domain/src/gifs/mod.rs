//! Looking for GIFs at services of others, on behalf of people whose addresses and names those
//! are not told.
//!
//! `klipy` and `tenor` know how each service is asked and what it answers; they are pure. What
//! was answered lately is remembered for everybody who asks in the same language, and while
//! one asks, others who want the same wait for it. A service without a key is off.

mod canned;
mod klipy;
mod tenor;

use std::time::Duration;

use fluxer_wire::{
    code,
    gif::{FeaturedGifs, Gif, GifCategory, GifSearchQuery, GifsQuery, RegisterGifShareRequest},
    settings::Locale,
};
use platform_outbound::Ask;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use crate::{Actor, App, Error, Result, fail, media_urls::external_url, settings::GifService};

const PATIENCE: Duration = Duration::from_secs(8);
const MAX_BYTES: u64 = 4 << 20;
/// GIFs, categories and suggestions of one answer.
const MOST: usize = 50;
const MOST_CATEGORIES: usize = 100;
const MOST_SUGGESTIONS: usize = 20;
const KEEP_FEATURED: Duration = Duration::from_secs(3600);
const KEEP_FOUND: Duration = Duration::from_secs(600);
const DEFAULT_LOCALE: &str = "en-US";

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Klipy,
    Tenor,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question<'a> {
    Search(&'a str),
    Trending,
    Categories,
    Suggestions(&'a str),
}

/// A GIF as the services have it, whose address here is not made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    id: String,
    title: String,
    url: String,
    src: String,
    width: i32,
    height: i32,
}

/// `GET /{service}/search`.
pub async fn search(app: &App, service: Service, query: &GifSearchQuery) -> Result<Vec<Gif>> {
    gifs(app, service, Question::Search(&query.q), query.locale.0, KEEP_FOUND).await
}

/// `GET /{service}/trending-gifs`.
pub async fn trending(app: &App, service: Service, query: &GifsQuery) -> Result<Vec<Gif>> {
    gifs(app, service, Question::Trending, query.locale.0, KEEP_FEATURED).await
}

/// `GET /{service}/featured`: what is liked at the moment, and what may be looked for.
pub async fn featured(app: &App, service: Service, query: &GifsQuery) -> Result<FeaturedGifs> {
    let locale = query.locale.0;
    let gifs = gifs(app, service, Question::Trending, locale, KEEP_FEATURED);
    let categories = async {
        let named: Vec<(String, String)> =
            ask(app, service, Question::Categories, locale, KEEP_FEATURED, |answer| {
                let mut named = match service {
                    Service::Klipy => klipy::categories(answer),
                    Service::Tenor => tenor::categories(answer),
                };
                named.truncate(MOST_CATEGORIES);
                named
            })
            .await?;
        let category =
            |(name, src): (String, String)| GifCategory { name, proxy_src: external_url(app, &src), src };
        Ok::<_, Error>(named.into_iter().map(category).collect())
    };
    let (gifs, categories) = futures_util::try_join!(gifs, categories)?;
    Ok(FeaturedGifs { gifs, categories })
}

/// `GET /{service}/suggest`: what else could be looked for.
pub async fn suggest(app: &App, service: Service, query: &GifSearchQuery) -> Result<Vec<String>> {
    ask(app, service, Question::Suggestions(&query.q), query.locale.0, KEEP_FOUND, |answer| {
        let mut words = match service {
            Service::Klipy => klipy::suggestions(answer),
            Service::Tenor => tenor::suggestions(answer),
        };
        words.truncate(MOST_SUGGESTIONS);
        words
    })
    .await
}

/// `POST /{service}/register-share`. The service's own affair: that it cannot be told is no
/// fault of whoever shares.
pub async fn register_share(
    app: &App,
    actor: &Actor,
    service: Service,
    form: &RegisterGifShareRequest,
) -> Result<()> {
    let Some(access) = access(app, service)? else { return Ok(()) };
    let words = form.q.as_deref().unwrap_or_default();
    let language = form.locale.0.map_or(DEFAULT_LOCALE, |locale| locale.0);
    let told = match service {
        Service::Klipy => {
            // the same for a person's every share, and telling nothing about them
            let secret = &app.settings.media_proxy_secret;
            let hash = Sha256::digest(format!("klipy:{secret}:{}", actor.id()));
            let customer: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
            let body = serde_json::json!({"customer_id": customer, "q": words}).to_string();
            let ask = Ask { timeout: PATIENCE, max_bytes: MAX_BYTES, ..Ask::with_body("application/json") };
            app.fetcher.post(&klipy::share(access, &form.id)?, body.into(), ask).await
        }
        Service::Tenor => {
            let url = tenor::share(access, &form.id, words, language)?;
            app.fetcher.get(&url, Ask { timeout: PATIENCE, max_bytes: MAX_BYTES, ..Ask::default() }).await
        }
    };
    match told {
        Ok(answer) if answer.status < 300 => {}
        Ok(answer) => tracing::debug!(?service, status = answer.status, "a share was not taken note of"),
        Err(error) => tracing::debug!(?service, %error, "a share was not taken note of"),
    }
    Ok(())
}

/// Whether the service that the instance names can be asked.
pub fn is_available(app: &App) -> bool {
    let service = match &*app.settings.gif_provider {
        "tenor" => Service::Tenor,
        _ => Service::Klipy,
    };
    access(app, service).is_ok()
}

/// The service's address and key; `None` in test mode without one, where all is canned.
fn access(app: &App, service: Service) -> Result<Option<&GifService>> {
    let access = match service {
        Service::Klipy => &app.settings.klipy,
        Service::Tenor => &app.settings.tenor,
    };
    match access.api_key.is_empty() {
        false => Ok(Some(access)),
        true if app.settings.test_mode => Ok(None),
        true => fail(code::FEATURE_TEMPORARILY_DISABLED),
    }
}

async fn gifs(
    app: &App,
    service: Service,
    question: Question<'_>,
    locale: Option<Locale>,
    keep: Duration,
) -> Result<Vec<Gif>> {
    let found: Vec<Gif> = ask(app, service, question, locale, keep, |answer| {
        let found = match service {
            Service::Klipy => klipy::gifs(answer),
            Service::Tenor => tenor::gifs(answer),
        };
        let gif = |found: Found| Gif {
            proxy_src: String::new(),
            id: found.id,
            title: found.title,
            url: found.url,
            src: found.src,
            width: found.width,
            height: found.height,
        };
        found.into_iter().take(MOST).map(gif).collect()
    })
    .await?;
    // the proxy and its key may change: its addresses are not remembered
    let placed = |gif: Gif| Gif { proxy_src: external_url(app, &gif.src), ..gif };
    Ok(found.into_iter().map(placed).collect())
}

/// What is remembered, or what the service answers now as `read` understands it.
async fn ask<T: Serialize + DeserializeOwned + Send + Sync>(
    app: &App,
    service: Service,
    question: Question<'_>,
    locale: Option<Locale>,
    keep: Duration,
    read: impl FnOnce(&Value) -> T + Send,
) -> Result<T> {
    let Some(access) = access(app, service)? else { return Ok(read(&canned::answer(service, question))) };
    let locale = locale.map_or(DEFAULT_LOCALE, |locale| locale.0);
    let (name, url) = match service {
        Service::Klipy => ("klipy", klipy::address(access, question, locale)?),
        Service::Tenor => ("tenor", tenor::address(access, question, locale)?),
    };
    let key = format!("{name}:{locale}:{question:?}");
    app.cache.get_with(&key, keep, async { Ok(read(&fetch(app, service, &url).await?)) }).await
}

/// The address has the key in it and is not logged.
async fn fetch(app: &App, service: Service, url: &Url) -> Result<Value> {
    let ask = Ask { timeout: PATIENCE, max_bytes: MAX_BYTES, ..Ask::default() };
    let answer = async {
        let fetched = app.fetcher.get(url, ask).await.map_err(|error| error.to_string())?;
        if fetched.status != 200 {
            return Err(format!("status {}", fetched.status));
        }
        let body = fetched.bytes().await.map_err(|error| error.to_string())?;
        serde_json::from_slice(&body).map_err(|error| error.to_string())
    };
    answer.await.map_err(|error| {
        tracing::warn!(?service, error, "A service for GIFs did not answer.");
        code::BAD_GATEWAY.into()
    })
}

/// The configured address with a path and parameters.
fn address(access: &GifService, path: &[&str], parameters: &[(&str, &str)]) -> Result<Url> {
    let mut url = Url::parse(&access.api_url).map_err(Error::internal)?;
    url.path_segments_mut()
        .map_err(|()| Error::internal("a service for GIFs has no web address"))?
        .pop_if_empty()
        .extend(path);
    if !parameters.is_empty() {
        url.query_pairs_mut().extend_pairs(parameters);
    }
    Ok(url)
}

/// A web address as a service has it.
fn web(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| text.to_owned())
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

fn side(value: &Value) -> i32 {
    value.as_i64().and_then(|side| i32::try_from(side).ok()).unwrap_or(0)
}
