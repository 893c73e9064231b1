//! The key something is parked under: values of the message, made alike on both ways.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

/// How a value is made alike before it becomes part of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Normalize {
    /// Without spaces around it.
    #[default]
    Trim,
    /// Without leading zeros either: `000042` is `42`, `0000` is `0`.
    Numeric,
    None,
}

impl Normalize {
    fn apply(self, value: &str) -> &str {
        match self {
            Self::None => value,
            Self::Trim => value.trim(),
            Self::Numeric => {
                let value = value.trim();
                let short = value.trim_start_matches('0');
                // A number that is nothing but zeros is still there.
                if short.is_empty() && !value.is_empty() { "0" } else { short }
            }
        }
    }
}

/// Values joined by `|`, in which `|` and `\` are written `\|` and `\\`, in URL-safe base64.
pub fn key<'a>(values: impl IntoIterator<Item = &'a str>, normalize: Normalize) -> String {
    let mut joined = String::new();
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            joined.push('|');
        }
        for c in normalize.apply(value).chars() {
            if matches!(c, '|' | '\\') {
                joined.push('\\');
            }
            joined.push(c);
        }
    }
    URL_SAFE_NO_PAD.encode(joined)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn made_alike() {
        for (normalize, given, wanted) in [
            (Normalize::Trim, " 0042 ", "0042"),
            (Normalize::Numeric, " 0042 ", "42"),
            (Normalize::Numeric, "0000", "0"),
            (Normalize::Numeric, "", ""),
            (Normalize::None, " 0042 ", " 0042 "),
        ] {
            assert_eq!(normalize.apply(given), wanted, "{given:?}");
        }
    }

    #[test]
    fn joined() {
        let plain = |values: &[&str]| {
            String::from_utf8(URL_SAFE_NO_PAD.decode(key(values.iter().copied(), Normalize::Trim)).unwrap())
                .unwrap()
        };
        assert_eq!(plain(&["02", "TERM0001", "42"]), "02|TERM0001|42");
        assert_eq!(plain(&["a|b", r"c\d"]), r"a\|b|c\\d");
        assert!(
            key(["???"], Normalize::None)
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
        );
    }

    proptest! {
        /// Different values never meet under one key.
        #[test]
        fn no_two_lists_share_a_key(a in prop::collection::vec("[a|\\\\]{0,3}", 1..4), b in prop::collection::vec("[a|\\\\]{0,3}", 1..4)) {
            let of = |values: &[String]| key(values.iter().map(String::as_str), Normalize::None);
            prop_assert_eq!(of(&a) == of(&b), a == b);
        }
    }
}
