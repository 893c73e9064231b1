//! What can go wrong with an index.

/// Why an index could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No engine is configured.
    #[error("search is switched off")]
    Disabled,
    /// The engine does not answer; later it may.
    #[error("the search engine cannot be reached: {0}")]
    Unreachable(String),
    /// The engine refuses.
    #[error("the search engine refuses: {0}")]
    Refused(String),
    /// The index's files cannot be read or written.
    #[error("the search index fails: {0}")]
    Broken(String),
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Broken(error.to_string())
    }
}
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
