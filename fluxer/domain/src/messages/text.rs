//! What stands in the text of a message: code, mentions, custom emojis. Pure functions.
//!
//! Text is only ever looked at, except that a custom emoji its author may not use is
//! replaced by its name ([`replace_emojis`]).

use std::ops::Range;

use fluxer_wire::{EmojiId, RoleId, UserId};

/// At most this many users, and as many roles, are mentioned by one message.
pub const MAX_MENTIONS: usize = 100;

/// Users and roles named in a text, each once, in the order of first naming.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    pub users: Vec<UserId>,
    pub roles: Vec<RoleId>,
}

/// `<@id>`, `<@!id>` and `<@&id>`, wherever they stand, also in code.
pub fn mentions(content: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut rest = content;
    while let Some(at) = rest.find("<@") {
        rest = &rest[at + 2..];
        let (is_role, body) = match rest.as_bytes().first() {
            Some(b'&') => (true, &rest[1..]),
            Some(b'!') => (false, &rest[1..]),
            _ => (false, rest),
        };
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || body.as_bytes().get(digits) != Some(&b'>') {
            continue;
        }
        let Ok(id) = body[..digits].parse::<UserId>() else { continue };
        if is_role {
            push_new(&mut tokens.roles, id.cast());
        } else {
            push_new(&mut tokens.users, id);
        }
        rest = &body[digits + 1..];
    }
    tokens
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.len() < MAX_MENTIONS && !list.contains(&item) {
        list.push(item);
    }
}

/// Whether the text calls everybody, and whether it calls those online.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Everyone {
    pub everyone: bool,
    pub here: bool,
}

/// `@everyone` and `@here` outside code, link targets and addresses.
pub fn everyone(content: &str) -> Everyone {
    // Nearly every message ends here.
    if !content.contains("@everyone") && !content.contains("@here") {
        return Everyone::default();
    }
    let text = without_urls(&without_link_targets(&without_code(content)));
    Everyone { everyone: text.contains("@everyone"), here: text.contains("@here") }
}

/// The parts of a text that are code: fenced blocks, then inline code in what is left.
pub fn code_ranges(content: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(open) = content[from..].find("```").map(|at| at + from) {
        let Some(close) = content[open + 3..].find("```").map(|at| at + open + 6) else { break };
        inline(content, from..open, &mut ranges);
        ranges.push(open..close);
        from = close;
    }
    inline(content, from..content.len(), &mut ranges);
    ranges
}

/// Inline code in a part of the text that has no fenced blocks.
fn inline(content: &str, part: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let mut from = part.start;
    while let Some(open) = content[from..part.end].find('`').map(|at| at + from) {
        let Some(close) = content[open + 1..part.end].find('`').map(|at| at + open + 2) else { break };
        ranges.push(open..close);
        from = close;
    }
}

fn without_code(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut from = 0;
    for range in code_ranges(content) {
        text.push_str(&content[from..range.start]);
        from = range.end;
    }
    text.push_str(&content[from..]);
    text
}

