//! Invites to guilds and group DMs. A limited one ceases to exist with its time; a guild's
//! vanity code is an invite without a channel and without an inviter.

mod accept;
mod create;
mod delete;
mod list;
mod view;

pub use accept::accept;
pub use create::create;
pub use delete::delete;
pub(crate) use delete::{erase_of_channel, erase_of_guild};
pub use list::{of_channel, of_guild};

use fluxer_wire::{code, invite as wire};

use crate::{App, Result, fail, rows::InviteRow};

/// Types of invites as they are stored.
pub(crate) const GUILD: i32 = 0;
const GROUP_DM: i32 = 1;

/// `GET /invites/{invite_code}`.
pub async fn get(app: &App, code: &str) -> Result<wire::Invite> {
    let row = find(app, code).await?;
    view::view(app, &row).await
}

/// The invite of exactly this code or, failing that, of its lower-case form.
pub(crate) async fn find(app: &App, code: &str) -> Result<InviteRow> {
    if let Some(row) = app.store.get::<InviteRow>((code.to_owned(),)).await? {
        return Ok(row);
    }
    let lower = code.to_lowercase();
    let other = if lower == code { None } else { app.store.get::<InviteRow>((lower,)).await? };
    match other {
        Some(row) => Ok(row),
        None => fail(code::UNKNOWN_INVITE),
    }
}

fn is_vanity(row: &InviteRow) -> bool {
    row.kind == GUILD && row.channel_id.is_none()
}
