//! Durations as people write them: `250ms`, `5s`, `1m30s`, `1h`, `1.5s`.

use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    #[error("`{0}` has no unit: write {0}s or {0}ms")]
    NoUnit(String),
    #[error("`{0}` is no duration: write for example 250ms, 5s, 1m30s or 2h")]
    Malformed(String),
    #[error("`{0}` is longer than can be counted")]
    TooLong(String),
}

const UNITS: [(&str, u64); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Reads numbers with units, one after the other; `0` needs none. Never negative.
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    let text = text.trim();
    let malformed = || DurationError::Malformed(text.to_owned());
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    if text.is_empty() {
        return Err(malformed());
    }
    let (mut rest, mut total) = (text, 0_u128);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
            return Err(malformed());
        }
        if tail.is_empty() {
            return Err(if rest.len() == text.len() {
                DurationError::NoUnit(text.to_owned())
            } else {
                malformed()
            });
        }
        // The longest unit first: `ms` is not `m` and an `s`.
        let (unit, nanos) = UNITS
            .into_iter()
            .filter(|(unit, _)| tail.starts_with(unit))
            .max_by_key(|(unit, _)| unit.len())
            .ok_or_else(malformed)?;
        let too_long = || DurationError::TooLong(text.to_owned());
        let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_long())? };
        // Nine places are all that counts, of an hour twelve and a half.
        let places = fraction.get(..12.min(fraction.len())).unwrap_or("");
        let part = if places.is_empty() {
            0
        } else {
            let numerator: u128 = places.parse().map_err(|_| malformed())?;
            numerator * u128::from(nanos) / 10_u128.pow(u32::try_from(places.len()).map_err(|_| too_long())?)
        };
        total = whole
            .checked_mul(u128::from(nanos))
            .and_then(|sum| sum.checked_add(part))
            .and_then(|sum| sum.checked_add(total))
            .ok_or_else(too_long)?;
        rest = &tail[unit.len()..];
    }
    u64::try_from(total).map(Duration::from_nanos).map_err(|_| DurationError::TooLong(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write() {
        for (text, nanos) in [
            ("250ms", 250_000_000),
            ("5s", 5_000_000_000),
            ("1m30s", 90_000_000_000),
            ("1.5s", 1_500_000_000),
            (".5s", 500_000_000),
            ("2h", 7_200_000_000_000),
            ("3us", 3_000),
            ("3µs", 3_000),
            ("7ns", 7),
            ("0", 0),
            ("0s", 0),
            (" 1s ", 1_000_000_000),
        ] {
            assert_eq!(parse_duration(text), Ok(Duration::from_nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn what_is_none() {
        assert_eq!(parse_duration("30"), Err(DurationError::NoUnit("30".into())));
        for text in ["", "s", "1x", "1s30", "-1s", "1..5s", "1.2.3s", "1 s", "1sm", "ms1"] {
            assert!(matches!(parse_duration(text), Err(DurationError::Malformed(_))), "{text}");
        }
        for text in ["6000000h", "999999999999999999999999999999999999999999h"] {
            assert!(matches!(parse_duration(text), Err(DurationError::TooLong(_))), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,40}") {
            let _ = parse_duration(&text);
        }
        #[test]
        fn milliseconds_are_milliseconds(count in 0_u64..10_000_000) {
            proptest::prop_assert_eq!(parse_duration(&format!("{count}ms")), Ok(Duration::from_millis(count)));
        }
    }
}
