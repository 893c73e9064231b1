//! platform-queue
