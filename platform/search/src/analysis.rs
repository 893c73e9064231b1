//! Text as words to index and to look for.
//!
//! Compatibility forms are unified, case and diacritics folded. Scripts written without
//! spaces give a token for every pair of neighbours and one for the last character, so that a
//! single character is found as the beginning of a token. An emoji is a token.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Longer words are cut, when indexed as when looked for.
const LONGEST: usize = 40;

/// What a query must find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    Word(String),
    /// Pairs of neighbours in a script without spaces, one after the other.
    Pairs(Vec<String>),
    /// A character of such a script by itself: where a token begins with it.
    Character(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    /// Written without spaces.
    Dense,
    Symbol,
    Other,
}

fn class(c: char) -> Class {
    match c as u32 {
        0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A => Class::Word,
        0..=0xA9 => Class::Other,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF => Class::Dense,
        // signs that join letters are not letters by themselves
        0x0900..=0x0DFF if !matches!(c, '\u{964}' | '\u{965}') => Class::Word,
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x3130..=0x318F | 0x31F0..=0x31FF => Class::Dense,
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF => Class::Dense,
        0x2_0000..=0x3_FFFF => Class::Dense,
        // tones of skin belong to the emoji before them
        0x1_F3FB..=0x1_F3FF => Class::Other,
        0x2190..=0x21FF | 0x2300..=0x23FF | 0x2460..=0x27BF | 0x2900..=0x2BFF => Class::Symbol,
        0x1_F000..=0x1_FAFF => Class::Symbol,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

const fn is_diacritic(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0670
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF)
}

/// Lower case, without diacritics and differences of width.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let mut folded = String::with_capacity(text.len());
    let apart = DecomposingNormalizerBorrowed::new_nfkd();
    for c in apart.normalize_iter(text.chars()).filter(|c| !is_diacritic(*c)) {
        for c in c.to_lowercase() {
            match c {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'þ' => folded.push_str("th"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' | 'ð' => folded.push('d'),
                'ħ' => folded.push('h'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                _ if is_diacritic(c) => {}
                _ => folded.push(c),
            }
        }
    }
    if folded.is_ascii() {
        return Cow::Owned(folded);
    }
    Cow::Owned(ComposingNormalizerBorrowed::new_nfc().normalize(&folded).into_owned())
}

/// Stretches of folded text of one class; symbols one by one.
fn runs(folded: &str) -> impl Iterator<Item = (Class, &str)> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            let kind = class(first);
            let length = match kind {
                Class::Symbol => first.len_utf8(),
                _ => rest.find(|c| class(c) != kind).unwrap_or(rest.len()),
            };
            let (run, after) = rest.split_at(length);
            rest = after;
            if kind != Class::Other {
                return Some((kind, run));
            }
        }
    })
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// The overlapping pairs of a run's characters; none of a single one.
fn pairs(run: &str) -> impl Iterator<Item = &str> {
    let starts = run.char_indices().map(|(start, _)| start);
    let ends = run.char_indices().map(|(start, c)| start + c.len_utf8()).skip(1);
    starts.zip(ends).map(|(start, end)| &run[start..end])
}

/// Calls `emit` with every token to index.
pub fn tokens(text: &str, mut emit: impl FnMut(&str)) {
    for (kind, run) in runs(&fold(text)) {
        if kind == Class::Dense {
            pairs(run).for_each(&mut emit);
            if let Some((start, _)) = run.char_indices().last() {
                emit(&run[start..]);
            }
        } else {
            emit(cut(run));
        }
    }
}

/// What a query for `text` must find.
pub fn units(text: &str) -> Vec<Unit> {
    let unit = |(kind, run): (Class, &str)| {
        if kind != Class::Dense {
            return Unit::Word(cut(run).to_owned());
        }
        let pairs: Vec<String> = pairs(run).map(str::to_owned).collect();
        if pairs.is_empty() { Unit::Character(run.to_owned()) } else { Unit::Pairs(pairs) }
    };
    runs(&fold(text)).map(unit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        tokens(text, |token| all.push(token.to_owned()));
        all
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(all("Café cafe\u{301} CAFÉ"), ["cafe", "cafe", "cafe"]);
        assert_eq!(all("Straße STRASSE"), ["strasse", "strasse"]);
        assert_eq!(all("Ελλάς ёж Łódź İstanbul"), ["ελλασ", "еж", "lodz", "istanbul"]);
        assert_eq!(
            all("don't_stop https://example.com/a-b"),
            ["don", "t", "stop", "https", "example", "com", "a", "b"]
        );
        assert_eq!(all("Ｆｕｌｌ ﬁn"), ["full", "fin"]);
        assert_eq!(all("हिन्दी"), ["हिन्दी"]);
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(all("我喜欢中文!"), ["我喜", "喜欢", "欢中", "中文", "文"]);
        assert_eq!(all("ﾆﾎﾝが"), ["ニホ", "ホン", "ンが", "が"]);
        assert_eq!(all("한국어는"), ["한국", "국어", "어는", "는"]);
        assert_eq!(units("中文"), [Unit::Pairs(vec!["中文".into()])]);
        assert_eq!(units("文 x"), [Unit::Character("文".into()), Unit::Word("x".into())]);
    }

    #[test]
    fn emoji_are_tokens() {
        assert_eq!(all("ok👍🏽👍 ❤️x"), ["ok", "👍", "👍", "❤", "x"]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_folding_is_final(text in "\\PC{0,60}") {
            let once = fold(&text).into_owned();
            for token in all(&text) {
                prop_assert!(!token.is_empty());
            }
            let _ = units(&once);
        }

        #[test]
        fn what_is_indexed_is_found(text in "[a-zA-Zéß中文日本한국\u{e01}\u{e34} ]{1,30}") {
            let tokens = all(&text);
            for unit in units(&text) {
                match unit {
                    Unit::Word(word) => prop_assert!(tokens.contains(&word)),
                    Unit::Pairs(pairs) => prop_assert!(pairs.iter().all(|pair| tokens.contains(pair))),
                    Unit::Character(c) => prop_assert!(tokens.iter().any(|token| token.starts_with(&c))),
                }
            }
        }
    }
}
