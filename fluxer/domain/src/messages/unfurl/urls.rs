//! Which links of a text are previewed. Pure.
//!
//! Code does not count, nor `<url>`; what stands in spoilers and masked links does. At most
//! five, each once, in the order of the text, as the URL standard writes them and without
//! user information.

use std::borrow::Cow;

use url::{Host, Url};

use crate::settings::{Endpoints, Settings};

/// Links of one message that are looked at.
pub const MAX_URLS: usize = 5;
/// Bytes of a link; longer ones are no links.
const MAX_LENGTH: usize = 2048;

/// Hosts that are never asked.
#[derive(Debug, Clone, Default)]
pub struct Skipped {
    hosts: Vec<String>,
    /// The public pages: previewed, but for what belongs to the client.
    marketing: Option<String>,
}

impl Skipped {
    /// What the settings say.
    pub fn of(settings: &Settings) -> Self {
        let Endpoints { invite, gift, app, marketing, .. } = &settings.endpoints;
        let own = [invite, gift, app].into_iter().filter_map(|url| host_of(url));
        let ignored = settings.unfurl.ignored_hosts.iter().map(|host| ascii_host(host));
        Self { hosts: own.chain(ignored).collect(), marketing: host_of(marketing) }
    }

    fn contains(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return true };
        let host = host.trim_end_matches('.');
        let is_client_page = || url.path().starts_with("/channels/") || url.path().starts_with("/theme/");
        self.hosts.iter().any(|skipped| skipped == host)
            || (self.marketing.as_deref() == Some(host) && is_client_page())
    }
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// A host as it was configured, as addresses show it.
fn ascii_host(host: &str) -> String {
    Host::parse(host).map_or_else(|_| host.to_ascii_lowercase(), |host| host.to_string())
}

/// The links of a text that are previewed.
pub fn urls(content: &str, skipped: &Skipped) -> Vec<String> {
    // Nearly every message ends here.
    if !content.contains("://") {
        return Vec::new();
    }
    let text = without_code(content);
    let text = replace_pairs(&text, "||", |inner| format!(" {inner} "));
    let text = unmask(&text);
    let text = without_angles(&text);
    let mut found = Vec::new();
    for candidate in candidates(&text) {
        let Some(url) = normal(candidate).filter(|url| !skipped.contains(url)) else { continue };
        let url = String::from(url);
        if !found.contains(&url) {
            found.push(url);
        }
        if found.len() == MAX_URLS {
            break;
        }
    }
    found
}

fn normal(candidate: &str) -> Option<Url> {
    let mut url = Url::parse(candidate).ok()?;
    url.host_str().filter(|host| !host.is_empty())?;
    if !url.username().is_empty() {
        url.set_username("").ok()?;
    }
    if url.password().is_some() {
        url.set_password(None).ok()?;
    }
    (url.as_str().len() <= MAX_LENGTH * 3).then_some(url)
}

/// Code becomes a space, so that what stood around it does not grow together: fenced blocks
/// first, then what stands between equal runs of backticks, or between any two.
fn without_code(content: &str) -> Cow<'_, str> {
    let text = replace_pairs(content, "```", |_| " ".into());
    if !text.contains('`') {
        return text;
    }
    let mut made = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(open) = rest.find('`') {
        let run = ticks(&rest[open..]);
        let body = &rest[open + run..];
        let Some(end) = closing_run(body, run).or_else(|| body.find('`').map(|at| at + 1)) else {
            made.push_str(&rest[..open + run]);
            rest = body;
            continue;
        };
        made.push_str(&rest[..open]);
        made.push(' ');
        rest = &body[end..];
    }
    made.push_str(rest);
    made.into()
}

fn ticks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'`').count()
}

/// Where the next run of exactly so many backticks ends.
fn closing_run(text: &str, length: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find('`').map(|at| at + from) {
        let run = ticks(&text[at..]);
        if run == length {
            return Some(at + run);
        }
        from = at + run;
    }
    None
}

fn replace_pairs<'a>(text: &'a str, mark: &str, with: impl Fn(&str) -> String) -> Cow<'a, str> {
    if !text.contains(mark) {
        return text.into();
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(mark) {
        let body = &rest[open + mark.len()..];
        let Some(close) = body.find(mark) else { break };
        made.push_str(&rest[..open]);
        made.push_str(&with(&body[..close]));
        rest = &body[close + mark.len()..];
    }
    made.push_str(rest);
    made.into()
}

