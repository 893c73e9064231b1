//! What a page says of itself: the head of an HTML document, read as it arrives.
//!
//! Bounded: a page that is longer, deeper or wordier than anybody needs is read so far and
//! then left. Nothing of it is run or followed here.

use std::sync::Arc;

use encoding_rs::{CoderResult, Decoder};
use lol_html::{
    HandlerResult, MemorySettings, element,
    html_content::TextChunk,
    send::{Element, HtmlRewriter, Settings},
    text,
};
use parking_lot::Mutex;
use url::Url;

use super::{charset, text as prose};

/// The longest page that is read.
pub const MAX_PAGE: usize = 4 << 20;
const PARSER_MEMORY: usize = 2 << 20;
const MAX_VALUES: usize = 400;
/// Of one value.
const MAX_VALUE: usize = 16 << 10;
const MAX_TITLE: usize = 4 << 10;
/// Of all scripts that are kept.
const MAX_SCRIPTS: usize = 1 << 20;

/// How much of a page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Until the head ends.
    Head,
    /// All of it, with its scripts.
    Whole,
}

/// A `<link>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Lower case.
    pub rel: String,
    /// Lower case.
    pub kind: String,
    pub href: String,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// Names (`property`, `name` or `itemprop`, lower case) and contents, in their order.
    pub metas: Vec<(String, String)>,
    pub links: Vec<Link>,
    pub title: String,
    /// The contents of `application/ld+json`.
    pub json_ld: Vec<String>,
    /// Other scripts, only of whole pages.
    pub scripts: String,
    /// `title` of the picture in `#comic`.
    pub comic: Option<String>,
    done: bool,
    titles: usize,
}

impl Html {
    /// The last value of a property that says anything.
    pub fn meta(&self, name: &str) -> Option<&str> {
        let last = self.metas.iter().rev().find(|(key, value)| key == name && !value.trim().is_empty());
        last.map(|(_, value)| value.as_str())
    }
    /// The value of the first of these properties that has one.
    pub fn first_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.meta(name))
    }
    /// Every value of a property.
    pub fn all<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.metas.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// Where a link of this relation and type leads.
    pub fn link(&self, base: &Url, rel: &str, kind: &str) -> Option<Url> {
        let fits = |link: &&Link| {
            link.rel.split_ascii_whitespace().any(|word| word == rel)
                && (kind.is_empty() || link.kind.starts_with(kind))
        };
        web(base, &self.links.iter().find(fits)?.href)
    }
}

/// An address on a page, if it leads to the web.
pub fn web(base: &Url, address: &str) -> Option<Url> {
    let url = base.join(address.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= 2048).then_some(url)
}

type Shared = Arc<Mutex<Html>>;
type Sink = fn(&[u8]);

/// Reads a page piece by piece.
pub struct Reader {
    html: Shared,
    rewriter: Option<HtmlRewriter<'static, Sink>>,
    decoder: Option<Decoder>,
    declared: Option<String>,
    /// What has come before the encoding is known.
    start: Vec<u8>,
    read: usize,
}

impl Reader {
    /// `declared` is the charset of the answer's header.
    pub fn new(declared: Option<&str>, extent: Extent) -> Self {
        let html = Shared::default();
        let rewriter = Some(rewriter(&html, extent));
        Self {
            html,
            rewriter,
            decoder: None,
            declared: declared.map(str::to_owned),
            start: Vec::new(),
            read: 0,
        }
    }

    /// Takes a piece; false when nothing more is wanted.
    pub fn feed(&mut self, piece: &[u8]) -> bool {
        let room = MAX_PAGE.saturating_sub(self.read);
        let piece = &piece[..piece.len().min(room)];
        self.read += piece.len();
        if self.decoder.is_none() {
            self.start.extend_from_slice(piece);
            if self.start.len() >= charset::LOOK {
                self.begin();
            }
        } else {
            self.decode(piece, false);
        }
        self.rewriter.is_some() && self.read < MAX_PAGE
    }

    fn begin(&mut self) {
        let encoding = charset::encoding(self.declared.as_deref(), &self.start);
        self.decoder = Some(encoding.new_decoder());
        let start = std::mem::take(&mut self.start);
        self.decode(&start, false);
    }

