//! Addresses under which the media proxy serves what lies elsewhere. The proxy fetches nothing
//! that this instance has not signed, so it is no open relay.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use percent_encoding::percent_decode_str;
use sha2::Sha256;
use url::Url;

use crate::App;

const VERSION: &str = "v2/";

/// Why a path was not recovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Signature,
    Url,
}

/// The proxy's address for `url`. What is on the media host already, or is no URL, stays.
pub fn external_url(app: &App, url: &str) -> String {
    let media = &app.settings.endpoints.media;
    let Ok(parsed) = Url::parse(url) else { return url.to_owned() };
    let own = Url::parse(media).is_ok_and(|media| media.host() == parsed.host());
    if own {
        return url.to_owned();
    }
    let (signature, path) = sign(&app.settings.media_proxy_secret, &parsed);
    format!("{media}/external/{signature}/{path}")
}

/// Signature and path of a URL.
pub fn sign(key: &str, url: &Url) -> (String, String) {
    let path = format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(url.as_str()));
    (URL_SAFE_NO_PAD.encode(mac(key, &path).finalize().into_bytes()), path)
}

fn mac(key: &str, path: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(path.as_bytes());
    mac
}

/// The URL that this instance signed: `path` as it stands in the address, still encoded.
pub fn verify(key: &str, signature: &str, path: &str) -> Result<Url, Refused> {
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refused::Signature)?;
    mac(key, path).verify_slice(&signature).map_err(|_| Refused::Signature)?;
    let url = match path.strip_prefix(VERSION) {
        Some(encoded) => URL_SAFE_NO_PAD.decode(encoded).ok().and_then(|url| String::from_utf8(url).ok()),
        None => legacy(path),
    };
    url.and_then(|url| Url::parse(&url).ok()).ok_or(Refused::Url)
}

/// `[{query}/]{scheme}/{host}/{path}`, as older messages have it.
fn legacy(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').collect();
    let first = *segments.first()?;
    let scheme = if is_scheme(first) {
        0
    } else if first.contains("%3D") {
        1
    } else {
        segments.iter().skip(1).position(|segment| is_scheme(segment))? + 1
    };
    let decode = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
    let query = decode(&segments[..scheme].join("/"))?;
    let (name, host) = (segments.get(scheme)?, segments.get(scheme + 1)?);
    let rest = decode(&segments.get(scheme + 2..)?.join("/"))?;
    let query = if query.is_empty() { query } else { format!("?{query}") };
    Some(format!("{name}://{host}/{rest}{query}"))
}

fn is_scheme(segment: &str) -> bool {
    segment.starts_with(|first: char| first.is_ascii_alphabetic())
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "test-secret";
    const VECTORS: [(&str, &str, &str); 2] = [
        (
            "https://media.tenor.com/HozyHCAac-kAAAAM/high-five-patrick-star.gif",
            "v2/aHR0cHM6Ly9tZWRpYS50ZW5vci5jb20vSG96eUhDQWFjLWtBQUFBTS9oaWdoLWZpdmUtcGF0cmljay1zdGFyLmdpZg",
            "dXhEAJoOos05IiwgW7e-axnJ6IUc_cVMEdgc14LsQ4o",
        ),
        (
            "https://example.com/a b.png?x=1&y=é",
            "v2/aHR0cHM6Ly9leGFtcGxlLmNvbS9hJTIwYi5wbmc_eD0xJnk9JUMzJUE5",
            "Y16ocKyP7d2z4Tbs7GV1NhM5PjGFkc0frN1D8s8mN3o",
        ),
    ];

    #[test]
    fn urls_are_signed_as_everywhere() {
        for (url, path, signature) in VECTORS {
            let url = Url::parse(url).unwrap();
            assert_eq!(sign(KEY, &url), (signature.to_owned(), path.to_owned()));
            assert_eq!(verify(KEY, signature, path), Ok(url));
        }
    }

    #[test]
    fn nothing_else_verifies() {
        let (_, path, signature) = VECTORS[0];
        for (key, signature, path) in [
            ("other", signature, path),
            (KEY, VECTORS[1].2, path),
            (KEY, &signature[..42], path),
            (KEY, "", path),
            (KEY, "not base64!", path),
            (KEY, signature, &path[3..]),
            (KEY, signature, &path[..path.len() - 2]),
        ] {
            assert_eq!(verify(key, signature, path), Err(Refused::Signature), "{signature} {path}");
        }
    }

    #[test]
    fn legacy_paths_are_read() {
        for (path, url) in [
            ("https/example.com/a%20b.png", Some("https://example.com/a%20b.png")),
            ("http/example.com:8080/x/y%2Fz.gif", Some("http://example.com:8080/x/y/z.gif")),
            ("x%3D1%26y%3D2/https/example.com/a.png", Some("https://example.com/a.png?x=1&y=2")),
            ("a%26b/https/example.com/a.png", Some("https://example.com/a.png?a&b")),
            ("https/example.com", Some("https://example.com/")),
            ("%3D/1", None),
            ("123/456", None),
            ("https", None),
            ("", None),
        ] {
            let signature = URL_SAFE_NO_PAD.encode(mac(KEY, path).finalize().into_bytes());
            let expected = url.map(|url| Url::parse(url).unwrap()).ok_or(Refused::Url);
            assert_eq!(verify(KEY, &signature, path), expected, "{path}");
        }
    }
}
