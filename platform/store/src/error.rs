//! What can go wrong at the store's boundary. The caller decides on the kind; the text is
//! for the operator.

/// Every failure of a store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The engine cannot be reached or an I/O operation failed. The write was not applied,
    /// or nobody can say; reads may be repeated.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// More writes are waiting than the engine takes in; nothing of this one was applied.
    #[error("the store's write queue is full")]
    Busy,
    /// No space is left; nothing of this write was applied. Reads go on, and writes succeed
    /// again once there is space.
    #[error("the store's disk is full")]
    Full,
    /// The stored data is damaged.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
    /// A row could not be written in, or read from, its stored form.
    #[error("{0}")]
    Encoding(String),
    /// The declared tables do not fit those that exist.
    #[error("{0}")]
    Schema(String),
    /// A row changed under a read-modify-write too many times in a row.
    #[error("too many concurrent updates of one row of {0}")]
    Conflict(&'static str),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
}

impl Error {
    /// For [`crate::Column`] implementations: this value is not one of the type's.
    pub fn encoding(reason: impl Into<String>) -> Self {
        Self::Encoding(reason.into())
    }

    /// Names the table and the column that an encoding error is about.
    #[doc(hidden)]
    #[must_use]
    pub fn at(self, table: &str, column: &str) -> Self {
        match self {
            Self::Encoding(reason) => Self::Encoding(format!("{table}.{column}: {reason}")),
            other => other,
        }
    }
}
