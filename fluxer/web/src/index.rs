//! The client's page: a file that the build wrote, into which every answer puts its nonce, the language and the
//! discovery document, so that the client starts without asking for them.

use std::fmt::Write as _;

/// Stands in the built page wherever a nonce belongs (`html.cspNonce` of the build).
const NONCE: &str = "FLUXER_NONCE";
const ROOT: &str = "<html lang=\"en\" dir=\"ltr\"";

#[derive(Debug)]
pub struct Index {
    text: String,
    /// The languages that the client speaks; the first is what it falls back to.
    pub languages: Vec<String>,
    /// A `Link` header: what the browser will need first.
    pub link: String,
}

impl Index {
    pub fn parse(text: &str) -> Self {
        let languages = tags(text, "meta")
            .find(|tag| attribute(tag, "name") == Some("languages"))
            .and_then(|tag| attribute(tag, "content"))
            .map(|list| list.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default();
        let mut link = String::new();
        let mut need = |address: Option<&str>, how: &str| {
            if let Some(address) = address.filter(|address| address.starts_with("/assets/")) {
                let comma = if link.is_empty() { "" } else { ", " };
                let _ = write!(link, "{comma}<{address}>; {how}");
            }
        };
        for tag in tags(text, "script").filter(|tag| attribute(tag, "type") == Some("module")) {
            need(attribute(tag, "src"), "rel=modulepreload");
        }
        for tag in tags(text, "link") {
            match attribute(tag, "rel") {
                Some("modulepreload") => need(attribute(tag, "href"), "rel=modulepreload"),
                Some("stylesheet") => need(attribute(tag, "href"), "rel=preload; as=style; crossorigin"),
                _ => {}
            }
        }
        Self { text: text.to_owned(), languages, link }
    }

    pub fn render(&self, nonce: &str, language: &str, discovery: &str) -> String {
        let direction = if is_right_to_left(language) { "rtl" } else { "ltr" };
        let root = format!("<html lang=\"{language}\" dir=\"{direction}\"");
        // In a script element only `<` could end it early.
        let discovery = discovery.replace('<', "\\u003c");
        let discovery = format!(
            "<script type=\"application/json\" id=\"fluxer-discovery\">{discovery}</script>\n  </head>"
        );
        self.text.replace(NONCE, nonce).replacen(ROOT, &root, 1).replacen("</head>", &discovery, 1)
    }
}

fn is_right_to_left(language: &str) -> bool {
    matches!(language.split('-').next(), Some("ar" | "fa" | "he" | "ur" | "ckb" | "ps" | "sd" | "ug" | "yi"))
}

/// The opening tags called `name`, from `<` to `>`.
fn tags<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.split('<')
        .skip(1)
        .filter(move |rest| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '\n', '>'])))
        .map(|rest| rest.split('>').next().unwrap_or(rest))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<html lang="en" dir="ltr">
  <head>
    <meta name="languages" content="en de ar" />
    <script type="module" crossorigin src="/assets/index-1.js" nonce="FLUXER_NONCE"></script>
    <link rel="modulepreload" crossorigin href="/assets/vendor-2.js" nonce="FLUXER_NONCE">
    <link rel="stylesheet" crossorigin href="/assets/index-3.css">
    <link rel="icon" href="/icon.svg">
  </head>
  <body></body>
</html>"#;

    #[test]
    fn the_page_tells_what_it_needs() {
        let index = Index::parse(PAGE);
        assert_eq!(index.languages, ["en", "de", "ar"]);
        assert_eq!(
            index.link,
            "</assets/index-1.js>; rel=modulepreload, </assets/vendor-2.js>; rel=modulepreload, \
             </assets/index-3.css>; rel=preload; as=style; crossorigin"
        );
    }

    #[test]
    fn nonce_language_and_discovery_are_put_in() {
        let page = Index::parse(PAGE).render("n0nce", "ar", r#"{"x":"</script><b>"}"#);
        assert!(page.contains(r#"<html lang="ar" dir="rtl">"#));
        assert_eq!(page.matches("nonce=\"n0nce\"").count(), 2);
        assert!(!page.contains(NONCE));
        assert!(page.contains(r#"id="fluxer-discovery">{"x":"\u003c/script>\u003cb>"}</script>"#));
        assert_eq!(page.matches("</head>").count(), 1);
    }
}
