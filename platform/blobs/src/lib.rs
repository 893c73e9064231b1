//! platform-blobs
