//! Which way a request goes: the first route whose condition holds.

use regex::Regex;
use serde::{Deserialize, Deserializer, de::Error as _};

/// A condition on the text of one field.
#[derive(Clone, Debug)]
pub struct Match {
    /// A dotted path or an alias.
    pub field: String,
    pub test: Test,
}

#[derive(Clone, Debug)]
pub enum Test {
    Prefix(String),
    Equals(String),
    In(Vec<String>),
    /// From one to another number, both included, over the first digits of the field: as many as
    /// the bounds have. So are card ranges written: `["400000", "499999"]`.
    Range(String, String),
    Regex(Regex),
}

impl Test {
    /// Whether the text passes.
    pub fn passes(&self, text: &str) -> bool {
        match self {
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Equals(wanted) => text == wanted,
            Self::In(wanted) => wanted.iter().any(|wanted| text == wanted),
            Self::Range(from, to) => text.get(..from.len()).is_some_and(|head| {
                head.bytes().all(|digit| digit.is_ascii_digit()) && (&**from..=&**to).contains(&head)
            }),
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    field: String,
    prefix: Option<String>,
    equals: Option<String>,
    #[serde(rename = "in")]
    one_of: Option<Vec<String>>,
    range: Option<[String; 2]>,
    regex: Option<String>,
}

impl<'de> Deserialize<'de> for Match {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { field, prefix, equals, one_of, range, regex } = Written::deserialize(deserializer)?;
        let range = range.map(|[from, to]| Self::range(from, to)).transpose().map_err(D::Error::custom)?;
        let regex = regex.map(|text| Regex::new(&text)).transpose().map_err(D::Error::custom)?;
        let mut tests = [
            prefix.map(Test::Prefix),
            equals.map(Test::Equals),
            one_of.map(Test::In),
            range,
            regex.map(Test::Regex),
        ]
        .into_iter()
        .flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Ok(Self { field, test }),
            _ => Err(D::Error::custom("a match has one of prefix, equals, in, range, regex")),
        }
    }
}

impl Match {
    fn range(from: String, to: String) -> Result<Test, String> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        if !digits(&from) || !digits(&to) || from.len() != to.len() || from > to {
            return Err(format!(
                "the range {from} to {to} needs two numbers of as many digits, the smaller one first"
            ));
        }
        Ok(Test::Range(from, to))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn passes(test: Value, text: &str) -> bool {
        let mut written = test;
        written["field"] = json!("pan");
        serde_json::from_value::<Match>(written).unwrap().test.passes(text)
    }

    #[test]
    fn tests() {
        for (test, good, bad) in [
            (json!({"prefix": "41"}), "4111", "14"),
            (json!({"equals": "05"}), "05", "050"),
            (json!({"in": ["05", "07"]}), "07", "5"),
            (json!({"range": ["400000", "499999"]}), "4111111111111111", "5111111111111111"),
            (json!({"range": ["400000", "499999"]}), "499999", "49999"),
            (json!({"range": ["0000", "9999"]}), "1234", "12a4"),
            (json!({"regex": "^4[0-9]{3}$"}), "4123", "41234"),
        ] {
            assert!(passes(test.clone(), good), "{test} {good}");
            assert!(!passes(test.clone(), bad), "{test} {bad}");
        }
        assert!(!passes(json!({"range": ["40", "49"]}), "4é"), "letters of several bytes are no digits");
    }

    #[test]
    fn what_is_no_match() {
        for bad in [
            json!({"field": "pan"}),
            json!({"prefix": "4"}),
            json!({"field": "pan", "prefix": "4", "equals": "5"}),
            json!({"field": "pan", "prefx": "4"}),
            json!({"field": "pan", "range": ["40", "499"]}),
            json!({"field": "pan", "range": ["50", "40"]}),
            json!({"field": "pan", "range": ["a", "b"]}),
            json!({"field": "pan", "regex": "("}),
        ] {
            assert!(serde_json::from_value::<Match>(bad.clone()).is_err(), "{bad}");
        }
    }
}
