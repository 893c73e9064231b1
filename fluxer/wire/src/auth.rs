//! Logging in and out: requests and answers of `/auth`.
