//! Where the client's files are: in the program, or in a folder that somebody builds into.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, header},
};

use crate::encoding::{self, Encoding};

/// A file inside the program.
#[derive(Debug)]
pub struct File {
    pub name: &'static str,
    /// What `ETag` says.
    pub tag: &'static str,
    pub plain: &'static [u8],
    pub brotli: Option<&'static [u8]>,
    pub gzip: Option<&'static [u8]>,
}

/// Sorted by name.
static EMBEDDED: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
const INDEX: &str = "index.html";

#[derive(Debug)]
pub enum Source {
    Embedded(&'static [File]),
    Folder(PathBuf),
}

/// A file to be sent.
#[derive(Debug)]
pub struct Found {
    name: String,
    pub tag: String,
    body: Bytes,
    encoding: Option<Encoding>,
    /// There are other encodings of it.
    varies: bool,
}

impl Source {
    /// What is inside the program, if it was built with a client.
    pub fn embedded() -> Option<Self> {
        EMBEDDED.iter().any(|file| file.name == INDEX).then_some(Self::Embedded(EMBEDDED))
    }

    pub fn embedded_index(&self) -> Option<&'static str> {
        let Self::Embedded(files) = self else { return None };
        std::str::from_utf8(files.iter().find(|file| file.name == INDEX)?.plain).ok()
    }

    /// The page of a folder; an error says what is missing.
    pub async fn read_index(&self) -> Result<String, String> {
        let Self::Folder(folder) = self else { return Err("the client has no page".into()) };
        let path = folder.join(INDEX);
        tokio::fs::read_to_string(&path).await.map_err(|error| {
            format!(
                "services.server.static_dir: {} cannot be read ({error}); build the client first",
                path.display()
            )
        })
    }

    /// The file called `name`, in the best encoding that the request takes.
    pub async fn find(&self, name: &str, headers: &HeaderMap) -> Option<Found> {
        if name == INDEX || !is_name(name) {
            return None;
        }
        match self {
            Self::Embedded(files) => {
                let file = &files[files.binary_search_by(|file| file.name.cmp(name)).ok()?];
                let stored = |encoding| match encoding {
                    Encoding::Brotli => file.brotli.map(|bytes| (bytes, Some(encoding))),
                    Encoding::Gzip => file.gzip.map(|bytes| (bytes, Some(encoding))),
                };
                let (bytes, encoding) =
                    encoding::accepted(headers).find_map(stored).unwrap_or((file.plain, None));
                Some(Found {
                    name: name.to_owned(),
                    tag: file.tag.to_owned(),
                    body: Bytes::from_static(bytes),
                    encoding,
                    varies: file.brotli.is_some() || file.gzip.is_some(),
                })
            }
            Self::Folder(folder) => from_folder(folder, name, headers).await,
        }
    }
}

async fn from_folder(folder: &Path, name: &str, headers: &HeaderMap) -> Option<Found> {
    let plain = tokio::fs::read(folder.join(name)).await.ok()?;
    let mut hasher = DefaultHasher::new();
    plain.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    for encoding in encoding::accepted(headers) {
        if let Ok(bytes) = tokio::fs::read(folder.join(format!("{name}{}", encoding.ending()))).await {
            let (body, encoding) = (bytes.into(), Some(encoding));
            return Some(Found { name: name.to_owned(), tag, body, encoding, varies: true });
        }
    }
    Some(Found { name: name.to_owned(), tag, body: plain.into(), encoding: None, varies: true })
}

/// Whether every part is an ordinary name, which cannot lead out of the folder.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '@');
    name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain))
}

impl Found {
    pub fn response(self) -> Response<Body> {
        let kind = kind(&self.name);
        let mut response = Response::new(Body::from(self.body));
        let headers = response.headers_mut();
        if let Ok(kind) = HeaderValue::from_str(&kind) {
            headers.insert(header::CONTENT_TYPE, kind);
        }
        if let Some(encoding) = self.encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        if self.varies {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        response
    }
}

fn kind(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "webmanifest" => "application/manifest+json".to_owned(),
        "js" | "mjs" => "text/javascript; charset=utf-8".to_owned(),
        _ => {
            let kind = mime_guess::from_ext(ending).first_or_octet_stream();
            if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        for good in ["sw.js", "assets/index-Ab_1.js", "icons/512.png"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "../x", "a/../b", "a//b", "/etc/passwd", ".env", "a/.b", "a\\b", "a%2e", "ä"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn kinds() {
        assert_eq!(kind("a.js"), "text/javascript; charset=utf-8");
        assert_eq!(kind("a.css"), "text/css; charset=utf-8");
        assert_eq!(kind("a.woff2"), "font/woff2");
        assert_eq!(kind("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(kind("a"), "application/octet-stream");
    }
}
