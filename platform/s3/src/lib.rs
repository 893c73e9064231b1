//! The S3-compatible service.
