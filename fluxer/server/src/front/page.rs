//! The start page: what a person sees who opens the address in a browser.

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};

const TEMPLATE: &str = include_str!("page.html");
/// The page brings everything along and runs nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

#[derive(Clone, Debug)]
pub struct Page(String);

impl Page {
    /// `facts` are what the page tells: name and value.
    pub fn new(domain: &str, version: &str, facts: &[(&str, &str)]) -> Self {
        let rows: String = facts
            .iter()
            .map(|(name, value)| format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value)))
            .collect();
        let page = TEMPLATE
            .replace("{{domain}}", &escape(domain))
            .replace("{{version}}", &escape(version))
            .replace("{{facts}}", &rows);
        Self(page)
    }

    pub fn answer(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.0.clone()));
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_filled_in_and_escaped() {
        let page = Page::new("<chat>", "1", &[("API", "http://x/?a&b")]);
        assert!(page.0.contains("&lt;chat&gt;") && page.0.contains("http://x/?a&amp;b"));
        assert!(!page.0.contains("{{") && !page.0.contains("<script"));
    }
}