/// `[text](target)` becomes `target`. What stands in parentheses may have balanced ones inside.
fn unmask(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return text.into();
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let target = &rest[middle + 2..];
        match (rest[..middle].rfind('['), closing(target)) {
            (Some(open), Some(end)) => {
                made.push_str(&rest[..open]);
                made.push(' ');
                made.push_str(&target[..end]);
                made.push(' ');
                rest = &target[end + 1..];
            }
            _ => {
                made.push_str(&rest[..middle + 2]);
                rest = target;
            }
        }
    }
    made.push_str(rest);
    made.into()
}

/// Where the parenthesis that was opened before `text` closes, on the same line.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(MAX_LENGTH + 256) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// Without `<url>`.
fn without_angles(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let body = &rest[open + 1..];
        let length = body.find(|ch: char| ch == '>' || ch == '<' || ch.is_whitespace());
        made.push_str(&rest[..open]);
        match length {
            Some(end) if body.as_bytes()[end] == b'>' && scheme(body).is_some() => {
                made.push(' ');
                rest = &body[end + 1..];
            }
            _ => {
                made.push('<');
                rest = body;
            }
        }
    }
    made.push_str(rest);
    made.into()
}

/// The length of `http://` or `https://` at the beginning.
fn scheme(text: &str) -> Option<usize> {
    ["https://", "http://"]
        .into_iter()
        .find(|scheme| {
            text.as_bytes()
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
        })
        .map(str::len)
}

/// Everything that looks like a link, without the punctuation of the sentence around it.
fn candidates(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(colon) = text[from..].find("://").map(|at| at + from) {
            let after = colon + 3;
            let start = ["https", "http"].into_iter().find_map(|name| {
                let start = colon.checked_sub(name.len())?;
                (text.is_char_boundary(start) && scheme(&text[start..]) == Some(name.len() + 3))
                    .then_some(start)
            });
            let before = start.and_then(|start| text[..start].chars().next_back());
            let Some(start) = start.filter(|_| !before.is_some_and(|ch| ch.is_ascii_alphanumeric())) else {
                from = after;
                continue;
            };
            let length = text[start..].find(ends_url).unwrap_or(text.len() - start);
            from = (start + length).max(after);
            if length > MAX_LENGTH {
                continue;
            }
            let link = trim(&text[start..start + length], before);
            if link.len() > after - start {
                return Some(link);
            }
        }
        None
    })
}

fn ends_url(ch: char) -> bool {
    ch.is_whitespace() || ch.is_control() || matches!(ch, '<' | '>' | '"' | '`' | '\u{200b}' | '\u{feff}')
}

/// Takes what belongs to the sentence off the end: punctuation, closing brackets that were
/// not opened in the link, and emphasis that began before it.
fn trim(mut link: &str, before: Option<char>) -> &str {
    while let Some(last) = link.chars().next_back() {
        let shorter = &link[..link.len() - last.len_utf8()];
        let goes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '|' | '~' | '…' => true,
            '。' | '，' | '、' | '；' | '：' | '！' | '？' | '」' | '』' | '】' | '》' | '）' | '”' | '’'
            | '»' => true,
            '_' => before == Some('_'),
            ')' => !is_balanced(link, '(', ')'),
            ']' => !is_balanced(link, '[', ']'),
            '}' => !is_balanced(link, '{', '}'),
            _ => false,
        };
        if !goes {
            break;
        }
        link = shorter;
    }
    link
}

