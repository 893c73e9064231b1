//! Work done later.
