//! Text of other people's pages made ours: entities, HTML as Markdown, lengths, counts. Pure;
//! whatever comes in, what goes out is plain text of a bounded length.

/// Names of the characters from U+00A0 on.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
    Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde \
    Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave \
    uacute ucirc uuml yacute thorn yuml";
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("asymp", '≈'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("pi", 'π'),
    ("sigma", 'σ'),
    ("omega", 'ω'),
    ("Omega", 'Ω'),
    ("hearts", '♥'),
    ("star", '☆'),
    ("check", '✓'),
    ("num", '#'),
    ("excl", '!'),
    ("quest", '?'),
    ("comma", ','),
    ("period", '.'),
    ("colon", ':'),
    ("semi", ';'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("rsqb", ']'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("equals", '='),
    ("plus", '+'),
    ("commat", '@'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("ast", '*'),
    ("lowbar", '_'),
    ("grave", '`'),
    ("vert", '|'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];
const LONGEST_NAME: usize = 8;

/// The text with character references resolved; what is none stays.
pub fn decode(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        made.push_str(&rest[..at]);
        let body = &rest[at + 1..];
        match reference(body) {
            Some((ch, length)) => {
                made.push(ch);
                rest = &body[length..];
            }
            None => {
                made.push('&');
                rest = body;
            }
        }
    }
    made.push_str(rest);
    made
}

/// The character a reference stands for, and its length without the ampersand.
fn reference(text: &str) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 2),
            None => (number, 10, 1),
        };
        let length = digits.bytes().take(9).take_while(|byte| (*byte as char).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let end = prefix + length + usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((windows(code), end));
    }
    let length = text.bytes().take(LONGEST_NAME + 1).take_while(u8::is_ascii_alphanumeric).count();
    let name = &text[..length];
    if text.as_bytes().get(length) != Some(&b';') {
        return None;
    }
    Some((named(name)?, length + 1))
}

fn named(name: &str) -> Option<char> {
    let latin = || {
        let place = LATIN.split_whitespace().position(|latin| latin == name)?;
        char::from_u32(0xa0 + u32::try_from(place).ok()?)
    };
    OTHERS.iter().find(|(other, _)| *other == name).map(|(_, ch)| *ch).or_else(latin)
}

/// As browsers read numbers: the C1 range means Windows-1252, what is no character U+FFFD.
fn windows(code: u32) -> char {
    match code {
        0x80..=0x9f => {
            let byte = [u8::try_from(code).unwrap_or(b'?')];
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&byte)
                .0
                .chars()
                .next()
                .unwrap_or('\u{fffd}')
        }
        0 => '\u{fffd}',
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}

/// One line: white space is one space each, nothing invisible that steers a terminal or the
/// direction of text.
pub fn line(text: &str) -> String {
    let clean = text.chars().filter(|ch| !is_steering(*ch)).collect::<String>();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As [`line`], but paragraphs stay apart.
pub fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(line).collect();
    let mut made = String::with_capacity(text.len());
    for line in lines {
        if line.is_empty() && (made.is_empty() || made.ends_with("\n\n")) {
            continue;
        }
        made.push_str(&line);
        made.push('\n');
    }
    made.truncate(made.trim_end().len());
    made
}

fn is_steering(ch: char) -> bool {
    (ch.is_control() && !ch.is_whitespace())
        || matches!(ch, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// At most so many UTF-16 units; a longer text ends with an ellipsis.
pub fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    let mut end = 0;
    let mut with_ellipsis = 0;
    for ch in text.chars() {
        let Some(rest) = left.checked_sub(ch.len_utf16()) else {
            return format!("{}…", text[..with_ellipsis].trim_end());
        };
        left = rest;
        end += ch.len_utf8();
        if left > 0 {
            with_ellipsis = end;
        }
    }
    text.to_owned()
}

/// One line of at most so many units; `None` if nothing is said.
pub fn short(text: &str, units: usize) -> Option<String> {
    let line = line(text);
    (!line.is_empty()).then(|| cut(&line, units))
}

/// How much of a list of things there is: 999, 1.2K, 12K, 3.4M.
pub fn count(number: u64) -> String {
    let scaled = |unit: u64, suffix: &str| {
        let (whole, tenth) = (number / unit, number % unit * 10 / unit);
        if whole < 10 && tenth > 0 { format!("{whole}.{tenth}{suffix}") } else { format!("{whole}{suffix}") }
    };
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => scaled(1_000, "K"),
        1_000_000..1_000_000_000 => scaled(1_000_000, "M"),
        _ => scaled(1_000_000_000, "B"),
    }
}