    fn decode(&mut self, mut bytes: &[u8], last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut buffer = [0; 8 << 10];
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut buffer, last);
            bytes = &bytes[read..];
            let Some(rewriter) = &mut self.rewriter else { return };
            // The parser gave up, or has seen what was wanted.
            if rewriter.write(&buffer[..written]).is_err() || self.html.lock().done {
                self.rewriter = None;
                return;
            }
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }

    /// What was found.
    pub fn finish(mut self) -> Html {
        if self.decoder.is_none() {
            self.begin();
        }
        self.decode(&[], true);
        if let Some(rewriter) = self.rewriter.take() {
            // Whatever is wrong with the end, the rest was read.
            let _ = rewriter.end();
        }
        let mut html = std::mem::take(&mut *self.html.lock());
        html.title = prose::decode(&html.title);
        html
    }
}

/// A page that is here already.
#[cfg(test)]
pub fn read(declared: Option<&str>, extent: Extent, page: &[u8]) -> Html {
    let mut reader = Reader::new(declared, extent);
    for piece in page.chunks(1000) {
        if !reader.feed(piece) {
            break;
        }
    }
    reader.finish()
}

const LD_JSON: &str = "script[type=\"application/ld+json\"]";
const SCRIPT: &str = "script:not([type=\"application/ld+json\"])";

fn rewriter(html: &Shared, extent: Extent) -> HtmlRewriter<'static, Sink> {
    let memory = MemorySettings::new()
        .with_preallocated_parsing_buffer_size(1 << 10)
        .with_max_allowed_memory_usage(PARSER_MEMORY);
    let settings = Settings::new_send()
        .with_memory_settings(memory)
        .with_strict(false)
        .append_element_content_handler(element!("meta", on_element(html, Html::take_meta)))
        .append_element_content_handler(element!("link", on_element(html, Html::take_link)))
        .append_element_content_handler(element!("title", on_element(html, |html, _| html.titles += 1)))
        .append_element_content_handler(text!("title", on_text(html, Html::take_title)))
        .append_element_content_handler(element!("#comic img", on_element(html, Html::take_comic)))
        .append_element_content_handler(element!(LD_JSON, on_element(html, |html, _| html.begin_json())))
        .append_element_content_handler(text!(LD_JSON, on_text(html, Html::take_json)));
    let settings = match extent {
        Extent::Head => settings
            .append_element_content_handler(element!("body", on_element(html, |html, _| html.done = true))),
        Extent::Whole => {
            settings.append_element_content_handler(text!(SCRIPT, on_text(html, Html::take_script)))
        }
    };
    HtmlRewriter::new(settings, (|_: &[u8]| {}) as Sink)
}

fn on_element(
    html: &Shared,
    take: fn(&mut Html, &Element<'_, '_>),
) -> impl FnMut(&mut Element<'_, '_>) -> HandlerResult + Send + 'static {
    let html = Arc::clone(html);
    move |element| {
        let mut html = html.lock();
        // What is wanted may end in the middle of a piece.
        if !html.done {
            take(&mut html, element);
        }
        Ok(())
    }
}

