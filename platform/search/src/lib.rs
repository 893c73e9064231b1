//! Documents and queries.
