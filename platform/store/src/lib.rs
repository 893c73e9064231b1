//! platform-store
