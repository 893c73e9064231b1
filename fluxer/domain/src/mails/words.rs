//! The words of letters in every language: flat files of `key = value` lines, a subset of
//! Fluent's syntax with `{$name}` for what is filled in, built into the program.
//!
//! Every language has every key with the same placeholders; a test sees to it. Sentences are
//! built so that no number stands inside one: no language needs plural forms here.

use std::{collections::BTreeMap, sync::LazyLock};

use platform_kernel::Timestamp;

/// What a language falls back to.
pub const BASE: &str = "en-US";

macro_rules! languages {
    ($($tag:literal)*) => {
        /// Tags and files of all languages, in alphabetical order.
        const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("locales/", $tag, ".ftl")))),*];
    };
}
languages! {
    "ar" "bg" "cs" "da" "de" "el" "en-GB" "en-US" "es-419" "es-ES" "fi" "fr" "he" "hi" "hr" "hu"
    "id" "it" "ja" "ko" "lt" "nl" "no" "pl" "pt-BR" "ro" "ru" "sv-SE" "th" "tr" "uk" "vi" "zh-CN"
    "zh-TW"
}

static ALL: LazyLock<BTreeMap<&'static str, Words>> =
    LazyLock::new(|| FILES.iter().map(|(tag, file)| (*tag, Words::read(tag, file))).collect());

/// One language.
#[derive(Debug)]
pub struct Words {
    pub tag: &'static str,
    texts: BTreeMap<&'static str, &'static str>,
}

/// All tags.
pub fn tags() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(tag, _)| *tag)
}

impl Words {
    /// The language, or the base language for one that is not spoken here.
    pub fn of(tag: &str) -> &'static Self {
        ALL.get(tag).unwrap_or_else(|| &ALL[BASE])
    }

    fn read(tag: &'static str, file: &'static str) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        Self { tag, texts: lines.filter_map(|line| line.split_once(" = ")).collect() }
    }

    pub fn is_right_to_left(&self) -> bool {
        matches!(self.tag, "ar" | "he")
    }

    /// The text as it stands, with placeholders; the key itself if there is none, which the
    /// tests exclude.
    fn raw(&self, key: &'static str) -> &'static str {
        self.texts.get(key).copied().unwrap_or(key)
    }

    /// The text with its placeholders filled. Values are taken as they are, never filled again.
    pub fn text(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        let mut rest = self.raw(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once("{$") {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let value = values.iter().find(|(known, _)| *known == name);
            let value = value.map_or("", |(_, value)| value);
            if self.is_right_to_left() {
                // What runs the other way must not drag its neighbours along.
                text.extend(["\u{2068}", value, "\u{2069}"]);
            } else {
                text.push_str(value);
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// `November 24, 2026` in UTC.
    pub fn date(&self, at: Timestamp) -> String {
        let Ok(at) = jiff::Timestamp::from_millisecond(at.millis()) else { return at.to_string() };
        let at = at.to_zoned(jiff::tz::TimeZone::UTC);
        let month = self.raw("months").split('|').nth(usize::from(at.month().unsigned_abs()) - 1);
        let (day, year) = (at.day().to_string(), at.year().to_string());
        self.text("date", &[("month", month.unwrap_or_default()), ("day", &day), ("year", &year)])
    }

    /// `November 24, 2026, 18:05 UTC`.
    pub fn date_time(&self, at: Timestamp) -> String {
        let minutes = at.millis().div_euclid(60_000).rem_euclid(24 * 60);
        let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        self.text("date-time", &[("date", &self.date(at)), ("time", &time)])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split("{$").skip(1).map(|rest| rest.split_once('}').expect("a closed placeholder").0).collect()
    }

    #[test]
    fn every_language_has_every_key_with_the_same_placeholders() {
        let base = Words::of(BASE);
        assert!(base.texts.len() > 80);
        for (tag, file) in FILES {
            let words = Words::of(tag);
            assert_eq!(words.tag, *tag);
            let keys = |words: &'static Words| words.texts.keys().collect::<Vec<_>>();
            assert_eq!(keys(words), keys(base), "{tag}");
            let entries = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
            assert_eq!(entries, base.texts.len(), "{tag} has a key twice or a line without one");
            for (key, text) in &words.texts {
                assert_eq!(placeholders(text), placeholders(base.raw(key)), "{tag}: {key}");
                assert!(!text.trim().is_empty() && *text == text.trim(), "{tag}: {key}");
                assert_eq!(text.matches('{').count(), placeholders(text).len(), "{tag}: {key}");
            }
            assert_eq!(words.raw("months").split('|').count(), 12, "{tag}");
        }
    }

    #[test]
    fn languages_differ_from_the_base() {
        let base = Words::of(BASE);
        for tag in tags().filter(|tag| !tag.starts_with("en-")) {
            let words = Words::of(tag);
            let same: Vec<_> = words
                .texts
                .iter()
                .filter(|(key, text)| text.len() > 12 && !text.starts_with('{') && base.raw(key) == **text)
                .map(|(key, _)| *key)
                .collect();
            assert!(same.is_empty(), "{tag} is not translated: {same:?}");
        }
    }

    #[test]
    fn dates_are_long_and_values_are_not_filled_again() {
        let words = Words::of("xx");
        let at = Timestamp::from_millis(1_795_543_500_000);
        assert_eq!(words.date_time(at), "November 24, 2026, 18:05 UTC");
        assert_eq!(words.text("hello", &[("name", "{$name}")]), "Hello {$name},");
    }
}