fn is_balanced(text: &str, open: char, close: char) -> bool {
    text.matches(open).count() >= text.matches(close).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn skipped() -> Skipped {
        let mut settings = Settings::default();
        settings.endpoints.app = "https://web.chat.example".into();
        settings.endpoints.invite = "https://join.example".into();
        settings.endpoints.gift = "https://gift.example/g".into();
        settings.endpoints.marketing = "https://chat.example".into();
        settings.unfurl.ignored_hosts = vec!["Bücher.example".into(), "127.0.0.1".into()];
        Skipped::of(&settings)
    }
    fn found(content: &str) -> Vec<String> {
        urls(content, &skipped())
    }

    #[test]
    fn links_stand_in_sentences() {
        for (content, expected) in [
            ("see https://a.example/x.", "https://a.example/x"),
            ("(see https://a.example/x)", "https://a.example/x"),
            ("https://a.example/Foo_(bar)", "https://a.example/Foo_(bar)"),
            ("**https://a.example/x**", "https://a.example/x"),
            ("_https://a.example/x_", "https://a.example/x"),
            ("https://a.example/x_", "https://a.example/x_"),
            ("HTTPS://A.EXAMPLE", "https://a.example/"),
            ("看https://a.example/路。", "https://a.example/%E8%B7%AF"),
            ("\"http://a.example:80/\"", "http://a.example/"),
            ("http://münchen.example/ü?q=ä#f", "http://xn--mnchen-3ya.example/%C3%BC?q=%C3%A4#f"),
            ("https://user:secret@a.example/", "https://a.example/"),
            ("||https://a.example/x||", "https://a.example/x"),
            ("[text](https://a.example/x)", "https://a.example/x"),
            ("[https://b.example](https://a.example/x_(y))!", "https://a.example/x_(y)"),
            ("[a](https://a.example/x \"title\")", "https://a.example/x"),
            ("||[a](https://a.example/x)||", "https://a.example/x"),
            ("http://2130706434/", "http://127.0.0.2/"),
        ] {
            assert_eq!(found(content), [expected], "{content}");
        }
    }

    #[test]
    fn not_every_link_counts() {
        for content in [
            "no link",
            "://",
            "http://",
            "https:// a.example",
            "ftp://a.example",
            "xhttps://a.example",
            "`https://a.example`",
            "```\nhttps://a.example\n```",
            "```https://a.example``` ``https://b.example``",
            "<https://a.example>",
            "`` ` https://a.example ``",
            "``https://a.example`",
            "[a](<https://a.example>)",
            "https://join.example/abc",
            "https://GIFT.example./abc",
            "https://web.chat.example/",
            "https://chat.example/channels/1/2",
            "https://chat.example/theme/x",
            "https://bücher.example/",
            "http://127.0.0.1:8080/x",
            "http://2130706433/",
            "http://[",
        ] {
            assert_eq!(found(content), Vec::<String>::new(), "{content}");
        }
        assert_eq!(found("https://chat.example/about"), ["https://chat.example/about"]);
    }

    #[test]
    fn the_first_five_each_once_in_order() {
        let content = "http://a.example http://b.example http://a.example/ ||http://c.example|| \
                       http://d.example http://e.example http://f.example";
        let hosts = ["a", "b", "c", "d", "e"];
        assert_eq!(found(content), hosts.map(|host| format!("http://{host}.example/")));
    }

    #[test]
    fn unclosed_marks_are_text() {
        assert_eq!(found("`https://a.example"), ["https://a.example/"]);
        assert_eq!(found("||https://a.example"), ["https://a.example/"]);
        assert_eq!(found("<https://a.example"), ["https://a.example/"]);
        assert_eq!(found("[x](https://a.example"), ["https://a.example/"]);
    }

    #[test]
    fn a_long_text_takes_linear_time() {
        for piece in ["[](", "](", "<http://", "||", "`", "http://(", "http://a)))"] {
            let text = piece.repeat(100_000 / piece.len());
            assert!(found(&text).len() <= MAX_URLS);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_found_is_a_clean_address(content in "(\\PC|[ <>|`\\[\\]()\n]|https?://|a\\.example|@|:){0,60}") {
            let found = found(&content);
            prop_assert!(found.len() <= MAX_URLS);
            for url in &found {
                let parsed = Url::parse(url).unwrap();
                prop_assert!(matches!(parsed.scheme(), "http" | "https"));
                prop_assert!(parsed.username().is_empty() && parsed.password().is_none());
                prop_assert!(!skipped().contains(&parsed));
                prop_assert_eq!(parsed.as_str(), url);
            }
        }

        #[test]
        fn code_hides_and_spoilers_do_not(path in "[a-z]{1,8}") {
            let url = format!("https://a.example/{path}");
            prop_assert_eq!(found(&format!("x ||{url}|| y")), [url.clone()]);
            for hidden in [format!("x `{url}` y"), format!("x ```\n{url}\n``` y"), format!("x <{url}> y")] {
                prop_assert!(found(&hidden).is_empty(), "{}", hidden);
            }
        }
    }
}
