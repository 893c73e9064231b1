//! The languages there are, and picking one by `Accept-Language`. Pure.

/// Languages with the regional variant preferred for each.
const SUPPORTED: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en-US", "en-GB", "es-ES", "es-419", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk",
    "vi", "zh-CN", "zh-TW",
];
pub const DEFAULT: &str = "en-US";

/// The best match for an `Accept-Language` header.
pub fn negotiate(header: Option<&str>) -> &'static str {
    let mut wanted: Vec<(String, f32)> = header
        .unwrap_or_default()
        .split(',')
        .filter_map(|entry| {
            let mut parts = entry.split(';');
            let tag = parts.next()?.trim().replace('_', "-").to_lowercase();
            let quality = parts.find_map(|part| part.trim().strip_prefix("q=")?.trim().parse().ok());
            (!tag.is_empty()).then_some((tag, quality.unwrap_or(1.0)))
        })
        .filter(|(_, quality)| *quality > 0.0)
        .collect();
    wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
    let exact = |tag: &str| SUPPORTED.iter().find(|code| code.eq_ignore_ascii_case(tag));
    let related = |tag: &str| {
        let primary = tag.split('-').next().unwrap_or_default();
        SUPPORTED
            .iter()
            .find(|code| code.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(primary)))
    };
    let found = wanted.iter().find_map(|(tag, _)| exact(tag));
    found.or_else(|| wanted.iter().find_map(|(tag, _)| related(tag))).copied().unwrap_or(DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_before_related_before_default() {
        assert_eq!(negotiate(None), "en-US");
        assert_eq!(negotiate(Some("fr-CH, fr;q=0.9, en;q=0.8")), "fr");
        assert_eq!(negotiate(Some("en-AU;q=0.5, pt-PT")), "pt-BR");
        assert_eq!(negotiate(Some("en_gb")), "en-GB");
        assert_eq!(negotiate(Some("xx, *;q=0.1")), "en-US");
    }
}
