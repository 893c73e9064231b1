//! What is asked of an index: words, filters, an order, a page.

/// A question to an index. A default one finds everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// At least one of them must be found; none: no words are asked for.
    pub texts: Vec<Text>,
    pub filter: Expr,
    /// The first difference counts; none: best match first. At most two.
    pub sort: Vec<Sort>,
    pub offset: usize,
    pub limit: usize,
}

/// Words that must all be found, in whichever searchable fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub words: String,
    /// Sequences of words that must be found as such; the last word of each may go on.
    pub phrases: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
    /// Words of five letters and more may have one letter wrong. An engine may be as lenient
    /// without being asked.
    pub typos: bool,
}

impl Text {
    /// Words of which the last may go on.
    pub fn words(words: impl Into<String>) -> Self {
        Self { words: words.into(), prefix: true, ..Self::default() }
    }
}

/// Conditions on the fields that are not text.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Expr {
    #[default]
    Everything,
    Nothing,
    /// A keyword has the value.
    Is(&'static str, String),
    /// A keyword has one of the values at least.
    Any(&'static str, Vec<String>),
    /// A flag.
    Flag(&'static str, bool),
    /// A number lies between the bounds, both included.
    Between(&'static str, Option<i64>, Option<i64>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
}

impl Expr {
    pub fn is(field: &'static str, value: impl Into<String>) -> Self {
        Self::Is(field, value.into())
    }
    pub fn any<T: ToString>(field: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        Self::Any(field, values.into_iter().map(|value| value.to_string()).collect())
    }
    /// Every one of the values.
    pub fn all<T: ToString>(field: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        Self::And(values.into_iter().map(|value| Self::Is(field, value.to_string())).collect())
    }
    /// None of the values.
    pub fn none<T: ToString>(field: &'static str, values: impl IntoIterator<Item = T>) -> Self {
        Self::Not(Box::new(Self::any(field, values)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

/// By a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub field: &'static str,
    pub order: Order,
}

/// A page of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Names of documents.
    pub ids: Vec<String>,
    /// How many there are on all pages.
    pub total: u64,
}
