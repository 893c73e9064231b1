//! platform-store-derive
