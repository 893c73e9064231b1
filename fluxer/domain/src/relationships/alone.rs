//! One change at a time between two people, so that requests that cross meet.

use std::time::Duration;

use fluxer_wire::{Error as Refusal, UserId, code};
use platform_cache::Guard;

use crate::{App, Result};

const HELD_FOR: Duration = Duration::from_secs(10);
/// A change takes some milliseconds; one that waits looks again this often, this many times.
const PAUSE: Duration = Duration::from_millis(3);
const TRIES: u32 = 700;

/// The lock of a pair, whoever asks; 423 `GENERAL_ERROR` if it is not to be had.
pub(super) async fn alone(app: &App, one: UserId, other: UserId) -> Result<Guard> {
    let key = format!("relationship:{}:{}", one.min(other), one.max(other));
    for _ in 0..TRIES {
        if let Some(guard) = app.cache.try_lock(&key, HELD_FOR).await? {
            return Ok(guard);
        }
        tokio::time::sleep(PAUSE).await;
    }
    let busy = Refusal { status: 423, ..Refusal::new(code::GENERAL_ERROR) };
    Err(busy.because("The relationship is being changed.").with("retry_after", 2).into())
}
