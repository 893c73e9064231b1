//! The port: every method is one atomic step, as one command or script of a cache server.

use std::{pin::Pin, time::Duration};

use bytes::Bytes;
use platform_kernel::Timestamp;

use crate::{Decision, Error, Gcra};

pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

pub trait Engine: Send + Sync + 'static {
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Bytes>>;
    fn set<'a>(&'a self, key: &'a str, value: Bytes, ttl: Duration) -> Answer<'a, ()>;
    fn set_if_absent<'a>(&'a self, key: &'a str, value: Bytes, ttl: Duration) -> Answer<'a, bool>;
    fn expire<'a>(&'a self, key: &'a str, ttl: Duration) -> Answer<'a, bool>;
    fn delete<'a>(&'a self, key: &'a str) -> Answer<'a, bool>;
    fn take<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Bytes>>;
    fn incr_window<'a>(&'a self, key: &'a str, window: Duration) -> Answer<'a, u64>;
    fn gcra<'a>(&'a self, key: &'a str, rule: Gcra, now: Timestamp) -> Answer<'a, Decision>;
    fn try_lock<'a>(&'a self, key: &'a str, token: u64, ttl: Duration) -> Answer<'a, bool>;
    /// Whether `token` still held the lock and now does for `ttl`.
    fn extend_lock<'a>(&'a self, key: &'a str, token: u64, ttl: Duration) -> Answer<'a, bool>;
    /// Gives the lock back if `token` holds it; called from a destructor, so a remote engine
    /// sends it off and lets the lock's time run out if that fails.
    fn unlock(&self, key: &str, token: u64);
    fn clear(&self) -> Answer<'_, ()>;
    fn len(&self) -> Answer<'_, usize>;
}
