//! What can go wrong at the cache's boundary.

#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    #[error("the cache is unavailable: {0}")]
    Unavailable(String),
    #[error("a value cannot be cached: {0}")]
    Encoding(String),
}
