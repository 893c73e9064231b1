//! What is wrong with a document, and where.

use std::fmt;

use serde_saphyr::Location;

/// One thing wrong in a scenario. Shown as `line 12: message (did you mean …?)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    /// 1-based; 0 when the place is not known.
    pub line: u64,
    /// 1-based; 0 when the place is not known.
    pub column: u64,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl Problem {
    pub(crate) fn at(place: Location, message: impl Into<String>) -> Self {
        Self { message: message.into(), line: place.line(), column: place.column(), suggestion: None }
    }
    pub(crate) fn anywhere(message: impl Into<String>) -> Self {
        Self { message: message.into(), line: 0, column: 0, suggestion: None }
    }
    pub(crate) fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}, column {}: ", self.line, self.column)?;
        }
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " (did you mean `{suggestion}`?)"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// The known word closest to a mistyped one, if one is close enough to be meant.
pub(crate) fn closest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(typed, word), word))
        .filter(|(distance, word)| *distance <= (word.len().max(typed.len()) / 3).max(1))
        .min()
        .map(|(_, word)| word)
}

/// `a, b, c`, or a word for none.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().collect();
    if words.is_empty() { "none".into() } else { words.join(", ") }
}
