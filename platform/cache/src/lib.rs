//! platform-cache