fn on_text(
    html: &Shared,
    take: fn(&mut Html, &str),
) -> impl FnMut(&mut TextChunk<'_>) -> HandlerResult + Send + 'static {
    let html = Arc::clone(html);
    move |chunk| {
        let mut html = html.lock();
        if !html.done {
            take(&mut html, chunk.as_str());
        }
        Ok(())
    }
}

/// An attribute as the page means it, cut to what is kept.
fn value(element: &Element<'_, '_>, name: &str) -> Option<String> {
    let raw = element.get_attribute(name)?;
    Some(prose::decode(kept(&raw, MAX_VALUE)))
}

/// The beginning of a text, at most so many bytes.
fn kept(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

fn append(to: &mut String, text: &str, limit: usize) {
    to.push_str(kept(text, limit.saturating_sub(to.len())));
}

impl Html {
    fn take_meta(&mut self, element: &Element<'_, '_>) {
        let name = ["property", "name", "itemprop"].into_iter().find_map(|name| value(element, name));
        let (Some(name), Some(content)) = (name, value(element, "content")) else { return };
        if self.metas.len() < MAX_VALUES && name.len() <= 64 {
            self.metas.push((name.trim().to_ascii_lowercase(), content));
        }
    }

    fn take_link(&mut self, element: &Element<'_, '_>) {
        let (Some(rel), Some(href)) = (value(element, "rel"), value(element, "href")) else { return };
        if self.links.len() < MAX_VALUES {
            let kind = value(element, "type").unwrap_or_default().to_ascii_lowercase();
            self.links.push(Link { rel: rel.to_ascii_lowercase(), kind, href });
        }
    }

    /// Only the first: pictures in the page have titles too.
    fn take_title(&mut self, text: &str) {
        if self.titles == 1 {
            append(&mut self.title, text, MAX_TITLE);
        }
    }

    fn take_comic(&mut self, element: &Element<'_, '_>) {
        if self.comic.is_none() {
            self.comic = value(element, "title");
        }
    }

    fn begin_json(&mut self) {
        if self.json_ld.len() < 16 {
            self.json_ld.push(String::new());
        }
    }
    fn take_json(&mut self, text: &str) {
        let held: usize = self.json_ld.iter().map(String::len).sum();
        if let Some(json) = self.json_ld.last_mut() {
            let room = MAX_SCRIPTS.saturating_sub(held);
            let limit = json.len() + room;
            append(json, text, limit);
        }
    }
    fn take_script(&mut self, text: &str) {
        append(&mut self.scripts, text, MAX_SCRIPTS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(page: &str) -> Html {
        read(None, Extent::Head, page.as_bytes())
    }

    #[test]
    fn the_head_is_read() {
        let html = head(
            "<!doctype html><html><head><title>A &amp; B</title><meta property=OG:Title content='first'>\
             <meta name=\"og:title\" content=\"last &quot;x&quot;\"><meta property=og:title content=' '>\
             <script>var x = '<meta property=\"og:title\" content=\"script\"></head><body>';</script>\
             <!-- <meta property=og:title content=comment> -->\
             <link rel='alternate x' type=Application/Activity+JSON href='/ap?a=1&amp;b=2'>\
             <script type=\"application/ld+json\">{\"a\": 1}</script></head><body>\
             <meta property=og:title content=body><title>no</title></body>",
        );
        assert_eq!((html.title.as_str(), html.meta("og:title")), ("A & B", Some("last \"x\"")));
        let base = Url::parse("https://a.example/x/y").unwrap();
        let link = html.link(&base, "alternate", "application/activity+json").unwrap();
        assert_eq!(link.as_str(), "https://a.example/ap?a=1&b=2");
        assert_eq!(html.json_ld, ["{\"a\": 1}"]);
    }

    #[test]
    fn only_web_addresses_count() {
        let base = Url::parse("https://a.example/x/y").unwrap();
        assert_eq!(web(&base, " ../z.png").unwrap().as_str(), "https://a.example/z.png");
        assert_eq!(web(&base, "//b.example").unwrap().as_str(), "https://b.example/");
        for address in ["javascript:alert(1)", "data:image/png;base64,AA", "file:///etc/passwd", "http://["] {
            assert!(web(&base, address).is_none(), "{address}");
        }
    }

    #[test]
    fn encodings_are_decoded() {
        let page = "<meta charset=CHARSET><title>日本語テスト</title>";
        for (label, encoding) in [("shift_jis", encoding_rs::SHIFT_JIS), ("gbk", encoding_rs::GBK)] {
            let page = page.replace("CHARSET", label);
            let html = read(None, Extent::Head, &encoding.encode(&page).0);
            assert_eq!(html.title, "日本語テスト", "{label}");
        }
        assert_eq!(read(Some("latin1"), Extent::Head, b"<title>caf\xe9</title>").title, "café");
        // A lie makes a mess, not a failure.
        assert!(read(Some("utf-8"), Extent::Head, b"<title>caf\xe9!</title>").title.starts_with("caf"));
        let utf16: Vec<u8> = "\u{feff}<title>é</title>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(None, Extent::Head, &utf16).title, "é");
    }

    #[test]
    fn hostile_pages_end() {
        let nested = format!("<title>t</title>{}<meta name=a content=b>", "<div>".repeat(100_000));
        assert_eq!(head(&nested).title, "t");
        let attribute =
            format!("<title>t</title><meta property=og:title content=\"{}\">", "x".repeat(10 << 20));
        assert_eq!(head(&attribute).title, "t");
        let endless = format!("<title>t</title>{}", "<meta name=a content=b>".repeat(300_000));
        let html = head(&endless);
        assert!(html.metas.len() <= MAX_VALUES && html.title == "t");
        let script = format!("<title>t</title><script>{}", "a<b".repeat(2_000_000));
        assert!(read(None, Extent::Whole, script.as_bytes()).scripts.len() <= MAX_SCRIPTS);
        for page in ["", "<", "<title>", "<title>t", "<meta", "\0\0\0", "<!--"] {
            head(page);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_page_is_too_strange(page in proptest::collection::vec(proptest::num::u8::ANY, 0..3000), whole: bool) {
            read(None, if whole { Extent::Whole } else { Extent::Head }, &page);
        }
    }
}