/// `[text](target)` becomes `text`.
fn without_link_targets(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(open) = rest.find('[') {
        let link = rest[open + 1..].find(']').and_then(|close| {
            let after = &rest[open + 1 + close + 1..];
            let target = after.strip_prefix('(')?;
            let end = target.find(')')?;
            Some((&rest[open + 1..open + 1 + close], &target[end + 1..]))
        });
        match link {
            Some((label, after)) => {
                text.push_str(&rest[..open]);
                text.push_str(label);
                rest = after;
            }
            None => {
                text.push_str(&rest[..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    text.push_str(rest);
    text
}

fn without_urls(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = next_url(rest) {
        text.push_str(&rest[..start]);
        let length = rest[start..].find(char::is_whitespace).unwrap_or(rest.len() - start);
        rest = &rest[start + length..];
    }
    text.push_str(rest);
    text
}

fn next_url(text: &str) -> Option<usize> {
    match (text.find("http://"), text.find("https://")) {
        (Some(plain), Some(tls)) => Some(plain.min(tls)),
        (plain, tls) => plain.or(tls),
    }
}

/// A custom emoji in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmojiToken {
    pub range: Range<usize>,
    pub name: String,
    pub id: EmojiId,
}

/// `<:name:id>` and `<a:name:id>` outside code.
pub fn emojis(content: &str) -> Vec<EmojiToken> {
    let mut tokens = Vec::new();
    if !content.contains("<:") && !content.contains("<a:") {
        return tokens;
    }
    let code = code_ranges(content);
    let mut from = 0;
    while let Some(start) = content[from..].find('<').map(|at| at + from) {
        from = start + 1;
        let Some(token) = emoji_at(content, start) else { continue };
        from = token.range.end;
        if !code.iter().any(|code| code.contains(&start)) {
            tokens.push(token);
        }
    }
    tokens
}

fn emoji_at(content: &str, start: usize) -> Option<EmojiToken> {
    let rest = &content[start + 1..];
    let body = rest.strip_prefix("a:").or_else(|| rest.strip_prefix(':'))?;
    let name = body.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let digits = body[name..].strip_prefix(':')?;
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    if name == 0 || digits.as_bytes().get(length) != Some(&b'>') {
        return None;
    }
    let end = content.len() - digits.len() + length + 1;
    Some(EmojiToken { range: start..end, name: body[..name].to_owned(), id: digits[..length].parse().ok()? })
}

/// The text with every emoji that is not `usable` replaced by `:name:`.
pub fn replace_emojis(content: String, tokens: &[EmojiToken], usable: impl Fn(EmojiId) -> bool) -> String {
    if tokens.iter().all(|token| usable(token.id)) {
        return content;
    }
    let mut text = String::with_capacity(content.len());
    let mut from = 0;
    for token in tokens.iter().filter(|token| !usable(token.id)) {
        text.push_str(&content[from..token.range.start]);
        text.extend([":", &token.name, ":"]);
        from = token.range.end;
    }
    text.push_str(&content[from..]);
    text
}

/// Content as it is kept: normalised as all text is, but not trimmed.
pub fn normalize_untrimmed(text: String) -> String {
    let stripped = |ch: char| matches!(ch, '\u{0}'..='\u{9}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{202e}');
    if text.contains(stripped) { text.replace(stripped, "") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn users(content: &str) -> Vec<u64> {
        mentions(content).users.into_iter().map(UserId::get).collect()
    }

    #[test]
    fn mentions_are_found_anywhere() {
        assert_eq!(users("<@1> `<@!2>` <@1> <@x> <@3 <@04> <@5>"), [1, 2, 5]);
        assert_eq!(mentions("<@&7><@&7>").roles, [RoleId::new(7)]);
        assert_eq!(users("<@<@8>"), [8]);
    }

    #[test]
    fn everyone_is_not_found_in_code_or_addresses() {
        let both = Everyone { everyone: true, here: true };
        assert_eq!(everyone("hi @everyone and @here"), both);
        for quiet in [
            "`@everyone`",
            "```\n@everyone\n```",
            "[x](https://a/@everyone)",
            "https://a/@everyone",
            "nobody",
        ] {
            assert_eq!(everyone(quiet), Everyone::default(), "{quiet}");
        }
        assert!(everyone("[@everyone](x)").everyone);
        assert!(everyone("` @everyone").everyone, "code that never ends is no code");
        assert!(everyone("``` @everyone").everyone);
    }

    #[test]
    fn emojis_outside_code_are_replaced_when_not_usable() {
        let text = "<:a:1> `<:b:2>` <a:c:3> <:d:> <::4>".to_owned();
        let tokens = emojis(&text);
        assert_eq!(tokens.iter().map(|token| token.id.get()).collect::<Vec<_>>(), [1, 3]);
        let kept = replace_emojis(text, &tokens, |id| id.get() == 1);
        assert_eq!(kept, "<:a:1> `<:b:2>` :c: <:d:> <::4>");
    }

    #[test]
    fn only_controls_are_dropped_from_content() {
        assert_eq!(normalize_untrimmed("  a\tb\u{202e}\r\n ".into()), "  ab\r\n ");
    }

    const SOUP: &str =
        r"(<@|<@!|<@&|<:a:|<a:|>|`|```|@everyone|@here|\[|\]\(|\)|https://|[0-9]{1,3}|é|😀| |x){0,40}";

    proptest! {
        #[test]
        fn no_text_is_too_strange(content in SOUP) {
            mentions(&content);
            everyone(&content);
            let code = code_ranges(&content);
            prop_assert!(code.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let tokens = emojis(&content);
            prop_assert_eq!(&replace_emojis(content.clone(), &tokens, |_| true), &content);
            let bare = replace_emojis(content, &tokens, |_| false);
            prop_assert!(emojis(&bare).len() <= tokens.len());
        }

        #[test]
        fn any_text_survives_normalising(content in any::<String>()) {
            let once = normalize_untrimmed(content);
            prop_assert_eq!(normalize_untrimmed(once.clone()), once);
        }
    }
}
