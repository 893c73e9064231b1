//! Addresses of GIF services, and what those call their GIFs. Pure.

use url::Url;

fn parts(url: &str, host: &str) -> Option<Vec<String>> {
    let url = Url::parse(url).ok()?;
    let found = url.host_str()?;
    (found.strip_prefix("www.").unwrap_or(found) == host)
        .then(|| url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(Into::into))
        .map(Iterator::collect)
}

/// The slug of a KLIPY address.
pub fn klipy(url: &str) -> Option<String> {
    let parts = parts(url, "klipy.com")?;
    match &parts[..] {
        [kind, slug] if matches!(kind.as_str(), "gif" | "gifs" | "clip" | "clips") => Some(slug.clone()),
        _ => None,
    }
}

/// `view/<slug>-<id>` of a Tenor address, in any language.
pub fn tenor(url: &str) -> Option<String> {
    let parts = parts(url, "tenor.com")?;
    match &parts[..] {
        [view, slug] | [_, view, slug] if view == "view" => Some(format!("view/{slug}")),
        _ => None,
    }
}

/// The same of what a client calls it: an address, `view/<slug>` or the slug.
pub fn tenor_id(text: &str) -> Option<String> {
    if text.contains("://") {
        return tenor(text);
    }
    let slug = text.trim_matches('/');
    let slug = slug.strip_prefix("view/").unwrap_or(slug);
    (!slug.is_empty() && !slug.contains('/')).then(|| format!("view/{slug}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn klipy_names_its_gifs() {
        for url in ["https://klipy.com/gifs/happy-cat", "https://www.klipy.com/clip/happy-cat/?a=b"] {
            assert_eq!(klipy(url).as_deref(), Some("happy-cat"));
        }
        for url in ["https://klipy.com/gifs", "https://klipy.com/about/us", "https://x.com/gif/a", "gif/a"] {
            assert_eq!(klipy(url), None);
        }
    }

    #[test]
    fn tenor_names_are_all_written_alike() {
        for text in ["cat-1", "view/cat-1", "/view/cat-1/", "https://tenor.com/de/view/cat-1"] {
            assert_eq!(tenor_id(text).as_deref(), Some("view/cat-1"), "{text}");
        }
        for text in ["", "/", "a/b", "https://tenor.com/search/cat", "https://x.com/view/cat-1"] {
            assert_eq!(tenor_id(text), None, "{text}");
        }
        assert_eq!(tenor("https://media.tenor.com/abc/cat.gif"), None);
    }
}