/// HTML as Markdown: links, emphasis, code, lists and line breaks; other tags vanish, scripts
/// and styles with what they contain.
pub fn markdown(html: &str) -> String {
    let mut made = String::with_capacity(html.len());
    let mut links: Vec<(String, usize)> = Vec::new();
    let mut hidden: Option<String> = None;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if hidden.is_none() {
            made.push_str(&decode(&rest[..at].replace(['\n', '\r'], " ")));
        }
        let body = &rest[at + 1..];
        if let Some(comment) = body.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let starts = body.starts_with(|ch: char| ch.is_ascii_alphabetic() || matches!(ch, '/' | '!' | '?'));
        let Some(end) = body.find('>').filter(|_| starts) else {
            if hidden.is_none() {
                made.push('<');
            }
            rest = body;
            continue;
        };
        tag(&body[..end], &mut made, &mut links, &mut hidden);
        rest = &body[end + 1..];
    }
    if hidden.is_none() {
        made.push_str(&decode(&rest.replace(['\n', '\r'], " ")));
    }
    paragraphs(&made)
}

fn tag(tag: &str, made: &mut String, links: &mut Vec<(String, usize)>, hidden: &mut Option<String>) {
    let closes = tag.starts_with('/');
    let name: String = tag
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|ch| ch.to_ascii_lowercase())
        .collect();
    if let Some(until) = hidden {
        if closes && *until == name {
            *hidden = None;
        }
        return;
    }
    match name.as_str() {
        "script" | "style" | "template" if !closes => *hidden = Some(name),
        // Mastodon hides the beginning of long links from the eye.
        "br" => made.push('\n'),
        "p" | "div" | "blockquote" | "ul" | "ol" | "h1" | "h2" | "h3" | "pre" => made.push_str("\n\n"),
        "li" if !closes => made.push_str("\n- "),
        "strong" | "b" => made.push_str("**"),
        "em" | "i" => made.push('*'),
        "code" => made.push('`'),
        "a" if !closes => links.push((attribute(tag, "href").unwrap_or_default(), made.len())),
        "a" => {
            let Some((href, from)) = links.pop() else { return };
            let label = line(&made[from..]);
            let is_web = href.starts_with("https://") || href.starts_with("http://");
            made.truncate(from);
            if !is_web || label.starts_with(['@', '#']) {
                made.push_str(&label);
            } else if label.is_empty() || href.contains(label.trim_end_matches('…')) {
                made.push_str(&href);
            } else {
                let label = label.replace(['[', ']'], "");
                made.push_str(&format!("[{label}]({})", href.replace(')', "%29").replace(' ', "%20")));
            }
        }
        _ => {}
    }
}

/// The value of an attribute in the inside of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name).map(|at| at + from) {
        from = at + name.len();
        let alone = lower[..at].ends_with(|ch: char| ch.is_whitespace() || matches!(ch, '"' | '\''));
        let Some(value) = tag[from..].trim_start().strip_prefix('=').filter(|_| alone) else { continue };
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|ch: char| ch.is_whitespace() || ch == '>').next(),
        };
        return value.map(decode);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (text, expected) in [
            ("a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#x27;", "a & b <c> \"d\" 'e'"),
            ("Caf&eacute; &nbsp;&yuml;&mdash;&hellip;", "Café \u{a0}ÿ—…"),
            ("&#128512; &#x1F600; &#150; &#0; &#1114112;", "😀 😀 – \u{fffd} \u{fffd}"),
            ("&unknown; &amp &; & &#; &#x;", "&unknown; &amp &; & &#; &#x;"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(decode(text), expected, "{text}");
        }
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("😀😀", 4), "😀😀");
        assert_eq!(cut("😀😀😀", 4), "😀…");
        assert_eq!(short(" \n\u{202e} ", 9), None);
        assert_eq!(short(" a\n\tb\u{202e}c ", 9).as_deref(), Some("a bc"));
    }

    #[test]
    fn counts_are_short() {
        let pairs =
            [(0, "0"), (999, "999"), (1_000, "1K"), (1_200, "1.2K"), (12_345, "12K"), (3_400_000, "3.4M")];
        for (number, expected) in pairs {
            assert_eq!(count(number), expected);
        }
    }

    #[test]
    fn html_becomes_markdown() {
        for (html, expected) in [
            ("<p>a<br>b</p><p>c &amp; d</p>", "a\nb\n\nc & d"),
            ("x <b>y</b> <i>z</i> <code>w</code>", "x **y** *z* `w`"),
            ("<a href=\"https://a.example/x\">text</a>", "[text](https://a.example/x)"),
            ("<a href='https://a.example/x'><span>a.example/x</span></a>", "https://a.example/x"),
            ("<a href=\"javascript:alert(1)\">text</a>", "text"),
            ("<a href=\"https://a.example/@b\">@<span>b</span></a>", "@b"),
            ("a<script>alert('<p>')</script>b<style>p{}</style>c", "abc"),
            ("1 < 2 <!-- no --> 3 > 2", "1 < 2 3 > 2"),
            ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
            ("<a href=", "<a href="),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn hostile_html_takes_linear_time() {
        for piece in ["<", "<a href=x>", "<p><p>", "&", "&#", "<!--", "<script>", "</a>"] {
            markdown(&piece.repeat(50_000 / piece.len()));
        }
    }
}
