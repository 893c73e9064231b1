//! The language a page starts in: the first that the browser asks for and the client speaks. A person's own
//! choice, which only the client knows, comes after it.

use axum::http::{HeaderMap, header};

pub fn choose<'a>(headers: &HeaderMap, spoken: &'a [String]) -> &'a str {
    let fallback = spoken.first().map_or("en", String::as_str);
    let asked =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wishes: Vec<(f32, &str)> = asked
        .split(',')
        .filter_map(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let language = parts.next().filter(|language| !language.is_empty())?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            (weight > 0.0).then_some((weight, language))
        })
        .collect();
    // Stable: of equal weight, the first stays first.
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let exact = |wish: &str| spoken.iter().find(|language| language.eq_ignore_ascii_case(wish));
    let kin = |wish: &str| {
        let root = |text: &str| text.split('-').next().unwrap_or_default().to_ascii_lowercase();
        spoken.iter().find(|language| root(language) == root(wish))
    };
    wishes.iter().find_map(|(_, wish)| exact(wish).or_else(|| kin(wish))).map_or(fallback, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_both_speak() {
        let spoken = ["en", "de", "pt-BR", "ar"].map(str::to_owned);
        for (asked, expected) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("fi, ar;q=0.3, en;q=0.2", "ar"),
            ("pt", "pt-BR"),
            ("en;q=0.1, de;q=0.2", "de"),
            ("de;q=0", "en"),
            ("*", "en"),
            ("", "en"),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, asked.parse().unwrap())]);
            assert_eq!(choose(&headers, &spoken), expected, "{asked}");
        }
        assert_eq!(choose(&HeaderMap::new(), &[]), "en");
    }
}
