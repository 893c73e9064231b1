//! platform-kernel
