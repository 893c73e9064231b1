//! Guilds: their snapshot and, in a file each, what can be done with them. Roles, members,
//! bans and expressions have folders of their own; channels and invites stand beside.

pub mod assets;
pub mod bans;
mod create;
mod delete;
mod details;
pub mod discovery;
pub mod expressions;
mod features;
mod join;
mod leave;
mod list;
mod lock;
pub mod members;
pub mod roles;
mod roll;
pub mod rows;
mod snapshot;
mod traits;
mod transfer;
mod update;
mod vanity;
mod view;

pub(crate) use create::BITRATE;
pub use create::create;
pub use delete::delete;
pub use details::details;
pub(crate) use details::visible;
pub(crate) use features::tell_all_channels;
pub use features::{set_detached_banner, set_disallow_unclaimed, set_flexible_names};
pub(crate) use join::check_bans;
pub use join::{JoinSource, join};
pub use leave::{leave, remove_member};
pub use list::list;
pub(crate) use lock::exclusively;
pub use roles::add_managed_role;
pub use snapshot::GuildSnapshot;
pub use traits::{reconcile_traits, refresh_traits};
pub use transfer::transfer;
pub use update::update;
pub use vanity::{set_vanity, vanity};
pub use view::{emoji, guild, member, role, sticker};

use fluxer_wire::GuildId;

use crate::{App, Event, EventName, Result, rows::GuildRow, search};

/// Changes a guild's row and forgets what is held of it; 404 `UNKNOWN_GUILD` if it is gone.
pub(crate) async fn change(
    app: &App,
    id: GuildId,
    mut change: impl FnMut(&mut GuildRow) + Send,
) -> Result<GuildRow> {
    let mut is_news = false;
    let changing = |guild: &mut GuildRow| {
        let old = guild.clone();
        change(guild);
        is_news = search::whole::guild_differs(&old, guild);
    };
    let row = app.store.update::<GuildRow, _>((id,), changing).await?;
    app.forget_guild(id);
    if is_news {
        app.touch_indexed(&search::GUILDS, id).await?;
    }
    match row {
        Some(row) => Ok(row),
        None => crate::fail(fluxer_wire::code::UNKNOWN_GUILD),
    }
}

/// Tells the guild that its row changed.
pub(crate) async fn announce(app: &App, row: &GuildRow) {
    app.to_guild(row.guild_id, Event::new(EventName::GuildUpdate, &guild(row))).await;
}
