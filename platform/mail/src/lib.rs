//! platform-mail
