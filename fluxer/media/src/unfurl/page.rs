//! An answer from the web and its body, from wherever it comes.

use std::{path::Path, time::Duration};

use bytes::Bytes;
use platform_imaging::types::sniff;
use platform_outbound::{Ask, FetchError, Fetched, Fetcher};
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt;
use url::Url;

use super::html::{Extent, Html, Reader};

/// For one page with everything up to its last byte.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Of an answer that is a page or a file somebody linked to.
const MAX_FILE: u64 = 500_000_000;
/// Of an answer of an API.
const MAX_JSON: u64 = 2 << 20;

/// Why there is nothing to preview.
#[derive(Debug, thiserror::Error)]
pub enum Missing {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("the answer is {0}")]
    Status(u16),
    #[error("the answer is not what was expected: {0}")]
    Shape(#[from] serde_json::Error),
}

/// Asks the web. Cheap to clone.
#[derive(Clone)]
pub struct Web(Fetcher);

impl Web {
    pub const fn new(fetcher: Fetcher) -> Self {
        Self(fetcher)
    }

    /// The page at `url`, or where it leads; only answers with 200 are pages.
    pub async fn page(&self, url: &Url) -> Result<Page, Missing> {
        let ask = Ask { timeout: TIMEOUT, max_bytes: MAX_FILE, ..Ask::default() };
        let mut fetched = self.0.get(url, ask).await?;
        if fetched.status != 200 {
            return Err(Missing::Status(fetched.status));
        }
        let first = fetched.chunk().await?.unwrap_or_default();
        let declared = fetched.content_type.clone().unwrap_or_default();
        Ok(Page::new(fetched.url.clone(), &declared, first, Some(fetched)))
    }

    /// What an API says.
    pub async fn json<T: DeserializeOwned>(&self, url: &Url) -> Result<T, Missing> {
        self.json_as(url, "application/json", TIMEOUT).await
    }

    pub async fn json_as<T: DeserializeOwned>(
        &self,
        url: &Url,
        accept: &'static str,
        timeout: Duration,
    ) -> Result<T, Missing> {
        let mut ask = Ask { timeout, max_bytes: MAX_JSON, ..Ask::default() };
        ask.headers.insert("accept", http::HeaderValue::from_static(accept));
        let fetched = self.0.get(url, ask).await?;
        if fetched.status != 200 {
            return Err(Missing::Status(fetched.status));
        }
        Ok(serde_json::from_slice(&fetched.bytes().await?)?)
    }
}

/// A page, or a file that somebody linked to.
pub struct Page {
    /// Where it is in the end.
    pub url: Url,
    /// Lower case, without parameters.
    pub mime: String,
    charset: Option<String>,
    first: Bytes,
    rest: Option<Fetched>,
}

impl Page {
    /// What it is says its header; if that says nothing, its beginning.
    pub fn new(url: Url, content_type: &str, first: Bytes, rest: Option<Fetched>) -> Self {
        let (mime, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
        let mut mime = mime.trim().to_ascii_lowercase();
        if mime.is_empty() || mime == "application/octet-stream" {
            let looks_like_html = || {
                let start =
                    String::from_utf8_lossy(&first[..first.len().min(512)]).trim_start().to_ascii_lowercase();
                start.starts_with("<!doctype html")
                    || start.starts_with("<html")
                    || start.starts_with("<head")
            };
            match sniff(&first) {
                Some(sniffed) => sniffed.clone_into(&mut mime),
                None if looks_like_html() => "text/html".clone_into(&mut mime),
                None => {}
            }
        }
        let charset = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
        });
        Self { url, mime, charset, first, rest }
    }

    pub fn is_html(&self) -> bool {
        self.mime == "text/html" || self.mime == "application/xhtml+xml"
    }

    async fn chunk(&mut self) -> Result<Option<Bytes>, FetchError> {
        if !self.first.is_empty() {
            return Ok(Some(std::mem::take(&mut self.first)));
        }
        match &mut self.rest {
            Some(fetched) => fetched.chunk().await,
            None => Ok(None),
        }
    }

    /// Reads the page. One that breaks off says what it has said.
    pub async fn html(&mut self, extent: Extent) -> Html {
        let mut reader = Reader::new(self.charset.as_deref(), extent);
        while let Ok(Some(chunk)) = self.chunk().await {
            if !chunk.chunks(16 << 10).all(|piece| reader.feed(piece)) {
                break;
            }
        }
        reader.finish()
    }

    /// Writes the file to `path`; false if it is longer than `limit`.
    pub async fn save(&mut self, path: &Path, limit: u64) -> Result<bool, FetchError> {
        if self.rest.as_ref().and_then(|fetched| fetched.length).is_some_and(|length| length > limit) {
            return Ok(false);
        }
        let mut file = tokio::fs::File::create(path).await?;
        let mut left = limit;
        while let Some(chunk) = self.chunk().await? {
            let Some(less) = left.checked_sub(chunk.len() as u64) else { return Ok(false) };
            left = less;
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        Ok(true)
    }
}
