//! One change of order at a time in a guild: positions are computed from the whole list.

use std::time::Duration;

use fluxer_wire::{Error as Refusal, GuildId, code};
use platform_cache::Guard;

use crate::{App, Result};

const HELD_FOR: Duration = Duration::from_secs(30);

/// The guild's lock for changes of order; 423 `GENERAL_ERROR` if another change is running.
pub(crate) async fn exclusively(app: &App, guild: GuildId) -> Result<Guard> {
    match app.cache.try_lock(&format!("guild:order:{guild}"), HELD_FOR).await? {
        Some(guard) => Ok(guard),
        None => {
            let busy = Refusal { status: 423, ..Refusal::new(code::GENERAL_ERROR) };
            Err(busy.because("The order is being changed.").with("retry_after", 2).into())
        }
    }
}
