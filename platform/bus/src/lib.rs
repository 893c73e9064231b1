//! platform-bus
